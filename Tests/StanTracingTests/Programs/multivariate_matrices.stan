// Distributions over simplices, correlations and covariances.
data {
  int<lower=1> K;
  cov_matrix[K] W;
  array[2] simplex[K] shares;
}
parameters {
  simplex[K] theta;
  vector<lower=0>[K] alpha;
  array[2] vector<lower=0>[K] alphas;
  corr_matrix[K] R;
  cholesky_factor_corr[K] L;
  cov_matrix[K] S;
  cholesky_factor_cov[K] F;
  real<lower=0> eta;
  real<lower=2> nu;
}
model {
  theta ~ dirichlet(alpha);
  shares ~ dirichlet(alpha);
  shares ~ dirichlet(alphas);
  theta ~ dirichlet(rep_vector(2, K));
  R ~ lkj_corr(eta);
  R ~ lkj_corr(1);
  L ~ lkj_corr_cholesky(eta);
  L ~ lkj_corr_cholesky(2);
  S ~ wishart(nu + K, W);
  W ~ wishart(K + nu, S);
  S ~ inv_wishart(nu + K, W);
  W ~ inv_wishart(K + nu, S);
  F ~ wishart_cholesky(nu + K, cholesky_decompose(W));
  F ~ inv_wishart_cholesky(nu + K, cholesky_decompose(W));
  alpha ~ exponential(1);
  for (i in 1:2) alphas[i] ~ exponential(1);
  eta ~ exponential(1);
  nu ~ exponential(1);
}
