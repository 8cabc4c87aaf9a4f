// Assignment to elements, slices, multiple indices, rows, columns and elements of arrays, with operators too.
data {
  int<lower=1> N;
  vector[N] y;
  array[2] int<lower=1> places;
}
parameters {
  vector[N] v;
  real s;
}
transformed parameters {
  vector[N] u = v;
  matrix[2, 3] M = rep_matrix(s, 2, 3);
  array[2] vector[2] a = rep_array([s, 1]', 2);
  array[3, 2] real t;
  row_vector[4] r = [1, s, 2, s ^ 2];
  u[1] = s * v[2];
  u[places] = [v[1], 2 * s]';
  u[3:4] += v[1:2];
  M[1] = [s, 2 * s, 3 * s];
  M[, 2] = v[1:2];
  M[2, {3, 1}] = [v[3], v[4]];
  M[1:2, 3] *= 2;
  a[1] = v[3:4];
  a[2, 1] = exp(s);
  a[{2, 1}] = a[{1, 2}];
  for (i in 1:3) {
    t[i, 1] = i * s;
    t[i, 2] = i > 1 ? t[i - 1, 1] : s;
  }
  t[, 2] = {1.0, s, v[1]};
  t[3] = {s, s};
  r[2:3] = r[{4, 1}];
  r .*= [1, 2, 3, 4];
  r[1] -= s;
  M /= 2;
}
model {
  y ~ normal(u, 1);
  to_vector(M) ~ normal(0, 1);
  for (i in 1:2) a[i] ~ normal(i, 1);
  for (i in 1:3) t[i] ~ normal(0, i);
  r ~ normal(0, 1);
  {
    vector[N] w = u;
    w = w + w[1];
    w[2] = w[1] * w[2];
    w[2] += w[2];
    target += -sum(square(w)) / 20;
  }
}
