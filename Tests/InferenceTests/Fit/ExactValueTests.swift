import Inference
import NumericArrays
import Testing

@Suite struct ExactValueTests {
  struct Expected: Sendable {
    var initial: ConfigValue
    var reconstruction, klPrior, entropy, logJoint, klPosterior, elbo: Double
  }

  // Closed forms of the conjugate normal model, evaluated independently in Python; log p(x) = −10.889301194126.
  static let conjugate: [Expected] = [
    Expected(
      initial: .mapping(["location": .number(2), "scale": .number(1)]), reconstruction: -11.327560617423227,
      klPrior: 0.9012925464970227, entropy: 1.4189385332046727, logJoint: -13.647791697124923,
      klPosterior: 1.3395519697939735, elbo: -12.22885316392025),
    Expected(
      initial: .text("prior"), reconstruction: -32.57756061742323, klPrior: 0, entropy: 2.5702310797016956,
      logJoint: -35.14779169712493, klPosterior: 21.68825942329695, elbo: -32.57756061742323),
    Expected(
      initial: .text("posterior"), reconstruction: -9.324971860026778, klPrior: 1.5643293340994984,
      entropy: 0.9411828106909543, logJoint: -11.830484004817231, klPosterior: 0, elbo: -10.889301194126269),
  ]

  @Test(
    "conjugate normal: every term and all forms to 1e-10 at N(2, 1), the prior and the posterior",
    arguments: conjugate, [Form.jointEntropy, .reconstructionKL, .evidenceGap])
  func conjugateNormalTerms(_ expected: Expected, _ form: Form) throws {
    for family in ["mean-field", "full-rank"] {
      let (steps, result) = try fit([
        "model": conjugateNormal, "family": .text(family), "form": .text(form.rawValue),
        "expectations": .text("exact"), "initial": expected.initial, "steps": .integer(0),
      ])
      #expect(steps.count == 1)
      let yardstick = try #require(result.yardstick)
      #expect(yardstick.elboStandardError == nil)
      for (terms, elbo) in [(steps[0].terms, steps[0].elbo), (yardstick.terms, yardstick.elbo)] {
        #expect(abs(elbo - expected.elbo) < 1e-10)
        #expect(abs(try #require(terms.reconstruction) - expected.reconstruction) < 1e-10)
        #expect(abs(try #require(terms.klPrior) - expected.klPrior) < 1e-10)
        #expect(abs(try #require(terms.klPosterior) - expected.klPosterior) < 1e-10)
        #expect(abs(try #require(terms.logJoint) - expected.logJoint) < 1e-10)
        #expect(abs(try #require(terms.entropy) - expected.entropy) < 1e-10)
        #expect(abs(try #require(terms.logEvidence) + 10.889301194126272) < 1e-10)
      }
      #expect(abs(steps[0].objective - expected.elbo) < 1e-10)
      #expect(result.suspect == nil)
    }
  }

  @Test("the exact family is tight wherever the posterior is tractable")
  func exactFamily() throws {
    // Evidence by SciPy: betaln and gammaln.
    let models: [(ConfigValue, Double)] = [
      (conjugateNormal, -10.889301194126272),
      (.mapping(["beta-bernoulli": .mapping(["observations": numbers(0, 1, 0, 0, 0)])]), -3.4011973816621555),
      (
        .mapping([
          "gamma-poisson": .mapping([
            "observations": numbers(3, 1, 4, 1, 5, 9, 2, 6), "shape": .number(2), "rate": .number(1),
          ])
        ]), -20.781982510989774
      ),
    ]
    for (model, evidence) in models {
      for form in Form.allCases {
        let (steps, result) = try fit([
          "model": model, "family": .text("exact"), "form": .text(form.rawValue), "steps": .integer(10),
        ])
        #expect(steps.count == 1)
        #expect(abs(steps[0].elbo - evidence) < 1e-10)
        #expect(abs(try #require(steps[0].terms.klPosterior)) < 1e-10)
        #expect(abs(try #require(result.yardstick).elbo - evidence) < 1e-10)
        #expect(result.suspect == nil)
      }
    }
  }

  @Test("eight schools: log p(y) by quadrature is −31.3113 with posteriordb's priors")
  func eightSchoolsEvidence() throws {
    for parameterization in ["centered", "noncentered"] {
      let model = try settings([
        "model": .mapping(["eight-schools": .mapping(["parameterization": .text(parameterization)])])
      ]).model
      // By adaptive quadrature in mpmath.
      #expect(abs(try #require(model.evidence).logValue + 31.311347352295606) < 1e-10)
    }
  }

  @Test("densities without data have evidence 1 and the posterior is the prior")
  func targets() throws {
    for name in ["neals-funnel", "banana", "correlated-gaussian"] {
      let (steps, _) = try fit(["model": .text(name), "family": .text("full-rank"), "steps": .integer(3)])
      for step in steps {
        #expect(step.terms.reconstruction == 0)
        #expect(step.terms.logEvidence == 0)
        let divergence = try #require(step.terms.klPrior)
        #expect(abs(try #require(step.terms.klPosterior) - divergence) < 1e-10 * max(1, divergence))
      }
    }
  }

  private func numbers(_ values: Double...) -> ConfigValue { .list(values.map { .number($0) }) }
}
