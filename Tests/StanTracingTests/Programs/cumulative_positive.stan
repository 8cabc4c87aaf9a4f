// Cumulative distribution functions over positive numbers and intervals, of traced outcomes and arguments.
data {
  int<lower=1> N;
  vector<lower=0>[N] y;
}
parameters {
  real<lower=0> x;
  real<lower=0, upper=1> p;
  real<lower=0, upper=1> q;
  real mu;
  real<lower=0> a;
  real<lower=0> b;
  real<lower=0> least;
  real<lower=least> above;
}
model {
  target += lognormal_lcdf(x | mu, a) + lognormal_lccdf(y | mu, a) + lognormal_cdf(x | mu, a);
  target += exponential_lcdf(x | a) + exponential_lccdf(y | a) + exponential_cdf(x | a);
  target += gamma_lcdf(x | a, b) + gamma_lccdf(y | a, b) + gamma_cdf(x | a, b);
  target += inv_gamma_lcdf(x | a, b) + inv_gamma_lccdf(y | a, b) + inv_gamma_cdf(x | a, b);
  target += chi_square_lcdf(x | a) + chi_square_lccdf(y | a);
  target += inv_chi_square_lcdf(x | a) + inv_chi_square_lccdf(y | a);
  target += scaled_inv_chi_square_lcdf(x | a, b) + scaled_inv_chi_square_lccdf(y | a, b);
  target += weibull_lcdf(x | a, b) + weibull_lccdf(y | a, b) + weibull_cdf(x | a, b);
  target += frechet_lcdf(x | a, b) + frechet_lccdf(y | a, b);
  target += rayleigh_lcdf(x | a) + rayleigh_lccdf(y | a);
  target += loglogistic_cdf(x | a, b);
  target += pareto_lcdf(above | least, a) + pareto_lccdf(above | least, a);
  target += pareto_type_2_lcdf(above | least, a, b) + pareto_type_2_lccdf(above | least, a, b);
  target += beta_lcdf(p | a, b) + beta_lccdf(p | a, b) + beta_cdf(p | a, b);
  target += beta_proportion_lcdf(p | q, a) + beta_proportion_lccdf(p | q, a);
}
