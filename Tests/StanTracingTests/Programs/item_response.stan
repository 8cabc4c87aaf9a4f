// A two-parameter item response model with arrays of indices.
data {
  int<lower=1> I;
  int<lower=1> J;
  int<lower=1> N;
  array[N] int<lower=1, upper=I> item;
  array[N] int<lower=1, upper=J> person;
  array[N] int<lower=0, upper=1> right;
}
parameters {
  vector<lower=0>[I] slope;
  vector[I - 1] free;
  vector[J] ability;
}
transformed parameters {
  vector[I] difficulty = append_row(free, -sum(free));
}
model {
  slope ~ lognormal(0, 1);
  target += normal_lpdf(difficulty | 0, 3);
  ability ~ normal(0, 1);
  right ~ bernoulli_logit(slope[item] .* (ability[person] - difficulty[item]));
}
