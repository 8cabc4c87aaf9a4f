/// Functions that Stan has under another name now (Stan Reference Manual, "Removed features").
enum Renaming {
  private static let functions = [
    "fabs": "abs", "cov_exp_quad": "gp_exp_quad_cov", "multiply_log": "lmultiply",
    "binomial_coefficient_log": "lchoose",
  ]

  /// The name that a function has now; nil where it kept its own.
  static func current(_ name: String) -> String? {
    if let renamed = functions[name] { return renamed }
    if name.hasSuffix("_cdf_log") { return distribution(name, "_cdf_log", "_lcdf") }
    if name.hasSuffix("_ccdf_log") { return distribution(name, "_ccdf_log", "_lccdf") }
    guard name.hasSuffix("_log") else { return nil }
    let stem = String(name.dropLast(4))
    return Library.densitySuffixes[stem].map { stem + $0 }
  }

  private static func distribution(_ name: String, _ old: String, _ new: String) -> String? {
    let current = String(name.dropLast(old.count)) + new
    return Library.has(current) ? current : nil
  }
}
