import Foundation
import NumericArrays
import ReverseTape

/// log p(x) by importance sampling from the encoder: log 1/S Σ p(x, z_s) / q(z_s given x) (Rezende, Mohamed & Wierstra 2014,
/// appendix E), a lower bound in expectation that rises with S (Burda, Grosse & Salakhutdinov 2016, theorem 1).
///
/// Each chunk of data is encoded once; then the samples follow one another over the chunk, so that memory does not grow
/// with their number.
struct ImportanceSampling: Sendable {
  private static let chunk = DatumProgram.chunk

  private let samples: Int
  /// φ of each datum, where an encoder gives it.
  private let encoding: Program?
  /// The log weight of a draw; or log p(x), where it is known.
  private let weights: Program
  private let isExact: Bool

  init(_ task: LearningTask, _ settings: RunSettings, samples: Int) {
    let settings = settings.overAllData
    let bound = BoundTape(
      task, settings, rows: Self.chunk, samples: 1, source: .encoded, isPerDatum: true)
    if let evidence = bound.logEvidence {
      self.samples = 1
      isExact = true
      encoding = nil
      weights = Program(bound.tape, outputs: [evidence.value])
      return
    }
    guard case .encoded = task.posterior, let likelihood = bound.logLikelihood, let prior = bound.logPrior,
      let density = bound.logDensity
    else { preconditionFailure("neither an evidence nor an encoder") }
    self.samples = samples
    isExact = false
    weights = Program(bound.tape, outputs: [likelihood + prior - density])
    let tape = Tape(draws: Self.chunk)
    let x = tape.slot(Slot(BoundTape.datumSlot, Shape(task.data.shape.width), .perDraw))
    let theta = ParameterView(
      tape.slot(Slot(BoundTape.parametersSlot, Shape(task.parameters.count))), task.parameters)
    let posterior = DatumPosterior(task, x, theta, beta: tape.constant(1), source: .task, on: tape)
    encoding = posterior.encoded.map { Program(tape, outputs: [$0]) }
  }

  /// The average over the data of log p(x) in nats, and its Monte Carlo standard error by the delta method; nil where the
  /// caller stops it.
  func logLikelihood<Scalar: KernelScalar>(
    _ type: Scalar.Type, _ parameters: [Double], _ rows: DataRows, team: Team, shouldStop: () -> Bool
  ) -> (mean: Double, standardError: Double)? {
    let encoder = encoding.map { Evaluator<Scalar>($0, team: team) }
    let decoder = Evaluator<Scalar>(weights, team: team)
    let copier = RowCopy<Scalar>(rows, count: Self.chunk, team: team)
    for evaluator in [encoder, decoder].compactMap(\.self) {
      guard let slot = evaluator.slot(BoundTape.parametersSlot) else { continue }
      for index in slot.indices { slot[index] = Scalar(parameters[index]) }
    }
    decoder.slot(BoundTape.betaSlot)?[0] = 1
    let noise = NoiseStream(seed: 0, purpose: .yardstick)
    var sum = 0.0
    var variance = 0.0
    for first in stride(from: 0, to: rows.rowCount, by: Self.chunk) {
      let count = min(Self.chunk, rows.rowCount - first)
      for slot in [encoder, decoder].compactMap({ $0?.slot(BoundTape.datumSlot)?.baseAddress }) {
        copier.copyChunk(from: first, to: slot, chunk: Self.chunk)
      }
      if let encoder, let slot = decoder.slot(BoundTape.encodedSlot), let start = slot.baseAddress,
        let phi = {
          encoder.run()
          return encoder.output(0).baseAddress
        }()
      {
        start.update(from: phi, count: slot.count)
      }
      var weights = [LogMean](repeating: LogMean(), count: count)
      for sample in 0..<samples {
        if sample & 63 == 0, shouldStop() { return nil }
        if let slot = decoder.slot(BoundTape.noiseSlot), let start = slot.baseAddress {
          noise.fillNormals(
            start, dimension: slot.count / Self.chunk, draws: Self.chunk, firstDraw: first,
            step: UInt64(1) << 32 | UInt64(sample))
        }
        decoder.run()
        let values = decoder.output(0)
        for index in 0..<count { weights[index].add(Double(values[index])) }
      }
      for weight in weights {
        sum += weight.value
        variance += weight.variance
      }
    }
    let count = Double(rows.rowCount)
    return (sum / count, isExact ? 0 : variance.squareRoot() / count)
  }
}

/// The log of the mean of exp(x) over a stream of x, without overflow.
private struct LogMean {
  private var largest = -Double.infinity
  private var sum = 0.0
  private var squares = 0.0
  private var count = 0.0

  mutating func add(_ x: Double) {
    if x > largest {
      let factor = Foundation.exp(largest - x)
      sum *= factor
      squares *= factor * factor
      largest = x
    }
    // A weight that is not a number makes the mean none either.
    let term = x == -.infinity ? 0 : Foundation.exp(x - largest)
    sum += term
    squares += term * term
    count += 1
  }

  var value: Double { largest + Foundation.log(sum / count) }

  /// Var[w̄] / w̄²: the variance of the log of the mean, to first order.
  var variance: Double {
    let mean = sum / count
    return max(0, squares / count - mean * mean) / (mean * mean * count)
  }
}
