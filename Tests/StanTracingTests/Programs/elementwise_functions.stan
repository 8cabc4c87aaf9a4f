// Functions of each element of numbers, vectors, matrices and arrays.
parameters {
  real x;
  vector[3] v;
  matrix[2, 2] M;
  array[2] real a;
  array[2] vector[2] w;
  real<lower=0, upper=1> p;
  vector<lower=0>[2] q;
}
model {
  target += sum(exp(-square(v))) + sum(log(q)) + sum(sqrt(q)) + sum(square(a)) * -0.1;
  target += inv(q[1]) * -0.1 + sum(inv_sqrt(q)) + sum(inv_square(1 + q)) + sum(log1p(q)) + log1m(p);
  target += expm1(-square(x)) + sum(log1p_exp(M)) + sum(log1m_exp(-q)) + exp2(-abs(x)) + sum(log2(q)) + log10(q[2]);
  target += logit(p) + sum(inv_logit(v)) + sum(log_inv_logit(M)) + sum(log1m_inv_logit(v)) + inv_cloglog(x);
  target += inv_Phi(p) + sum(Phi(v)) + sum(Phi_approx(v)) + sum(erf(v)) + erfc(x) + std_normal_qf(p);
  target += std_normal_log_qf(log(p)) + sum(abs(v)) + sum(abs(M));
  target += sum(sin(v)) + sum(cos(v)) + tan(x) + asin(p) + acos(p) + sum(atan(v)) + sinh(x) - cosh(x);
  target += sum(tanh(v)) + sum(asinh(v)) + acosh(1 + q[1]) + atanh(p) + sum(cbrt(1 + q));
  target += sum(floor(v)) + sum(ceil(v)) + round(3 * x) + trunc(5 * x) + step(x);
  target += sum(lgamma(q)) + tgamma(q[1]) * -0.01 + sum(digamma(q)) + trigamma(2.5) * x;
  target += sum(to_vector(exp(-square(w[1])))) + sum(exp(w)[2]) * -0.1 + inv_erfc(p);
  target += is_nan(x) + is_inf(x) + sum(-M) + sum(+v);
  v ~ normal(0, 1);
  to_vector(M) ~ normal(0, 1);
  a ~ normal(0, 1);
}
