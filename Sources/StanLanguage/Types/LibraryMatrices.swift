extension Library {
  /// Stan Functions Reference, "Matrix operations" and "Sparse matrix operations".
  static let matrices = """
    dot_product: (seq, real[]) real; (vec, vec) real
    dot_self: (vec) real
    columns_dot_product: (matrix, matrix) row_vector; (vec, $1) row_vector
    columns_dot_self: (vec|matrix) row_vector
    rows_dot_product: (matrix, matrix) vector; (vec, $1) vector
    rows_dot_self: (vec|matrix) vector
    crossprod, tcrossprod, multiply_lower_tri_self_transpose: (matrix) matrix
    trace: (matrix) real
    trace_dot: (matrix, matrix) real
    quad_form, quad_form_sym: (matrix, matrix) matrix; (matrix, vector) real
    quad_form_diag: (matrix, vec) matrix
    trace_quad_form: (matrix, matrix|vector) real
    trace_gen_quad_form: (matrix, matrix, matrix) real

    add_diag: (matrix, real|vec) matrix
    diag_matrix: (vector) matrix
    diag_pre_multiply: (vec, matrix) matrix
    diag_post_multiply: (matrix, vec) matrix
    diagonal: (matrix) vector
    identity_matrix: (int) matrix
    symmetrize_from_lower_tri: (matrix) matrix
    row: (matrix, int) row_vector
    col: (matrix, int) vector
    block: (matrix, int, int, int, int) matrix
    sub_row: (matrix, int, int, int) row_vector
    sub_col: (matrix, int, int, int) vector

    softmax, log_softmax: (vectors) $1
    determinant, log_determinant, log_determinant_spd: (matrix) real
    inverse, inverse_spd, generalized_inverse, chol2inv, cholesky_decompose, matrix_exp: (matrix) matrix
    matrix_power: (matrix, int) matrix
    matrix_exp_multiply: (matrix, matrix) matrix
    scale_matrix_exp_multiply: (real, matrix, matrix) matrix
    mdivide_left_spd, mdivide_left_tri_low: (matrix, matrix|vector) $2
    mdivide_right_spd, mdivide_right_tri_low: (matrix|row_vector, matrix) $1
    eigenvalues_sym, singular_values: (matrix) vector
    eigenvectors_sym, qr_Q, qr_R, qr_thin_Q, qr_thin_R, svd_U, svd_V: (matrix) matrix
    eigendecompose_sym: (matrix) (matrix, vector)
    qr, qr_thin: (matrix) (matrix, matrix)
    svd: (matrix) (matrix, vector, matrix)

    gp_dot_prod_cov: (real[]|vector[], real) matrix; (real[]|vector[], $1, real) matrix
    gp_exp_quad_cov, gp_exponential_cov, gp_matern32_cov, gp_matern52_cov: (real[]|vector[], real, real) matrix; \
    (real[]|vector[], $1, real, real) matrix; (vector[], real, real[]) matrix; (vector[], vector[], real, real[]) matrix
    gp_periodic_cov: (real[]|vector[], real, real, real) matrix; (real[]|vector[], $1, real, real, real) matrix

    csr_extract: (matrix) (vector, int[], int[])
    csr_extract_w: (matrix) vector
    csr_extract_u, csr_extract_v: (matrix) int[]
    csr_matrix_times_vector: (int, int, vector, int[], int[], vector) vector
    csr_to_dense_matrix: (int, int, vector, int[], int[]) matrix

    hmm_marginal: (matrix, matrix, vector) real
    hmm_hidden_state_prob: (matrix, matrix, vector) matrix
    """
}
