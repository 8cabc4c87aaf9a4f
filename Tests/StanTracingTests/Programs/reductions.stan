// Sums, products, moments, norms, extremes, sorts and cumulative sums.
data {
  vector[5] y;
  array[4] int n;
}
parameters {
  vector[5] v;
  row_vector[5] r;
  matrix[3, 2] M;
  array[3] real a;
}
model {
  vector[5] running = cumulative_sum(v);
  target += sum(v) + sum(r) + sum(M) + sum(a) + prod(v) + prod(a) + prod(M) * 0.1;
  target += mean(v) + mean(M) + mean(a) - variance(v) - sd(r) - variance(M) - sd(a);
  target += max(v) + min(r) + max(M) + min(a) + max(n) + min(n) * v[1] + max(2, 5) + max(y);
  target += -dot_self(v) - norm2(r) - norm1(v) - distance(v, y) - squared_distance(v, r') + dot_product(v, y);
  target += dot_product(r, v) + sum(rows_dot_product(M, M)) * -0.1 + sum(columns_dot_product(M, M) .* [1, 2]) * -0.1;
  target += sum(rows_dot_self(M)) * -0.1 + sum(columns_dot_self(M)) * -0.2;
  target += log_sum_exp(v) + log_sum_exp(M) + log_sum_exp(a) + log_sum_exp(y);
  target += dot_product(running, y) + sum(cumulative_sum(a)) + sum(cumulative_sum(r)) + cumulative_sum(n)[4] * a[1];
  target += dot_product(sort_asc(v), y) + dot_product(sort_desc(v), y) * 0.5 + sort_asc(a)[1];
  target += dot_product(softmax(v), y) + dot_product(log_softmax(v), y) * 0.1;
  target += sort_asc(n)[1] * v[2] + sort_indices_desc(y)[1] * v[3] + rank(y, 2) * v[1] + sum(v[sort_indices_asc(y)]);
  target += quantile(y, 0.3) * v[4] + sum(reverse(v) .* y) + sum(n) * v[1] + prod(n) * a[2] * 0.1;
  target += num_elements(M) * a[1] + size(a) + rows(M) * cols(M) + dims(M)[1] + size(n);
  v ~ normal(0, 1);
  M[1] ~ normal(0, 1);
}
