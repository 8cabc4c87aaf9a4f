import Foundation
import Testing
import Tracking

/// x = 1…5 with noise variance 2 and the prior N(0, 10): the posterior is N(75/26, 5/13), in closed form.
@Suite struct TwoKLsTests {
  /// KL[N(a, s) ‖ N(b, t)] of normals with means a, b and variances s, t.
  private static func divergence(_ a: Double, _ s: Double, from b: Double, _ t: Double) -> Double {
    0.5 * (s / t + (a - b) * (a - b) / t - 1 + log(t / s))
  }

  private static let experiment = Result { try Experiment("two-kls") }

  @Test("at the prior the whole divergence is from the posterior")
  func prior() throws {
    let toPosterior = Self.divergence(0, 10, from: 75.0 / 26, 5.0 / 13)
    #expect(abs(toPosterior - 21.68825942329695) <= 1e-12)
    try check(.text("prior"), klPrior: 0, klPosterior: toPosterior)
  }

  @Test("at the posterior the whole divergence is from the prior")
  func posterior() throws {
    try check(
      .text("posterior"), klPrior: Self.divergence(75.0 / 26, 5.0 / 13, from: 0, 10), klPosterior: 0)
  }

  private func check(_ start: ParameterValue, klPrior: Double, klPosterior: Double) throws {
    let runs = try Self.experiment.get().runs.filter { $0.value(of: "initial") == start }
    #expect(!runs.isEmpty)
    for run in runs {
      let terms = try #require(run.outcome?.yardstick)
      #expect(abs(try #require(terms.klPrior) - klPrior) <= 1e-9)
      #expect(abs(try #require(terms.klPosterior) - klPosterior) <= 1e-9)
    }
  }
}
