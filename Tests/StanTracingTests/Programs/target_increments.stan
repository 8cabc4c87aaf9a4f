// Sums of densities, weights, differences, the value of target, and densities without constants.
data {
  int<lower=1> N;
  vector[N] y;
  vector[N] weights;
}
parameters {
  real mu;
  real<lower=0> sigma;
  vector[N] v;
}
transformed parameters {
  real<lower=0> variance_of = square(sigma);
}
model {
  target += normal_lpdf(mu | 0, 1);
  target += normal_lpdf(y | mu, sigma) + normal_lpdf(v | 0, 1) - normal_lpdf(0.5 | mu, 1);
  for (n in 1:N) target += weights[n] * normal_lpdf(y[n] | v[n], 2);
  target += -square(v);
  target += {mu, -sigma};
  target += normal_lupdf(mu | 1, 2) + 2 * exponential_lpdf(sigma | 1);
  target += -0.01 * target();
  target += log(variance_of);
  y ~ normal(mu, sqrt(variance_of));
}
generated quantities {
  real z = normal_rng(mu, sigma);
}
