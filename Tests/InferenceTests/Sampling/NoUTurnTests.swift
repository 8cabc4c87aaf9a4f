import Foundation
import Inference
import Testing

/// The No-U-Turn sampler against posteriors that are known.
@Suite struct NoUTurnTests {
  struct Known: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var model: ConfigValue
    var beta = 1.0
    /// Mean and standard deviation by variable; nil: the standard deviation is not known, or its estimate has no fourth moment.
    var moments: [String: (mean: Double, sd: Double?)]
    /// The standard error of the known means.
    var error = 0.0
    var logEvidence: Double?
  }

  static let all: [Known] = [
    // shared reference values: exact.json, conjugate_normal.
    Known(
      testDescription: "conjugate normal", model: conjugateNormal,
      moments: ["mean": (2.884615384615384, 0.3846153846153846.squareRoot() as Double?)],
      logEvidence: -10.889301194126269),
    // At β = 4 the likelihood counts a quarter: precision 1/10 + 5/8, mean (15/8) / precision.
    Known(
      testDescription: "conjugate normal, β = 4", model: conjugateNormal, beta: 4,
      moments: ["mean": (1.875 / 0.725, (1 / 0.725).squareRoot() as Double?)]),
    // Beta(2, 5).
    Known(
      testDescription: "beta-bernoulli", model: ["beta-bernoulli": ["observations": [1, 0, 0, 0, 0]]],
      moments: ["probability": (2 / 7.0, (10 / (49 * 8.0)).squareRoot() as Double?)],
      logEvidence: -3.4011973816621555),
    // Gamma(33, 9).
    Known(
      testDescription: "gamma-poisson",
      model: ["gamma-poisson": ["observations": [3, 1, 4, 1, 5, 9, 2, 6], "shape": 2, "rate": 1]],
      moments: ["rate": (33 / 9.0, 33.0.squareRoot() / 9 as Double?)], logEvidence: -20.781982510989774),
    Known(
      testDescription: "two correlated variables",
      model: ["correlated-gaussian": ["dimension": 2, "correlation": 0.9]],
      moments: ["z.1": (0, 1 as Double?), "z.2": (0, 1 as Double?)], logEvidence: 0),
    Known(
      testDescription: "ten variables",
      model: ["correlated-gaussian": ["dimension": 10, "correlation": 0.5]],
      moments: ["z.1": (0, 1 as Double?), "z.10": (0, 1 as Double?)], logEvidence: 0),
    // Beta(21, 3), and log (B(21, 3) / B(2, 2)).
    Known(
      testDescription: "twenty tosses",
      model: [
        "beta-bernoulli": [
          "observations": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0], "a": 2, "b": 2,
        ]
      ],
      moments: ["probability": (0.875, (63 / 14400.0).squareRoot() as Double?)],
      logEvidence: log(12 / 10626.0)),
    // Murphy 2007, §3.3: count 6.5, shape 5, rate 3.36077; the mean is a t of 10 degrees. The evidence by mpmath's two-dimensional quad.
    Known(
      testDescription: "normal-gamma",
      model: [
        "normal-gamma": [
          "observations": [1.3, 0.4, 2.1, 1.7, -0.2, 1.1], "prior_mean": 0.5, "prior_count": 0.5, "shape": 2,
          "rate": 1.5,
        ]
      ],
      moments: [
        "mean": (1.0230769, (3.3607692 / 26).squareRoot() as Double?),
        "precision": (5 / 3.3607692, 5.0.squareRoot() / 3.3607692 as Double?),
      ],
      logEvidence: -8.8679712589823386),
    Known(
      testDescription: "Gamma(3, 2)",
      model: [
        "stan": ["program": "parameters { real<lower=0> x; } model { target += gamma_lpdf(x | 3, 2); }"]
      ],
      moments: ["x": (1.5, 0.75.squareRoot() as Double?)], logEvidence: 0),
    Known(
      testDescription: "Student's t with 8 degrees",
      model: ["stan": ["program": "parameters { real x; } model { target += student_t_lpdf(x | 8, 3, 2); }"]],
      moments: ["x": (3, (16 / 3.0).squareRoot() as Double?)], logEvidence: 0),
    // posteriordb's 10,000 reference draws, and the evidence by quadrature (ExactValueTests).
    Known(
      testDescription: "eight schools", model: "eight-schools",
      moments: ["mu": (4.4105183369549295, 3.3092964767263533 as Double?), "tau": (3.6020595236405932, nil)],
      error: 0.033, logEvidence: -31.3113),
  ]

  private static func run(_ known: Known, seed: UInt64, steps: Int = 4000) throws -> (
    points: [String: Double], result: FitResult
  ) {
    let own = try settings([
      "model": known.model, "family": "nuts", "steps": .integer(steps), "beta": .number(known.beta),
      "record": ["every": .integer(steps)],
    ])
    let (_, points, result) = learn(own, seed: seed)
    return (Dictionary(points.map { ($0.metric, $0.value) }) { _, last in last }, result)
  }

  /// Four standard errors: once in 16,000. The sd of n draws of kurtosis κ has the error sd √((κ − 1) / 4n); κ is at most 5 here.
  @Test("means and standard deviations are the known ones", arguments: all)
  func moments(_ known: Known) throws {
    let (points, result) = try Self.run(known, seed: 1)
    #expect(result.ending == .finished)
    for (name, moments) in known.moments {
      let error = try #require(points["posterior_mean_se[\(name)]"])
      let mean = try #require(points["posterior_mean[\(name)]"])
      let whole = (error * error + known.error * known.error).squareRoot()
      #expect(abs(mean - moments.mean) < 4 * whole, "\(name): \(mean) for \(moments.mean), se \(whole)")
      #expect(try #require(points["rhat[\(name)]"]) < 1.02)
      guard let expected = moments.sd else { continue }
      let sd = try #require(points["posterior_sd[\(name)]"])
      let size = try min(#require(points["ess_bulk[\(name)]"]), #require(points["ess_tail[\(name)]"]))
      let own = expected / size.squareRoot()
      #expect(abs(sd - expected) < 4 * (own + known.error), "\(name): sd \(sd) for \(expected)")
    }
  }

  /// Squares of standard normal errors over 80 runs have mean 1 and sd √(2/80) = 0.16: within four of these.
  @Test("the evidence by bridge sampling is as far from the exact one as it says")
  func evidence() throws {
    var squares = 0.0
    var count = 0.0
    for known in Self.all {
      guard let exact = known.logEvidence else { continue }
      for seed in 0..<8 {
        let (_, result) = try Self.run(known, seed: UInt64(seed), steps: 1000)
        let yardstick = try #require(result.yardstick)
        let error = try #require(yardstick.logEvidenceStandardError)
        let score = (try #require(yardstick.terms.logEvidence) - exact) / error
        #expect(abs(score) < 5, "\(known.testDescription), seed \(seed)")
        // The posterior itself: its bound is the evidence.
        #expect(abs(yardstick.elbo - exact) < 5 * error)
        squares += score * score
        count += 1
      }
    }
    #expect(count == 80)
    #expect(squares / count > 0.37 && squares / count < 1.63, "\(squares / count)")
  }

  @Test("draws at β are those of p(z) p(x|z)^(1/β), whose bound at β = 1 is below the evidence")
  func tempered() throws {
    let known = Self.all[1]
    let (_, result) = try Self.run(known, seed: 3)
    let yardstick = try #require(result.yardstick)
    // KL[N(m₄, v₄) ‖ N(m₁, v₁)] of the tempered posterior to the posterior.
    let (m1, v1) = (2.884615384615384, 0.3846153846153846)
    let (m4, v4) = (1.875 / 0.725, 1 / 0.725)
    let divergence = 0.5 * (v4 / v1 + (m4 - m1) * (m4 - m1) / v1 - 1 - log(v4 / v1))
    let error = try #require(yardstick.elboStandardError)
    #expect(abs(yardstick.elbo - (-10.889301194126269 - divergence)) < 5 * error)
    #expect(error < 0.1 && yardstick.terms.logEvidence == nil)
  }

  @Test("a seed has its bits alone, in company and whatever is recorded")
  func bits() throws {
    func own(_ record: Int) throws -> RunSettings {
      try settings([
        "model": "eight-schools", "family": "nuts", "steps": 60, "record": ["every": .integer(record)],
      ])
    }
    let (steps, points, result) = learn(try own(1), seed: 2)
    let (few, others, second) = learn(try own(20), seed: 2)
    #expect(points.map(\.value.bitPattern) == others.map(\.value.bitPattern))
    #expect(result.yardstick?.elbo.bitPattern == second.yardstick?.elbo.bitPattern)
    #expect(few.map(\.step) == [20, 40, 60])
    #expect(few.map(\.terms) == [20, 40, 60].map { steps[$0 - 1].terms })
    let together = RunsTogether([(try own(1), 1), (try own(1), 2)])
    FitPlan(try own(1), runs: 2).run(together)
    #expect(together.steps[1].map(\.terms) == steps.map(\.terms))
    #expect(together.results[0]?.yardstick != together.results[1]?.yardstick)
  }

  @Test("trouble is said: divergences in the funnel, chains without a start")
  func trouble() throws {
    let funnel = try settings(["model": "neals-funnel", "family": "nuts", "steps": 1000])
    let (_, points, result) = learn(funnel, seed: 0)
    #expect(result.ending == .finished)
    #expect(points.contains { $0.metric == "divergences" && $0.value > 0 })
    #expect(try #require(result.suspect).contains("transitions diverged"))
    let lost = try settings([
      "model": ["stan": ["program": "parameters { real x; } model { target += log(x - 100); }"]],
      "family": "nuts", "steps": 100,
    ])
    let (_, _, none) = learn(lost, seed: 0)
    guard case .diverged(let reason) = none.ending else {
      Issue.record("the run ended as \(none.ending)")
      return
    }
    #expect(reason.contains("chain 1 finds no start with a finite density and gradient in 100 attempts"))
  }
}
