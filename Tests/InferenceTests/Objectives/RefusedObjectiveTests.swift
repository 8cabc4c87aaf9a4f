import Inference
import Testing

/// Objectives and estimators that do not fit each other, the model, the family or other settings.
@Suite struct RefusedObjectiveTests {
  static let combinations: [WrongRun] =
    [
      WrongRun(
        ["model": "banana", "objective": "iwea"],
        "unknown objective 'iwea'; did you mean 'iwae'? valid: elbo, iwae, renyi, cubo, tvo, forward-kl, "
          + "tail-adaptive, free-bits, capacity, geco, beta-tcvae"),
      WrongRun(
        ["model": "banana", "estimator": "reinforce"],
        "unknown estimator 'reinforce'; use one of reparameterization, stl, dreg, score-function, enumeration, gumbel-softmax, "
          + "straight-through"),
      WrongRun(
        ["model": "banana", "objective": ["iwae": ["k": 0]]],
        "objective.iwae.k is 0; use an integer from 1 to 10000"),
      WrongRun(
        ["model": "banana", "objective": ["renyi": ["alpha": -1]]],
        "objective.renyi.alpha is -1; use a number from 0"),
      WrongRun(
        ["model": "banana", "estimator": "dreg"],
        "'dreg' is no estimator of the gradient of 'elbo'; use reparameterization or stl or score-function"),
      WrongRun(
        ["model": "banana", "objective": "iwae", "form": "reconstruction-kl"],
        "reconstruction-kl is a writing of the ELBO with closed terms, and 'iwae' is of log p(x, z) - log q(z) at "
          + "draws; use form: joint-entropy"),
      WrongRun(
        ["model": "banana", "estimator": "stl", "form": "reconstruction-kl"],
        "reconstruction-kl is a writing of the ELBO with closed terms, and 'stl' is of log p(x, z) - log q(z) at "
          + "draws; use form: joint-entropy"),
      WrongRun(
        ["model": "banana", "objective": "cubo", "expectations": "exact"],
        "'cubo' is estimated from draws; use expectations: sampled"),
      WrongRun(
        ["model": "banana", "objective": "forward-kl", "beta": 2],
        "'forward-kl' has no β: its weights are those of the posterior; remove it, or use beta: 1"),
      WrongRun(
        ["model": "banana", "objective": "tvo", "family": "delta"],
        "'tvo' needs a density, and 'delta' is a point; use another family"),
      WrongRun(
        ["model": ["beta-bernoulli": ["observations": [1, 0, 1]]], "objective": "iwae", "family": "exact"],
        "'iwae' needs draws, and the posterior of 'beta-bernoulli' is closed; use another family, or objective: elbo"
      ),
      WrongRun(
        ["model": ["conjugate-normal": ["observations": [1, 2]]], "objective": "iwae", "minibatch": 1],
        "the weights of 'iwae' are of all rows: the log of an average over minibatches is not the average of the logs; "
          + "remove minibatch, or use objective: elbo"),
      WrongRun(
        ["model": "banana", "estimator": "score-function", "samples": 1],
        "samples is 1, and score-function holds each draw against others; use 2 or more"),
      WrongRun(
        ["model": "banana", "objective": ["iwae": ["k": 1]], "estimator": "score-function"],
        "objective.iwae.k is 1, and score-function holds each draw against others of its term; use 2 or more"),
      WrongRun(
        ["model": "banana", "estimator": ["score-function": ["control_variate": "runing-mean"]]],
        "unknown value 'runing-mean'; did you mean 'running-mean'? valid: leave-one-out, running-mean, regression"
      ),
      WrongRun(
        ["model": "banana", "estimator": ["score-function": ["control_variate": "regression", "decay": 1]]],
        "estimator.score-function.decay is 1; use a number from 0 and below 1"),
      WrongRun(
        ["model": "banana", "estimator": ["score-function": ["decay": 0.8]]],
        "estimator.score-function.decay is 0.8, and leave-one-out learns nothing over the steps; remove it, or use "
          + "control_variate: running-mean or regression"),
    ]
    + ["cubo", "tvo", "forward-kl"].map { objective in
      WrongRun(
        [
          "model": "banana", "objective": .text(objective),
          "estimator": ["score-function": ["control_variate": "running-mean"]],
        ],
        "estimator.score-function.control_variate is running-mean, and the draws of '\(objective)' are held against "
          + "each other by its shares; remove it, or use objective: elbo or iwae or renyi")
    }

  @Test("what cannot be combined is refused, with what can", arguments: combinations)
  func refused(_ wrong: WrongRun) throws { #expect(try wrong.problems() == wrong.expected) }

  @Test("learned models are told what they can be learned by")
  func learned() throws {
    func problems(_ run: ConfigMapping) throws -> [String] {
      do {
        _ = try LearnedCase.example(VariationalAutoencoder.self).settings(run)
        return []
      } catch let problems as SettingsProblems {
        return problems.problems.map(\.description)
      }
    }
    #expect(
      try problems(["objective": "cubo"]) == [
        "'cubo' is no bound to learn the parameters of 'vae' by; use elbo or iwae or renyi or tvo or free-bits "
          + "or capacity or geco or beta-tcvae"
      ])
    #expect(
      try problems(["objective": "tvo"]) == [
        "'score-function' is for q alone, and 'vae' has parameters of its own; use estimator: reparameterization"
      ])
    #expect(try problems(["objective": "iwae"]) == [])
  }

  @Test("the estimator that is not named is the objective's own, and is recorded")
  func defaults() throws {
    let expected = [
      ("elbo", "reparameterization"), ("iwae", "reparameterization"), ("tvo", "score-function"),
      ("cubo", "score-function"),
      ("forward-kl", "score-function"), ("tail-adaptive", "stl"),
    ]
    for (objective, estimator) in expected {
      let settings = try settings(["model": "banana", "objective": .text(objective)])
      #expect(settings.estimatorName == estimator)
      #expect(settings.configuration["estimator"] == .text(estimator))
      #expect(settings.samples == (objective == "elbo" ? 8 : 1))
    }
  }

  @Test("the plain run says what it always said")
  func unchanged() throws {
    let configuration = try settings(["model": "banana"]).configuration
    #expect(configuration["objective"] == "elbo" && configuration["estimator"] == "reparameterization")
  }
}
