/// What Stan has and wb does not.
enum Refusal {
  /// The way out for a program that needs it.
  static let throughBridgeStan = "load it through BridgeStan: model: {bridgestan: {library: …, data: …}}"

  /// What a function of Stan that wb does not have is for; nil of all others.
  static func reason(_ name: String) -> String? {
    for (reason, names) in functions where names.contains(where: { matches($0, name) }) { return reason }
    return nil
  }

  /// A name, or its beginning and end around `*`.
  private static func matches(_ pattern: Substring, _ name: String) -> Bool {
    guard let star = pattern.firstIndex(of: "*") else { return pattern == name }
    let (head, tail) = (pattern[..<star], pattern[pattern.index(after: star)...])
    return name.count >= pattern.count - 1 && name.hasPrefix(head) && name.hasSuffix(tail)
  }

  private static let functions: [(reason: String, names: [Substring])] = [
    ("solving differential equations", "ode_* integrate_ode* dae dae_tol"),
    ("integrating a function", "integrate_1d*"),
    ("solving equations", "algebra_solver* solve_newton solve_newton_tol solve_powell solve_powell_tol"),
    ("splitting a sum over threads", "reduce_sum reduce_sum_static map_rect"),
    ("Laplace's approximation within a program", "laplace_* generate_laplace_options"),
    (
      "complex numbers",
      """
      to_complex get_real get_imag arg conj norm polar proj fft fft2 inv_fft inv_fft2 eigenvalues eigenvectors \
      eigendecompose complex_schur_decompose complex_schur_decompose_t complex_schur_decompose_u
      """
    ),
    ("transforming parameters by hand", "*_constrain *_unconstrain *_jacobian"),
    ("Wiener's distribution without constants", "wiener_lcdf_unnorm wiener_lccdf_unnorm"),
  ].map { ($0.0, $0.1.split(separator: " ")) }
}
