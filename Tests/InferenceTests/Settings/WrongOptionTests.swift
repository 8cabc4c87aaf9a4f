import Inference
import Testing

/// Names, ranges and kinds of single settings.
@Suite struct WrongOptionTests {
  private static let models =
    "conjugate-normal, beta-bernoulli, gamma-poisson, normal-gamma, bayesian-linear-regression, bayesian-ridge, "
    + "logistic-regression, eight-schools, neals-funnel, banana, correlated-gaussian, ising, noisy-or, mixture-allocation, stan, bridgestan, "
    + Registry<ModelChoice>.learnedModelTypes.map { $0.name }.joined(separator: ", ")
    + ", posteriordb, command"

  private static let betaFix = "use a number from 0, or a schedule"

  private static func banana(_ changes: ConfigMapping) -> ConfigMapping {
    let run: ConfigMapping = ["model": "banana"]
    return run.with(changes)
  }

  static let names: [WrongRun] = [
    WrongRun([:], "option 'model' is missing; add model: … (the joint density p(x, z))"),
    WrongRun(["model": "banan"], "unknown model 'banan'; did you mean 'banana'? valid: \(models)"),
    WrongRun(["model": "xyzzy"], "unknown model 'xyzzy'; use one of \(models)"),
    WrongRun(
      ["model": ["banana": ["curvatur": 1]]],
      "unknown option 'curvatur'; did you mean 'curvature'? valid: curvature, sd"),
    WrongRun(
      banana(["family": "meanfeild"]),
      "unknown family 'meanfeild'; did you mean 'mean-field'? valid: mean-field, full-rank, minimum-rate, low-rank, "
        + "block-diagonal, student-t, laplace, mixture, planar, radial, sylvester, householder, real-nvp, "
        + "inverse-autoregressive, masked-autoregressive, neural-spline, bernoulli, categorical, conjugate, delta, exact, nuts, "
        + "annealed-importance-sampling, sequential-monte-carlo, quadrature, stein, multi-pathfinder"
    ),
    WrongRun(
      banana(["famly": "x"]),
      "unknown option 'famly'; did you mean 'family'? valid: model, data, family, objective, form, estimator, beta, "
        + "optimizer, samples, noise, steps, expectations, initial, pilot, minibatch, precision, record, evaluate, "
        + "parameters"),
    WrongRun(
      banana(["form": "evidence"]),
      "unknown value 'evidence'; did you mean 'evidence-gap'? valid: joint-entropy, reconstruction-kl, evidence-gap"
    ),
    WrongRun(
      banana(["objective": "elob"]),
      "unknown objective 'elob'; did you mean 'elbo'? valid: elbo, iwae, renyi, cubo, tvo, forward-kl, tail-adaptive, "
        + "free-bits, capacity, geco, beta-tcvae"
    ),
    WrongRun(
      banana(["beta": "liner"]),
      "unknown beta-schedule 'liner'; did you mean 'linear'? valid: linear, sigmoid, cyclical"),
    WrongRun(banana(["beta": "high"]), "beta is 'high'; \(betaFix): linear, sigmoid, cyclical"),
    WrongRun(
      banana(["beta": ["liner": [:]]]),
      "unknown beta-schedule 'liner'; did you mean 'linear'? valid: linear, sigmoid, cyclical"),
    WrongRun(
      banana(["optimizer": "adamw"]),
      "unknown optimizer 'adamw'; did you mean 'adam'? valid: adam, sgd, rmsprop, adagrad, dog, dowg, "
        + "cocob, natural-gradient, proximal-gradient, dadvi, raabbvi, coordinate-ascent, em, laplace-approximation, pathfinder"
    ),
    WrongRun(
      banana(["optimizer": ["adam": ["schedule": "cosin"]]]),
      "unknown schedule 'cosin'; did you mean 'cosine'? valid: constant, exponential, cosine, inverse-sqrt"),
    WrongRun(
      banana(["precision": "float16"]),
      "unknown value 'float16'; did you mean 'float32'? valid: float32, float64"),
    WrongRun(
      banana(["initial": "posteror"]),
      "unknown start 'posteror'; did you mean 'posterior'? valid: prior, posterior, fitted"),
    WrongRun(
      ["model": ["eight-schools": ["tau_prior": "half-cauchi"]]],
      "unknown value 'half-cauchi'; did you mean 'half-cauchy'? valid: half-cauchy, half-normal, exponential"),
  ]

