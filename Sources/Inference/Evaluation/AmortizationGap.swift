import NumericArrays
import ReverseTape

/// What an encoder leaves to gain: the bound of each datum at the best q of the family less the bound at the encoder's q, the decoder
/// held fixed, in nats per datum (Cremer, Li & Duvenaud 2018, "Inference suboptimality in variational autoencoders", eq. 4).
///
/// The best q is climbed to from the encoder's by quasi-Newton steps, at fixed draws where the bound is sampled (as dadvi does). Both are
/// then evaluated with other draws, the same for both: draws that q was fitted to flatter it. What is found is no more than the gap, in
/// expectation, as the climb may end at a lower top.
struct AmortizationGap: Sendable {
  /// The draws that q is fitted to are this many, or four times the latents: with no more than a q has coefficients of noise for one
  /// latent there would be no top.
  private static let fewestDraws = 100
  /// The draws of the bounds that are compared, at least.
  private static let judgingDraws = 1000
  private static let mostSteps = 500
  /// What a step must promise, in nats.
  private static let smallestPromise = 1e-9

  private let task: LearningTask
  private let count: Int
  private let draws: Int
  /// φ of one datum for each draw.
  private let encoding: Program
  private let encodedRows: Int
  /// The bound of one datum at a φ that all draws share, and its gradient.
  private let bound: Program

  /// nil where nobody asks.
  init?(_ task: LearningTask, _ settings: RunSettings) {
    guard task.evaluation.amortizationGap > 0, case .encoded = task.posterior else { return nil }
    self.task = task
    count = task.evaluation.amortizationGap
    draws = max(Self.fewestDraws, 4 * task.model.latentCount)
    let free = BoundTape(
      task, settings.overAllData, rows: 1, samples: draws, source: .free, isPerDatum: true)
    let terms = free.terms
    let writings = [Writing.reconstructionKL, .jointEntropy].compactMap { $0.recorded(terms) }
    guard let elbo = (writings.first { $0.isExact } ?? writings.first)?.value.meanOverDraws(),
      let gradient = free.gradient(of: elbo)
    else { preconditionFailure("an encoded q has a bound") }
    bound = Program(free.tape, outputs: [elbo, gradient])
    encodedRows = DatumProgram.chunk
    let tape = Tape(draws: encodedRows)
    let x = tape.slot(Slot(BoundTape.datumSlot, Shape(task.data.shape.width), .perDraw))
    let theta = ParameterView(
      tape.slot(Slot(BoundTape.parametersSlot, Shape(task.parameters.count))), task.parameters)
    let posterior = DatumPosterior(task, x, theta, beta: tape.constant(1), source: .task, on: tape)
    guard let encoded = posterior.encoded else { preconditionFailure("an encoded q is encoded") }
    encoding = Program(tape, outputs: [encoded])
  }

  /// `amortization_gap`, the mean over some of the data, its standard error over them, and their number; nil where the caller stops
  /// it.
  ///
  /// - Parameter seed: of the choice of the data.
  func points(
    _ parameters: [Double], _ rows: DataRows, step: Int, seed: UInt64, team: Team, shouldStop: () -> Bool
  ) -> [MetricPoint]? {
    let order = NoiseStream(seed: seed, purpose: .data).permutation(count: rows.rowCount, step: 0)
    let chosen = Array(order.prefix(count))
    let datum = FreeDatum(bound, parameters, rows, draws: draws, team: team)
    var gaps: [Double] = []
    for (index, phi) in encoded(chosen, rows, parameters, team: team).enumerated() {
      if shouldStop() { return nil }
      datum.take(chosen[index])
      datum.fillNoise(0)
      var ascent = QuasiNewtonAscent(datum, from: phi, history: 20)
      for _ in 0..<Self.mostSteps {
        guard ascent.isFinite, ascent.promise > Self.smallestPromise, ascent.advance() else { break }
      }
      gaps.append(gain(of: ascent.z, over: phi, datum))
    }
    let size = Double(gaps.count)
    let mean = gaps.reduce(0, +) / size
    let squares = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return [
      MetricPoint("amortization_gap", step: step, mean),
      MetricPoint("amortization_gap_se", step: step, (squares / (size * max(1, size - 1))).squareRoot()),
      MetricPoint("amortization_gap_data", step: step, size),
    ]
  }

