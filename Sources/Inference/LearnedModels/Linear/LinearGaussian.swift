import Foundation
import NumericArrays
import ReverseTape

/// x = W z + b + noise with z ~ N(0, I) and independent Gaussian noise of variances ψ: the core of PPCA, factor analysis and
/// linear VAEs (Tipping & Bishop 1999; Rubin & Thayer 1982).
///
/// θ is `weights` `[d, q]`, `offset` `[d]` and, where the noise is learned, `log_noise_variance` `[1]` or `[d]`.
struct LinearGaussian: Sendable {
  enum Noise: Hashable, Sendable {
    /// A variance that is given.
    case fixed(Double)
    /// One variance for all columns.
    case shared
    /// A variance for each column.
    case perColumn
  }

  let width: Int
  let latentCount: Int
  let noise: Noise
  let parameters: ParameterBlocks

  init(width: Int, latentCount: Int, noise: Noise) {
    self.width = width
    self.latentCount = latentCount
    self.noise = noise
    let variances: [ParameterBlock] =
      switch noise {
      case .fixed: []
      case .shared: [ParameterBlock("log_noise_variance", Shape(1))]
      case .perColumn: [ParameterBlock("log_noise_variance", Shape(width))]
      }
    parameters = ParameterBlocks(
      [
        ParameterBlock("weights", Shape(width, latentCount), isMatrix: true),
        ParameterBlock("offset", Shape(width)),
      ] + variances)
  }

  /// ψ `[d]`, shared.
  func variances(_ theta: ParameterView) -> Traced {
    let vector = Layout(Shape(width), .shared)
    switch noise {
    case .fixed(let variance): return theta.vector.tape.constant([Double](repeating: variance, count: width))
    case .shared: return theta["log_noise_variance"].reshaped(.scalar).exp().expanded(to: vector)
    case .perColumn: return theta["log_noise_variance"].exp()
    }
  }

  /// E[x given z].
  func mean(_ z: Traced, _ theta: ParameterView) -> Traced { theta["weights"].times(z) + theta["offset"] }

  /// −½ Σ ((x − W z − b)² / ψ + log 2πψ).
  func logLikelihood(_ x: Traced, _ z: Traced, _ theta: ParameterView) -> Traced {
    logDensity((x - mean(z, theta)).square(), theta)
  }

  /// The same with the expected squares: (x − W m − b)² + diag(W Σ Wᵀ).
  func expectedLogLikelihood(_ x: Traced, _ q: GaussianMoments, _ theta: ParameterView) -> Traced {
    logDensity((x - mean(q.mean, theta)).square() + q.variances(along: theta["weights"]), theta)
  }

  private func logDensity(_ squares: Traced, _ theta: ParameterView) -> Traced {
    let psi = variances(theta)
    return -0.5 * (squares / psi).sum() - 0.5 * (psi.log().sum() + Double(width) * LogDensity.logTwoPi)
  }
}

extension LinearGaussian: TractableLatents {
  /// Wᵀ diag(τ/ψ), `[q, d]` as its transpose `[d, q]`, for the inverse temperature τ.
  private func scaledWeights(_ theta: ParameterView, _ inverseTemperature: Traced) -> Traced {
    let columns = theta["weights"]
    let weight = inverseTemperature / variances(theta)
    let rowOf = (0..<width * latentCount).map { $0 / latentCount }
    return weight.gathered(rowOf, columns.shape) * columns
  }

  /// I + τ Wᵀ ψ⁻¹ W: the precision of p_β.
  private func precision(_ theta: ParameterView, _ inverseTemperature: Traced) -> Traced {
    let identity = theta.vector.tape.constant(
      Matrix.identity(latentCount).elements, Shape(latentCount, latentCount))
    return identity + theta["weights"].transposedTimes(scaledWeights(theta, inverseTemperature))
  }

  func posterior(_ x: Traced, _ theta: ParameterView, inverseTemperature: Traced) -> LatentDistribution {
    let covariance = precision(theta, inverseTemperature).inverse()
    let projected = scaledWeights(theta, inverseTemperature).transposedTimes(x - theta["offset"])
    return .gaussian(
      GaussianMoments(
        mean: covariance.times(projected),
        variance: covariance[0..<latentCount * latentCount].gathered(
          (0..<latentCount).map { $0 * (latentCount + 1) }),
        logDeterminant: -precision(theta, inverseTemperature).logDeterminant(), covariance: .full(covariance))
    )
  }

  /// log N(x; b, W Wᵀ + βψ) + ½ Σ log 2πβψ − (1/2β) Σ log 2πψ, by the matrix inversion and determinant lemmas.
  ///
  /// The distance of x is that of its residual from the posterior mean m, τ (x − b − W m)² / ψ + m²: as the difference
  /// τ (x − b)² / ψ − mᵀ P m it would cancel where ψ is small.
  func logNormalizer(_ x: Traced, _ theta: ParameterView, beta: Traced) -> Traced {
    let inverseTemperature = 1 / beta
    let psi = variances(theta)
    let offset = x - theta["offset"]
    let projected = scaledWeights(theta, inverseTemperature).transposedTimes(offset)
    let mean = precision(theta, inverseTemperature).inverse().times(projected)
    let residual = offset - theta["weights"].times(mean)
    let distance = (residual.square() / psi).sum() * inverseTemperature + mean.square().sum()
    let logTwoPiPsi = psi.log().sum() + Double(width) * LogDensity.logTwoPi
    return -0.5 * distance - 0.5 * precision(theta, inverseTemperature).logDeterminant()
      - 0.5 * inverseTemperature * logTwoPiPsi
  }

  /// ½ (tr(P Σ) + δᵀ P δ − q − log |P| − log |Σ|) with the precision P = I + τ Wᵀ ψ⁻¹ W and δ the difference of the means.
  func divergence(_ q: LatentDistribution, _ x: Traced, _ theta: ParameterView, beta: Traced) -> Traced {
    guard let q = q.gaussian,
      let target = posterior(x, theta, inverseTemperature: 1 / beta).gaussian
    else { preconditionFailure("Gaussian latents have Gaussian posteriors") }
    let weight = (1 / beta) / variances(theta)
    let offset = q.mean - target.mean
    let trace = q.variance.sum() + (q.variances(along: theta["weights"]) * weight).sum()
    let distance = offset.square().sum() + (theta["weights"].times(offset).square() * weight).sum()
    return 0.5 * (trace + distance + target.logDeterminant - q.logDeterminant) - 0.5 * Double(latentCount)
  }
}
