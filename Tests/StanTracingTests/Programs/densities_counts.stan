// Masses of integers, with arguments that are traced, one for all outcomes or one each.
data {
  int<lower=1> N;
  array[N] int<lower=0, upper=1> z;
  array[N] int<lower=0> n;
  array[N] int<lower=0> trials;
  int<lower=0> k;
  int<lower=0> draws;
}
parameters {
  real<lower=0, upper=1> p;
  vector<lower=0, upper=1>[N] ps;
  real eta;
  vector[N] etas;
  real<lower=0> a;
  real<lower=0> b;
  vector<lower=0>[N] rates;
}
model {
  z ~ bernoulli(p);
  z ~ bernoulli(ps);
  z[1] ~ bernoulli_logit(eta);
  z ~ bernoulli_logit(etas);
  n ~ binomial(trials, p);
  n ~ binomial(trials, ps);
  k ~ binomial(draws, p);
  n ~ binomial_logit(trials, eta);
  n ~ binomial_logit(trials, etas);
  n ~ beta_binomial(trials, a, b);
  n ~ beta_binomial(trials, rates, b);
  n ~ poisson(a);
  n ~ poisson(rates);
  n ~ poisson_log(eta);
  n ~ poisson_log(etas);
  n ~ neg_binomial(a, b);
  n ~ neg_binomial(rates, b);
  n ~ neg_binomial_2(a, b);
  n ~ neg_binomial_2(rates, b);
  n ~ neg_binomial_2_log(eta, b);
  n ~ neg_binomial_2_log(etas, b);
  target += hypergeometric_lpmf(k | draws, 6, 9);
  target += discrete_range_lpmf(n | 0, 12);
  target += -a - b - sum(rates);
}
