"""EM of a Gaussian mixture with full covariances by hand in JAX: iterations per second once compiled."""

import os

from common import arguments, best, emit

a = arguments(iterations=40, precision=["float32", "float64"])
import jax
import jax.numpy as jnp
import numpy as np
from jax.scipy.linalg import solve_triangular
from jax.scipy.special import logsumexp

if a.precision == "float64":
    jax.config.update("jax_enable_x64", True)
X = np.loadtxt(os.path.join(a.data, "mixture.csv"), delimiter=",", skiprows=1, dtype=a.precision)
means = np.loadtxt(os.path.join(a.data, "mixture-start.csv"), delimiter=",", skiprows=1, dtype=a.precision)
(N, D), K = X.shape, len(means)
identity = np.eye(D, dtype=a.precision)


def log_joint(X, weights, means, covariances):
    """log p(x, k) as `[rows, components]`."""
    def of(k):
        factor = jnp.linalg.cholesky(covariances[k])
        whitening = solve_triangular(factor, identity, lower=True).T
        distance = ((X @ whitening - means[k] @ whitening) ** 2).sum(1)
        return (jnp.log(weights[k]) - jnp.log(jnp.diag(factor)).sum() - 0.5 * D * np.log(2 * np.pi) - 0.5 * distance)
    return jnp.stack([of(k) for k in range(K)], 1)


def iteration(X, state):
    joint = log_joint(X, *state)
    evidence = logsumexp(joint, axis=1)
    shares = jnp.exp(joint - evidence[:, None])
    counts = shares.sum(0)
    means = shares.T @ X / counts[:, None]

    def covariance(k):
        centered = X - means[k]
        return (shares[:, k:k + 1] * centered).T @ centered / counts[k]
    return (counts / N, means, jnp.stack([covariance(k) for k in range(K)])), evidence.sum()


def run(X, state):
    return jax.lax.scan(lambda s, _: iteration(X, s), state, length=a.iterations)


X = jnp.asarray(X)
state = jnp.full(K, 1 / K, a.precision), jnp.asarray(means), jnp.stack([jnp.asarray(identity)] * K)
em = jax.jit(run).lower(X, state).compile()
end = em(X, state)[0]
result = float(jax.jit(iteration)(X, end)[1])
emit(a.iterations / best(lambda: jax.block_until_ready(em(X, state))), ["jax"], result, a.precision)
