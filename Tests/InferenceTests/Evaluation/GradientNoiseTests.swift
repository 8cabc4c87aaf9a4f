import Foundation
import Inference
import Testing

/// The noise of gradients as runs record it, and quasi-random draws, which have less of it.
@Suite struct GradientNoiseTests {
  private func points(_ run: ConfigMapping) throws -> [String: Double] {
    let base: ConfigMapping = [
      "model": conjugateNormal, "steps": 0, "record": ["gradient_noise": 1],
      "initial": ["location": 2, "scale": 0.8],
    ]
    return Dictionary(
      learn(try settings(base.with(run))).points.map { ($0.metric, $0.value) }, uniquingKeysWith: { $1 })
  }

  @Test("the variance of the plain gradient is that of its formula")
  func formula() throws {
    let points = try points(["samples": 4])
    // d/dm of log p(x, z) at z = m + s ε is (15 − 5 z)/2 − z/10 = a − 2.6 s ε, and d/d log s is that times s ε (and 1 for the entropy):
    // per draw the variances are (2.6 s)² and s² (a² + 2 (2.6 s)²) with a = 7.5 − 2.6 m.
    let (s, a) = (0.8, 7.5 - 2.6 * 2)
    let slope = 2.6 * s
    let variance = (slope * slope + s * s * (a * a + 2 * slope * slope)) / 4
    let measured = try #require(points["gradient_variance[reparameterization]"])
    // By 100 replicates: a relative standard error of some √(2/100) and more for the second's tail.
    #expect(abs(measured / variance - 1) < 0.8, "\(measured) for \(variance)")
    // The mean gradient: a, and 1 − 2.6 s².
    let signal = (a * a + pow(1 - 2.6 * s * s, 2)).squareRoot()
    let ratio = try #require(points["gradient_snr[reparameterization]"])
    #expect(abs(ratio / (signal / variance.squareRoot()) - 1) < 0.5, "\(ratio)")
  }

  @Test("every estimator that applies is measured, the same whichever the run takes")
  func estimators() throws {
    let plain = try points([:])
    let names = ["reparameterization", "stl", "score-function"]
    #expect(
      Set(plain.keys.filter { $0.hasPrefix("gradient_") })
        == Set(names.flatMap { ["gradient_variance[\($0)]", "gradient_snr[\($0)]"] }))
    let other = try points(["estimator": "stl"])
    for name in names {
      #expect(plain["gradient_variance[\(name)]"] == other["gradient_variance[\(name)]"])
    }
    let single = try points(["samples": 1])
    #expect(single["gradient_variance[score-function]"] == nil && single["gradient_variance[stl]"] != nil)
  }

  @Test("at the posterior, sticking the landing has no noise")
  func landing() throws {
    let points = try points([
      "initial": ["location": .number(75.0 / 26), "scale": .number((5.0 / 13).squareRoot())]
    ])
    #expect(try #require(points["gradient_variance[stl]"]) < 1e-24)
    #expect(try #require(points["gradient_variance[reparameterization]"]) > 1e-3)
  }

  @Test("measured at its cadence and without a trace in the steps")
  func cadence() throws {
    let run: ConfigMapping = ["model": "eight-schools", "steps": 10]
    let measured = learn(try settings(run.with(["record": ["gradient_noise": 4]])))
    #expect(
      measured.points.filter { $0.metric == "gradient_snr[stl]" }.map(\.step) == [0, 4, 8])
    #expect(measured.steps.map(\.bits) == learn(try settings(run)).steps.map(\.bits))
  }

  @Test("what is not asked for leaves no trace in the configuration")
  func identity() throws {
    let configuration = try settings(["model": "banana"]).configuration
    #expect(configuration["noise"] == nil && configuration["record"] == ["every": 1])
    let asked = try settings(["model": "banana", "noise": "sobol", "record": ["gradient_noise": 5]])
    #expect(asked.configuration["noise"] == "sobol")
    #expect(asked.configuration["record"] == ["every": 1, "gradient_noise": 5])
  }

  @Test("Sobol's points make gradients of the same mean that vary less, alone and in company alike")
  func sobol() throws {
    func gradients(_ noise: String) throws -> (settings: RunSettings, norms: [Double]) {
      // A rate next to nothing: every step is at the start.
      let settings = try settings([
        "model": conjugateNormal, "noise": .text(noise), "samples": 64, "steps": 400,
        "initial": ["location": 2, "scale": 0.8], "optimizer": ["sgd": ["learning_rate": 1e-12]],
      ])
      return (settings, fit(settings).steps.map(\.objective))
    }
    let (independent, sobol) = (try gradients("independent"), try gradients("sobol"))
    let (a, b) = (Estimate(independent.norms), Estimate(sobol.norms))
    #expect(abs(a.mean - b.mean) < 5 * a.standardError)
    #expect(b.standardError < 0.3 * a.standardError, "\(b.standardError) against \(a.standardError)")
    let together = RunsTogether((0..<3).map { (sobol.settings, UInt64($0)) })
    FitPlan(sobol.settings, runs: 3).run(together)
    for seed in 0..<3 {
      #expect(together.steps[seed].map(\.bits) == fit(sobol.settings, seed: UInt64(seed)).steps.map(\.bits))
    }
  }

  static let refused: [WrongRun] = [
    WrongRun(
      ["model": "banana", "noise": "sobol", "objective": "iwae"],
      "noise is sobol, whose draws are not independent, and 'iwae' wants independent ones; use noise: independent, or "
        + "objective: elbo by reparameterization or stl"),
    WrongRun(
      ["model": "banana", "noise": "sobol", "estimator": "score-function"],
      "noise is sobol, whose draws are not independent, and 'score-function' wants independent ones; use noise: "
        + "independent, or objective: elbo by reparameterization or stl"),
    WrongRun(
      ["model": ["correlated-gaussian": ["dimension": 100]], "noise": "sobol"],
      "noise is sobol, which has 50 axes, and a draw takes 100 normals; use noise: independent"),
  ]

  @Test("what wants independent draws, or too many, is refused", arguments: refused)
  func obstacles(_ wrong: WrongRun) throws { #expect(try wrong.problems() == wrong.expected) }
}
