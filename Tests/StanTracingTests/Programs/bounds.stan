// Bounds and scales of numbers, vectors, matrices and arrays, by numbers and by containers of them.
data {
  int<lower=1> N;
  vector[N] lows;
  vector[N] highs;
}
transformed data {
  vector[N] widths = highs - lows;
}
parameters {
  real free;
  real<lower=1.5> above;
  real<upper=-0.5> below;
  real<lower=-1, upper=3> between;
  real<offset=2> shifted;
  real<multiplier=3> scaled;
  real<offset=above, multiplier=above> both;
  vector<lower=lows>[N] all_above;
  vector<upper=highs>[N] all_below;
  vector<lower=lows, upper=highs>[N] all_between;
  vector<lower=lows, upper=9>[N] mixed_bounds;
  vector<offset=lows, multiplier=2>[N] located;
  vector<offset=free, multiplier=widths>[N] spread;
  row_vector<lower=above>[2] row;
  matrix<lower=0, upper=1>[2, 3] chances;
  array[2] real<lower=0> rates;
  array[2, 2] vector<lower=-1>[2] nested;
  real<lower=negative_infinity(), upper=2> half_open;
  real<lower=negative_infinity(), upper=positive_infinity()> open;
}
model {
  free ~ normal(0, 1);
  {above, between, shifted, scaled, both, half_open, open} ~ normal(0, 3);
  below ~ normal(-1, 1);
  all_above ~ normal(1, 2);
  all_below ~ normal(1, 2);
  all_between ~ normal(1, 2);
  mixed_bounds ~ normal(1, 2);
  located ~ normal(0, 2);
  spread ~ normal(0, 2);
  row ~ normal(0, 2);
  to_vector(chances) ~ beta(2, 2);
  rates ~ exponential(1);
  for (i in 1:2) for (j in 1:2) nested[i, j] ~ normal(i, j);
}
