// Tails of a normal plus an exponential.
data {
  int<lower=1> N;
  vector[N] y;
}
parameters {
  real x;
  real mu;
  real<lower=0> sigma;
  real<lower=0> lambda;
  vector[N] v;
}
model {
  target += exp_mod_normal_lcdf(x | mu, sigma, lambda) + exp_mod_normal_lccdf(y | v, sigma, lambda);
  v ~ normal(0, 1);
}
