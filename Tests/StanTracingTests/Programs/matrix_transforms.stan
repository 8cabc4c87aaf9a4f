// Correlation and covariance matrices and their Cholesky factors, of several sizes, alone and in arrays.
parameters {
  corr_matrix[4] R;
  corr_matrix[2] pair;
  cholesky_factor_corr[4] L;
  cholesky_factor_corr[2] small;
  cov_matrix[4] S;
  cov_matrix[1] variance;
  cholesky_factor_cov[3] F;
  cholesky_factor_cov[5, 3] tall;
  array[2] cov_matrix[2] several;
  array[2] cholesky_factor_corr[3] factors;
}
model {
  matrix[4, 4] weights = [[1, 0.2, -0.3, 0.4], [0.5, 0.6, 0.7, -0.8], [0.9, 1, 1.1, 1.2], [-1.3, 1.4, 1.5, 1.6]];
  target += sum(weights .* R) + sum(weights .* L) - 0.1 * sum(square(S)) - sum(weights[1:2, 1:2] .* pair);
  target += small[2, 1] - variance[1, 1];
  to_vector(F) ~ normal(0, 2);
  to_vector(tall) ~ normal(0.5, 2);
  for (i in 1:2) {
    several[i] ~ wishart(4, identity_matrix(2));
    factors[i] ~ lkj_corr_cholesky(1.5);
  }
}
