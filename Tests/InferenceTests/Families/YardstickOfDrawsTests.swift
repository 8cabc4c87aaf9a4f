import Inference
import ReverseTape
import Testing

/// The final evaluation pairs every noise with its mirror image and corrects by squares and products of it, whatever the family
/// makes of the noise.
@Suite struct YardstickOfDrawsTests {
  /// Those whose bound is sampled.
  static let families = familyCases.filter { family in
    guard let settings = try? settings(["model": "correlated-gaussian", "family": family]) else {
      return false
    }
    let hasMoments = gaussianFamilies.contains(family) || family == ["householder": ["layers": 2]]
    return settings.family.hasDensity && !hasMoments && family != "exact"
  }

  @Test("there are heavy tails, mixtures and flows among them")
  func some() { #expect(Self.families.count >= 14) }

  @Test("the yardstick agrees with two hundred thousand draws", arguments: families)
  func agrees(_ family: ConfigValue) throws {
    for (model, steps): (ConfigValue, ConfigValue) in [
      // A t with 4 degrees has no fourth moment: its bound has no variance on a Gaussian, but has one where tails are heavy.
      (Self.heavy, 0), (Self.heavy, 300),
      (["correlated-gaussian": ["dimension": 4, "correlation": 0.6]], 300),
    ] {
      let settings = try settings([
        "model": model, "family": family, "steps": steps, "initial": ["location": 0.2, "scale": 1.5],
        "optimizer": ["adam": ["learning_rate": 0.02]],
      ])
      if family == ["student-t": ["degrees": 4, "base": "mean-field"]], settings.modelName != "stan" {
        continue
      }
      let result = fit(settings).result
      let yardstick = try #require(result.yardstick)
      let error = try #require(yardstick.elboStandardError)
      let probe = BoundProbe(settings, draws: 200_000) { bound in
        guard let joint = bound.logJoint, let density = bound.logDensity else { return [] }
        return [joint - density]
      }
      let many = Estimate(probe(at: result.parameters, seed: 8)[0])
      let slack = 5 * (error * error + many.standardError * many.standardError).squareRoot()
      // At the start a mixture of one is a Gaussian, and its error next to nothing.
      #expect(
        abs(yardstick.elbo - many.mean) <= slack + 1e-9,
        "\(family), \(settings.modelName): \(yardstick.elbo) ± \(error), not \(many.mean) ± \(many.standardError)"
      )
      #expect(error < 0.2)
    }
  }

  private static let heavy: ConfigValue = [
    "stan": ["program": "parameters { vector[3] x; } model { x ~ cauchy([0, 1, -1]', 1); }"]
  ]
}
