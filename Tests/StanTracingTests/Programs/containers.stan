// Containers made of numbers and of each other, and their parts.
data {
  int<lower=1> N;
  array[6] int n;
  array[2, 3] real table;
}
parameters {
  real x;
  vector[4] v;
  row_vector[3] r;
  matrix[3, 4] M;
  array[6] real a;
  array[2, 3] real b;
}
model {
  target += sum(rep_vector(x, 3)) + sum(rep_row_vector(x, 2)) + sum(rep_matrix(v, 2)) + sum(rep_matrix(r, 2) .* M[1:2, 1:3]);
  target += sum(rep_array(x, 3)) + sum(to_matrix(rep_array(x, 2, 2))) + sum(rep_array(v, 2)[2]);
  target += dot_product(append_row(v, x), append_row(1, v)) + sum(append_col(r, x) .* v') + sum(append_row(M, M[1:2]));
  target += sum(append_col(M, M[, 1:2]) .* append_col(append_col(v[1:3], M), v[2:4])) + sum(append_row(r, r) .* M[1:2, 2:4]);
  target += sum(append_array(a, {x})[6:7]) + sum(append_array(n, {1, 2})) * x;
  target += dot_product(to_vector(M)[1:4], v) + sum(to_row_vector(v) .* M[1]) + sum(to_vector(a)) + to_vector(n)[3] * x;
  target += sum(to_matrix(a, 2, 3) * r') + sum(to_matrix(a, 3, 2, 0) .* M[, 1:2]) + sum(to_matrix(v, 2, 2) * v[1:2]);
  target += sum(to_matrix(b) * r') + sum(to_matrix(table) * r') + sum(to_matrix(M, 4, 3) * r') + sum(to_matrix(v));
  target += to_array_1d(M)[2] + to_array_1d(b)[4] * 2 + sum(to_array_2d(M)[2]) + to_array_1d(table)[5] * x;
  target += sum(head(v, 2)) + sum(tail(a, 2)) + sum(segment(v, 2, 2)) + head(n, 1)[1] * x + sum(segment(a, 3, 1));
  target += sum(row(M, 2)) + dot_product(col(M, 3), r) + sum(block(M, 2, 2, 2, 3)) + sum(sub_row(M, 1, 2, 2));
  target += sum(sub_col(M, 1, 2, 2)) + sum(reverse(r) .* r) + reverse(a)[1] + sum(reverse(n)[1:2]) * x;
  target += linspaced_vector(4, 0, 3)' * v + sum(linspaced_row_vector(3, 1, 2) .* r) + linspaced_array(3, 1, 3)[2] * x;
  target += linspaced_int_array(3, 1, 5)[2] * x + one_hot_vector(4, 2)' * v + one_hot_row_vector(3, 1) * r';
  target += one_hot_array(3, 2)[2] * x + one_hot_int_array(3, 2)[2] * x + zeros_vector(4)' * v + ones_vector(4)' * v;
  target += ones_row_vector(3) * r' + sum(zeros_row_vector(3) .* r) + ones_array(2)[1] * x + zeros_array(2)[1] * x;
  target += ones_int_array(2)[1] * x + zeros_int_array(2)[1] + uniform_simplex(4)' * v + sum(identity_matrix(3) * M);
  target += pi() * x + e() * x + sqrt2() * x + log2() * x + log10() * x + machine_precision() * x;
  target += sum([x, v[1], 3]) + sum([r, [x, 1, 2]] * r') + sum({x, 1, v[2]}) + {{x, 1}, {2, v[3]}}[2, 2] + to_int(3.7) * x;
  v ~ normal(0, 1);
  r ~ normal(0, 1);
  to_vector(M) ~ normal(0, 1);
  a ~ normal(0, 1);
  for (i in 1:2) b[i] ~ normal(i, 1);
  x ~ normal(N, 1);
}
