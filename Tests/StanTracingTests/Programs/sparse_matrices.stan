// Sparse matrices: their parts, products with vectors, and back.
data {
  matrix[3, 4] X;
  vector[3] y;
}
transformed data {
  vector[5] w = csr_extract_w(X);
  array[5] int v = csr_extract_v(X);
  array[4] int u = csr_extract_u(X);
}
parameters {
  vector[4] b;
  vector[5] entries;
  matrix[3, 4] M;
}
model {
  y ~ normal(csr_matrix_times_vector(3, 4, w, v, u, b), 1);
  y ~ normal(csr_matrix_times_vector(3, 4, entries, v, u, b), 2);
  target += -sum(square(csr_to_dense_matrix(3, 4, entries, v, u) - M));
  b ~ normal(0, 1);
  entries ~ normal(0, 1);
}
