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

  private static func apply(
    _ kernel: (UnsafeMutablePointer<Double>, UnsafePointer<Double>, Int) -> Void, _ x: Double
  ) -> Double {
    var value = x
    withUnsafeMutablePointer(to: &value) { kernel($0, $0, 1) }
    return value
  }
}
