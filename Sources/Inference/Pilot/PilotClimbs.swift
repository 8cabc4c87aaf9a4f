import NumericArrays

/// The climbs of one run's pilot: what they record is nobody's, their ends are kept.
final class PilotClimbs: FitSource {
  private var waiting: ArraySlice<FitRun>
  private let run: FitRun
  private let source: any FitSource
  /// φ where each climb has ended; nil where it has diverged or has not begun.
  private(set) var ends: [[Double]?]
  /// What the run's source has asked for that concerns other runs: it asks only once.
  private(set) var requests: [FitRequest] = []
  private(set) var isInterrupted = false

  init(_ climbs: [FitRun], count: Int, of run: FitRun, _ source: any FitSource) {
    waiting = climbs[...]
    ends = Array(repeating: nil, count: count)
    self.run = run
    self.source = source
  }

  var team: Team { source.team }

  func next() -> FitRun? { waiting.popFirst() }
  func record(_ steps: RecordedSteps, of climb: Int) {}
  func measure(_ point: MetricPoint, of climb: Int) {}

  func end(_ result: FitResult, of climb: Int) {
    if result.ending == .finished { ends[climb] = result.parameters }
  }

  func request() -> FitRequest {
    let request = source.request()
    if case .goOn = request { return .goOn }
    requests.append(request)
    guard request.ends(run.number) else { return .goOn }
    isInterrupted = true
    return .stop
  }
}
