// A hidden Markov model by the forward algorithm, and by the function of the language.
data {
  int<lower=1> T;
  int<lower=1> K;
  vector[T] y;
}
parameters {
  array[K] simplex[K] rows;
  simplex[K] start;
  ordered[K] mu;
  real<lower=0> sigma;
}
transformed parameters {
  matrix[K, K] Gamma;
  for (k in 1:K) Gamma[k] = rows[k]';
}
model {
  matrix[K, T] logs;
  array[K] real acc;
  array[T] vector[K] alpha;
  mu ~ normal(0, 2);
  sigma ~ exponential(1);
  for (t in 1:T)
    for (k in 1:K) logs[k, t] = normal_lpdf(y[t] | mu[k], sigma);
  target += hmm_marginal(logs, Gamma, start);
  alpha[1] = log(start) + logs[, 1];
  for (t in 2:T) {
    for (j in 1:K) {
      for (i in 1:K) acc[i] = alpha[t - 1, i] + log(rows[i, j]) + logs[j, t];
      alpha[t, j] = log_sum_exp(acc);
    }
  }
  target += log_sum_exp(alpha[T]);
}
