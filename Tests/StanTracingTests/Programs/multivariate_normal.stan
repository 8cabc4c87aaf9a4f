// Multivariate normal and Student's t densities, by covariance, factor and precision; one outcome and several.
data {
  int<lower=1> K;
  int<lower=1> N;
  array[N] vector[K] y;
}
parameters {
  vector[K] mu;
  array[N] vector[K] means;
  row_vector[K] row;
  cov_matrix[K] S;
  cholesky_factor_cov[K] L;
  real<lower=0> nu;
}
model {
  mu ~ multi_normal(zeros_vector(K), S);
  y ~ multi_normal(mu, S);
  y ~ multi_normal(means, S);
  row ~ multi_normal(mu, S);
  y ~ multi_normal_cholesky(mu, L);
  y[1] ~ multi_normal_cholesky(mu, L);
  means ~ multi_normal_cholesky(y, L);
  y ~ multi_normal_prec(mu, S);
  mu ~ multi_normal_prec(y[2], S);
  y ~ multi_student_t(nu, mu, S);
  y[1] ~ multi_student_t(nu, mu, S);
  y ~ multi_student_t_cholesky(nu, means, L);
  y ~ multi_normal(mu, [[2, 0.5, 0.1], [0.5, 1, 0.2], [0.1, 0.2, 3]]);
  nu ~ gamma(2, 0.5);
}
