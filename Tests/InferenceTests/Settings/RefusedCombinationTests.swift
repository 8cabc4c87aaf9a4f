import Inference
import Testing

/// Settings that are sound alone and cannot work together.
@Suite struct RefusedCombinationTests {
  private static let observed: ConfigValue = ["conjugate-normal": ["observations": [1, 2]]]

  static let combinations: [WrongRun] = [
    WrongRun(
      ["model": "banana", "form": "evidence-gap"],
      "evidence-gap cannot be optimised for 'banana': its posterior is not tractable; use joint-entropy or "
        + "reconstruction-kl, or one of \(tractable)"),
    WrongRun(
      ["model": observed, "form": "evidence-gap", "family": "delta"],
      "evidence-gap needs a density, and 'delta' is a point; use joint-entropy or reconstruction-kl"),
    WrongRun(
      ["model": observed, "form": "evidence-gap", "beta": 0],
      "beta is 0, where evidence-gap divides by it; use a number above 0"),
    WrongRun(
      ["model": observed, "form": "evidence-gap", "beta": ["linear": [:]]],
      "beta is 0, where evidence-gap divides by it; use a number above 0"),
    WrongRun(
      ["model": "eight-schools", "family": "exact"],
      "the posterior of 'eight-schools' is not tractable; use another family, or a model with a tractable "
        + "posterior: \(tractable)"),
    WrongRun(
      [
        "model": ["logistic-regression": ["data": "table.csv", "target": "outcome", "features": ["x1"]]],
        "expectations": "exact",
      ], "'logistic-regression' with 'mean-field' has no closed forms throughout; use expectations: sampled"),
    WrongRun(
      ["model": "banana", "expectations": "exact", "family": "delta"],
      "'banana' with 'delta' has no closed forms throughout; use expectations: sampled"),
    WrongRun(
      ["model": observed, "form": "evidence-gap", "family": "nuts", "beta": 0, "precision": "float32"],
      "form is evidence-gap: 'nuts' is of the posterior itself and has no bound to write; use form: joint-entropy",
      "beta is 0: 'nuts' needs one density p(z) p(x|z)^(1/β); use a number above 0",
      "precision is float32: 'nuts' computes in float64; remove precision"),
    WrongRun(
      [
        "model": observed, "optimizer": "laplace-approximation", "beta": 0, "minibatch": 2, "family": "exact",
      ],
      "beta is 0: 'laplace-approximation' ascends one density p(z) p(x|z)^(1/β); use a number above 0",
      "minibatch is 2: 'laplace-approximation' evaluates all rows; remove minibatch",
      "'laplace-approximation' has nothing to find: 'exact' has no parameters with 'conjugate-normal'; use another family"
    ),
    WrongRun(
      ["model": "banana", "optimizer": "natural-gradient", "family": "low-rank"],
      "'natural-gradient' knows the Fisher information of a Gaussian by its mean and factor, and not that of 'low-rank'; "
        + "use family: mean-field or full-rank, or another optimizer"),
    WrongRun(
      ["model": "banana", "optimizer": "proximal-gradient", "family": "planar"],
      "'proximal-gradient' moves a location and a triangle of scales, which 'planar' is not made of; use family: mean-field "
        + "or full-rank or student-t or laplace, or another optimizer"),
    WrongRun(
      ["model": "banana", "optimizer": "proximal-gradient", "objective": "iwae"],
      "'proximal-gradient' takes the entropy of the ELBO apart, which 'iwae' has not; use objective: elbo, or another "
        + "optimizer"),
    WrongRun(
      [
        "model": observed, "optimizer": "dadvi", "beta": ["linear": [:]], "minibatch": 2, "samples": 8,
        "precision": "float32", "estimator": "stl", "record": ["gradient_noise": 5],
      ],
      "estimator is stl, which is not the gradient of the bound at fixed draws; remove estimator",
      "beta is a schedule: 'dadvi' climbs one bound to its top; use a number above 0",
      "minibatch is 2: 'dadvi' evaluates all rows; remove minibatch",
      "samples is 8: 'dadvi' has draws of its own; remove samples",
      "precision is float32: 'dadvi' computes in float64; remove precision",
      "gradients at the fixed draws of 'dadvi' have no noise; remove gradient_noise"),
    WrongRun(
      [
        "model": "banana", "optimizer": "raabbvi", "family": "low-rank", "beta": ["linear": [:]],
        "precision": "float32",
      ],
      "'raabbvi' averages the parameters of Gaussians that have one φ each, which those of 'low-rank' are not; use family: "
        + "mean-field or full-rank or block-diagonal, or another optimizer",
      "beta is a schedule: 'raabbvi' waits for iterates that stay about one optimum; use a number",
      "precision is float32: 'raabbvi' computes in float64; remove precision"),
    WrongRun(
      ["model": "banana", "optimizer": "dadvi", "objective": "renyi"],
      "objective is renyi: 'dadvi' climbs the ELBO; remove objective"),
    WrongRun(
      ["model": "banana", "optimizer": "dadvi", "family": "planar"],
      "'dadvi' needs draws that are affine in their noise, which those of 'planar' are not: fixed ones can be fitted while q "
        + "is anything between them; use family: mean-field"),
    WrongRun(
      ["model": "eight-schools", "optimizer": ["dadvi": ["draws": 10]], "family": "full-rank"],
      "optimizer.dadvi.draws is 10, and 'full-rank' has 10 coefficients of noise for one latent of 'eight-schools': with no "
        + "more draws than these the bound has no top, as all draws can stay in one place while the entropy grows; use 11 or "
        + "more, better several times as many, or family: mean-field"),
    WrongRun(
      ["model": "eight-schools", "optimizer": ["dadvi": ["draws": 3]], "family": "low-rank"],
      "optimizer.dadvi.draws is 3, and 'low-rank' has 3 coefficients of noise for one latent of 'eight-schools': with no "
        + "more draws than these the bound has no top, as all draws can stay in one place while the entropy grows; use 4 or "
        + "more, better several times as many, or family: mean-field"),
    WrongRun(
      ["model": "eight-schools", "family": "quadrature", "beta": 0],
      "'quadrature' takes 3 latents at most, and 'eight-schools' has 10; use nuts, sequential-monte-carlo or "
        + "annealed-importance-sampling",
      "beta is 0: 'quadrature' needs one density p(z) p(x|z)^(1/β); use a number above 0"),
    WrongRun(
      ["model": "banana", "minibatch": 2],
      "the likelihood of 'banana' is not a sum over rows; remove minibatch"),
    WrongRun(["model": observed, "minibatch": 3], "minibatch is 3; use at most 2, the number of rows"),
    WrongRun(
      ["model": "banana", "initial": "posterior"],
      "the posterior of 'banana' is not tractable; use {location: …, scale: …}, or a model with a tractable "
        + "posterior: \(tractable)"),
    WrongRun(
      ["model": "eight-schools", "initial": "posterior"],
      "the posterior of 'eight-schools' is not tractable; use prior or {location: …, scale: …}, or a model with "
        + "a tractable posterior: \(tractable)"),
    WrongRun(
      ["model": ["eight-schools": ["parameterization": "centered"]], "initial": "prior"],
      "the prior of 'eight-schools' has no moments to start from; use {location: …, scale: …}"),
    WrongRun(
      ["model": "banana", "initial": "fitted", "optimizer": "pathfinder"],
      "initial is fitted, and this run searches for its own start; remove initial, or use {location: …, scale: …}"
    ),
    WrongRun(
      ["model": "banana", "initial": ["location": [1, 2, 3]]],
      "initial.location is a list of 3; give one number, or 2: one for each latent"),
    WrongRun(
      ["model": "banana", "initial": ["scale": []]],
      "initial.scale is a list of 0; give one number, or 2: one for each latent"),
    WrongRun(
      ["model": "banana", "samples": 0, "minibatch": 2],
      "samples is 0; use an integer from 1 to 100000",
      "the likelihood of 'banana' is not a sum over rows; remove minibatch"),
    WrongRun(
      ["model": "banana", "form": "evidence-gap", "minibatch": 1, "beta": 0],
      "evidence-gap cannot be optimised for 'banana': its posterior is not tractable; use joint-entropy or "
        + "reconstruction-kl, or one of \(tractable)",
      "beta is 0, where evidence-gap divides by it; use a number above 0",
      "the likelihood of 'banana' is not a sum over rows; remove minibatch"),
  ]

