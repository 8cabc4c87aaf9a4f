// Cumulative distribution functions over the real line, of traced outcomes and arguments.
data {
  int<lower=1> N;
  vector[N] y;
}
parameters {
  real x;
  real mu;
  real<lower=0> sigma;
  real<lower=0> nu;
  real<lower=0, upper=1> tau;
  vector[N] v;
}
model {
  target += normal_lcdf(x | mu, sigma) + normal_lccdf(x | mu, sigma) + normal_cdf(x | mu, sigma);
  target += normal_lcdf(y | v, sigma) + normal_lccdf(y | v, sigma);
  target += std_normal_lcdf(x) + std_normal_lccdf(v) + std_normal_cdf(x);
  target += student_t_lcdf(x | nu, mu, sigma) + student_t_lccdf(x | nu, mu, sigma) + student_t_cdf(x | nu, mu, sigma);
  target += student_t_lcdf(y | nu, v, sigma) + student_t_lccdf(y | nu, v, sigma);
  target += cauchy_lcdf(x | mu, sigma) + cauchy_lccdf(y | v, sigma) + cauchy_cdf(x | mu, sigma);
  target += double_exponential_lcdf(y | v, sigma) + double_exponential_lccdf(y | v, sigma);
  target += double_exponential_cdf(x | mu, sigma);
  target += logistic_lcdf(x | mu, sigma) + logistic_lccdf(y | v, sigma) + logistic_cdf(x | mu, sigma);
  target += gumbel_lcdf(x | mu, sigma) + gumbel_lccdf(y | v, sigma) + gumbel_cdf(x | mu, sigma);
  target += skew_double_exponential_lcdf(y | v, sigma, tau) + skew_double_exponential_lccdf(y | v, sigma, tau);
  target += uniform_lcdf(x | mu - 4, mu + 6 + sigma) + uniform_lccdf(x | mu - 4, mu + 6 + sigma);
  v ~ normal(0, 1);
}
