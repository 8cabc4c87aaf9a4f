// Truncation of integers: the lower bound itself belongs to what is left.
data {
  int<lower=1> N;
  array[N] int<lower=1> n;
  array[N] int<lower=0> trials;
}
parameters {
  real<lower=0> a;
  real<lower=0> b;
  real<lower=0, upper=1> p;
}
model {
  for (i in 1:N) {
    n[i] ~ poisson(a) T[1, ];
    n[i] ~ poisson(a) T[, 10];
    n[i] ~ poisson(a) T[1, 10];
    n[i] ~ neg_binomial_2(a, b) T[1, ];
    n[i] ~ neg_binomial(a, b) T[, 12];
    n[i] ~ binomial(trials[i], p) T[1, ];
    n[i] ~ binomial(trials[i], p) T[1, 6];
  }
  {a, b} ~ exponential(1);
}
