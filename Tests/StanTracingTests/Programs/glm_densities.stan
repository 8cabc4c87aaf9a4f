// Generalised linear models in one call each.
data {
  int<lower=1> N;
  int<lower=1> P;
  int<lower=2> C;
  matrix[N, P] X;
  vector[N] y;
  array[N] int<lower=0> n;
  array[N] int<lower=0> trials;
  array[N] int<lower=0, upper=1> z;
  array[N] int<lower=1, upper=C> g;
}
parameters {
  real alpha;
  vector[N] alphas;
  vector[P] beta;
  matrix[P, C] B;
  vector[C] a;
  ordered[C - 1] cuts;
  real<lower=0> sigma;
  vector<lower=0>[N] sigmas;
  real<lower=0> phi;
}
model {
  y ~ normal_id_glm(X, alpha, beta, sigma);
  y ~ normal_id_glm(X, alphas, beta, sigmas);
  y ~ normal_id_glm(X[1], alpha, beta, sigma);
  z ~ bernoulli_logit_glm(X, alpha, beta);
  z ~ bernoulli_logit_glm(X, alphas, beta);
  z ~ bernoulli_logit_glm(X[2], alpha, beta);
  n ~ poisson_log_glm(X, alpha, beta);
  n ~ poisson_log_glm(X, alphas, beta);
  n ~ neg_binomial_2_log_glm(X, alpha, beta, phi);
  n ~ neg_binomial_2_log_glm(X, alphas, beta, phi);
  n ~ binomial_logit_glm(trials, X, alpha, beta);
  g ~ categorical_logit_glm(X, a, B);
  g[1] ~ categorical_logit_glm(X[1], a, B);
  g ~ ordered_logistic_glm(X, beta, cuts);
  to_vector(B) ~ normal(0, 1);
  {sigma, phi} ~ exponential(1);
  sigmas ~ exponential(1);
}
