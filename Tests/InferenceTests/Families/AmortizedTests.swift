import Inference
import NumericArrays
import ReverseTape
import Testing

/// A Gaussian whose φ differs from draw to draw, as an encoder gives it.
@Suite struct AmortizedTests {
  typealias Recorder = @Sendable (Traced, Traced, Int, Tape) -> Variational

  struct Example: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var record: Recorder
    var count: @Sendable (Int) -> Int
  }

  static let examples = [
    Example(testDescription: "mean-field") {
      MeanField().record($0, noise: $1, dimension: $2, on: $3)
    } count: {
      2 * $0
    },
    Example(testDescription: "full-rank") {
      FullRank().record($0, noise: $1, dimension: $2, on: $3)
    } count: {
      2 * $0 + $0 * ($0 - 1) / 2
    },
  ]

  /// What a recorded q is, all as values of `draws` columns: `[value][element][draw]`.
  private func values(
    _ example: Example, dimension: Int, draws: Int, extent: Extent, _ parameters: [Double], _ noise: [Double]
  ) -> [[Double]] {
    let tape = Tape(draws: draws)
    let phi = tape.slot(Slot("phi", Shape(example.count(dimension)), extent))
    let q = example.record(phi, tape.slot(Slot("noise", Shape(dimension), .perDraw)), dimension, tape)
    guard let draw = q.draw, let density = q.logDensity, let gaussian = q.gaussian else { return [] }
    let rows = tape.constant((0..<2 * dimension).map { Double($0) - 1.5 }, Shape(2, dimension))
    let outputs =
      [draw, density, gaussian.mean, gaussian.variance, gaussian.logDeterminant, gaussian.entropy]
      + [gaussian.variances(along: rows)] + (0..<dimension).map { gaussian.covariance(with: $0) }
    let evaluator = Evaluator<Double>(Program(tape, outputs: outputs))
    for (name, values) in [("phi", parameters), ("noise", noise)] {
      guard let slot = evaluator.slot(name) else { continue }
      for index in slot.indices { slot[index] = values[index] }
    }
    evaluator.run()
    return outputs.indices.map { Array(evaluator.output($0)) }
  }

  @Test("each draw's q is the q of its own φ", arguments: examples, [1, 2, 4])
  func drawByDraw(_ example: Example, dimension: Int) {
    let draws = 3
    let count = example.count(dimension)
    let stream = NoiseStream(seed: 31, purpose: .data)
    let parameters = stream.normals(dimension: count, draws: draws, step: 0)
    let noise = stream.normals(dimension: dimension, draws: draws, step: 1)
    let together = values(
      example, dimension: dimension, draws: draws, extent: .perDraw, parameters, noise)
    #expect(together.count == 7 + dimension)
    for draw in 0..<draws {
      func own(_ values: [Double]) -> [Double] {
        stride(from: draw, to: values.count, by: draws).map { values[$0] }
      }
      let alone = values(
        example, dimension: dimension, draws: 1, extent: .shared, own(parameters), own(noise))
      for (value, expected) in zip(together, alone) {
        // A few dozen roundings of values below 100, in another order.
        for (a, b) in zip(own(value), expected) { #expect(abs(a - b) < 1e-12, "\(a), not \(b)") }
        #expect(own(value).count == expected.count)
      }
    }
  }
}
