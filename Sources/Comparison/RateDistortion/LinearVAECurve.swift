import Foundation

/// The best rate and distortion that a linear VAE can reach at each β, in closed form.
///
/// The model is p(z) = N(0, I_q), p(x|z) = N(Wz + b, σ² I_d) with σ² fixed; the encoder is linear with a diagonal
/// covariance. With the eigenvalues λ₁ ≥ … ≥ λ_d of the maximum-likelihood covariance of the data (divisor N) and
/// s = βσ², the maximum of reconstruction − β · kl_prior over W, b and the encoder is the probabilistic PCA of noise s:
/// unit i is active where i ≤ q and λ_i > s, and
///
///     rate       = ½ Σ_active ln(λ_i / s)
///     distortion = (d/2) ln 2πσ² + (|active| s + Σ_others λ_i) / (2σ²)
///
/// (Tipping & Bishop 1999, doi:10.1111/1467-9868.00196, for β = 1; Lucas et al. 2019, Don't Blame the ELBO!, for the
/// linear VAE. For other β: unit i of a decoder column of squared length λ_i − s, with posterior variance s/λ_i, leaves
/// the error s of λ_i and costs ½ ln(λ_i / s).)
public struct LinearVAECurve: Sendable, Hashable {
  /// In descending order; one per dimension of the data.
  public let eigenvalues: [Double]
  public let latents: Int
  /// σ².
  public let noiseVariance: Double

  /// nil where there is no eigenvalue, one is negative or not finite, there is no latent or σ² is not above 0.
  public init?(eigenvalues: [Double], latents: Int, noiseVariance: Double) {
    guard !eigenvalues.isEmpty, eigenvalues.allSatisfy({ $0.isFinite && $0 >= 0 }), latents > 0,
      noiseVariance.isFinite, noiseVariance > 0
    else { return nil }
    self.eigenvalues = eigenvalues.sorted(by: >)
    self.latents = latents
    self.noiseVariance = noiseVariance
  }

  /// The number of units that carry anything at β.
  public func activeUnits(at beta: Double) -> Int {
    eigenvalues.prefix(latents).count { $0 > beta * noiseVariance }
  }

  /// The optimum at β > 0.
  public func point(at beta: Double) -> RateDistortionPoint {
    let s = beta * noiseVariance
    let active = activeUnits(at: beta)
    let rate = eigenvalues.prefix(active).reduce(0) { $0 + 0.5 * log($1 / s) }
    let others = eigenvalues.dropFirst(active).reduce(0, +)
    let normalizer = 0.5 * Double(eigenvalues.count) * log(2 * Double.pi * noiseVariance)
    return RateDistortionPoint(
      rate: rate, distortion: normalizer + (Double(active) * s + others) / (2 * noiseVariance))
  }

  /// The β at which each unit collapses, λ_i / σ², the strongest unit first; there are no more than dimensions.
  public var collapses: [Double] {
    eigenvalues.prefix(latents).map { $0 / noiseVariance }
  }

  /// The curve between two β > 0, evenly in log β, with the β of every collapse in between.
  public func points(from low: Double, through high: Double, count: Int = 200) -> [RateDistortionPoint] {
    let grid = (0..<count).map { exp(log(low) + (log(high) - log(low)) * Double($0) / Double(count - 1)) }
    return (grid + collapses.filter { $0 > low && $0 < high }).sorted().map(point(at:))
  }
}
