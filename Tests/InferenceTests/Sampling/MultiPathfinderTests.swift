import Foundation
import Inference
import NumericArrays
import Testing

/// Weighted draws of several Pathfinders against posteriors that are known.
@Suite struct MultiPathfinderTests {
  private static func run(
    _ model: ConfigValue, _ options: ConfigMapping = [:], steps: Int = 1000, beta: Double = 1,
    seed: UInt64 = 0
  ) throws -> (steps: [StepTerms], points: [String: Double], result: FitResult) {
    let own = try settings([
      "model": model, "family": ["multi-pathfinder": .mapping(options)], "beta": .number(beta),
      "steps": .integer(steps),
    ])
    let (steps, points, result) = learn(own, seed: seed)
    return (steps, Dictionary(points.map { ($0.metric, $0.value) }) { _, last in last }, result)
  }

  /// Scores of 8 seeds of every case: with n ≥ 48 the mean of squared standard normal errors is below 1 + 6 √(2/n) < 2.23; stated
  /// errors are of independent draws, and draws spread evenly over the paths err less. A normal error is above 6 once in 5·10⁸.
  @Test("runs that are not marked suspect are as far from the exact evidence as they say")
  func evidence() throws {
    var (squares, count) = (0.0, 0.0)
    for known in try EvidenceCase.all() {
      for seed in 0..<8 {
        let (points, result) = try known.run("multi-pathfinder", steps: 1000, seed: seed)
        guard result.suspect == nil else { continue }
        let label = "\(known.name), seed \(seed)"
        let yardstick = try #require(result.yardstick, "\(label): \(result.ending)")
        let estimate = try #require(yardstick.terms.logEvidence)
        let error = try #require(yardstick.logEvidenceStandardError)
        // Where q is the posterior itself the weights are constant, to the rounding of log densities below 1e4.
        let score = (estimate - known.exact) / max(error, 1e-10)
        #expect(abs(score) < 6, "\(label): \(score), \(points)")
        #expect(try #require(points["log_evidence_lower"]) < known.exact + 4 * error + 1e-10, "\(label)")
        squares += score * score
        count += 1
      }
    }
    #expect(count >= 48)
    #expect(squares / count < 2.23, "\(squares / count)")
  }

  /// y = 4 of x² with noise: as likely from −2 as from 2.
  private static let twoModes: ConfigValue = [
    "stan": [
      "program":
        "parameters { real x; } model { target += normal_lpdf(x | 0, 3); target += normal_lpdf(4 | square(x), 0.5); }"
    ]
  ]

  /// A path that ends in one of two equal modes has half the evidence, and its weights do not tell. Sixteen starts are all of one sign
  /// once in 2¹⁵. The mean of n = 4000 draws of ±2 has an error of 2/√n = 0.03.
  @Test("several paths find both modes and weigh them, where one path knows of one")
  func modes() throws {
    let quadrature = try settings(["model": Self.twoModes, "family": "quadrature"])
    let exact = try #require(learn(quadrature).result.yardstick?.terms.logEvidence)
    let (_, points, result) = try Self.run(Self.twoModes, ["paths": 16])
    let yardstick = try #require(result.yardstick)
    let (estimate, error) = (
      try #require(yardstick.terms.logEvidence), try #require(yardstick.logEvidenceStandardError)
    )
    #expect(result.suspect == nil)
    #expect(abs(estimate - exact) < 6 * error && error < 0.05, "\(estimate) ± \(error), \(exact)")
    #expect(abs(try #require(points["posterior_mean[x]"])) < 0.2)
    #expect(abs(try #require(points["posterior_sd[x]"]) - 2) < 0.1)
    let (_, alone, one) = try Self.run(Self.twoModes, ["paths": 1, "draws": 4000])
    let half = try #require(one.yardstick?.terms.logEvidence)
    #expect(abs(half - (exact - log(2))) < 0.05)
    #expect(abs(abs(try #require(alone["posterior_mean[x]"])) - 2) < 0.1)
  }

  /// Precision 1/10 + 5/(2 β), mean 7.5 / (β precision); with 2000 draws the mean is known to sd/45 and the sd to sd/63.
  @Test("the moments are those of p(z) p(x|z)^(1/β)", arguments: [1.0, 4])
  func moments(_ beta: Double) throws {
    let precision = 0.1 + 2.5 / beta
    let (_, points, result) = try Self.run(conjugateNormal, beta: beta)
    let sd = (1 / precision).squareRoot()
    let mean = try #require(points["posterior_mean[mean]"])
    #expect(abs(mean - 7.5 / (beta * precision)) < 6 * sd / 45)
    #expect(abs(try #require(points["posterior_sd[mean]"]) - sd) < 6 * sd / 63)
    #expect(try #require(points["posterior_mean_se[mean]"]) < 1.5 * sd / 45)
    #expect(result.suspect == nil)
    #expect((result.yardstick?.terms.logEvidence == nil) == (beta != 1))
  }

  /// A quarter of the energy in a neck that no Gaussian has.
  @Test("a posterior that the Gaussians miss is named")
  func missed() throws {
    let suspects = try (0..<8).map { seed in
      try Self.run("neals-funnel", seed: seed).result.suspect
    }
    #expect(suspects.compactMap(\.self).count >= 4, "\(suspects)")
    for reason in suspects.compactMap(\.self) {
      #expect(reason.contains("k̂ of the weights is") || reason.contains("by the jackknife over the paths"))
    }
  }

  @Test("each path records the ELBO of its Gaussian, below the evidence, and the identities hold")
  func paths() throws {
    let (steps, points, result) = try Self.run("eight-schools", ["paths": 4])
    #expect(steps.map(\.step) == [1, 2, 3, 4] && result.steps == 4 && points["paths"] == 4)
    for row in steps {
      let terms = row.terms
      let elbo = row.elbo
      #expect(abs(try #require(terms.logJoint) + (try #require(terms.entropy)) - elbo) < 1e-10)
      #expect(abs(try #require(terms.reconstruction) - (try #require(terms.klPrior)) - elbo) < 1e-10)
      #expect(elbo < -30)
    }
    #expect(points["importance_draws"] == 1000)
  }

  @Test("a seed has its bits, in whatever company, and another seed others")
  func bits() throws {
    let own = try settings(["model": "eight-schools", "family": "multi-pathfinder"])
    let (steps, points, _) = learn(own, seed: 2)
    let together = RunsTogether([(own, 1), (own, 2)])
    FitPlan(own, runs: 2).run(together)
    #expect(together.steps[1].map(\.terms) == steps.map(\.terms))
    #expect(together.steps[0].map(\.terms) != steps.map(\.terms))
    #expect(learn(own, seed: 2).points.map(\.value) == points.map(\.value))
  }

  @Test("without an update there is no Gaussian")
  func failures() throws {
    let (_, _, result) = try Self.run("eight-schools", steps: 0)
    guard case .diverged(let reason) = result.ending else {
      Issue.record("\(result.ending)")
      return
    }
    #expect(reason.contains("Pathfinder finds no Gaussian"))
  }
}
