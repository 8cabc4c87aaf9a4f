"""A Gaussian target of equal correlations, full rank, by hand in JAX: steps per second once compiled."""

from common import arguments, best, emit, tail

a = arguments(dimension=100, correlation=0.9, samples=10, steps=10_000)
import jax
import jax.numpy as jnp
import numpy as np

from jax_vi import LOG_2PI, compiled, fit

D = a.dimension
covariance = np.full((D, D), a.correlation) + (1 - a.correlation) * np.eye(D)
factor = np.linalg.cholesky(covariance)
whitening = jnp.asarray(np.linalg.inv(factor), "f4")
constant = float(-np.log(np.diag(factor)).sum() - 0.5 * D * LOG_2PI)


def log_joint(z, rows, whitening):
    return constant - 0.5 * ((whitening @ z) ** 2).sum()


key = jax.random.PRNGKey(0)
run = compiled(fit(log_joint, "full-rank", D, a.samples, a.steps), key, whitening)
elbos = run(key, whitening)[1]
emit(a.steps / best(lambda: jax.block_until_ready(run(key, whitening))), ["jax"], tail(elbos))
