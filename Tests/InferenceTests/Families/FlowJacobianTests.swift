import Foundation
import Inference
import NumericArrays
import ReverseTape
import Testing

/// Families whose draw is an invertible function of as much noise: log q(z) = log N(ε) − log |det ∂z/∂ε|.
@Suite struct FlowJacobianTests {
  /// Every registered family, as the tests take it and with its defaults, that has as much noise as latents.
  static let families = (familyCases + Catalog.components(of: .family).map { .text($0.name) }).filter {
    guard let settings = try? settings(["model": "banana", "family": $0]), settings.family.hasDensity else {
      return false
    }
    return settings.family.noiseCount(for: settings.model) == 2
  }

  @Test("there are flows among them")
  func some() {
    for flow in flowCases { #expect(Self.families.contains(flow)) }
    #expect(flowCases.count >= 14)
  }

  @Test("the log density is that of the noise less the whole Jacobian's", arguments: families, [1, 2, 3, 6])
  func logDeterminant(_ family: ConfigValue, _ dimension: Int) throws {
    let settings = try settings([
      "model": ["correlated-gaussian": ["dimension": .integer(dimension), "correlation": 0.1]],
      "family": family,
    ])
    guard settings.family.noiseCount(for: settings.model) == dimension, settings.family.hasDensity else {
      return
    }
    let (map, jacobian) = (try NoiseMap(settings), try NoiseJacobian(settings))
    for trial: UInt64 in 0..<3 {
      let stream = NoiseStream(seed: 400 + trial, purpose: .data)
      let count = settings.family.parameterCount(for: settings.model)
      // Far from the start, so that the layers bend.
      let moves = stream.normals(dimension: count, draws: 1, step: 0)
      let start = randomPoint(settings, trial, scale: 0.8)
      let parameters = start.indices.map { start[$0] + 0.3 * moves[$0] }
      let noise = stream.normals(dimension: dimension, draws: 1, step: 1)
      let expected = jacobian(noise, parameters).logAbsoluteDeterminant
      let square = noise.reduce(0) { $0 + $1 * $1 }
      let density = map(noise, parameters).logDensity
      let found = -(density + 0.5 * square + 0.5 * Double(dimension) * log(2 * .pi))
      // The tape's derivatives are held against differences elsewhere; what is left is rounding, 1e-15 times the condition of the
      // Jacobian, which is up to some 1e6 where random splines lie on one another.
      #expect(abs(found - expected) < 1e-8, "\(family), \(dimension): \(found), not \(expected)")
    }
  }

  @Test("a flow starts as its base, and leaves it", arguments: flowCases)
  func start(_ family: ConfigValue) throws {
    for dimension in [1, 2, 5] {
      let settings = try settings([
        "model": ["correlated-gaussian": ["dimension": .integer(dimension), "correlation": 0.1]],
        "family": family,
      ])
      let flow = try #require(settings.family as? any Flow)
      let base = try InferenceTests.settings([
        "model": ["correlated-gaussian": ["dimension": .integer(dimension), "correlation": 0.1]],
        "family": .text(flow.base.rawValue),
      ])
      let stream = NoiseStream(seed: 12, purpose: .data)
      let count = flow.parameterCount(for: settings.model)
      let start = try GaussianStart(
        mean: (0..<dimension).map(Double.init),
        covariance: 0.3 * Matrix.identity(dimension)
          + Matrix(rows: dimension, columns: dimension, repeating: 0.2))
      let variates = stream.normals(dimension: count, draws: 1, step: 0)
      let parameters = flow.parameters(near: start, model: settings.model, noise: variates)
      #expect(parameters.count == count)
      let own = base.family.parameters(near: start, model: base.model, noise: [])
      let (map, plain) = (try NoiseMap(settings), try NoiseMap(base))
      let moves = stream.normals(dimension: count, draws: 1, step: 1)
      let elsewhere = parameters.indices.map { parameters[$0] + ($0 < own.count ? 0 : 0.3 * moves[$0]) }
      for trial: UInt64 in 0..<3 {
        let noise = stream.normals(dimension: dimension, draws: 1, step: 2 + trial)
        let (found, expected) = (map(noise, parameters), plain(noise, own))
        // A few roundings of numbers below ten in each of at most eight layers.
        #expect(abs(found.logDensity - expected.logDensity) < 1e-12)
        for (a, b) in zip(found.draw, expected.draw) { #expect(abs(a - b) < 1e-12) }
        let bent = map(noise, elsewhere).draw
        #expect(
          zipMap(bent, expected.draw) { abs($0 - $1) }.contains { $0 > 1e-3 }, "\(family) bends nothing")
      }
    }
  }
}