  /// What the bound is higher at one φ than at another, by draws that neither was fitted to.
  private func gain(of best: [Double], over phi: [Double], _ datum: FreeDatum) -> Double {
    guard datum.isSampled else { return datum.value(at: best) - datum.value(at: phi) }
    let batches = (Self.judgingDraws + draws - 1) / draws
    var sum = 0.0
    for batch in 1...batches {
      datum.fillNoise(batch)
      sum += datum.value(at: best) - datum.value(at: phi)
    }
    return sum / Double(batches)
  }

  /// φ of each of the chosen data by the encoder.
  private func encoded(_ chosen: [Int32], _ rows: DataRows, _ parameters: [Double], team: Team) -> [[Double]]
  {
    let evaluator = Evaluator<Double>(encoding, team: team)
    evaluator.fill(BoundTape.parametersSlot, parameters)
    guard let data = evaluator.slot(BoundTape.datumSlot)?.baseAddress else { return [] }
    let copier = RowCopy<Double>(rows, count: encodedRows, team: team)
    var result: [[Double]] = []
    for first in stride(from: 0, to: chosen.count, by: encodedRows) {
      let part = chosen[first..<min(first + encodedRows, chosen.count)]
      let columns = (0..<encodedRows).map { part[part.startIndex + min($0, part.count - 1)] }
      columns.withUnsafeBufferPointer {
        copier.copy($0, to: data, stride: encodedRows, coins: rows.fixedCoins, epoch: nil)
      }
      evaluator.run()
      let phi = evaluator.output(0)
      result += part.indices.map { index in
        stride(from: index - first, to: phi.count, by: encodedRows).map { phi[$0] }
      }
    }
    return result
  }
}

/// The bound of one datum as a function of φ.
private final class FreeDatum: AscendedFunction {
  private let evaluator: Evaluator<Double>
  private let rows: DataRows
  private let draws: Int
  private let copier: RowCopy<Double>
  private var row: Int32 = 0

  init(_ program: Program, _ parameters: [Double], _ rows: DataRows, draws: Int, team: Team) {
    evaluator = Evaluator(program, team: team)
    evaluator.fill(BoundTape.parametersSlot, parameters)
    evaluator.fill(BoundTape.betaSlot, [1])
    self.rows = rows
    self.draws = draws
    copier = RowCopy(rows, count: draws, team: team)
  }

  /// Whether the bound depends on draws.
  var isSampled: Bool { evaluator.slot(BoundTape.noiseSlot) != nil }

  func take(_ row: Int32) {
    self.row = row
    guard let data = evaluator.slot(BoundTape.datumSlot)?.baseAddress else { return }
    let columns = [Int32](repeating: row, count: draws)
    columns.withUnsafeBufferPointer {
      copier.copy($0, to: data, stride: draws, coins: rows.fixedCoins, epoch: nil)
    }
  }

  /// The normals of a batch of the datum's draws, the same for all runs.
  func fillNoise(_ batch: Int) {
    guard let slot = evaluator.slot(BoundTape.noiseSlot), let start = slot.baseAddress else { return }
    NoiseStream(seed: 0, purpose: .yardstick).fillNormals(
      start, dimension: slot.count / draws, draws: draws, firstDraw: Int(row) * draws,
      step: UInt64(1) << 33 | UInt64(batch))
  }

  func value(at phi: [Double]) -> Double {
    evaluator.fill(BoundTape.encodedSlot, phi)
    evaluator.run()
    return evaluator.output(0)[0]
  }

  func value(at phi: [Double], gradient: inout [Double]) -> Double {
    let found = value(at: phi)
    let slopes = evaluator.output(1)
    for index in gradient.indices { gradient[index] = slopes[index] }
    return found
  }
}

extension Evaluator {
  /// Writes a slot, where the program has it.
  fileprivate func fill(_ slot: String, _ values: [Double]) {
    guard let slot = self.slot(slot) else { return }
    for index in slot.indices { slot[index] = Scalar(values[index]) }
  }
}
