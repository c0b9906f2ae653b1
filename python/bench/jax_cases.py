"""The cases as JAX's users write them; a step that is not compiled is nothing they would write."""

import jax
import jax.numpy as jnp
import numpy as np
from data import BATCH, CLASSES, HIDDEN, INPUTS, ROWS, pictures


def _network():
    random = np.random.default_rng(0)

    def glorot(m, n):
        limit = (6 / (m + n)) ** 0.5
        return jnp.asarray(random.uniform(-limit, limit, (m, n)), jnp.float32)

    sizes = [(INPUTS, HIDDEN), (HIDDEN, CLASSES)]
    return [(glorot(m, n), jnp.zeros(n, jnp.float32)) for m, n in sizes]


def _logits(weights, x):
    (w1, b1), (w2, b2) = weights
    return jax.nn.relu(x @ w1 + b1) @ w2 + b2


def _loss(weights, x, y):
    picked = jnp.take_along_axis(jax.nn.log_softmax(_logits(weights, x)), y[:, None], 1)
    return -picked.mean()


def cases(library: str) -> dict:
    """Each case: what makes the call, the least seconds, the calls between looks at the clock."""

    def fit():
        x, y = pictures()
        zeros = jax.tree.map(jnp.zeros_like, _network())
        state = [_network(), zeros, zeros, jnp.zeros((), jnp.float32)]
        random = np.random.default_rng(1)

        @jax.jit
        def step(weights, first, second, t, x, y):
            gradients = jax.grad(_loss)(weights, x, y)
            t = t + 1
            first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradients)
            second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradients)
            rate = 1e-3 * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
            weights = jax.tree.map(
                lambda w, m, v: w - rate * m / (jnp.sqrt(v) + 1e-7), weights, first, second
            )
            return [weights, first, second, t]

        def epoch():
            nonlocal state
            order = random.permutation(ROWS)
            for start in range(0, ROWS, BATCH):
                rows = order[start : start + BATCH]
                state = step(*state, x[rows], y[rows])
            jax.block_until_ready(state)

        return epoch

    def add():
        a, b = jnp.arange(10.0), jnp.ones(10)

        def thousand():
            for _ in range(1000):
                c = a + b
            c.block_until_ready()

        return thousand

    def predict():
        weights = _network()
        forward = jax.jit(lambda x: jax.nn.softmax(_logits(weights, x)))
        row = pictures()[0][:1]
        return lambda: np.asarray(forward(row))

    return {
        "fit": (fit, 0.0, 1),
        "add": (add, 0.1, 1),
        "predict": (predict, 0.2, 5),
    }
