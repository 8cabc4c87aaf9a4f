// Cumulative distribution functions of integers.
data {
  int<lower=1> N;
  array[N] int<lower=0> n;
  array[N] int<lower=0> trials;
  array[N] int<lower=0, upper=1> z;
}
parameters {
  real<lower=0, upper=1> p;
  real<lower=0> a;
  real<lower=0> b;
}
model {
  target += bernoulli_lcdf(z | p) + bernoulli_lccdf(0 | p) + bernoulli_cdf(z | p);
  target += poisson_lcdf(n | a) + poisson_lccdf(n | a) + poisson_cdf(n | a);
  target += binomial_lcdf(n | trials, p) + binomial_lccdf(n | trials, p) + binomial_cdf(n | trials, p);
  target += beta_binomial_lcdf(n | trials, a, b) + beta_binomial_lccdf(n | trials, a, b);
  target += neg_binomial_lcdf(n | a, b) + neg_binomial_lccdf(n | a, b) + neg_binomial_cdf(n | a, b);
  target += neg_binomial_2_lcdf(n | a, b) + neg_binomial_2_lccdf(n | a, b) + neg_binomial_2_cdf(n | a, b);
  target += discrete_range_lcdf(n | 0, 9) + discrete_range_lccdf(n | 0, 9);
}
