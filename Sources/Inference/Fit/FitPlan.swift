import ReverseTape

/// What all runs of a cell share: validated settings and compiled programs. Immutable; made once, used by every seed.
public struct FitPlan: Sendable {
  public let settings: RunSettings
  let programs: StepPrograms
  let yardstick: YardstickPlan

  public init(_ settings: RunSettings) {
    self.settings = settings
    programs = StepPrograms(settings)
    yardstick = YardstickPlan(settings)
  }

  /// The number of kernel calls of one unrecorded step.
  public var instructionsPerStep: Int { programs.training.instructionCount }

  /// Runs the fit of one seed.
  ///
  /// - Parameters:
  ///   - record: receives every recorded step, in order.
  ///   - shouldStop: asked before each step; true ends the fit as interrupted.
  public func run(
    seed: UInt64, record: (StepTerms) throws -> Void, shouldStop: () -> Bool = { false }
  ) rethrows -> FitResult {
    switch settings.precision {
    case .float64: try Fit<Double>(self, seed: seed).run(record: record, shouldStop: shouldStop)
    case .float32: try Fit<Float>(self, seed: seed).run(record: record, shouldStop: shouldStop)
    }
  }
}
