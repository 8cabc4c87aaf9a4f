import Foundation
import Inference
import Testing

/// Optima in closed form or by high-precision optimisation (SciPy and mpmath), reached by short fits.
@Suite struct ConvergenceTests {
  private let cosine: ConfigValue = ["adam": ["learning_rate": 0.05, "schedule": "cosine"]]

  private func elbo(_ run: ConfigMapping) throws -> Yardstick {
    let (_, result) = try fit(run)
    #expect(result.suspect == nil)
    return try #require(result.yardstick)
  }

  @Test("the funnel's best mean-field bound is −1.86285", arguments: Expectations.allCases)
  func funnel(_ expectations: Expectations) throws {
    let found = try elbo([
      "model": "neals-funnel", "optimizer": cosine, "expectations": .text(expectations.rawValue),
    ])
    #expect(abs(found.elbo + 1.8628467136183262) < 0.01)
  }

  @Test("the banana's best mean-field bound is −0.72584", arguments: Expectations.allCases)
  func banana(_ expectations: Expectations) throws {
    let found = try elbo([
      "model": "banana", "optimizer": cosine, "expectations": .text(expectations.rawValue), "steps": 3000,
    ])
    #expect(abs(found.elbo + 0.725837196121372) < 0.01)
  }

  @Test("a correlation of 0.9 costs mean-field 0.83037 nats, and full-rank nothing")
  func correlation() throws {
    let run: ConfigMapping = ["model": "correlated-gaussian", "optimizer": cosine, "expectations": "exact"]
    // −½ log(1 − 0.9²).
    let meanField = try elbo(run)
    #expect(abs(try #require(meanField.terms.klPosterior) - 0.8303656034108255) < 1e-4)
    #expect(abs(meanField.elbo + 0.8303656034108255) < 1e-4)
    let fullRank = try elbo(run.with(["family": "full-rank"]))
    #expect(abs(fullRank.elbo) < 1e-4)
    let lowRank = try elbo(run.with(["family": ["low-rank": ["rank": 1]]]))
    #expect(abs(lowRank.elbo) < 1e-3)
  }

  @Test("the conjugate normal reaches its evidence in each form", arguments: Form.allCases)
  func conjugate(_ form: Form) throws {
    for expectations in Expectations.allCases {
      let found = try elbo([
        "model": conjugateNormal, "form": .text(form.rawValue), "optimizer": cosine,
        "expectations": .text(expectations.rawValue),
      ])
      #expect(abs(found.elbo + 10.889301194126269) < 1e-3)
      #expect(found.elbo <= -10.889301194126269 + 1e-9)
    }
  }

  @Test("at β the conjugate normal finds its tempered posterior", arguments: [0.5, 4])
  func tempered(_ beta: Double) throws {
    for form in Form.allCases {
      let (_, result) = try fit([
        "model": conjugateNormal, "form": .text(form.rawValue), "optimizer": cosine, "expectations": "exact",
        "beta": .number(beta),
      ])
      // Precision 1/10 + 5/(2β), and the mean 15/(2β) over it.
      let precision = 0.1 + 2.5 / beta
      #expect(abs(result.parameters[0] - 7.5 / beta / precision) < 1e-4)
      #expect(abs(result.parameters[1] + 0.5 * log(precision)) < 1e-4)
    }
  }

  @Test("the bound is tight at the true posterior")
  func tightness() throws {
    for model in ModelCase.all {
      for family: ConfigValue in ["full-rank", "exact"] {
        for form in Form.allCases {
          let run: ConfigMapping = [
            "family": family, "initial": "posterior", "steps": 0, "form": .text(form.rawValue),
          ]
          guard let settings = model.accepted(run), let posterior = settings.model.posterior,
            posterior.closedTerms == nil || family == "exact"
          else { continue }
          let evidence = try #require(settings.model.evidence).logValue
          let yardstick = try #require(fit(settings).result.yardstick)
          #expect(abs(yardstick.elbo - evidence) <= 1e-9 * max(1, abs(evidence)), "\(model.testDescription)")
          #expect(abs(try #require(yardstick.terms.klPosterior)) <= 1e-9, "\(model.testDescription)")
        }
      }
    }
  }

  @Test("a short fit at least halves the distance to the true posterior", arguments: gaussianFamilies)
  func distance(_ family: ConfigValue) throws {
    for name in ["bayesian-linear-regression", "conjugate-normal"] {
      let model = try #require(ModelCase.all.first { $0.testDescription == name })
      for form in Form.allCases {
        let run: ConfigMapping = [
          "family": family, "form": .text(form.rawValue), "steps": 300,
          "optimizer": ["adam": ["learning_rate": 0.05]], "initial": ["location": -1, "scale": 1],
        ]
        let settings = try model.settings(run)
        let truth = try #require(settings.model.posterior).moments.mean
        let end = fit(settings, seed: 1).result.parameters
        let before = truth.reduce(0) { $0 + ($1 + 1) * ($1 + 1) }
        let after = zip(end, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        // Squared distances: a quarter.
        #expect(after <= before / 4, "\(name) \(form)")
      }
    }
  }
}
