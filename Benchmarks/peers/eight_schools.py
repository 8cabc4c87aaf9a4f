"""The eight schools' log joint in JAX (Rubin 1981), noncentered: z is mu, log tau, theta_raw[8]."""

import jax.numpy as jnp
import numpy as np

from common import SCHOOLS_SIGMA, SCHOOLS_Y
from jax_vi import normal


def log_prior(z):
    tau = jnp.exp(z[1])
    half_cauchy = np.log(2 / np.pi / 5) - jnp.log1p((tau / 5) ** 2) + z[1]
    return normal(z[0], 0.0, 5.0) + half_cauchy + normal(z[2:], 0.0, 1.0).sum()


def log_likelihood(z):
    return normal(SCHOOLS_Y, z[0] + jnp.exp(z[1]) * z[2:], SCHOOLS_SIGMA).sum()


def log_joint(z, rows=None, data=None):
    return log_prior(z) + log_likelihood(z)
