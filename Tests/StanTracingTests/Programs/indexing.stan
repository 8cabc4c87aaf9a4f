// Slices and multiple indices of vectors, matrices and arrays, read.
data {
  int<lower=1> N;
  array[N] int<lower=1> places;
  vector[N] y;
  array[2, 3] real table;
}
parameters {
  vector[5] v;
  row_vector[5] r;
  matrix[3, 4] M;
  array[4] real a;
  array[2, 3] real b;
  array[3] vector[2] c;
  array[2] matrix[2, 3] d;
}
model {
  y ~ normal(v[places], 1);
  y ~ normal(r[places]', 2);
  y[2:] ~ normal(v[:N - 1], 1);
  y[:2] ~ normal(M[2, 1:2]', 1);
  v[{5, 1, 1}] ~ normal([1, 2, 3]', 1);
  M[1] ~ normal(0, 1);
  M[2:3, 2] ~ normal(0, 2);
  M[:, {4, 1}][1] ~ normal([1, 2], 1);
  to_vector(M[{3, 1}, 2:4]) ~ normal(0.5, 3);
  to_vector(M[{1, 2}]) ~ normal(0.1, 3);
  a[2:3] ~ normal(0, 1);
  a[{4, 4, 1}] ~ normal(1, 2);
  b[1] ~ normal(table[2], 1);
  b[:, 2] ~ normal(0, 1);
  b[1, {3, 1}] ~ normal(table[2, 1:2], 2);
  c[2] ~ normal(0, 1);
  c[1:2, 2] ~ normal(1, 1);
  c[3][1] ~ normal(2, 1);
  to_vector(d[1]) ~ normal(0, 1);
  d[2, 1] ~ normal(1, 2);
  d[:, 2, 3] ~ normal(2, 3);
  d[2][2, 1:2] ~ normal(3, 3);
  target += -0.01 * sum(square(M[:, 1:])) - 0.01 * (sum(square(r)) + dot_self(v[1:3]));
  target += -square(a[1]) - sum(v[2:1]);
}
