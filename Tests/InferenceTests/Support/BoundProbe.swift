import Inference
import NumericArrays
import ReverseTape

/// Evaluates values on the tape of a bound at any parameters, β and noise.
struct BoundProbe {
  let settings: RunSettings
  private let outputs: Int
  private let draws: Int
  private let evaluator: Evaluator<Double>

  /// - Parameter draws: of the latents; where a model is learned, of those of each datum.
  init(
    _ settings: RunSettings, draws: Int, for purpose: BoundTape.Purpose = .final,
    outputs: (BoundTape) -> [Traced]
  ) {
    self.settings = settings
    let bound = BoundTape(settings, draws: draws, for: purpose)
    let values = outputs(bound)
    self.outputs = values.count
    self.draws = bound.tape.draws
    evaluator = Evaluator(Program(bound.tape, outputs: values))
    if case .learning(let task) = settings.task { fillData(task.data.training) }
  }

  /// The outputs, each with its elements over the draws.
  ///
  /// What former steps may have left: the mean signal −6 and, of every parameter, the coefficient 1.5.
  static let frozen = [
    LearnedControl.stepsSlot: 50.0, LearnedControl.signalsSlot: -300, LearnedControl.productsSlot: 3,
    LearnedControl.squaresSlot: 2,
  ]

  /// - Parameters:
  ///   - control: what an objective has besides β that changes from step to step.
  ///   - carried: what former steps have left, in every element of a slot.
  func callAsFunction(
    at parameters: [Double], beta: Double = 1, control: Double = 0.7, carried: [String: Double] = frozen,
    seed: UInt64 = 0, step: UInt64 = 0
  ) -> [[Double]] {
    for (name, value) in carried { evaluator.slot(name)?.update(repeating: value) }
    for (name, values) in [
      (BoundTape.parametersSlot, parameters), (BoundTape.betaSlot, [beta]),
      (BoundTape.controlSlot, [control]),
    ] {
      guard let slot = evaluator.slot(name) else { continue }
      for index in slot.indices { slot[index] = values[index] }
    }
    if let slot = evaluator.slot(BoundTape.noiseSlot) {
      let noise = NoiseStream(seed: seed, purpose: .data).normals(
        dimension: slot.count / draws, draws: draws, step: step)
      for index in slot.indices { slot[index] = noise[index] }
    }
    evaluator.run()
    return (0..<outputs).map { Array(evaluator.output($0)) }
  }

  /// Parameters near a start, every element moved at random.
  func randomParameters(_ trial: UInt64, scale: Double = 0.3) -> [Double] {
    randomPoint(settings, trial, scale: scale)
  }

  /// Every draw's datum; draw s · rows + i is of datum i.
  private func fillData(_ data: DataRows) {
    guard let slot = evaluator.slot(BoundTape.datumSlot), let start = slot.baseAddress else { return }
    let rows = Array(0..<Int32(data.rowCount))
    rows.withUnsafeBufferPointer { rows in
      for first in stride(from: 0, to: draws, by: rows.count) {
        RowCopy(data, count: rows.count, team: Team()).copy(
          rows, to: start + first, stride: draws, coins: NoiseStream(seed: 0, purpose: .data), epoch: nil)
      }
    }
  }
}

/// φ near a Gaussian with means of ±0.5 and sds around `scale`, or θ near its start, every element moved at random.
func randomPoint(_ settings: RunSettings, _ trial: UInt64, scale: Double) -> [Double] {
  let stream = NoiseStream(seed: 1000 + trial, purpose: .data)
  guard case .inference(let task) = settings.task else {
    let noise = NoiseStream(seed: trial, purpose: .initial)
    guard let start = try? settings.learning.initialParameters(noise: noise, start: 0) else { return [] }
    let variates = stream.normals(dimension: start.count, draws: 1, step: 0)
    return start.indices.map { start[$0] + scale * variates[$0] }
  }
  let dimension = task.model.dimension
  let count = task.family.parameterCount(for: task.model)
  let variates = stream.normals(dimension: 2 * dimension + 2 * count, draws: 1, step: 0)
  let start = GaussianStart(
    mean: variates[0..<dimension].map { 0.5 * $0 },
    sd: variates[dimension..<2 * dimension].map { scale * (1 + 0.3 * abs($0)) })
  let noise = Array(variates[2 * dimension..<2 * dimension + count])
  let near = task.family.parameters(near: start, model: task.model, noise: noise)
  return near.indices.map { near[$0] + 0.3 * scale * variates[2 * dimension + count + $0] }
}
