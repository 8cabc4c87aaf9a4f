import Foundation
import NumericArrays

/// The random numbers of one replicate: one stream for the latents and another for the observations, so that models with the same
/// prior have the same truth, however they are written.
public struct SimulationNoise: Sendable {
  private let prior: NoiseStream
  private let data: NoiseStream

  public init(seed: UInt64) {
    prior = NoiseStream(seed: seed, purpose: .truth)
    data = NoiseStream(seed: seed, purpose: .simulation)
  }

  /// Standard normals for the latents.
  func priorNormals(_ count: Int) -> [Double] { prior.normals(dimension: count, draws: 1, step: 0) }

  /// A uniform number for one latent, above 0 and below 1.
  var priorUniform: Double { Self.open(prior.uniforms(count: 1, step: 1))[0] }

  /// Standard normals for the observations.
  func dataNormals(_ count: Int) -> [Double] { data.normals(dimension: count, draws: 1, step: 0) }

  /// Uniform numbers for the observations, above 0 and below 1.
  func dataUniforms(_ count: Int) -> [Double] { Self.open(data.uniforms(count: count, step: 1)) }

  /// The generator's uniforms are multiples of 2^-53 from 0 on: half of one more is inside, and rounds to 1 for none below 1 − 2^-53.
  private static func open(_ uniforms: [Double]) -> [Double] {
    uniforms.map { min($0 + 0x1p-54, 1 - 0x1p-53) }
  }
}

/// Variates by inversion: the point below which a distribution has a given probability u, with 0 < u < 1.
enum Inversion {
  /// The log of a Gamma(shape, 1) variate. Below 1e-308 there is none: such a variate is that number.
  static func logGamma(shape: Double, _ u: Double) -> Double {
    bisected(from: -708, to: 708) { SpecialFunctions.regularizedGammaP(shape, exp($0)) < u }
  }

  /// The logit of a Beta(a, b) variate: of ±700 where it is beyond.
  static func logitBeta(_ a: Double, _ b: Double, _ u: Double) -> Double {
    bisected(from: -700, to: 700) { logit in
      // The tail that the variate is in keeps its digits.
      logit < 0
        ? SpecialFunctions.regularizedBeta(a, b, 1 / (1 + exp(-logit))) < u
        : SpecialFunctions.regularizedBeta(b, a, 1 / (1 + exp(logit))) > 1 - u
    }
  }

  /// The magnitude of a standard normal variate.
  static func halfNormal(_ u: Double) -> Double { -SpecialFunctions.normalQuantile(0.5 * (1 - u)) }

  /// A Poisson variate: the smallest k with P(X ≤ k) = Q(k + 1, mean) ≥ u.
  static func poisson(mean: Double, _ u: Double) -> Double {
    func isBelow(_ count: Double) -> Bool { SpecialFunctions.regularizedGammaQ(count + 1, mean) < u }
    guard mean > 0, isBelow(0) else { return 0 }
    // 2^53: above it not every count is a number.
    var (low, high) = (0.0, 1.0)
    while isBelow(high), high < 0x1p53 { (low, high) = (high, 2 * high) }
    while high - low > 1 {
      let middle = ((low + high) / 2).rounded(.down)
      if isBelow(middle) { low = middle } else { high = middle }
    }
    return high
  }

  /// The point where `isBelow` turns false, to the last bit.
  private static func bisected(from low: Double, to high: Double, isBelow: (Double) -> Bool) -> Double {
    var (low, high) = (low, high)
    while true {
      let middle = 0.5 * (low + high)
      guard middle > low, middle < high else { return high }
      if isBelow(middle) { low = middle } else { high = middle }
    }
  }
}
