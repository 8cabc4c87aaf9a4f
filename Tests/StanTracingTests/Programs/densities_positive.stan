// Densities over positive numbers: outcomes and arguments traced, numbers and vectors.
data {
  int<lower=1> N;
  vector<lower=0>[N] y;
}
parameters {
  real<lower=0> x;
  vector<lower=0>[N] v;
  real mu;
  real<lower=0> a;
  real<lower=0> b;
  real<lower=0> c;
  vector<lower=0>[N] scales;
  real<lower=0> least;
  real<lower=least> above;
}
model {
  x ~ lognormal(mu, a);
  y ~ lognormal(mu, scales);
  x ~ exponential(a);
  y ~ exponential(scales);
  x ~ gamma(a, b);
  y ~ gamma(a, scales);
  v ~ gamma(scales, b);
  x ~ inv_gamma(a, b);
  y ~ inv_gamma(scales, b);
  x ~ chi_square(a);
  y ~ chi_square(scales);
  x ~ inv_chi_square(a);
  y ~ inv_chi_square(scales);
  x ~ scaled_inv_chi_square(a, b);
  y ~ scaled_inv_chi_square(scales, b);
  x ~ weibull(a, b);
  y ~ weibull(a, scales);
  x ~ frechet(a, b);
  y ~ frechet(scales, b);
  x ~ rayleigh(a);
  y ~ rayleigh(scales);
  x ~ loglogistic(a, b);
  y ~ loglogistic(scales, b);
  above ~ pareto(least, a);
  y + 4 ~ pareto(least, scales);
  above ~ pareto_type_2(least, a, b);
  y + 4 ~ pareto_type_2(least, scales, b);
  {a, b, c, least} ~ lognormal(0, 0.5);
  v ~ lognormal(0, 1);
}
