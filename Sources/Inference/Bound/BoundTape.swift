package import ReverseTape

/// Everything that is known of a bound at one φ, recorded on a tape: the densities at the draws, and each term in
/// closed form where it has one.
package struct BoundTape {
  package static let parametersSlot = "parameters"
  package static let noiseSlot = "noise"
  package static let betaSlot = "beta"

  package let tape: Tape
  package let settings: RunSettings
  package let beta: Traced
  package let parameters: Traced?
  package let q: Variational

  /// log p(x given z), scaled to the whole data set, and log p(z) with its log-Jacobian, at each draw; nil where
  /// there is no draw.
  package let logLikelihood: Traced?
  package let logPrior: Traced?
  /// log q(z) at each draw; nil where q has no density.
  package let logDensity: Traced?

  /// The closed forms, each nil where it does not exist.
  package let closedReconstruction: Traced?
  package let closedLogPrior: Traced?
  package let closedEntropy: Traced?
  package let closedPriorDivergence: Traced?
  package let closedPosteriorDivergence: Traced?
  /// The spreads that integrated closed forms rest on; nil where there are none.
  let integralVariances: Traced?
  /// Whether the likelihood is over rows drawn anew at each step, so that even its closed form is an estimate.
  let isMinibatch: Bool

  /// What a bound is recorded for.
  package enum Purpose: Sendable {
    /// The steps of a fit, over its minibatches.
    case steps
    /// The final evaluation, over all rows.
    case final
    /// The same with integrals too costly for every step.
    case integrated
  }

  package init(_ settings: RunSettings, draws: Int, for purpose: Purpose) {
    let tape = Tape(draws: draws)
    let model = settings.model
    self.tape = tape
    self.settings = settings
    beta = tape.slot(Slot(Self.betaSlot, .scalar))
    let parameterCount = settings.family.parameterCount(for: model)
    let noiseCount = settings.family.noiseCount(for: model)
    parameters = parameterCount > 0 ? tape.slot(Slot(Self.parametersSlot, Shape(parameterCount))) : nil
    let noise = noiseCount > 0 ? tape.slot(Slot(Self.noiseSlot, Shape(noiseCount), .perDraw)) : nil
    q = settings.family.record(parameters, noise: noise, model: model, on: tape)

    let rows: ObservedRows
    let scale: Double
    if purpose == .steps, let size = settings.minibatch, let data = model.rows {
      rows = ObservedRows(minibatch: size, of: data, on: tape)
      scale = Double(data.rowCount) / Double(size)
      // Closed terms of a fixed q hold for all rows.
      isMinibatch = q.closedTerms == nil
    } else {
      rows = ObservedRows(all: model.rows, on: tape)
      scale = 1
      isMinibatch = false
    }

    let draw = q.draw.map { LatentDraw($0, latents: model.latents) }
    logLikelihood = draw.map { scale * model.logLikelihood($0, rows) }
    logPrior = draw.map { draw in
      let density = model.logPrior(draw)
      return draw.logJacobian.map { density + $0 } ?? density
    }
    logDensity = q.logDensity

    if let gaussian = q.gaussian {
      let closed = model.expectedLogLikelihood(gaussian, rows)
      let integrated =
        closed == nil && purpose == .integrated ? model.integratedLogLikelihood(gaussian, rows) : nil
      closedReconstruction = (closed ?? integrated?.value).map { scale * $0 }
      integralVariances = integrated?.variances
      closedLogPrior = model.expectedLogPrior(gaussian)
      closedEntropy = gaussian.entropy
      closedPriorDivergence =
        model.priorDivergence(gaussian) ?? closedLogPrior.map { -gaussian.entropy - $0 }
      closedPosteriorDivergence = model.posterior?.divergence(gaussian, beta: tape.constant(1))
    } else if let terms = q.closedTerms {
      integralVariances = nil
      closedReconstruction = tape.constant(terms.reconstruction)
      closedLogPrior = tape.constant(terms.logPrior)
      closedEntropy = tape.constant(terms.entropy)
      closedPriorDivergence = tape.constant(-terms.entropy - terms.logPrior)
      closedPosteriorDivergence = tape.constant(0)
    } else {
      integralVariances = nil
      closedReconstruction = nil
      closedLogPrior = nil
      closedEntropy = nil
      closedPriorDivergence = nil
      closedPosteriorDivergence = nil
    }
  }

  /// Whether every term of the bound has a closed form.
  static func hasClosedForms(model: any Model, family: any Family) -> Bool {
    guard family.obstacle(with: model) == nil else { return false }
    let tape = Tape(draws: 1)
    let parameterCount = family.parameterCount(for: model)
    let noiseCount = family.noiseCount(for: model)
    let parameters = parameterCount > 0 ? tape.slot(Slot(parametersSlot, Shape(parameterCount))) : nil
    let noise = noiseCount > 0 ? tape.slot(Slot(noiseSlot, Shape(noiseCount), .perDraw)) : nil
    let q = family.record(parameters, noise: noise, model: model, on: tape)
    if q.closedTerms != nil { return true }
    guard let gaussian = q.gaussian else { return false }
    return model.expectedLogLikelihood(gaussian, ObservedRows(all: model.rows, on: tape)) != nil
      && model.expectedLogPrior(gaussian) != nil
  }
}
