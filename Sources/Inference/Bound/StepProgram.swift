import ReverseTape

/// The compiled program of one cell's steps: what training needs, and further outputs for the steps that are recorded.
///
/// A recorded step does all that another does and then more, so a run's path does not depend on what is recorded.
public struct StepProgram: Sendable {
  /// Outputs: the objective; its gradient and the gradient's squared norm, where there are parameters; then `layout`.
  let program: Program
  let layout: RecordLayout
  /// The number of parameters; 0 where there is nothing to train.
  let parameterCount: Int
  let noiseCount: Int

  static let objective = 0
  static let gradient = 1
  static let squaredNorm = 2

  /// - Parameter lanes: the runs that a replay is for; one, where the program is too big for more.
  init(_ settings: RunSettings, lanes: Int) {
    let bound = BoundTape(settings, draws: settings.samples, for: .steps)
    let objective = bound.objective
    var trained = [objective]
    if let gradient = bound.gradient(of: objective) { trained += [gradient, gradient.square().sum()] }
    let (layout, recorded) = RecordLayout.record(bound, after: trained.count)
    let alone = Program(bound.tape, outputs: trained, further: recorded)
    // Every run draws rows of its own, and copies of them would be all that a replay does.
    let isShared = settings.minibatch == nil && settings.isInference
    if lanes > 1, isShared, alone.allowsLanes, alone.size * lanes <= Self.largestSize {
      program = Program(bound.tape, outputs: trained, further: recorded, lanes: lanes)
    } else {
      program = alone
    }
    self.layout = layout
    parameterCount = bound.parameters?.count ?? 0
    noiseCount = bound.noise?.count ?? 0
  }

  /// The scalars of a program for several lanes at most: half a megabyte of Double, which a second-level cache holds.
  private static let largestSize = 65_536
}

extension RunSettings {
  fileprivate var isInference: Bool {
    if case .inference = task { true } else { false }
  }
}
