import ReverseTape

/// The q of each datum on a tape: exact, or of a family whose φ an encoder gives.
struct DatumPosterior {
  let distribution: LatentDistribution
  /// z at the noise; nil where everything is closed.
  var draw: Traced?
  var logDensity: Traced?
  var noise: Traced?
  /// φ of each datum, where it has one.
  var encoded: Traced?
  /// φ of data in the columns of a shared matrix.
  let encode: (Traced) -> Traced

  init(
    _ task: LearningTask, _ x: Traced, _ theta: ParameterView, beta: Traced,
    source: BoundTape.PosteriorSource, on tape: Tape
  ) {
    self.init(task.model, task.posterior, x, theta, beta: beta, source: source, on: tape)
  }

  init(
    _ model: any LearnedModel, _ posterior: LearningTask.Posterior, _ x: Traced, _ theta: ParameterView,
    beta: Traced, source: BoundTape.PosteriorSource, on tape: Tape
  ) {
    switch posterior {
    case .exact(let tractable):
      encode = { _ in preconditionFailure("an exact posterior has no encoder") }
      if source == .held {
        let slot = tape.slot(Slot(BoundTape.posteriorParametersSlot, Shape(theta.blocks.count)))
        distribution = tractable.posterior(
          x, ParameterView(slot, theta.blocks),
          inverseTemperature: tape.slot(Slot(BoundTape.inverseTemperatureSlot, .scalar)))
      } else {
        distribution = tractable.posterior(x, theta, inverseTemperature: 1 / beta)
      }
    case .encoded(let family, let encoder):
      let dimension = model.latentCount
      encode = { encoder($0, theta) }
      let shape = Shape(family.parameterCount(dimension: dimension))
      let phi =
        switch source {
        case .encoded: tape.slot(Slot(BoundTape.encodedSlot, shape, .perDraw))
        case .free: tape.slot(Slot(BoundTape.encodedSlot, shape))
        case .task, .held: encoder(x, theta)
        }
      let normals = tape.slot(Slot(BoundTape.noiseSlot, Shape(dimension), .perDraw))
      let q = family.record(phi, noise: normals, dimension: dimension, on: tape)
      guard let gaussian = q.gaussian else { preconditionFailure("an encoded family is Gaussian") }
      distribution = .gaussian(gaussian)
      draw = q.draw
      logDensity = q.logDensity
      noise = normals
      encoded = phi
    }
  }
}
