// Covariance functions of one set of points and between two, and densities of Gaussian processes.
// (With several length scales, Stan 2.35 reads as many of them as there are points in gp_matern32_cov.)
data {
  int<lower=1> N;
  int<lower=1> M;
  array[N] real x;
  array[M] real w;
  array[N] vector[2] points;
  matrix[2, N] y;
}
parameters {
  real<lower=0> magnitude;
  real<lower=0> scale;
  array[2] real<lower=0> scales;
  real<lower=0> period;
  vector<lower=0>[2] weights;
  vector[N] f;
  array[M] real inputs;
}
transformed parameters {
  matrix[N, N] K = add_diag(gp_exp_quad_cov(x, magnitude, scale), 0.1);
}
model {
  f ~ multi_normal(zeros_vector(N), K);
  y ~ multi_gp(K, weights);
  y ~ multi_gp_cholesky(cholesky_decompose(K), weights);
  target += sum(gp_exp_quad_cov(x, inputs, magnitude, scale));
  target += sum(gp_exp_quad_cov(points, magnitude, scale));
  target += sum(gp_exp_quad_cov(points, magnitude, scales));
  target += sum(gp_exponential_cov(x, w, magnitude, scale));
  target += sum(gp_matern32_cov(points, magnitude, scale));
  target += sum(gp_matern32_cov(points[1:2], magnitude, scales));
  target += sum(gp_matern52_cov(x, w, magnitude, scale));
  target += sum(gp_periodic_cov(x, inputs, magnitude, scale, period));
  target += sum(gp_dot_prod_cov(x, magnitude));
  target += sum(gp_dot_prod_cov(points, magnitude));
  target += -square(magnitude) - scale - sum(scales) - period - sum(weights);
  inputs ~ normal(0, 1);
}
