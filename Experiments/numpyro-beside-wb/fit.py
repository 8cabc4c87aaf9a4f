"""Eight schools, noncentered, by NumPyro's SVI: one run of a sweep of wb."""

import json
import os

import jax
import jax.numpy as jnp
import numpyro
import numpyro.distributions as dist
import optax
from numpyro.infer import SVI, Trace_ELBO
from numpyro.infer.autoguide import AutoMultivariateNormal, AutoNormal

jax.config.update("jax_enable_x64", True)

# Rubin (1981): estimated effects and their standard errors.
effects = jnp.array([28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0])
errors = jnp.array([15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0])
guides = {"mean-field": AutoNormal, "full-rank": AutoMultivariateNormal}


def model():
    mean = numpyro.sample("mean", dist.Normal(0.0, 5.0))
    scale = numpyro.sample("scale", dist.HalfCauchy(5.0))
    standardized = numpyro.sample("standardized", dist.Normal(jnp.zeros(8), 1.0).to_event(1))
    numpyro.sample("effects", dist.Normal(mean + scale * standardized, errors).to_event(1), obs=effects)


with open(os.environ["WB_PARAMETERS"]) as file:
    told = json.load(file)
rate = told["optimizer"]["adam"]["learning_rate"]
steps, every = told["steps"], told["record"]["every"]
optimizer = numpyro.optim.optax_to_numpyro(optax.adam(optax.cosine_decay_schedule(rate, steps)))
guide = guides[told["family"]](model)
svi = SVI(model, guide, optimizer, Trace_ELBO(num_particles=told["samples"]))
state = svi.init(jax.random.PRNGKey(told["seed"]))


@jax.jit
def advance(state):
    """Some updates; the last one's estimate of the bound is that before it."""
    state, losses = jax.lax.scan(lambda state, _: svi.update(state), state, None, length=every)
    return state, -losses[-1]


with os.fdopen(int(os.environ["WB_METRICS_FD"]), "w") as metrics:
    for step in range(every, steps + 1, every):
        state, elbo = advance(state)
        print(json.dumps({"step": step - 1, "elbo": float(elbo)}), file=metrics, flush=True)
    # The bound at the end from 20,000 draws, whose spread says how sure it is.
    one = Trace_ELBO()
    losses = jax.vmap(lambda key: one.loss(key, svi.get_params(state), model, guide))(
        jax.random.split(jax.random.PRNGKey(0), 20_000))
    final = {"elbo": float(-losses.mean()), "elbo_se": float(losses.std() / len(losses) ** 0.5)}
    print(json.dumps({"final": final}), file=metrics)
