// Loops of every kind, conditionals and conditional expressions on data, break, continue, blocks and locals.
data {
  int<lower=0> N;
  array[N] int<lower=0> kinds;
  vector[N] y;
  matrix[2, 2] grid;
}
transformed data {
  int total = 0;
  int halvings = 0;
  real largest = negative_infinity();
  for (n in 1:N) {
    if (kinds[n] == 0) continue;
    total += kinds[n];
    if (total > 100) break;
  }
  {
    int rest = total;
    while (rest > 1) {
      rest = rest %/% 2;
      halvings += 1;
    }
  }
  for (value in y) largest = value > largest ? value : largest;
}
parameters {
  real mu;
  real<lower=0> sigma;
  vector[3] effects;
}
model {
  mu ~ normal(largest, halvings);
  sigma ~ exponential(1.0 / total);
  for (effect in effects) effect ~ normal(0, 1);
  for (n in 1:N) {
    real location = mu;
    if (kinds[n] == 0) {
      location += effects[1];
    } else if (kinds[n] == 1 || kinds[n] == 3) {
      location += effects[2] * n;
    } else if (!(kinds[n] > 5) && n < N) {
      location -= effects[3];
    } else
      location *= 2;
    y[n] ~ normal(location, kinds[n] % 2 == 0 ? sigma : 2 * sigma);
  }
  for (cell in grid) cell ~ normal(mu, 1);
  {
    int k = 0;
    while (1) {
      k += 1;
      if (k == 2) continue;
      if (k > 4) break;
      target += -square(mu) / k;
    }
  }
  for (i in 3:1) target += mu * 1000;
  for (pair in {{1, 2}, {3, 4}}) target += -0.1 * pair[2] * square(effects[pair[1]]);
}
