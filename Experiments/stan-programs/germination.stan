// Germination of two species of Orobanche on two root extracts (Crowder 1978): a logistic regression whose plates differ by
// more than chance.
data {
  int<lower=0> plates;
  array[plates] int<lower=0> germinated;
  array[plates] int<lower=0> seeds;
  vector<lower=0, upper=1>[plates] species;
  vector<lower=0, upper=1>[plates] extract;
}
parameters {
  vector[4] beta;
  real<lower=0> tau;
  vector[plates] plate_raw;
}
model {
  vector[plates] log_odds =
    beta[1] + beta[2] * species + beta[3] * extract + beta[4] * species .* extract + tau * plate_raw;
  beta ~ normal(0, 2);
  tau ~ normal(0, 1) T[0,];
  plate_raw ~ std_normal();
  for (p in 1:plates) {
    germinated[p] ~ binomial_logit(seeds[p], log_odds[p]);
  }
}
