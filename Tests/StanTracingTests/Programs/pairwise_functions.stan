// Functions of two and three numbers, of numbers and containers.
data {
  int<lower=0> n;
  array[2] int<lower=0> ks;
}
parameters {
  real x;
  real y;
  real<lower=0> a;
  real<lower=0> b;
  real<lower=0, upper=1> p;
  vector<lower=0>[2] q;
  vector[2] v;
}
model {
  target += pow(a, x) + sum(pow(q, 2)) * -0.1 + a ^ 3 * -0.1 + sum(q .^ 1.5) * -0.1 + 2 ^ x + a ^ -0.5;
  target += fmax(x, y) + fmin(x, 0.2) + fdim(x, y) + fmod(5 * a + 1, 1 + b) + hypot(x, y) + sum(fmax(v, x));
  target += atan2(y, x) + beta(a, b) * 0.01 + lbeta(a, b) + sum(lchoose(6 + q, 2)) + sum(lmultiply(q, a));
  target += choose(7, 3) * x * 0.01 + log_diff_exp(x + 3, y) + log_inv_logit_diff(x + 3, y);
  target += gamma_p(a, b) + gamma_q(a, b) + ldexp(x, 2) + log_falling_factorial(a + 3, 2);
  target += falling_factorial(a + 3, n) * 0.01 + log_rising_factorial(a, b) + rising_factorial(a, n) * 0.01;
  target += fma(x, y, a) + sum(fma(v, v, x)) + lmgamma(3, a + 2);
  target += bessel_first_kind(1, a) + modified_bessel_first_kind(2, a) * 0.1;
  target += modified_bessel_second_kind(1, 1 + a) * 0.5;
  target += inc_beta(a, b, p) + binary_log_loss(1, p) + squared_distance(x, y) * -1;
  target += sum(q ./ a) - sum(q .* q) + x / y * 0 + n %/% 2 + n % 3 * x + (x - y) / 2 + -x * +y;
  target += add(x, y) - subtract(x, y) + multiply(x, y) + divide(x, 2) + elt_multiply(v, v)[1] + elt_divide(v, 2)[2];
  target += sum(rep_vector(x, 2) + v - 1) + sum(2 - v') + sum(v * 2) + sum(x * v) + sum(1 ./ q) * -0.01;
  target += logical_negation(1) + (n > 2) * x + (n == 3 && ks[1] < 2) + (ks[1] >= ks[2] || n != 3) * y;
  [x, y] ~ normal(0, 1);
  {a, b} ~ lognormal(0, 1);
}
