// Tuples, arrays of arrays and of matrices, as data, locals, arguments and results.
functions {
  tuple(real, vector) scaled(tuple(real, vector) x, real factor) {
    return (factor * x.1, factor * x.2);
  }
  tuple(matrix, real) decomposed(matrix S) {
    return (cholesky_decompose(S), log_determinant(S));
  }
}
data {
  int<lower=1> N;
  tuple(int, real) pair;
  tuple(vector[N], array[2] int) both;
  array[2, 3] int<lower=0> counts;
  array[2, 2, 2] real cube;
  array[2] matrix[2, 2] matrices;
}
parameters {
  vector[N] v;
  real<lower=0> s;
  array[2, 3] real<lower=0> rates;
  array[2] cov_matrix[2] S;
}
transformed parameters {
  tuple(real, vector[N]) kept = (s, v);
}
model {
  tuple(real, vector[N]) doubled = scaled(kept, 2);
  array[2] tuple(real, int) rows = {(s, 1), (s * 2, 2)};
  v ~ normal(pair.2, doubled.1);
  both.1 ~ normal(doubled.2, pair.1);
  for (i in 1:2) {
    counts[i] ~ poisson(rates[i]);
    rates[i] ~ exponential(i);
    for (j in 1:3) counts[i, j] ~ poisson(rates[i][j] + both.2[i]);
    for (j in 1:2) cube[i, j] ~ normal(v[i], rows[j].1 * rows[j].2);
    target += sum(matrices[i] .* S[i]);
  }
  for (i in 1:2) {
    matrix[2, 2] L;
    real logdet;
    (L, logdet) = decomposed(S[i]);
    target += logdet - sum(square(L)) - trace(S[i]);
  }
}
