import CKernels

/// Functions of one number, with the bits of the array kernels: the same on every CPU.
public enum SpecialFunctions {
  public static func exp(_ x: Double) -> Double { apply(Double.kernelExp, x) }
  /// -inf at zero, NaN below.
  public static func log(_ x: Double) -> Double { apply(Double.kernelLog, x) }
  public static func cos(_ x: Double) -> Double { apply(Double.kernelCos, x) }

  /// log Γ(x) for x > 0; infinite at zero, NaN below.
  public static func logGamma(_ x: Double) -> Double { wb_log_gamma(x) }
  /// The derivative of log Γ(x) for x > 0; -inf at zero, NaN below.
  public static func digamma(_ x: Double) -> Double { wb_digamma(x) }
  /// The second derivative of log Γ(x) for x > 0; infinite at zero, NaN below.
  public static func trigamma(_ x: Double) -> Double { wb_trigamma(x) }

  /// log B(a, b) = log Γ(a) + log Γ(b) - log Γ(a + b) for a, b > 0. The error is relative to the largest term.
  public static func logBeta(_ a: Double, _ b: Double) -> Double {
    logGamma(a) + logGamma(b) - logGamma(a + b)
  }

  /// log of "n over k" for 0 ≤ k ≤ n, of reals too. The error is relative to the largest term.
  public static func logChoose(_ n: Double, _ k: Double) -> Double {
    k == 0 || k == n ? 0 : -logBeta(k + 1, n - k + 1) - log(n + 1)
  }

  // MARK: The normal distribution

  /// erf(x) = 2/√π ∫₀ˣ exp(−t²) dt.
  public static func erf(_ x: Double) -> Double { wb_erf(x) }
  /// 1 − erf(x), exact far to the right.
  public static func erfc(_ x: Double) -> Double { wb_erfc(x) }
  /// Φ(x), the standard normal probability below x, exact far to the left.
  public static func normalCDF(_ x: Double) -> Double { wb_normal_cdf(x) }
  /// log Φ(x), without underflow.
  public static func logNormalCDF(_ x: Double) -> Double { wb_log_normal_cdf(x) }
  /// Φ⁻¹(p); infinite at 0 and 1, NaN outside.
  public static func normalQuantile(_ p: Double) -> Double { wb_normal_quantile(p) }

  // MARK: Incomplete gamma and beta functions

  /// P(a, x) = ∫₀ˣ tᵃ⁻¹ exp(−t) dt / Γ(a) for a > 0 and x ≥ 0; NaN elsewhere.
  public static func regularizedGammaP(_ a: Double, _ x: Double) -> Double { wb_gamma_p(a, x) }
  /// Q(a, x) = 1 − P(a, x), exact where it is small.
  public static func regularizedGammaQ(_ a: Double, _ x: Double) -> Double { wb_gamma_q(a, x) }
  /// I_x(a, b) = ∫₀ˣ tᵃ⁻¹ (1 − t)ᵇ⁻¹ dt / B(a, b) for a, b > 0 and x in [0, 1]; NaN elsewhere.
  public static func regularizedBeta(_ a: Double, _ b: Double, _ x: Double) -> Double { wb_beta_i(a, b, x) }

  private static func apply(
    _ kernel: (UnsafeMutablePointer<Double>, UnsafePointer<Double>, Int) -> Void, _ x: Double
  ) -> Double {
    var value = x
    withUnsafeMutablePointer(to: &value) { kernel($0, $0, 1) }
    return value
  }
}
