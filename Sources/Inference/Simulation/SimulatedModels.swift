import Foundation
import NumericArrays

extension ConjugateNormal: SimulatedModel {
  public func simulated(by noise: SimulationNoise) throws(SettingsProblem) -> Simulation {
    let mean = prior.mean + prior.sd * noise.priorNormals(1)[0]
    var options = Options()
    (options.noiseSD, options.priorMean, options.priorSD) = (noiseSD, prior.mean, prior.sd)
    options.observations = noise.dataNormals(observationCount).map { mean + noiseSD * $0 }
    return Simulation(truth: [mean], model: try Self(options, data: ModelData()))
  }
}

extension BetaBernoulli: SimulatedModel {
  public func simulated(by noise: SimulationNoise) throws(SettingsProblem) -> Simulation {
    let logit = Inversion.logitBeta(conjugate.a, conjugate.b, noise.priorUniform)
    let probability = 1 / (1 + exp(-logit))
    var options = Options()
    (options.a, options.b) = (conjugate.a, conjugate.b)
    options.observations = noise.dataUniforms(observationCount).map { $0 < probability ? 1 : 0 }
    return Simulation(truth: [logit], model: try Self(options, data: ModelData()))
  }
}

extension GammaPoisson: SimulatedModel {
  public func simulated(by noise: SimulationNoise) throws(SettingsProblem) -> Simulation {
    let log = Inversion.logGamma(shape: conjugate.shape, noise.priorUniform) - Foundation.log(conjugate.rate)
    var options = Options()
    (options.shape, options.rate) = (conjugate.shape, conjugate.rate)
    options.observations = noise.dataUniforms(observationCount).map { Inversion.poisson(mean: exp(log), $0) }
    return Simulation(truth: [log], model: try Self(options, data: ModelData()))
  }
}

extension BayesianLinearRegression: SimulatedModel {
  public func simulated(by noise: SimulationNoise) throws(SettingsProblem) -> Simulation {
    let weights = noise.priorNormals(dimension).map { prior.sd * $0 }
    let response = zip(design * weights, noise.dataNormals(observationCount)).map { $0 + noiseSD * $1 }
    let model = try Self(design: design, response: response, noiseSD: noiseSD, priorSD: prior.sd)
    return Simulation(truth: weights, model: model)
  }
}

extension LogisticRegression: SimulatedModel {
  public func simulated(by noise: SimulationNoise) throws(SettingsProblem) -> Simulation {
    let weights = noise.priorNormals(dimension).map { prior.sd * $0 }
    return Simulation(
      truth: weights, model: Self(self, weights: weights, noise.dataUniforms(observationCount)))
  }
}

extension EightSchools: SimulatedModel {
  public func simulated(by noise: SimulationNoise) throws(SettingsProblem) -> Simulation {
    let normals = noise.priorNormals(effects.count + 1)
    let mu = options.muPriorSD * normals[effects.count]
    let tau = scale(at: noise.priorUniform)
    let schools = normals.prefix(effects.count).map { (raw: $0, theta: mu + tau * $0) }
    let observed = zip(schools, zip(errors, noise.dataNormals(effects.count))).map { school, error in
      school.theta + error.0 * error.1
    }
    let isCentered = options.parameterization == .centered
    return Simulation(
      truth: schools.map { isCentered ? $0.theta : $0.raw } + [mu, Foundation.log(tau)],
      model: try Self(options, effects: observed, errors: errors))
  }

  /// The τ below which its prior has probability u.
  private func scale(at u: Double) -> Double {
    switch options.tauPrior {
    case .halfCauchy: options.tauPriorScale * tan(0.5 * .pi * u)
    case .halfNormal: options.tauPriorScale * Inversion.halfNormal(u)
    case .exponential: -options.tauPriorScale * log1p(-u)
    }
  }
}
