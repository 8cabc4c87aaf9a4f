/// One run at a time, with closures for what it produces.
extension FitPlan {
  /// Runs the fit of one seed.
  ///
  /// - Parameters:
  ///   - threads: the most threads that the fit may use; its numbers do not depend on them.
  ///   - record: receives every recorded step, in order.
  ///   - measure: receives every recorded value that is no term of the bound.
  ///   - shouldStop: asked every few steps; true ends the fit as interrupted.
  public func run(
    seed: UInt64, threads: Int = 1, record: (StepTerms) -> Void, measure: (MetricPoint) -> Void = { _ in },
    shouldStop: () -> Bool = { false }
  ) -> FitResult {
    withoutActuallyEscaping(record) { record in
      withoutActuallyEscaping(measure) { measure in
        withoutActuallyEscaping(shouldStop) { shouldStop in
          let source = SingleRun(
            FitRun(number: 0, settings: settings, seed: seed), threads: threads, record: record,
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
  let threads: Int
  private var pending: FitRun?
  private let take: (StepTerms) -> Void
  private let takePoint: (MetricPoint) -> Void
  private let shouldStop: () -> Bool
  private(set) var result: FitResult?

  init(
    _ run: FitRun, threads: Int, record: @escaping (StepTerms) -> Void,
    measure: @escaping (MetricPoint) -> Void,
    shouldStop: @escaping () -> Bool
  ) {
    pending = run
    self.threads = threads
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
