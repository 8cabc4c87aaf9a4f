public import NumericArrays

/// One run at a time, with closures for what it produces.
extension FitPlan {
  /// Runs the fit of one seed.
  ///
  /// - Parameters:
  ///   - team: the threads that share the work of large programs; how many changes no number.
  ///   - record: receives every recorded step, in order.
  ///   - measure: receives every recorded value that is no term of the bound.
  ///   - shouldStop: asked every few steps; true ends the fit as interrupted.
  public func run(
    seed: UInt64, team: Team = Team(), record: (StepTerms) -> Void, measure: (MetricPoint) -> Void = { _ in },
    shouldStop: () -> Bool = { false }
  ) -> FitResult {
    withoutActuallyEscaping(record) { record in
      withoutActuallyEscaping(measure) { measure in
        withoutActuallyEscaping(shouldStop) { shouldStop in
          let source = SingleRun(
            FitRun(number: 0, settings: settings, seed: seed), team: team, record: record,
            measure: measure,
            shouldStop: shouldStop)
          run(source)
          guard let result = source.result else { preconditionFailure("a fit without an end") }
          return result
        }
      }
    }
  }
}

private final class SingleRun: FitSource {
  let team: Team
  private var pending: FitRun?
  private let take: (StepTerms) -> Void
  private let takePoint: (MetricPoint) -> Void
  private let shouldStop: () -> Bool
  private(set) var result: FitResult?

  init(
    _ run: FitRun, team: Team, record: @escaping (StepTerms) -> Void,
    measure: @escaping (MetricPoint) -> Void,
    shouldStop: @escaping () -> Bool
  ) {
    pending = run
    self.team = team
    take = record
    takePoint = measure
    self.shouldStop = shouldStop
  }

  func next() -> FitRun? { pending.take() }

  func record(_ steps: RecordedSteps, of run: Int) {
    for index in 0..<steps.count { take(steps.terms(index)) }
  }

  func measure(_ point: MetricPoint, of run: Int) { takePoint(point) }

  func end(_ result: FitResult, of run: Int) { self.result = result }

  func request() -> FitRequest { shouldStop() ? .stop : .goOn }
}
