"""The VAE 784-400-20-400-784 by hand in JAX: a jitted scan over minibatches, steps per second once compiled."""

from common import arguments, best, emit, images

a = arguments(batch=128, steps=200)
import jax
import jax.numpy as jnp

from jax_vi import adam, compiled, zeros

SIZES = dict(first=(784, 400), mean=(400, 20), log_variance=(400, 20), second=(20, 400), logits=(400, 784))


def begin(key):
    """Weights and biases uniform within one over the root of what comes in."""
    def layer(key, size):
        bound = size[0] ** -0.5
        keys = jax.random.split(key)
        return (jax.random.uniform(keys[0], size, minval=-bound, maxval=bound),
                jax.random.uniform(keys[1], size[1:], minval=-bound, maxval=bound))
    return {name: layer(k, size) for k, (name, size) in zip(jax.random.split(key, len(SIZES)), SIZES.items())}


def loss(p, x, key):
    linear = lambda name, x: x @ p[name][0] + p[name][1]
    hidden = jax.nn.relu(linear("first", x))
    mean, log_variance = linear("mean", hidden), linear("log_variance", hidden)
    z = mean + jnp.exp(0.5 * log_variance) * jax.random.normal(key, mean.shape)
    logits = linear("logits", jax.nn.relu(linear("second", z)))
    kl = -0.5 * (1 + log_variance - mean * mean - jnp.exp(log_variance)).sum()
    return ((jax.nn.softplus(logits) - x * logits).sum() + kl) / len(x)


def run(state, X, key):
    order, noise = jax.random.split(key)
    epochs = -(-a.steps * a.batch // len(X))
    shuffled = jax.vmap(lambda k: jax.random.permutation(k, len(X)))(jax.random.split(order, epochs))
    rows = shuffled.reshape(-1)[: a.steps * a.batch].reshape(a.steps, a.batch)

    def step(state, chance):
        value, gradient = jax.value_and_grad(loss)(state[0], X[chance[0]], chance[1])
        return adam(*state, gradient, rate=0.001), -value
    return jax.lax.scan(step, state, (rows, jax.random.split(noise, a.steps)))


X = jnp.asarray(images(a, "images-train-idx3-ubyte"))
key = jax.random.PRNGKey(0)
p = begin(key)
state = p, zeros(p), zeros(p), jnp.float32(0)
fit = compiled(run, state, X, key)
elbos = fit(state, X, key)[1]
emit(a.steps / best(lambda: jax.block_until_ready(fit(state, X, key))), ["jax"], float(elbos[-20:].mean()))
