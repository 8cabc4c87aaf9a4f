import Foundation
import Inference
import NumericArrays
import Testing

/// A family whose KL to N(0, 1) has a floor.
@Suite struct MinimumRateTests {
  @Test("the largest scale has a KL of δ", arguments: [1e-6, 0.01, 0.1, 1, 20])
  func largestScale(_ nats: Double) {
    var family = MinimumRate()
    family.nats = nats
    let log = family.logLargestScale
    #expect(log < 0)
    // Near s = 1 the KL is log² s, whose difference of numbers of the size of |log s| is off by 1e-16 |log s|.
    #expect(abs(0.5 * expm1(2 * log) - log - nats) < 1e-15 * max(1, nats))
  }

  @Test("no parameters have a smaller one, and the encoder can come near it")
  func floor() throws {
    let model = LearnedCase.example(LinearVAE.self)
    let settings = try model.settings(["family": ["minimum-rate": ["nats": 0.4]]])
    let probe = BoundProbe(settings, draws: 1) { [$0.closedPriorDivergence].compactMap(\.self) }
    let rows = Double(settings.learning.data.training.rowCount)
    for trial: UInt64 in 0..<20 {
      for rate in probe(at: probe.randomParameters(trial, scale: 2))[0] { #expect(rate / rows >= 2 * 0.4) }
    }
    let blocks = settings.learning.parameters
    var point = [Double](repeating: 0, count: blocks.count)
    for index in blocks.range(of: "encoder.shared") { point[index] = 30 }
    for rate in probe(at: point)[0] { #expect(abs(rate / rows - 2 * 0.4) < 1e-9) }
  }

  @Test("a weight on the KL that collapses mean-field leaves δ in every latent of it")
  func collapse() throws {
    func rates(_ family: ConfigValue) throws -> [Double] {
      let settings = try irisModel("linear-vae", ["noise_sd": .number(0.05068214786479676.squareRoot())])
        .settings([
          "family": family, "expectations": "exact", "beta": 100, "steps": 2000, "record": ["every": 2000],
          "optimizer": ["adam": ["learning_rate": 0.1, "schedule": "cosine"]],
        ])
      return learn(settings).points.filter { $0.metric.hasPrefix("kl_prior[") }.map(\.value)
    }
    // At β = 100 the exact optimum of mean-field has no active unit (`RateDistortionTests`).
    #expect(try rates("mean-field").allSatisfy { $0 < 0.02 })
    #expect(try rates(["minimum-rate": ["nats": 0.25]]).allSatisfy { $0 >= 0.25 })
  }

  @Test("models whose latents are inferred are told what it is for")
  func refused() throws {
    #expect(
      try WrongRun(["model": "banana", "family": "minimum-rate"]).problems() == [
        "'minimum-rate' is for latents of data with the prior N(0, I), and those of 'banana' are inferred; use family: "
          + "mean-field"
      ])
  }
}