  static let ranges: [WrongRun] = [
    WrongRun(["model": ["banana": ["sd": 0]]], "model.banana.sd is 0; use a number above 0"),
    WrongRun(
      banana(["family": ["low-rank": ["rank": 0]]]),
      "family.low-rank.rank is 0; use an integer from 1 to 1000"),
    WrongRun(
      banana(["family": ["low-rank": ["rank": 1.5]]]),
      "family.low-rank.rank is 1.5; use an integer from 1 to 1000"),
    WrongRun(banana(["beta": -1]), "beta is -1; use a number from 0, or a schedule"),
    WrongRun(
      banana(["beta": ["linear": ["from": -0.5]]]), "beta.linear.from is -0.5; use a number from 0"),
    WrongRun(
      banana(["beta": ["cyclical": ["ramp": 0]]]),
      "beta.cyclical.ramp is 0; use a number above 0 up to 1"),
    WrongRun(
      banana(["optimizer": ["adam": ["learning_rate": -0.1]]]),
      "optimizer.adam.learning_rate is -0.1; use a number above 0"),
    WrongRun(
      banana(["optimizer": ["adam": ["beta1": 1]]]),
      "optimizer.adam.beta1 is 1; use a number from 0 and below 1"),
    WrongRun(
      banana(["optimizer": ["adam": ["average": 1.5]]]),
      "optimizer.adam.average is 1.5; use a number from 0 up to 1"),
    WrongRun(
      banana(["optimizer": ["sgd": ["clip_norm": 0]]]), "optimizer.sgd.clip_norm is 0; use a number above 0"),
    WrongRun(
      banana(["optimizer": ["sgd": ["warm_up": -1]]]), "optimizer.sgd.warm_up is -1; use an integer from 0"),
    WrongRun(
      banana(["optimizer": ["adam": ["schedule": ["cosine": ["final": 2]]]]]),
      "optimizer.adam.schedule.cosine.final is 2; use a number from 0 up to 1"),
    WrongRun(banana(["samples": 0]), "samples is 0; use an integer from 1 to 100000"),
    WrongRun(banana(["steps": -1]), "steps is -1; use an integer from 0 to 1000000000"),
    WrongRun(banana(["steps": 1.5]), "steps is 1.5; use an integer from 0 to 1000000000"),
    WrongRun(banana(["record": ["every": 0]]), "record.every is 0; use an integer from 1"),
    WrongRun(banana(["initial": ["scale": 0]]), "initial.scale is 0; use a number above 0"),
    WrongRun(banana(["initial": ["scale": [0.1, -1]]]), "initial.scale.1 is -1; use a number above 0"),
    WrongRun(banana(["pilot": ["starts": 0]]), "pilot.starts is 0; use an integer from 1 to 1000"),
    WrongRun(
      banana(["pilot": ["learning_rates": [1, 0]]]), "pilot.learning_rates.1 is 0; use a number above 0"),
    WrongRun(banana(["minibatch": 0]), "minibatch is 0; use an integer from 1"),
    WrongRun(
      ["model": ["correlated-gaussian": ["correlation": 1]]],
      "model.correlated-gaussian.correlation is 1; use a number above -1 and below 1"),
    WrongRun(
      ["model": ["neals-funnel": ["width": 0]]],
      "model.neals-funnel.width is 0; use an integer from 1 to 10000"),
    WrongRun(
      banana(["optimizer": ["adam": ["learning_rate": .number(.nan)]]]),
      "optimizer.adam.learning_rate is nan; use a number above 0"),
    WrongRun(
      ["model": ["banana": ["curvature": .number(.infinity)]]], "model.banana.curvature is inf; use a number"),
  ]

  static let kinds: [WrongRun] = [
    WrongRun(["model": 3], "model is an integer; use the name of a model: \(models)"),
    WrongRun(["model": ["banana": 3]], "model.banana is an integer; use a mapping of options: {banana: {…}}"),
    WrongRun(
      ["model": ["banana": [:], "neals-funnel": [:]]],
      "model is a mapping with 2 keys; name one model, as NAME or {NAME: {options}}"),
    WrongRun(["model": ["banana": ["sd": "wide"]]], "model.banana.sd is text; use a number above 0"),
    WrongRun(
      banana(["form": 3]),
      "form is an integer; use one of joint-entropy, reconstruction-kl, evidence-gap"),
    WrongRun(banana(["beta": nil]), "beta is nothing; \(betaFix)"),
    WrongRun(banana(["beta": [0.5, 1]]), "beta is a list; \(betaFix)"),
    WrongRun(banana(["steps": "many"]), "steps is text; use an integer from 0 to 1000000000"),
    WrongRun(banana(["pilot": 8]), "pilot is an integer; use a mapping of settings"),
    WrongRun(banana(["record": 5]), "record is an integer; use a mapping of settings"),
    WrongRun(
      banana(["initial": 3]), "initial is an integer; use prior, posterior, fitted or {location: …, scale: …}"
    ),
    WrongRun(
      ["model": ["conjugate-normal": ["observations": ["a"]]]],
      "model.conjugate-normal.observations.0 is text; use a number"),
  ]

  @Test("an unknown name is told the nearest and the valid ones", arguments: names)
  func unknownNames(_ wrong: WrongRun) throws { #expect(try wrong.problems() == wrong.expected) }

  @Test("a value out of range is told its range", arguments: ranges)
  func outOfRange(_ wrong: WrongRun) throws { #expect(try wrong.problems() == wrong.expected) }

  @Test("a value of the wrong kind is told the right one", arguments: kinds)
  func wrongKinds(_ wrong: WrongRun) throws { #expect(try wrong.problems() == wrong.expected) }

  @Test("every problem of a configuration is found at once, in the order written")
  func allAtOnce() throws {
    let wrong = WrongRun(
      ["beta": -1, "model": "banan", "samples": 0], "beta is -1; use a number from 0, or a schedule",
      "unknown model 'banan'; did you mean 'banana'? valid: \(Self.models)",
      "samples is 0; use an integer from 1 to 100000")
    #expect(try wrong.problems() == wrong.expected)
  }
}
