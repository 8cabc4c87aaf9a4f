// Overdispersed counts with an offset, varying intercepts and a hierarchy of scales.
data {
  int<lower=1> N;
  int<lower=1> G;
  array[N] int<lower=1, upper=G> g;
  array[N] int<lower=0> n;
  vector<lower=0>[N] exposure;
  vector[N] x;
}
transformed data {
  vector[N] log_exposure = log(exposure);
  real center = mean(x);
}
parameters {
  real intercept;
  real slope;
  vector<multiplier=0.5>[G] raw;
  real<lower=0> scale;
  real<lower=0> inv_phi;
}
transformed parameters {
  vector[G] effects = scale * raw;
  real phi = inv(inv_phi);
}
model {
  intercept ~ student_t(3, 0, 2.5);
  slope ~ double_exponential(0, 1);
  raw ~ std_normal();
  scale ~ normal(0, 1);
  inv_phi ~ exponential(1);
  n ~ neg_binomial_2_log(intercept + log_exposure + slope * (x - center) + effects[g], phi);
}
