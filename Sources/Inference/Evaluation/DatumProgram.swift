import NumericArrays
import ReverseTape

/// The compiled terms of each datum at β = 1, with the moments of its latents: what evaluations replay over data, a chunk of
/// rows at a time.
struct DatumProgram: Sendable {
  /// The rows of a chunk.
  static let chunk = 200

  let program: Program
  /// The β whose posterior an exact q is: the run's last.
  private let beta: Double
  let elbo: Int
  let isExact: Bool
  let terms: [(term: Term, isExact: Bool, output: Int)]
  /// The mean and the variance of each latent `[latents]`, and a draw of them; nil where they are not Gaussian.
  let latents: (mean: Int, variance: Int, draw: Int?)?

  init(_ task: LearningTask, _ settings: RunSettings) {
    let bound = BoundTape(task, settings.overAllData, rows: Self.chunk, samples: 1, isPerDatum: true)
    let recorded = bound.terms
    var outputs: [Traced] = []
    func output(_ value: Traced) -> Int {
      outputs.append(value.expanded(to: Layout(value.shape, .perDraw)))
      return outputs.count - 1
    }
    let writings = Writing.allCases.compactMap { writing in
      writing.recorded(recorded).map { (writing: writing, elbo: $0) }
    }
    let chosen =
      writings.first { $0.elbo.isExact } ?? writings.first { $0.writing == Writing(settings.form) }
      ?? writings.first
    guard let chosen else { preconditionFailure("a learned model has a bound") }
    elbo = output(chosen.elbo.value)
    isExact = chosen.elbo.isExact
    terms = Term.allCases.compactMap { term in
      recorded[term].map { (term, $0.isExact, output($0.value)) }
    }
    latents = bound.q.gaussian.map { q in
      (output(q.mean), output(q.variance), bound.q.draw.map(output))
    }
    program = Program(bound.tape, outputs: outputs)
    beta = settings.beta.value(at: settings.steps)
  }

  /// Replays the program over rows, in order, a chunk at a time.
  ///
  /// - Parameters:
  ///   - sample: which draw of the latents, from the stream that all runs share.
  ///   - read: receives the first row of a chunk, the number of rows in it, and the evaluator; draws are
  ///     `DatumProgram.chunk` apart.
  func replay<Scalar: KernelScalar>(
    _ evaluator: Evaluator<Scalar>, parameters: [Double], rows: DataRows, sample: Int,
    read: (_ first: Int, _ count: Int, Evaluator<Scalar>) -> Void
  ) {
    let noise = NoiseStream(seed: 0, purpose: .yardstick)
    if let slot = evaluator.slot(BoundTape.parametersSlot) {
      for index in slot.indices { slot[index] = Scalar(parameters[index]) }
    }
    if let slot = evaluator.slot(BoundTape.betaSlot) { slot[0] = Scalar(beta) }
    let noiseSlot = evaluator.slot(BoundTape.noiseSlot)
    guard let data = evaluator.slot(BoundTape.datumSlot)?.baseAddress else { return }
    let copier = RowCopy<Scalar>(rows, count: Self.chunk, team: evaluator.team)
    for first in stride(from: 0, to: rows.rowCount, by: Self.chunk) {
      let count = min(Self.chunk, rows.rowCount - first)
      copier.copyChunk(from: first, to: data, chunk: Self.chunk)
      if let noiseSlot, let start = noiseSlot.baseAddress {
        noise.fillNormals(
          start, dimension: noiseSlot.count / Self.chunk, draws: Self.chunk, firstDraw: first,
          step: UInt64(sample))
      }
      evaluator.run()
      read(first, count, evaluator)
    }
  }
}

extension RunSettings {
  /// The same settings without minibatches, for evaluations over all data.
  var overAllData: RunSettings {
    var copy = self
    copy.minibatch = nil
    return copy
  }
}
