// Determinants, inverses, factors of matrices of parameters, and decompositions of data.
data {
  matrix[3, 3] A;
  matrix[4, 2] X;
}
transformed data {
  matrix[3, 3] C = crossprod(A) + identity_matrix(3);
  vector[3] values = eigenvalues_sym(C);
  matrix[3, 3] vectors = eigenvectors_sym(C);
  matrix[4, 2] Q = qr_thin_Q(X);
  matrix[2, 2] R = qr_thin_R(X);
  vector[2] singular = singular_values(X);
}
parameters {
  matrix[3, 3] M;
  cov_matrix[3] S;
  cholesky_factor_cov[3] L;
  vector[2] b;
}
model {
  matrix[3, 3] D = 0.3 * M + 3 * identity_matrix(3);
  target += log_determinant(D) + log_determinant(S) + determinant(D) * 0.1 + log_determinant_spd(S);
  target += sum(inverse(D) .* A) + sum(inverse_spd(S) .* A) + sum(chol2inv(L) .* A) * 0.1;
  target += sum(cholesky_decompose(S) .* A);
  target += sum(symmetrize_from_lower_tri(M) .* A) + log_determinant(C) + quad_form(inverse(C), M[1]');
  target += dot_product(values, M[, 1]) + quad_form(vectors * diag_matrix(values) * vectors', M[, 2]) * -0.1;
  target += sum(Q * b) + sum(R * b) + dot_product(singular, b) + sum(inverse(A) * M[3]');
  target += -trace(S) - sum(square(L));
  to_vector(M) ~ normal(0, 1);
  b ~ normal(0, 1);
}
