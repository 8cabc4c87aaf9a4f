import ReverseTape

extension TrainedModel {
  /// The posteriors q(z given x) of some data.
  public struct Encoding: Sendable, Hashable {
    public let rowCount: Int
    /// The latents of a datum; for categorical ones the number of components.
    public let latentCount: Int
    /// Row-major `[rows, latents]`: the means; for categorical latents the probabilities.
    public let means: [Double]
    /// Row-major `[rows, latents]`; nil where the latents are categorical.
    public let variances: [Double]?
  }

  /// The posterior of every row: of the run's own q, an exact one at the run's last β.
  public func encode(_ rows: DataRows) -> Encoding {
    let tape = Tape(draws: ChunkedProgram.chunk)
    let q = distribution(tape)
    let outputs: [Traced]
    switch q {
    case .gaussian(let moments): outputs = [moments.mean, moments.variance]
    case .categorical(let logProbabilities): outputs = [logProbabilities.exp()]
    }
    let values = program(tape, outputs).values(
      rows.rowCount, [BoundTape.datumSlot: .rows(rows)], precision)
    return Encoding(
      rowCount: rows.rowCount, latentCount: outputs[0].count, means: values[0],
      variances: values.count > 1 ? values[1] : nil)
  }

  /// The rows as the model takes them, and E[x given z] at the mean of their posterior: both row-major `[rows, width]`.
  public func reconstruct(_ rows: DataRows) -> (originals: [Double], reconstructions: [Double]) {
    let tape = Tape(draws: ChunkedProgram.chunk)
    let mean: Traced
    switch distribution(tape) {
    case .gaussian(let moments): mean = moments.mean
    case .categorical(let logProbabilities): mean = logProbabilities.exp()
    }
    let outputs = [datum(tape), model.mean(mean, theta(tape))]
    let values = program(tape, outputs).values(
      rows.rowCount, [BoundTape.datumSlot: .rows(rows)], precision)
    return (values[0], values[1])
  }

  func distribution(_ tape: Tape) -> LatentDistribution {
    DatumPosterior(
      model, posterior, datum(tape), theta(tape), beta: tape.constant(beta), source: .task, on: tape
    ).distribution
  }

  private func datum(_ tape: Tape) -> Traced {
    tape.slot(Slot(BoundTape.datumSlot, Shape(shape.width), .perDraw))
  }
}

extension TrainedModel {
  /// The latents of a datum; for a categorical one the number of components, each as an indicator.
  public var latentCount: Int { latents.count }

  /// Whether the latent of a datum is one of several components.
  public var isCategorical: Bool { latents.isCategorical }

  private var latents: (count: Int, isCategorical: Bool) {
    switch distribution(Tape(draws: ChunkedProgram.chunk)) {
    case .gaussian(let moments): (moments.dimension, false)
    case .categorical(let logProbabilities): (logProbabilities.count, true)
    }
  }

  func theta(_ tape: Tape) -> ParameterView {
    ParameterView(tape.slot(Slot(BoundTape.parametersSlot, Shape(blocks.count))), blocks)
  }

  func program(_ tape: Tape, _ outputs: [Traced]) -> ChunkedProgram {
    ChunkedProgram(tape, outputs: outputs, shared: [BoundTape.parametersSlot: parameters])
  }
}
