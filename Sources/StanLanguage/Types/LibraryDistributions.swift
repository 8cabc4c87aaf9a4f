extension Library {
  /// Stan Functions Reference, "Discrete distributions" and "Continuous distributions".
  ///
  /// A line has a distribution's name and its forms, the outcome, and what it takes. `cdf` stands for `_cdf`, `_lcdf` and
  /// `_lccdf`, `lpdf` for `_lupdf` too; `rng` draws one outcome, or an array of them where an argument has more than one
  /// element. `reals` and `ints` are a number or several, `ints` here of one dimension.
  static let distributions = """
    normal, cauchy, double_exponential, logistic, gumbel, lognormal lpdf cdf rng: reals | reals, reals
    gamma, inv_gamma, weibull, frechet, beta, uniform, pareto, von_mises lpdf cdf rng: reals | reals, reals
    scaled_inv_chi_square lpdf cdf rng: reals | reals, reals
    loglogistic lpdf cdf rng: reals | reals, reals
    beta_proportion lpdf cdf rng: reals | reals, reals
    std_normal lpdf cdf rng: reals |
    chi_square, inv_chi_square, exponential, rayleigh lpdf cdf rng: reals | reals
    student_t, exp_mod_normal, skew_normal, skew_double_exponential, pareto_type_2 lpdf cdf rng: \
    reals | reals, reals, reals
    wiener lpdf: reals | reals, reals, reals, reals
    wiener lpdf: reals | reals, reals, reals, reals, reals
    wiener lpdf: reals | reals, reals, reals, reals, reals, reals
    wiener lpdf: reals | reals, reals, reals, reals, reals, reals, reals
    wiener lpdf: reals | reals, reals, reals, reals, reals, reals, reals, reals

    bernoulli, poisson, yule_simon lpmf cdf rng: ints | reals
    bernoulli_logit, poisson_log lpmf rng: ints | reals
    binomial lpmf cdf rng: ints | ints, reals
    binomial_logit lpmf: ints | ints, reals
    beta_binomial lpmf cdf rng: ints | ints, reals, reals
    neg_binomial, neg_binomial_2 lpmf cdf rng: ints | reals, reals
    neg_binomial_2_log lpmf rng: ints | reals, reals
    beta_neg_binomial lpmf cdf rng: ints | reals, reals, reals
    discrete_range lpmf cdf rng: ints | ints, ints
    hypergeometric lpmf rng: int | int, int, int
    categorical, categorical_logit lpmf: ints | vector
    multinomial, multinomial_logit, dirichlet_multinomial lpmf: int[] | vector
    ordered_logistic lpmf: int | real, vector
    ordered_logistic lpmf: int[] | vector, vector ~ vector[]
    ordered_probit lpmf: int | real, vector
    ordered_probit lpmf: int[] | real ~ vector, vector ~ vector[]

    dirichlet lpdf: vectors | vectors
    multi_normal, multi_normal_cholesky, multi_normal_prec lpdf: vectors | vectors, matrix
    multi_student_t, multi_student_t_cholesky lpdf: vectors | real, vectors, matrix
    multi_gp, multi_gp_cholesky lpdf: matrix | matrix, vector
    lkj_corr, lkj_corr_cholesky lpdf: matrix | real
    lkj_cov lpdf: matrix | vector, vector, real
    wishart, wishart_cholesky, inv_wishart, inv_wishart_cholesky lpdf: matrix | real, matrix
    gaussian_dlm_obs lpdf: matrix | matrix, matrix, vector ~ matrix, matrix, vector, matrix

    normal_id_glm lpdf: real ~ vector | matrix, real ~ vector, vector, real ~ vector
    normal_id_glm lpdf: vector | row_vector, real ~ vector, vector, real ~ vector
    bernoulli_logit_glm, poisson_log_glm lpmf: ints | matrix, real ~ vector, vector
    bernoulli_logit_glm, poisson_log_glm lpmf: int[] | row_vector, real ~ vector, vector
    neg_binomial_2_log_glm lpmf: ints | matrix, real ~ vector, vector, real
    neg_binomial_2_log_glm lpmf: int[] | row_vector, real ~ vector, vector, real
    binomial_logit_glm lpmf: ints | ints, matrix, real ~ vector, vector
    binomial_logit_glm lpmf: int[] | int[], row_vector, real ~ vector, vector
    categorical_logit_glm lpmf: ints | matrix ~ row_vector, vector, matrix
    ordered_logistic_glm lpmf: ints | matrix ~ row_vector, vector, vector
    """

  /// What draws something else than its density takes.
  static let draws = """
    categorical_rng, categorical_logit_rng: (vector) int
    ordered_logistic_rng, ordered_probit_rng: (real, vector) int
    multinomial_rng, multinomial_logit_rng, dirichlet_multinomial_rng: (vector, int) int[]
    dirichlet_rng: (vector) vector
    multi_normal_rng, multi_normal_cholesky_rng: (vec, matrix) vector; (vector[]|row_vector[], matrix) vector[]
    multi_student_t_rng, multi_student_t_cholesky_rng: (real, vec, matrix) vector; \
    (real, vector[]|row_vector[], matrix) vector[]
    lkj_corr_rng, lkj_corr_cholesky_rng: (int, real) matrix
    wishart_rng, wishart_cholesky_rng, inv_wishart_rng, inv_wishart_cholesky_rng: (real, matrix) matrix
    bernoulli_logit_glm_rng: (matrix|row_vector, vector, vector) int[]
    hmm_latent_rng: (matrix, matrix, vector) int[]
    """
}
