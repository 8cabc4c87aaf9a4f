import NumericArrays
import ReverseTape

/// Evaluates the half steps of one climb over the data of each.
final class HalfStepEvaluator {
  /// Where EM is.
  struct State {
    var theta: [Double]
    /// The θ that q is the posterior at, and its inverse temperature.
    var posterior: (theta: [Double], inverseTemperature: Double)
    var beta: Double
    /// The minibatch, which both halves of an iteration take.
    var batch: Int
  }

  /// The rows of a direct E-step that a thread takes at a time: some milliseconds of work, and few sums to add.
  private static let directRows = 4096

  private let programs: HalfStepPrograms
  private let team: Team
  private let expectation: AveragingEvaluator?
  private let tight: AveragingEvaluator
  private let held: AveragingEvaluator
  /// The data of a step `[width, rows]`.
  private let data: UnsafeMutableBufferPointer<Double>
  private let width: Int
  private var slot: DatumSlot<Double>

  init(_ programs: HalfStepPrograms, minibatch: Int?, seed: UInt64, team: Team) {
    self.programs = programs
    self.team = team
    expectation = programs.expectation.map { AveragingEvaluator($0, team: team) }
    tight = AveragingEvaluator(programs.tight, team: team)
    held = AveragingEvaluator(programs.held, team: team)
    let rows = programs.task.data.training
    width = rows.width
    data = .allocate(capacity: width * (minibatch ?? rows.rowCount))
    data.initialize(repeating: 0)
    slot = DatumSlot(data, data: rows, size: minibatch, samples: 1, seed: seed)
  }

  deinit { data.deallocate() }

  /// The objective after an E-step, the expected statistics and, where the step is recorded, the values that its layout reads.
  func expect(_ state: State, isRecorded: Bool) -> (
    objective: Double, statistics: [Double], recorded: [[Double]]?
  ) {
    slot.fill(step: state.batch)
    if let direct = programs.tractable.direct {
      let (objective, statistics) = expect(state, by: direct)
      return (objective, statistics, isRecorded ? run(tight, state) : nil)
    }
    guard let evaluator = isRecorded ? tight : expectation else {
      preconditionFailure("neither a program nor another way to an E-step")
    }
    let outputs = run(evaluator, state)
    return (outputs[0][0], outputs[1], isRecorded ? outputs : nil)
  }

  /// The values that the layout of a start or an M-step reads.
  func hold(_ state: State) -> [[Double]] {
    slot.fill(step: state.batch)
    return run(held, state)
  }

  private func run(_ evaluator: AveragingEvaluator, _ state: State) -> [[Double]] {
    evaluator.run(
      data: UnsafeBufferPointer(data),
      inputs: [
        (BoundTape.parametersSlot, state.theta), (BoundTape.posteriorParametersSlot, state.posterior.theta),
        (BoundTape.inverseTemperatureSlot, [state.posterior.inverseTemperature]),
        (BoundTape.betaSlot, [state.beta]),
      ])
  }

  private func expect(_ state: State, by direct: any DirectLatents) -> (
    objective: Double, statistics: [Double]
  ) {
    let expectation = direct.expectation(state.theta, inverseTemperature: 1 / state.beta)
    let rowCount = data.count / width
    guard let start = data.baseAddress else { preconditionFailure("an E-step over no data") }
    let chunks = (rowCount + Self.directRows - 1) / Self.directRows
    let sums = team.sum(chunks: chunks, members: team.threads) { _, chunk in
      let first = chunk * Self.directRows
      return expectation.sums(
        RowBlock(start: start + first, stride: rowCount, count: min(Self.directRows, rowCount - first)))
    }
    let averages = sums.map { $0 / Double(rowCount) }
    return (
      state.beta * (Double(programs.task.data.training.rowCount) * averages[0]), Array(averages.dropFirst())
    )
  }
}
