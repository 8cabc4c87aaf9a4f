import Foundation
import StanLanguage

/// log 2π.
let logTwoPi = Foundation.log(2 * Double.pi)

/// Distributions over the real line (Stan Functions Reference, "Unbounded continuous distributions").
extension Density {
  static let realLine: [Density] = [
    .numbers("normal") { a, sum throws(StanDiagnostic) in
      try a.require(2, "scale", "above 0") { $0 > 0 }
      let z = (a[0] - a[1]) / a[2]
      sum.add(-0.5, z.squared)
      sum.add(-1, a[2].log)
      sum.add(-0.5 * logTwoPi)
    },
    .numbers("std_normal") { a, sum throws(StanDiagnostic) in
      sum.add(-0.5, a[0].squared)
      sum.add(-0.5 * logTwoPi)
    },
    .numbers("student_t") { a, sum throws(StanDiagnostic) in
      try a.require(1, "degrees of freedom", "above 0") { $0 > 0 }
      try a.require(3, "scale", "above 0") { $0 > 0 }
      let nu = a[1]
      let z = (a[0] - a[2]) / a[3]
      sum.add(-0.5, (nu + 1) * (z.squared / nu).log1p)
      sum.add(-1, a[3].log)
      sum.add(1, (0.5 * (nu + 1)).logGamma)
      sum.add(-1, (0.5 * nu).logGamma)
      sum.add(-0.5, nu.log)
      sum.add(-0.5 * Foundation.log(.pi))
    },
    .numbers("cauchy") { a, sum throws(StanDiagnostic) in
      try a.require(2, "scale", "above 0") { $0 > 0 }
      sum.add(-1, ((a[0] - a[1]) / a[2]).squared.log1p)
      sum.add(-1, a[2].log)
      sum.add(-Foundation.log(.pi))
    },
    .numbers("double_exponential") { a, sum throws(StanDiagnostic) in
      try a.require(2, "scale", "above 0") { $0 > 0 }
      sum.add(-1, (a[0] - a[1]).absolute / a[2])
      sum.add(-1, a[2].log)
      sum.add(-Foundation.log(2))
    },
    .numbers("logistic") { a, sum throws(StanDiagnostic) in
      try a.require(2, "scale", "above 0") { $0 > 0 }
      let z = (a[0] - a[1]) / a[2]
      sum.add(-1, z)
      sum.add(-2, (-z).softplus)
      sum.add(-1, a[2].log)
    },
    .numbers("gumbel") { a, sum throws(StanDiagnostic) in
      try a.require(2, "scale", "above 0") { $0 > 0 }
      let z = (a[0] - a[1]) / a[2]
      sum.add(-1, z)
      sum.add(-1, (-z).exp)
      sum.add(-1, a[2].log)
    },
    // Azzalini (1985): 2 φ(z) Φ(α z) / ω.
    .numbers("skew_normal") { a, sum throws(StanDiagnostic) in
      try a.require(2, "scale", "above 0") { $0 > 0 }
      let z = (a[0] - a[1]) / a[2]
      sum.add(-0.5, z.squared)
      sum.add(1, (a[3] * z).map(.logStandardNormalCDF))
      sum.add(-1, a[2].log)
      sum.add(Foundation.log(2) - 0.5 * logTwoPi)
    },
    // A normal plus an exponential of rate λ (Grushka 1972).
    .numbers("exp_mod_normal") { a, sum throws(StanDiagnostic) in
      try a.require(2, "scale", "above 0") { $0 > 0 }
      try a.require(3, "rate", "above 0") { $0 > 0 }
      let (mu, sigma, lambda) = (a[1], a[2], a[3])
      let shifted = lambda * sigma
      sum.add(1, lambda.log)
      sum.add(1, lambda * (mu - a[0]) + 0.5 * shifted.squared)
      sum.add(1, ((a[0] - mu) / sigma - shifted).map(.logStandardNormalCDF))
    },
    // The density at μ falls off at the rates 2τ/σ to the right and 2(1 − τ)/σ to the left.
    .numbers("skew_double_exponential") { a, sum throws(StanDiagnostic) in
      try a.require(2, "scale", "above 0") { $0 > 0 }
      let (d, sigma, tau) = (a[0] - a[1], a[2], a[3])
      // |d| (weight) = ½ (|d| + (2τ − 1) d), doubled.
      sum.add(-1, (d.absolute + (2 * tau - 1) * d) / sigma)
      sum.add(Foundation.log(2))
      sum.add(1, tau.log)
      sum.add(1, tau.log1m)
      sum.add(-1, sigma.log)
    },
  ]
}
