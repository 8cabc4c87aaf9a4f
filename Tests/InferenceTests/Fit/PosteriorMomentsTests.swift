import Foundation
import Inference
import Testing

/// What runs record of their posterior against what q says in closed form.
@Suite struct PosteriorMomentsTests {
  @Test("the moments of real latents under a Gaussian q are q's own", arguments: gaussianFamilies)
  func real(_ family: ConfigValue) throws {
    let settings = try settings([
      "model": ["correlated-gaussian": ["dimension": 4, "correlation": 0.5]], "family": family,
      "initial": ["location": [1, -2, 0.5, 3], "scale": [0.5, 2, 1, 0.1]], "steps": 0,
    ])
    let points = moments(settings)
    let (means, sds) = ([1, -2, 0.5, 3], [0.5, 2, 1, 0.1])
    let names = ["z.1", "z.2", "z.3", "z.4"]
    for (index, name) in names.enumerated() {
      // The design of the control variates is solved to some 1e-12.
      let mean = try #require(points["posterior_mean[\(name)]"])
      #expect(abs(mean - means[index]) < 1e-10)
      let sd = try #require(points["posterior_sd[\(name)]"])
      // Low rank holds nearly a diagonal: its factor starts small, not at 0.
      #expect(abs(sd - sds[index]) < (family == "mean-field" || family == "full-rank" ? 1e-9 : 0.05))
    }
  }

  @Test func aPositiveLatentIsLogNormal() throws {
    let settings = try settings([
      "model": "eight-schools", "family": "mean-field", "initial": ["location": 0, "scale": 0.5], "steps": 0,
    ])
    let points = moments(settings)
    // exp(N(0, 0.5²)); pairs and squares of 1,000 draws leave a per cent of it.
    #expect(abs(try #require(points["posterior_mean[tau]"]) - exp(0.125)) < 0.01)
    let sd = ((exp(0.25) - 1) * exp(0.25)).squareRoot()
    #expect(abs(try #require(points["posterior_sd[tau]"]) - sd) < 0.03)
    #expect(points["posterior_mean[theta_raw.8]"] != nil)
    #expect(points["observations"] == 8)
  }

  private func moments(_ settings: RunSettings) -> [String: Double] {
    Dictionary(learn(settings).points.map { ($0.metric, $0.value) }, uniquingKeysWith: { $1 })
  }
}
