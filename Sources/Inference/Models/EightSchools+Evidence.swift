import Foundation
import NumericArrays

extension EightSchools {
  /// log p(y) in nats: θ and μ are integrated out in closed form, log τ by quadrature.
  ///
  /// Given τ, y_j ~ N(μ, v_j) with v_j = σ_j² + τ², and μ ~ N(0, s²): a Gaussian integral over μ.
  static func logEvidence(_ options: Options, effects: [Double], errors: [Double]) -> Double {
    // Beyond these bounds of log τ every prior here has less than 1e-15 of its mass times likelihood.
    let center = Foundation.log(options.tauPriorScale)
    return Quadrature.logIntegral(from: center - 40, to: center + 25) { logTau in
      marginalLogLikelihood(tau: exp(logTau), options, effects: effects, errors: errors)
        + scaleLogPrior(tau: exp(logTau), options) + logTau
    }
  }

  private static func marginalLogLikelihood(
    tau: Double, _ options: Options, effects: [Double], errors: [Double]
  ) -> Double {
    var precision = 1 / (options.muPriorSD * options.muPriorSD)
    var pull = 0.0
    var sum = -Foundation.log(options.muPriorSD)
    for (y, error) in zip(effects, errors) {
      let variance = error * error + tau * tau
      sum -= 0.5 * (LogDensity.logTwoPi + Foundation.log(variance) + y * y / variance)
      precision += 1 / variance
      pull += y / variance
    }
    return sum + 0.5 * (pull * pull / precision - Foundation.log(precision))
  }

  private static func scaleLogPrior(tau: Double, _ options: Options) -> Double {
    let scale = options.tauPriorScale
    let ratio = tau / scale
    switch options.tauPrior {
    case .halfCauchy: return Foundation.log(2 / (Double.pi * scale)) - log1p(ratio * ratio)
    case .halfNormal:
      return Foundation.log(2) - 0.5 * LogDensity.logTwoPi - Foundation.log(scale) - 0.5 * ratio * ratio
    case .exponential: return -Foundation.log(scale) - ratio
    }
  }
}
