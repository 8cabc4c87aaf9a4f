// Densities over the real line: outcomes and arguments traced, numbers and vectors.
data {
  int<lower=1> N;
  vector[N] y;
}
parameters {
  real x;
  vector[N] v;
  real mu;
  real<lower=0> sigma;
  vector<lower=0>[N] scales;
  real<lower=0> nu;
  real<lower=0> lambda;
  real<lower=0, upper=1> tau;
  real alpha;
}
model {
  x ~ normal(mu, sigma);
  v ~ normal(mu, scales);
  y ~ normal(v, sigma);
  mu ~ std_normal();
  x ~ student_t(nu, mu, sigma);
  y ~ student_t(nu, v, scales);
  x ~ cauchy(mu, sigma);
  v ~ cauchy(y, scales);
  x ~ double_exponential(mu, sigma);
  y ~ double_exponential(v, scales);
  x ~ logistic(mu, sigma);
  y ~ logistic(v, scales);
  x ~ gumbel(mu, sigma);
  y ~ gumbel(v, scales);
  x ~ skew_normal(mu, sigma, alpha);
  y ~ skew_normal(v, scales, alpha);
  x ~ exp_mod_normal(mu, sigma, lambda);
  y ~ exp_mod_normal(v, scales, lambda);
  x ~ skew_double_exponential(mu, sigma, tau);
  y ~ skew_double_exponential(v, scales, tau);
  sigma ~ exponential(1);
  scales ~ exponential(1);
  nu ~ gamma(2, 0.1);
  lambda ~ lognormal(0, 1);
  alpha ~ normal(0, 2);
}
