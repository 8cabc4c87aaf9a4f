"""One run of eight schools, mean-field, by hand in JAX: steps per second once compiled, or seconds to the first step."""

from common import arguments, best, clock, emit, tail

a = arguments(steps=100_000, samples=1, noise=["ahead", "in-the-loop"], figure=["rate", "start"])
begin = clock()
import jax

from eight_schools import log_joint
from jax_vi import compiled, fit

steps = a.steps if a.figure == "rate" else 1
key = jax.random.PRNGKey(0)
imported = clock()
run = compiled(fit(log_joint, "mean-field", 10, a.samples, steps, ahead=a.noise == "ahead"), key, None)
elbos = jax.block_until_ready(run(key, None))[1]
if a.figure == "start":
    emit(clock() - imported, ["jax"], note="trace, compile and one step; imports are not counted")
else:
    emit(steps / best(lambda: jax.block_until_ready(run(key, None))), ["jax"], tail(elbos))
