import Foundation
import NumericArrays
public import ReverseTape

/// Expectations under a Gaussian q of z = (effects, μ, log τ).
///
/// A factor exp(a log τ) tilts the Gaussian: E[exp(a u) f(z)] = exp(a E[u] + a² var(u)/2) E[f(z̃)] with every mean moved by
/// a cov(·, u) and the covariances as they were. The half-Cauchy's prior is a logistic-normal integral.
extension EightSchools {
  public func expectedLogLikelihood(_ q: GaussianMoments, _ rows: ObservedRows) -> Traced? {
    let tape = q.mean.tape
    let y = tape.constant(effects)
    let squares: Traced
    if options.parameterization == .centered {
      squares = (y - q.mean[school]).square() + q.variance[school]
    } else {
      let withMu = q.covariance(of: school, with: mu)
      let withLogTau = q.covariance(of: school, with: logTau)
      let muWithLogTau = q.covariance(of: mu..<mu + 1, with: logTau)
      // E[(y − μ)²] − 2 E[τ η (y − μ)] + E[τ² η²] for θ = μ + τ η.
      let own = (y - q.mean[mu]).square() + q.variance[mu]
      let once = q.mean[school] + withLogTau
      let mixed = (y - (q.mean[mu] + muWithLogTau)) * once - withMu
      let twice = q.mean[school] + 2 * withLogTau
      let scaled = q.variance[school] + twice.square()
      squares =
        own - 2 * (q.expectedExponential(1, of: logTau) * mixed)
        + q.expectedExponential(2, of: logTau) * scaled
    }
    let precisions = tape.constant(errors.map { 1 / ($0 * $0) })
    let constant = errors.reduce(0) { $0 + 0.5 * LogDensity.logTwoPi + Foundation.log($1) }
    return -0.5 * (precisions * squares).sum() - constant
  }

  public func expectedLogPrior(_ q: GaussianMoments) -> Traced? {
    let muPrior = GaussianPrior(mean: 0, sd: options.muPriorSD)
    let ofMu =
      (-0.5 / (muPrior.sd * muPrior.sd)) * (q.mean[mu].square() + q.variance[mu])
      - (0.5 * LogDensity.logTwoPi + Foundation.log(muPrior.sd))
    // The log-Jacobian of τ = exp(u) is u.
    return expectedEffectsPrior(q) + ofMu + expectedScalePrior(q) + q.mean[logTau]
  }

  private func expectedEffectsPrior(_ q: GaussianMoments) -> Traced {
    let count = Double(effects.count)
    if options.parameterization == .noncentered {
      let squares = (q.mean[school].square() + q.variance[school]).sum()
      return -0.5 * squares - 0.5 * count * LogDensity.logTwoPi
    }
    // E[exp(−2u) (θ − μ)²]: the tilt moves the mean of θ − μ by −2 cov(θ − μ, u).
    let withMu = q.covariance(of: school, with: mu)
    let withLogTau = q.covariance(of: school, with: logTau)
    let muWithLogTau = q.covariance(of: mu..<mu + 1, with: logTau)
    let offset = q.mean[school] - q.mean[mu] - 2 * (withLogTau - muWithLogTau)
    let spread = q.variance[school] + q.variance[mu] - 2 * withMu
    let squares = q.expectedExponential(-2, of: logTau) * (spread + offset.square()).sum()
    return -0.5 * squares - count * q.mean[logTau] - 0.5 * count * LogDensity.logTwoPi
  }

  private func expectedScalePrior(_ q: GaussianMoments) -> Traced {
    let scale = options.tauPriorScale
    switch options.tauPrior {
    case .halfCauchy:
      // log(1 + τ²/scale²) is softplus of 2u − 2 log scale.
      let shifted = Traced.meanSoftplus(
        mean: 2 * q.mean[logTau] - 2 * Foundation.log(scale), variance: 4 * q.variance[logTau])
      return Foundation.log(2 / (Double.pi * scale)) - shifted
    case .halfNormal:
      let square = (-0.5 / (scale * scale)) * q.expectedExponential(2, of: logTau)
      return square + (Foundation.log(2) - 0.5 * LogDensity.logTwoPi - Foundation.log(scale))
    case .exponential:
      return (-1 / scale) * q.expectedExponential(1, of: logTau) - Foundation.log(scale)
    }
  }

  private var school: Range<Int> { 0..<effects.count }
  private var mu: Int { effects.count }
  private var logTau: Int { effects.count + 1 }
}
