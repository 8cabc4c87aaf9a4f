"""One run of eight schools in NumPyro's fastest path: svi.update in a scan that is jitted once."""

from common import SCHOOLS_SIGMA, SCHOOLS_Y, arguments, best, clock, emit, tail

a = arguments(steps=50_000, samples=1, figure=["rate", "start"])
import jax
import numpyro
import numpyro.distributions as dist
from numpyro.infer import SVI, Trace_ELBO
from numpyro.infer.autoguide import AutoNormal


def model():
    mu = numpyro.sample("mu", dist.Normal(0, 5))
    tau = numpyro.sample("tau", dist.HalfCauchy(5))
    with numpyro.plate("schools", 8):
        theta = numpyro.sample("theta_raw", dist.Normal(0, 1))
        numpyro.sample("y", dist.Normal(mu + tau * theta, SCHOOLS_SIGMA), obs=SCHOOLS_Y)


begin = clock()
steps = a.steps if a.figure == "rate" else 1
svi = SVI(model, AutoNormal(model, init_scale=0.1), numpyro.optim.Adam(0.01), Trace_ELBO(num_particles=a.samples))
state = svi.init(jax.random.PRNGKey(0))
run = jax.jit(lambda state: jax.lax.scan(lambda s, _: svi.update(s), state, length=steps)).lower(state).compile()
losses = jax.block_until_ready(run(state))[1]
if a.figure == "start":
    emit(clock() - begin, ["numpyro", "jax"], note="trace, compile and one step; imports are not counted")
else:
    emit(steps / best(lambda: jax.block_until_ready(run(state))), ["numpyro", "jax"], tail(-losses))
