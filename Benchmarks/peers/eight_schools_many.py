"""Many seeds of eight schools at once by hand-vmapped JAX, the terms of every step, or of every tenth, as rows of sqlite3.

Run-steps per second of the whole process after its imports: compiling, fitting and storing.
"""

import os
import sqlite3
import tempfile

from common import arguments, clock, emit

a = arguments(steps=10_000, seeds=512, every=1)
import jax
import jax.numpy as jnp
import numpy as np

from eight_schools import log_likelihood, log_prior
from jax_vi import adam, draw, entropy, start, zeros


def loss(parameters, noise):
    z = draw(parameters, noise)
    reconstruction, prior, h = log_likelihood(z), log_prior(z), entropy(parameters)
    elbo = reconstruction + prior + h
    return -elbo, (elbo, reconstruction, -h - prior, reconstruction + prior, h)


def one(key):
    def step(state, noise):
        (_, terms), gradient = jax.value_and_grad(loss, has_aux=True)(state[0], noise)
        norm = jnp.sqrt(sum((g * g).sum() for g in gradient))
        return adam(*state, gradient), jnp.stack([*terms, norm])

    def block(state, noise):
        state, rows = step(state, noise[0])
        return jax.lax.scan(lambda s, n: (step(s, n)[0], None), state, noise[1:])[0], rows

    first = start("mean-field", 10)
    noise = jax.random.normal(key, (a.steps // a.every, a.every, 10))
    return jax.lax.scan(block, (first, zeros(first), zeros(first), jnp.float32(0)), noise)[1]


begin = clock()
rows = np.asarray(jax.jit(jax.vmap(one))(jax.random.split(jax.random.PRNGKey(0), a.seeds)), "f8")
with tempfile.TemporaryDirectory() as folder:
    store = sqlite3.connect(os.path.join(folder, "runs.sqlite"))
    store.execute("pragma journal_mode = wal")
    store.execute("""create table steps (run integer, step integer, elbo real, reconstruction real, kl_prior real,
                     log_joint real, entropy real, grad_norm real, primary key (run, step)) without rowid""")
    for seed in range(a.seeds):
        with store:
            store.executemany("insert into steps values (?, ?, ?, ?, ?, ?, ?, ?)",
                              [(seed, index * a.every, *terms) for index, terms in enumerate(rows[seed].tolist())])
    store.close()
seconds = clock() - begin
emit(a.steps * a.seeds / seconds, ["jax"], float(rows[:, -len(rows[0]) // 10:, 0].mean()),
     note="after imports, which take another second")
