import NumericArrays
import ReverseTape

/// The compiled program of one cell's steps: what training needs, and further outputs for the steps that are recorded.
///
/// A recorded step does all that another does and then more, so a run's path does not depend on what is recorded.
public struct StepProgram: Sendable {
  /// Outputs: the objective; its gradient and, unless they are very many, the gradient's squared norm, where there are
  /// parameters; the constraint of a multiplier; what slots hold at the next step; then `layout`.
  let program: Program
  let layout: RecordLayout
  /// The number of parameters; 0 where there is nothing to train.
  let parameterCount: Int
  let noiseCount: Int
  /// The noise of steps whose draws are quasi-random; nil where they are independent.
  let sobol: SobolNormals?
  /// Whether the gradient's squared norm is among the outputs.
  let hasSquaredNorm: Bool
  /// Where the outputs have the constraint of the objective's multiplier; nil where there is none.
  let constraint: Int?
  /// The slots that an output of a step is put into for the next one, each with its elements.
  let carried: [(slot: String, output: Int, count: Int)]
  /// The tables that minibatches are drawn from: `MinibatchTables` in the run's precision; nil where there are none.
  let minibatchTables: (any Sendable)?

  static let objective = 0
  static let gradient = 1
  static let squaredNorm = 2

  /// - Parameter mostLanes: the runs that a replay is for at most; one, where the program is too big for more.
  init(_ settings: RunSettings, mostLanes: Int = 1) {
    let bound = BoundTape(settings, draws: settings.drawsPerStep, for: .steps)
    let objective = bound.objective
    var trained = [objective]
    if let gradient = bound.gradientEstimate {
      trained.append(gradient)
      // Of very many parameters it is taken in pieces, by `ParameterPasses`.
      if gradient.count <= ParameterPasses<Double>.pieceSize { trained.append(gradient.square().sum()) }
    }
    hasSquaredNorm = trained.count == 3
    constraint = bound.constraint.map { value in
      trained.append(value)
      return trained.count - 1
    }
    carried = bound.carried.map { slot, next in
      trained.append(next)
      return (slot, trained.count - 1, next.count)
    }
    let (layout, recorded) = RecordLayout.record(bound, after: trained.count)
    let alone = Program(bound.tape, outputs: trained, further: recorded)
    // Every run draws rows of its own, and copies of them would be all that a replay does.
    let isShared = settings.minibatch == nil && settings.isInference
    program =
      Self.together(isShared ? alone : nil, mostLanes: mostLanes, settings.precision) { lanes in
        Program(bound.tape, outputs: trained, further: recorded, lanes: lanes)
      } ?? alone
    self.layout = layout
    parameterCount = bound.parameters?.count ?? 0
    noiseCount = bound.noise?.count ?? 0
    sobol =
      settings.noise == .sobol
      ? bound.noise.map { SobolNormals(dimension: $0.count, draws: bound.tape.draws) } : nil
    minibatchTables = settings.minibatchTables(for: program)
  }

  /// The scalars of a program for several lanes at most: what a second-level cache of one or two megabytes holds.
  private static let largestSize = 163_840

  /// More lanes than these gain only while all that a program works in stays in a first-level cache, of so many bytes.
  private static let fewLanes = 16
  private static let nearestBytes = 49_152

  /// The program for several lanes, as many as can be had, where it is small enough to gain by them.
  private static func together(
    _ alone: Program?, mostLanes: Int, _ precision: Precision, _ compile: (_ lanes: Int) -> Program
  ) -> Program? {
    guard mostLanes > 1, let alone, alone.allowsLanes, alone.size <= largestSize else { return nil }
    let bytes = precision == .float32 ? MemoryLayout<Float>.size : MemoryLayout<Double>.size
    var lanes = mostLanes
    while lanes > fewLanes {
      let together = compile(lanes)
      if together.size * bytes <= nearestBytes { return together }
      lanes /= 2
    }
    let together = compile(lanes)
    return together.size <= largestSize ? together : nil
  }
}

extension RunSettings {
  fileprivate var isInference: Bool {
    if case .inference = task { true } else { false }
  }
}
