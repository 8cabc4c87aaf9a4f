// Masses of categories: by chances, by log odds, by cut points.
// (With one location for several outcomes, ordered_probit of Stan 2.35 counts the first outcome alone.)
data {
  int<lower=2> K;
  int<lower=1> N;
  array[N] int<lower=1, upper=K> y;
  array[K] int<lower=0> counts;
}
parameters {
  simplex[K] theta;
  vector[K] beta;
  ordered[K - 1] cuts;
  array[N] ordered[K - 1] own;
  real eta;
  vector[N] etas;
  vector<lower=0>[K] alpha;
}
model {
  y ~ categorical(theta);
  y[1] ~ categorical(theta);
  y ~ categorical_logit(beta);
  y[1] ~ categorical_logit(beta);
  y[2] ~ ordered_logistic(eta, cuts);
  y ~ ordered_logistic(etas, cuts);
  y ~ ordered_logistic(etas, own);
  y[2] ~ ordered_probit(eta, cuts);
  y ~ ordered_probit(etas, own);
  counts ~ multinomial(theta);
  counts ~ multinomial_logit(beta);
  counts ~ dirichlet_multinomial(alpha);
  beta ~ normal(0, 2);
  cuts ~ normal(0, 3);
  for (n in 1:N) own[n] ~ normal(0, 3);
  alpha ~ exponential(1);
}
