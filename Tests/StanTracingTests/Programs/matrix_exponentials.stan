// Powers and exponentials of matrices of parameters.
data {
  matrix[2, 2] A;
}
parameters {
  matrix[2, 2] M;
}
model {
  target += sum(matrix_exp(M) .* A) + sum(matrix_power(M, 3)) + sum(matrix_power(A, 0) * M);
  target += sum(matrix_exp_multiply(M, A)) + sum(scale_matrix_exp_multiply(0.5, A, M));
  to_vector(M) ~ normal(0, 1);
}
