// Ordered vectors, simplices and unit vectors, alone and in arrays, of small sizes too.
data {
  int<lower=1> K;
}
parameters {
  ordered[K] rising;
  positive_ordered[K] positive;
  simplex[K] shares;
  unit_vector[K] direction;
  ordered[1] one;
  simplex[1] whole;
  simplex[2] halves;
  unit_vector[2] angle;
  positive_ordered[1] single;
  array[2] ordered[2] pairs;
  array[2, 2] simplex[3] tables;
}
model {
  rising ~ normal(0, 2);
  positive ~ normal(0, 2);
  shares ~ dirichlet(linspaced_vector(K, 1, 2));
  target += dot_product(direction, linspaced_vector(K, -1, 1));
  one ~ normal(0, 1);
  halves[1] ~ beta(2, 3);
  angle[1] ~ normal(0, 1);
  single ~ gamma(2, 1);
  for (i in 1:2) {
    pairs[i] ~ normal(i, 1);
    for (j in 1:2) tables[i, j] ~ dirichlet([1, i, j]');
  }
}
