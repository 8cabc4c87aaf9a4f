import Inference
import NumericArrays

/// Runs that are stopped again and again, and each time go on from where they were.
final class RunsInParts: FitSource {
  /// Parts after which they are left alone: an end that is always stopped would never come.
  private static let mostParts = 30

  let team = Team()
  private let plan: FitPlan
  /// How often a part goes on before it is saved.
  private let patience: Int
  private var waiting: [FitRun]
  private var unfinished: [Int: FitRun] = [:]
  private(set) var steps: [[StepTerms]]
  private(set) var points: [[MetricPoint]]
  private(set) var results: [FitResult?]
  private(set) var parts = 0
  /// How many runs went on from a state.
  private(set) var resumed = 0
  private var requests = 0

  init(_ plan: FitPlan, _ runs: [(settings: RunSettings, seed: UInt64)], patience: Int = 1) {
    self.plan = plan
    self.patience = patience
    waiting = runs.enumerated().map {
      FitRun(number: $0.offset, settings: $0.element.settings, seed: $0.element.seed)
    }
    steps = runs.map { _ in [] }
    points = runs.map { _ in [] }
    results = runs.map { _ in nil }
  }

  func execute() {
    while !waiting.isEmpty {
      parts += 1
      requests = 0
      plan.run(self)
      waiting = unfinished.values.sorted { $0.number < $1.number } + waiting
      unfinished = [:]
    }
  }

  func next() -> FitRun? {
    if waiting.isEmpty { return nil }
    let run = waiting.removeFirst()
    unfinished[run.number] = run
    let first = run.state?.step ?? 0
    if run.state != nil { resumed += 1 }
    steps[run.number].removeAll { $0.step >= first }
    points[run.number].removeAll { $0.step >= first }
    return run
  }

  func record(_ steps: RecordedSteps, of run: Int) {
    self.steps[run] += (0..<steps.count).map { steps.terms($0) }
  }

  func measure(_ point: MetricPoint, of run: Int) { points[run].append(point) }

  func save(_ state: FitState, of run: Int) {
    precondition(plan.canGoOn(from: state), "a state of no use")
    unfinished[run]?.state = state
  }

  func end(_ result: FitResult, of run: Int) {
    if result.ending == .interrupted { return }
    unfinished[run] = nil
    results[run] = result
  }

  /// Goes on at first, so that every part has some steps.
  func request() -> FitRequest {
    requests += 1
    if requests <= patience || parts > Self.mostParts { return .goOn }
    return requests == patience + 1 ? .save : .stop
  }
}
