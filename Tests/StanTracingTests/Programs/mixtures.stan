// Mixtures by log_mix and log_sum_exp, in loops and over simplices.
data {
  int<lower=1> N;
  int<lower=1> K;
  vector[N] y;
  array[N] int<lower=0> n;
}
parameters {
  simplex[K] theta;
  ordered[K] mu;
  vector<lower=0>[K] sigma;
  real<lower=0, upper=1> lambda;
  real<lower=0> rate;
}
transformed parameters {
  vector[K] log_theta = log(theta);
}
model {
  mu ~ normal(0, 3);
  sigma ~ lognormal(0, 1);
  rate ~ gamma(2, 1);
  for (i in 1:N) {
    vector[K] lps = log_theta;
    array[K] real parts;
    for (k in 1:K) {
      lps[k] += normal_lpdf(y[i] | mu[k], sigma[k]);
      parts[k] = normal_lpdf(y[i] | mu[k], 2);
    }
    target += log_sum_exp(lps);
    target += log_mix(theta, parts);
    target += log_mix(lambda, normal_lpdf(y[i] | mu[1], 1), normal_lpdf(y[i] | mu[2], 1));
    if (n[i] == 0)
      target += log_sum_exp(log(lambda), log1m(lambda) + poisson_lpmf(n[i] | rate));
    else
      target += log1m(lambda) + poisson_lpmf(n[i] | rate) - log1m_exp(-rate);
  }
  target += log_diff_exp(2 + square(rate), rate) - exp(rate);
  target += log_sum_exp(mu[1], mu[2]) + log_sum_exp({mu[1], 1.0, 2.0});
}
