// Products, quotients, quadratic forms and diagonals of matrices and vectors.
data {
  matrix[3, 3] A;
  vector[3] y;
}
parameters {
  matrix[3, 3] M;
  matrix[3, 2] B;
  vector[3] v;
  row_vector[3] r;
  cov_matrix[3] S;
  cholesky_factor_cov[3] L;
}
model {
  matrix[3, 3] D = M + 5 * identity_matrix(3);
  target += sum(M * B) + dot_product(M * v, y) + sum(r * M) + r * v + sum((v * r) .* A) + sum(A * M * A) + quad_form(A, v);
  target += sum(2 * M) + sum(M / 3) + sum(M') + sum(crossprod(B)) * -0.1 + sum(tcrossprod(B)) * -0.1;
  target += sum(multiply_lower_tri_self_transpose(L)) * -0.1 + dot_product(D \ v, y) + sum(r / D) + sum(A / D);
  target += sum(mdivide_left_spd(S, v)) + sum(mdivide_right_spd(r, S)) + dot_product(mdivide_left_tri_low(L, v), y);
  target += sum(mdivide_right_tri_low(r, L)) + sum(mdivide_left_tri_low(L, B)) + sum(mdivide_left(D, v)) + sum(D \ B);
  target += sum(quad_form(D, B)) * -0.1 + sum(quad_form_sym(S, B)) * -0.1 + quad_form_sym(S, v) * -0.1;
  target += sum(quad_form_diag(S, v)) * -0.1 + trace_quad_form(S, B) * -0.1 + trace_gen_quad_form(S, A, M) * -0.01;
  target += sum(diag_matrix(v) * A) + sum(diag_pre_multiply(v, M)) + sum(diag_post_multiply(M, v) .* A);
  target += sum(add_diag(M, v)) + sum(add_diag(M, 2.0) .* A) + trace(M) + dot_product(diagonal(M), y);
  target += sum(M .* M) * -0.1 + sum(M ./ (A + 20)) + sum(A .^ 2 .* M) + sum((M - A) .* (M + 1));
  target += sum(columns_dot_product(v, y)) + sum(rows_dot_product(v, y)) + sum(transpose(M)[1]);
  target += -trace(S) - sum(square(L));
  to_vector(M) ~ normal(0, 1);
  to_vector(B) ~ normal(0, 1);
}
