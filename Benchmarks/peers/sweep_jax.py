"""The sweep of 240 runs by an expert: one vmapped, jitted program for each family in JAX, the loss of every step in sqlite3.

Seconds of the process after the interpreter's start, imports included.
"""

import os
import sqlite3
import tempfile

from common import arguments, clock, emit

begin = clock()
a = arguments(steps=2_000, seeds=20)
import jax
import jax.numpy as jnp
import numpy as np

from eight_schools import log_likelihood, log_prior
from jax_vi import LOG_2PI, adam, draw, start, zeros

BETAS = [0.25, 0.5, 1.0, 2.0]
D, RANK = 10, 2


def of_low_rank(parameters, noise):
    """A draw z = location + scale e + W f, and log q(z) by Woodbury's identity."""
    location, log_scale, W = parameters
    scale = jnp.exp(log_scale)
    whitened = noise[:D] + W @ noise[D:] / scale
    scaled = W / scale[:, None]
    (p, q), (_, r) = jnp.eye(RANK) + scaled.T @ scaled
    u, v = scaled.T @ whitened
    determinant = p * r - q * q
    removed = (r * u * u - 2 * q * u * v + p * v * v) / determinant
    log_q = -log_scale.sum() - 0.5 * jnp.log(determinant) - 0.5 * ((whitened**2).sum() - removed)
    return location + scale * whitened, log_q - 0.5 * D * LOG_2PI


def program(family):
    def loss(parameters, noise, beta):
        if family == "low-rank":
            z, log_q = of_low_rank(parameters, noise)
        else:
            z = draw(parameters, noise[:D])
            log_q = -parameters[1].sum() - 0.5 * (noise[:D] ** 2).sum() - 0.5 * D * LOG_2PI
        return -(log_likelihood(z) + beta * (log_prior(z) - log_q))

    def run(key, beta):
        def step(state, noise):
            value, gradient = jax.value_and_grad(loss)(state[0], noise, beta)
            return adam(*state, gradient), value

        first = start("mean-field", D) + (0.01 * jax.random.normal(key, (D, RANK)),) \
            if family == "low-rank" else start(family, D)
        noise = jax.random.normal(key, (a.steps, D + RANK))
        return jax.lax.scan(step, (first, zeros(first), zeros(first), jnp.float32(0)), noise)[1]

    return jax.jit(jax.vmap(run))


grid = [(beta, seed) for beta in BETAS for seed in range(a.seeds)]
betas = jnp.array([beta for beta, _ in grid])
keys = jnp.stack([jax.random.PRNGKey(seed) for _, seed in grid])
with tempfile.TemporaryDirectory() as folder:
    store = sqlite3.connect(os.path.join(folder, "runs.sqlite"))
    store.execute("pragma journal_mode = wal")
    store.execute("create table runs (id integer primary key, family text, beta real, seed integer)")
    store.execute("create table steps (run integer, step integer, loss real, primary key (run, step)) without rowid")
    ended = []
    for number, family in enumerate(["mean-field", "full-rank", "low-rank"]):
        losses = np.asarray(program(family)(keys, betas), "f8")
        for index, (beta, seed) in enumerate(grid):
            run = number * len(grid) + index
            with store:
                store.execute("insert into runs values (?, ?, ?, ?)", (run, family, beta, seed))
                store.executemany("insert into steps values (?, ?, ?)",
                                  [(run, step, loss) for step, loss in enumerate(losses[index].tolist())])
            if family == "mean-field" and beta == 1:
                ended.append(-losses[index, -a.steps // 10:].mean())
    store.close()
emit(clock() - begin, ["jax"], float(np.mean(ended)), note="only the loss of a step is stored")
