// Functions of the program: densities, masses, functions with target, recursion, overloading, early returns.
functions {
  real sum_of_squares(vector x);
  real sum_of_squares(vector x) {
    real total = 0;
    for (element in x) total += square(element);
    return total;
  }
  int factorial(int n) {
    if (n <= 1) return 1;
    return n * factorial(n - 1);
  }
  real power_sum(real x, int n) {
    if (n == 0) return 1;
    return x ^ n + power_sum(x, n - 1);
  }
  real half_normal_lpdf(real y, real s) {
    return normal_lpdf(y | 0, s) + log2();
  }
  real line_lpdf(vector y, vector x, real a, real b, real s) {
    return normal_lupdf(y | a + b * x, s);
  }
  real zero_inflated_lpmf(int n, real p, real rate) {
    if (n == 0) return log_sum_exp(bernoulli_lpmf(1 | p), bernoulli_lpmf(0 | p) + poisson_lpmf(n | rate));
    return bernoulli_lpmf(0 | p) + poisson_lpmf(n | rate);
  }
  real half_normal_lcdf(real y, real s) {
    return log(2 * normal_cdf(y | 0, s) - 1);
  }
  void penalise_lp(vector x, real weight) {
    target += -weight * sum_of_squares(x);
    x ~ normal(0, 2);
  }
  real shrunk_lp(real x) {
    x ~ normal(0, 1);
    return 0.5 * x;
  }
  array[] vector split(vector x, data int n) {
    return {head(x, n), tail(x, n)};
  }
  matrix kernel(array[] real x, real s) {
    int N = size(x);
    matrix[N, N] K;
    for (i in 1:N) {
      K[i, i] = 1.1;
      for (j in (i + 1):N) {
        K[i, j] = exp(-0.5 * square((x[i] - x[j]) / s));
        K[j, i] = K[i, j];
      }
    }
    return K;
  }
  real mean_of(real a, real b) { return (a + b) / 2; }
  real mean_of(vector a) { return mean(a); }
}
data {
  int<lower=1> N;
  vector[N] x;
  vector[N] y;
  array[N] int<lower=0> n;
}
transformed data {
  int many = factorial(5);
}
parameters {
  real a;
  real b;
  real<lower=0> s;
  real<lower=0, upper=1> p;
  real<lower=0> rate;
  vector[4] v;
}
model {
  s ~ half_normal(2);
  target += half_normal_lpdf(rate | 3) + half_normal_lcdf(rate | 3);
  y ~ line(x, a, b, s);
  for (i in 1:N) n[i] ~ zero_inflated(p, rate);
  penalise_lp(v, 1.0 / many);
  target += -square(shrunk_lp(a) - b);
  for (part in split(v, 2)) target += -power_sum(part[1], 2) * 0.1;
  y ~ multi_normal(rep_vector(mean_of(a, b), N), kernel(to_array_1d(x), s));
  target += mean_of(v);
}
