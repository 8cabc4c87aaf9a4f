// Eight schools (Rubin 1981), the effects standardised.
data {
  int<lower=0> J;
  vector[J] y;
  vector<lower=0>[J] sigma;
}
parameters {
  real mu;
  real<lower=0> tau;
  vector[J] theta_raw;
}
transformed parameters {
  vector[J] theta = mu + tau * theta_raw;
}
model {
  mu ~ normal(0, 5);
  tau ~ cauchy(0, 5) T[0,];
  theta_raw ~ std_normal();
  y ~ normal(theta, sigma);
}
generated quantities {
  array[J] real y_again = normal_rng(theta, sigma);
}