  @Test("what cannot be combined is refused, with what can", arguments: combinations)
  func refused(_ wrong: WrongRun) throws {
    #expect(try wrong.problems(tables: ["table.csv": KnownDensityTests.table]) == wrong.expected)
  }

  @Test("nothing else is refused: every other family and form is accepted", arguments: ModelCase.all)
  func accepted(_ model: ModelCase) throws {
    let built = try model.settings([:]).model
    let hasPosterior = built.posterior != nil
    for family in familyCases {
      // The first is of learned models alone.
      let isAllowed =
        switch family {
        case "minimum-rate": false
        case "exact": hasPosterior
        case "conjugate": built is any ConditionallyConjugate
        default: true
        }
      for form in Form.allCases {
        let isFormAllowed = form != .evidenceGap || (hasPosterior && family != "delta")
        let run: ConfigMapping = ["family": family, "form": .text(form.rawValue)]
        #expect((model.accepted(run) != nil) == (isAllowed && isFormAllowed), "\(family) \(form)")
      }
    }
  }

  @Test("closed forms throughout exist for these models with a Gaussian")
  func closedForms() {
    let names = Set(
      ModelCase.all.filter { $0.accepted(["expectations": "exact", "family": "full-rank"]) != nil }
        .compactMap { try? $0.settings([:]).modelName })
    #expect(
      names == [
        "conjugate-normal", "beta-bernoulli", "gamma-poisson", "bayesian-linear-regression", "eight-schools",
        "neals-funnel", "banana", "correlated-gaussian", "normal-gamma",
      ])
  }

  @Test("a registry's claim of tractable posteriors is what its models have", arguments: ModelCase.all)
  func claims(_ model: ModelCase) throws {
    let built = try model.settings([:]).model
    #expect((built.posterior != nil) == type(of: built).hasTractablePosterior)
  }
}
