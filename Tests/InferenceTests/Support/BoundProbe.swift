import Inference
import NumericArrays
import ReverseTape

/// Evaluates values on the tape of a bound at any φ, β and noise.
struct BoundProbe {
  let settings: RunSettings
  private let draws: Int
  private let noiseCount: Int
  private let outputs: Int
  private let evaluator: Evaluator<Double>

  init(_ settings: RunSettings, draws: Int, outputs: (BoundTape) -> [Traced]) {
    self.settings = settings
    self.draws = draws
    let bound = BoundTape(settings, draws: draws, for: .integrated)
    let values = outputs(bound)
    self.outputs = values.count
    noiseCount = settings.family.noiseCount(for: settings.model)
    evaluator = Evaluator(Program(bound.tape, outputs: values))
  }

  /// The outputs, each with its elements over the draws.
  func callAsFunction(at parameters: [Double], beta: Double = 1, seed: UInt64 = 0, step: UInt64 = 0)
    -> [[Double]]
  {
    let noise = NoiseStream(seed: seed, purpose: .data).normals(
      dimension: noiseCount, draws: draws, step: step)
    let inputs = [
      (BoundTape.parametersSlot, parameters), (BoundTape.noiseSlot, noise), (BoundTape.betaSlot, [beta]),
    ]
    for (name, values) in inputs {
      guard let slot = evaluator.slot(name) else { continue }
      for index in slot.indices { slot[index] = values[index] }
    }
    evaluator.run()
    return (0..<outputs).map { Array(evaluator.output($0)) }
  }

  /// φ near a Gaussian with means of ±0.5 and sds around `scale`, every element moved at random.
  func randomParameters(_ trial: UInt64, scale: Double = 0.3) -> [Double] {
    randomPoint(settings, trial, scale: scale)
  }
}

func randomPoint(_ settings: RunSettings, _ trial: UInt64, scale: Double) -> [Double] {
  let dimension = settings.model.dimension
  let count = settings.family.parameterCount(for: settings.model)
  let variates = NoiseStream(seed: 1000 + trial, purpose: .data).normals(
    dimension: 2 * dimension + 2 * count, draws: 1, step: 0)
  let start = GaussianStart(
    mean: variates[0..<dimension].map { 0.5 * $0 },
    sd: variates[dimension..<2 * dimension].map { scale * (1 + 0.3 * abs($0)) })
  let noise = Array(variates[2 * dimension..<2 * dimension + count])
  let near = settings.family.parameters(near: start, model: settings.model, noise: noise)
  return near.indices.map { near[$0] + 0.3 * scale * variates[2 * dimension + count + $0] }
}
