// Varying intercepts and slopes with correlations, the usual non-centred form.
data {
  int<lower=1> N;
  int<lower=1> G;
  array[N] int<lower=1, upper=G> g;
  vector[N] x;
  array[N] int<lower=0, upper=1> z;
}
parameters {
  vector[2] beta;
  vector<lower=0>[2] tau;
  cholesky_factor_corr[2] L;
  matrix[2, G] raw;
}
transformed parameters {
  matrix[G, 2] b = (diag_pre_multiply(tau, L) * raw)';
}
model {
  beta ~ normal(0, 2);
  tau ~ student_t(3, 0, 2.5);
  L ~ lkj_corr_cholesky(2);
  to_vector(raw) ~ std_normal();
  z ~ bernoulli_logit(beta[1] + b[g, 1] + (beta[2] + b[g, 2]) .* x);
}
generated quantities {
  matrix[2, 2] R = multiply_lower_tri_self_transpose(L);
}
