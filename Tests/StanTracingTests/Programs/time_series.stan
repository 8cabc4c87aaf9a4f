// An autoregression, a GARCH(1, 1) and a random walk, term by term.
data {
  int<lower=3> T;
  vector[T] y;
}
parameters {
  real mu;
  array[2] real phi;
  real<lower=0> alpha0;
  real<lower=0, upper=1> alpha1;
  real<lower=0, upper=1 - alpha1> beta1;
  vector[T] walk;
  real<lower=0> sigma;
}
transformed parameters {
  array[T] real<lower=0> scale;
  scale[1] = 1;
  for (t in 2:T)
    scale[t] = sqrt(alpha0 + alpha1 * square(y[t - 1] - mu) + beta1 * square(scale[t - 1]));
}
model {
  y ~ normal(mu, scale);
  for (t in 3:T) {
    real mean_of = mu;
    for (k in 1:2) mean_of += phi[k] * y[t - k];
    y[t] ~ normal(mean_of, sigma);
  }
  walk[1] ~ normal(0, 1);
  walk[2:T] ~ normal(walk[1:T - 1], sigma);
  phi ~ normal(0, 0.5);
  sigma ~ gamma(2, 2);
}
