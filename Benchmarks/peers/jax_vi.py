"""Variational inference by hand in JAX: one jitted scan over Adam's steps, reparameterised draws, the entropy in closed form.

A full-rank Gaussian is diag(scale) times a unit lower triangle, as wb, NumPyro and Pyro have it.
"""

import jax
import jax.numpy as jnp
import numpy as np

LOG_2PI = float(np.log(2 * np.pi))
RATE = 0.01


def normal(x, mean, sd):
    return -0.5 * ((x - mean) / sd) ** 2 - jnp.log(sd) - 0.5 * LOG_2PI


def zeros(tree):
    return jax.tree.map(jnp.zeros_like, tree)


def adam(parameters, first, second, time, gradient, rate=RATE):
    """One step down the gradient (Kingma & Ba 2015, algorithm 1, in its efficient order)."""
    time = time + 1
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradient)
    second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradient)
    rate = rate * jnp.sqrt(1 - 0.999**time) / (1 - 0.9**time)
    parameters = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + 1e-8), parameters, first, second)
    return parameters, first, second, time


def start(family, dimension):
    """Location 0, scale 0.1."""
    own = jnp.zeros(dimension), jnp.full(dimension, np.log(0.1))
    return own if family == "mean-field" else own + (jnp.zeros((dimension, dimension)),)


def draw(parameters, noise):
    """Draws `[samples, dimension]` of noise of that shape."""
    scale = jnp.exp(parameters[1])
    if len(parameters) == 2:
        return parameters[0] + scale * noise
    return parameters[0] + scale * (noise @ jnp.tril(parameters[2], -1).T + noise)


def entropy(parameters):
    return parameters[1].sum() + 0.5 * len(parameters[1]) * (1 + LOG_2PI)


def fit(log_joint, family, dimension, samples, steps, ahead=True, minibatch=None):
    """A function (key, data) -> (parameters, elbos): noise, and rows of a minibatch, drawn ahead of the scan or within it.

    log_joint(z, rows, data) is of one draw; minibatch is (its size, the number of rows).
    """
    def chances(key, shape):
        noise, rows = jax.random.split(key)
        size = minibatch and jax.random.randint(rows, shape + minibatch[:1], 0, minibatch[1])
        return jax.random.normal(noise, shape + (samples, dimension)), size

    def loss(parameters, noise, rows, data):
        z = draw(parameters, noise)
        # One draw without vmap: XLA then emits a product with a vector.
        value = log_joint(z[0], rows, data) if samples == 1 else jax.vmap(
            lambda z: log_joint(z, rows, data))(z).mean()
        return -(value + entropy(parameters))

    def run(key, data):
        def step(state, chance):
            noise, rows = chance if ahead else chances(chance, ())
            value, gradient = jax.value_and_grad(loss)(state[0], noise, rows, data)
            return adam(*state, gradient), -value

        first = start(family, dimension)
        state = first, zeros(first), zeros(first), jnp.float32(0)
        xs = chances(key, (steps,)) if ahead else jax.random.split(key, steps)
        (parameters, *_), elbos = jax.lax.scan(step, state, xs)
        return parameters, elbos

    return run


def compiled(function, *arguments):
    return jax.jit(function).lower(*arguments).compile()
