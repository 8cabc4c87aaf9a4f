// Truncation from below, above and both sides, of numbers, and by traced bounds.
data {
  int<lower=1> N;
  vector<lower=0.2>[N] y;
  real L;
  real U;
}
parameters {
  real<lower=L, upper=U> x;
  real mu;
  real<lower=0> sigma;
  real<lower=1, upper=2> top;
  real<lower=0> a;
  real<lower=0> b;
  real<lower=0.1, upper=0.8> p;
}
model {
  x ~ normal(mu, sigma) T[L, ];
  x ~ normal(mu, sigma) T[, U];
  x ~ normal(mu, sigma) T[L, U];
  x ~ normal(mu, sigma) T[-3, top + U];
  for (n in 1:N) {
    y[n] ~ gamma(a, b) T[0.1, ];
    y[n] ~ weibull(a, b) T[, 5];
    y[n] ~ lognormal(mu, sigma) T[0.1, 5];
    y[n] ~ exponential(a) T[0.2, ];
    y[n] ~ student_t(4, mu, sigma) T[0, ];
    y[n] ~ inv_gamma(a, b) T[0.1, 9];
  }
  sigma ~ cauchy(0, 1) T[0, ];
  mu ~ logistic(0, 2) T[-3, 3];
  p ~ beta(a, b) T[0.1, 0.8];
  a ~ gamma(2, 2) T[, 20];
  b ~ std_normal() T[0, ];
  top ~ uniform(0.0, 3.0) T[1.0, 2.0];
}
