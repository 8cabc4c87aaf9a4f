// Densities over intervals and angles.
data {
  int<lower=1> N;
  vector<lower=0, upper=1>[N] y;
}
parameters {
  real<lower=0, upper=1> p;
  vector<lower=0, upper=1>[N] v;
  real<lower=0> a;
  real<lower=0> b;
  real<lower=-4, upper=-1> low;
  real<lower=2, upper=4> high;
  real<lower=low, upper=high> inside;
  real<lower=0, upper=1> mean_p;
  real<lower=-pi(), upper=pi()> angle;
  real mu;
  real<lower=0> kappa;
}
model {
  p ~ beta(a, b);
  y ~ beta(a, b);
  v ~ beta(rep_vector(a, N), b);
  p ~ beta(1, 3);
  y ~ beta_proportion(mean_p, kappa);
  p ~ beta_proportion(mean_p, kappa);
  inside ~ uniform(low, high);
  y ~ uniform(low, high);
  angle ~ von_mises(mu, kappa);
  y ~ von_mises(mu, kappa);
  [a, b, kappa] ~ gamma(2, 1);
}
