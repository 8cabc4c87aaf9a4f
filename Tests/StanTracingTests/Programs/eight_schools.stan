// Eight schools (Rubin 1981), centred and not.
data {
  int<lower=0> J;
  array[J] real y;
  array[J] real<lower=0> sigma;
}
parameters {
  real mu;
  real<lower=0> tau;
  array[J] real theta;
  vector[J] eta;
}
transformed parameters {
  vector[J] other = mu + tau * eta;
}
model {
  mu ~ normal(0, 5);
  tau ~ cauchy(0, 5);
  theta ~ normal(mu, tau);
  eta ~ std_normal();
  y ~ normal(theta, sigma);
  y ~ normal(other, sigma);
}
generated quantities {
  array[J] real replicated = normal_rng(theta, sigma);
}
