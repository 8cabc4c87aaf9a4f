import StanLanguage
import StanTracing
import Testing

@Suite struct UntracedNamesTests {
  /// What the language has and the tracer refuses, with the reason.
  static let untraced: [(reason: String, names: String)] = [
    (
      "special functions that are no operations of the tape",
      """
      bessel_second_kind hypergeometric_1F0 hypergeometric_2F1 hypergeometric_3F2 hypergeometric_pFq inv_inc_beta \
      lambert_w0 lambert_wm1 log_modified_bessel_first_kind owens_t student_t_qf
      """
    ),
    ("by Owen's T function", "skew_normal_cdf skew_normal_lccdf skew_normal_lcdf"),
    ("an integral without a formula", "von_mises_cdf von_mises_lccdf von_mises_lcdf"),
    ("rare, or no longer in Stan", "gaussian_dlm_obs_lpdf lkj_cov_lpdf wiener_lpdf"),
    ("decompositions whose signs are anybody's choice", "generalized_inverse qr qr_Q qr_R svd svd_U svd_V"),
    (
      "draws that nobody asked for yet",
      """
      bernoulli_logit_glm_rng beta_neg_binomial_rng dirichlet_multinomial_rng hmm_latent_rng hypergeometric_rng \
      inv_wishart_cholesky_rng inv_wishart_rng lkj_corr_cholesky_rng lkj_corr_rng loglogistic_rng \
      multi_student_t_cholesky_rng multi_student_t_rng multinomial_logit_rng ordered_probit_rng \
      skew_double_exponential_rng von_mises_rng wishart_cholesky_rng wishart_rng yule_simon_rng
      """
    ),
  ]

  @Test("what is not traced is on one list, with its reason")
  func listIsComplete() {
    let listed = Self.untraced.flatMap { $0.names.split(separator: " ").map(String.init) }
    let refused = Library.names.filter { !TracedLibrary.has($0) }
    #expect(refused.sorted() == listed.sorted())
  }
}
