// Censored, interval-censored and rounded outcomes.
data {
  int<lower=0> N;
  vector[N] y;
  int<lower=0> above;
  real limit;
  array[2] real interval;
}
parameters {
  real mu;
  real<lower=0> sigma;
  vector<lower=limit>[above] hidden;
  real<lower=0> shape;
}
model {
  y ~ normal(mu, sigma);
  hidden ~ normal(mu, sigma);
  target += above * normal_lccdf(limit | mu, sigma);
  target += log_diff_exp(normal_lcdf(interval[2] | mu, sigma), normal_lcdf(interval[1] | mu, sigma));
  for (n in 1:N) target += log(normal_cdf(y[n] + 0.5 | mu, sigma) - normal_cdf(y[n] - 0.5 | mu, sigma));
  target += weibull_lccdf(2 | shape, sigma) + student_t_lccdf(limit | 4, mu, sigma);
  sigma ~ normal(0, 5) T[0, ];
  shape ~ normal(1, 1);
}
