import Foundation
import Inference
import NumericArrays
import ReverseTape
import Testing

@Suite struct MixtureFamilyTests {
  @Test("a mixture of one is its component", arguments: ["mean-field", "full-rank"])
  func one(_ base: ConfigValue) throws {
    for model in ModelCase.all {
      guard let mixture = model.accepted(["family": ["mixture": ["components": 1, "base": base]]]),
        let component = model.accepted(["family": base])
      else { continue }
      let outputs = { (bound: BoundTape) in
        [bound.q.draw, bound.q.logDensity, bound.logJoint, bound.logDensity].compactMap(\.self)
      }
      let (own, other) = (
        BoundProbe(mixture, draws: 4, outputs: outputs), BoundProbe(component, draws: 4, outputs: outputs)
      )
      let parameters = other.randomParameters(3)
      let (found, expected) = (own(at: parameters + [0.7]), other(at: parameters))
      #expect(found.count == 4 && expected.count == 4)
      for (a, b) in zip(found.flatMap(\.self), expected.flatMap(\.self)) {
        #expect(abs(a - b) <= 1e-12 * max(1, abs(b)), "\(model.testDescription)")
      }
    }
  }

  @Test("strata and single draws have the same expectations", arguments: ModelCase.all)
  func strata(_ model: ModelCase) throws {
    for base: ConfigValue in ["mean-field", "full-rank"] {
      guard let settings = model.accepted(["family": ["mixture": ["components": 3, "base": base]]]),
        settings.model.opaqueReason == nil
      else { continue }
      let outputs = { (bound: BoundTape) in
        [bound.logLikelihood, bound.logPrior, bound.logDensity].compactMap(\.self).map {
          $0.expanded(to: Layout(.scalar, .perDraw))
        }
      }
      let stratified = BoundProbe(settings, draws: 20_000, outputs: outputs)
      let single = BoundProbe(settings, draws: 20_000, for: .draws, outputs: outputs)
      let parameters = stratified.randomParameters(2, scale: 0.2)
      let (found, expected) = (stratified(at: parameters), single(at: parameters))
      #expect(found.count == 3)
      for (a, b) in zip(found, expected) {
        // The two share their noise, so that their differences have a smaller error than either.
        let difference = Estimate(zipMap(a, b, -))
        #expect(difference.agrees(with: 0), "\(base): \(difference.mean) ± \(difference.standardError)")
      }
    }
  }

  @Test("draws come from the components as often as they weigh")
  func frequencies() throws {
    let settings = try settings([
      "model": ["correlated-gaussian": ["dimension": 1]], "family": ["mixture": ["components": 3]],
    ])
    let probe = BoundProbe(settings, draws: 100_000, for: .draws) { [$0.q.draw].compactMap(\.self) }
    // Means −100, 0 and 100 with sd 1, and weights 0.2, 0.5, 0.3.
    let z = probe(at: [-100, 0, 0, 0, 100, 0, log(0.2), log(0.5), log(0.3)])[0]
    for (center, share) in [(-100.0, 0.2), (0, 0.5), (100, 0.3)] {
      #expect(Estimate(z.map { abs($0 - center) < 20 ? 1 : 0 }).agrees(with: share))
    }
    #expect(z.allSatisfy { abs(abs($0) - 50) > 30 })
  }

  @Test("a target of two normals is found, weights and all")
  func target() throws {
    let (_, result) = try fit([
      "model": [
        "stan": [
          "program": """
          parameters { real x; }
          model { target += log_mix(0.3, normal_lpdf(x | -2, 1), normal_lpdf(x | 2, 0.5)); }
          """
        ]
      ],
      "family": ["mixture": ["components": 2]], "initial": ["scale": 2], "steps": 3000,
      "optimizer": ["adam": ["learning_rate": 0.05, "schedule": "cosine"]], "samples": 16,
    ])
    #expect(abs(try #require(result.yardstick).elbo) < 0.005)
    let phi = result.parameters
    let weights = [exp(phi[4]), exp(phi[5])]
    let left = phi[0] < phi[2] ? 0 : 1
    #expect(abs(weights[left] / (weights[0] + weights[1]) - 0.3) < 0.03)
    // Location and log scale of the one on the left, then of the other.
    let components = phi[2 * left..<2 * left + 2] + phi[2 - 2 * left..<4 - 2 * left]
    for (found, expected) in zip(components, [-2, 0, 2, log(0.5)]) { #expect(abs(found - expected) < 0.1) }
  }

  @Test("recorded means and sds are the mixture's own")
  func moments() throws {
    // With no steps φ is the start's: components with its sds around its mean.
    let settings = try settings([
      "model": ["correlated-gaussian": ["dimension": 2]], "family": ["mixture": ["components": 3]],
      "initial": ["location": [1, -2], "scale": [0.5, 2]], "steps": 0,
    ])
    let (_, recorded, result) = learn(settings)
    let points = Dictionary(recorded.map { ($0.metric, $0.value) }, uniquingKeysWith: { $1 })
    for element in 0..<2 {
      let means = (0..<3).map { result.parameters[$0 * 4 + element] }
      let (mean, sd) = (Statistics.mean(means), [0.5, 2][element])
      let variance = sd * sd + means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3
      // Strata and squares of the noise leave rounding alone; the design is solved to some 1e-12.
      #expect(abs(try #require(points["posterior_mean[z.\(element + 1)]"]) - mean) < 1e-10)
      #expect(abs(try #require(points["posterior_sd[z.\(element + 1)]"]) - variance.squareRoot()) < 1e-9)
    }
  }

  @Test("the components' means are around the start's")
  func start() throws {
    let settings = try settings([
      "model": ["correlated-gaussian": ["dimension": 3]], "family": ["mixture": ["components": 4]],
      "initial": ["location": [1, -2, 3], "scale": [0.1, 1, 10]], "steps": 0,
    ])
    let phi = fit(settings).result.parameters
    for (element, (mean, sd)) in zip([1.0, -2, 3], [0.1, 1, 10]).enumerated() {
      let means = (0..<4).map { phi[$0 * 6 + element] }
      #expect(abs(Statistics.mean(means) - mean) < 1e-12 * 10)
      #expect(means.allSatisfy { abs($0 - mean) < 3 * sd } && Set(means).count == 4)
    }
  }
}
