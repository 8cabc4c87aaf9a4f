"""Logistic regression by hand in JAX, full batch or minibatch, one run or many seeds: run-steps per second once compiled.

Many seeds are run as one vmapped program and one after the other, and the faster way counts.
"""

from common import arguments, best, emit, table, tail

a = arguments(file="logistic-small.csv", minibatch=0, family=["mean-field", "full-rank"], seeds=1, steps=10_000)
import jax
import jax.numpy as jnp

from jax_vi import compiled, fit, normal

X, y = map(jnp.asarray, table(a, a.file))
N, D = X.shape


def log_joint(z, rows, data):
    X, y = data if rows is None else (data[0][rows], data[1][rows])
    logits = X @ z
    return normal(z, 0.0, 1.0).sum() + N / len(y) * (y * logits - jax.nn.softplus(logits)).sum()


fit_one = fit(log_joint, a.family, D, 1, a.steps, minibatch=(a.minibatch, N) if a.minibatch else None)
keys = jax.random.split(jax.random.PRNGKey(0), a.seeds)
run = compiled(fit_one, keys[0], (X, y))
seconds = best(lambda: [jax.block_until_ready(run(key, (X, y))) for key in keys])
way = "one after the other"
if a.seeds > 1:
    together = compiled(jax.vmap(fit_one, in_axes=(0, None)), keys, (X, y))
    vmapped = best(lambda: jax.block_until_ready(together(keys, (X, y))))
    if vmapped < seconds:
        seconds, way = vmapped, "vmapped"
emit(a.steps * a.seeds / seconds, ["jax"], tail(run(keys[0], (X, y))[1]), note=way if a.seeds > 1 else "")
