extension Library {
  /// Stan Functions Reference, "Integer-valued basic functions" and "Real-valued basic functions".
  static let scalars = """
    pi, e, sqrt2, log2, log10, not_a_number, positive_infinity, negative_infinity, machine_precision: () real

    abs: (num) $1
    acos, acosh, asin, asinh, atan, atanh, cbrt, ceil, cos, cosh, digamma, erf, erfc, exp, exp2, expm1, floor, inv: \
    (num) real$1
    inv_Phi, inv_cloglog, inv_erfc, inv_logit, inv_sqrt, inv_square, lambert_w0, lambert_wm1, lgamma: (num) real$1
    log, log10, log1m, log1m_exp, log1m_inv_logit, log1p, log1p_exp, log2, log_inv_logit, logit: (num) real$1
    Phi, Phi_approx, round, sin, sinh, sqrt, square, std_normal_log_qf, std_normal_qf, tan, tanh: (num) real$1
    tgamma, trigamma, trunc: (num) real$1

    atan2, beta, fdim, fmax, fmin, fmod, hypot, lbeta, lchoose, lmultiply, log_diff_exp, log_falling_factorial: \
    (num, real) real$1; (real, num) real$2; (num, $1) real$1; ($2, num) real$2
    log_inv_logit_diff, log_modified_bessel_first_kind, log_rising_factorial, log_sum_exp, pow, gamma_p, gamma_q: \
    (num, real) real$1; (real, num) real$2; (num, $1) real$1; ($2, num) real$2
    owens_t: (num, real) real$1; (real, num) real$2; (num, $1) real$1; ($2, num) real$2
    log_sum_exp: (int[]) real; (seq|matrix) real

    bessel_first_kind, bessel_second_kind, modified_bessel_first_kind, modified_bessel_second_kind, lmgamma: \
    (int|int$2, num) real$2; (ints, real) real$1
    binary_log_loss: (int|int$2, num) real$2; (ints, real) real$1
    ldexp: (num, int|int$1) real$1; (real, ints) real$2
    falling_factorial, rising_factorial: (num, int|int$1) $1; (int, ints) $2; (real, ints) real$2
    choose: (ints, int) $1; (int, ints) $2; (ints, $1) $1

    fma: (real, real, real) real; (vec|matrix, real|$1, real|$1) $1; (real, vec|matrix, real|$2) $2; \
    (real, real, vec|matrix) $3
    log_mix: (real, real, real) real; (seq, seq|vectors) real
    inc_beta, inv_inc_beta: (real, real, real) real
    hypergeometric_1F0: (real, real) real
    hypergeometric_2F1: (real, real, real, real) real
    hypergeometric_3F2, hypergeometric_pFq: (seq, seq, real) real
    student_t_qf: (real, real, real, real) real; (reals, reals, reals, reals) vector
    step: (real) real
    int_step, is_inf, is_nan: (real) int
    to_int: (ints) $1; (real) int; (real[]) int[]; (real[,]) int[,]; (real[,,]) int[,,]; (real[,,,]) int[,,,]
    int_divide: (int, int) int
    """

  /// What operators stand for, by the names that Stan gives them; all but comparisons can be called by these, too.
  static let operators = """
    add, subtract: (int, int) int; (real, real) real; (vec|matrix, $1|real) $1; (real, vec|matrix) $2
    multiply: (int, int) int; (real, real) real; (vec|matrix, real) $1; (real, vec|matrix) $2; \
    (row_vector, vector) real; (vector, row_vector) matrix; (matrix, vector) vector; \
    (row_vector, matrix) row_vector; (matrix, matrix) matrix
    divide: (int, int) int; (real, real) real; (vec|matrix, real) $1; (real, vec|matrix) $2
    mdivide_right: (matrix, matrix) matrix; (row_vector, matrix) row_vector
    mdivide_left: (matrix, matrix) matrix; (matrix, vector) vector
    elt_multiply, elt_divide: (int, int) int; (real, real) real; (vec|matrix, $1|real) $1; (real, vec|matrix) $2
    modulus, logical_and, logical_or: (int, int) int
    logical_eq, logical_neq, logical_lt, logical_lte, logical_gt, logical_gte: (real, real) int
    logical_negation: (int) int
    minus, plus: (num) $1
    transpose: (vector) row_vector; (row_vector) vector; (matrix) matrix
    """
}
