"""Exercise `mlp_step`: lecture L3's two-layer perceptron, one update."""

import numpy as np
from scipy.special import expit

from autograder.exercises.arrays import frozen
from autograder.exercises.backprop.parts import irregular
from autograder.exercises.backprop.perceptron_twins import TWINS
from autograder.reference import backprop as reference
from autograder.space import Factor, Space
from autograder.spec import Case, Exercise


def _count(name, axis, what):
    return Factor(what, (f"several {what}s", f"one {what}"), lambda given: (
        f"one {what}" if np.shape(given[name])[axis] == 1 else f"several {what}s"))


SPACE = Space((_count("w_hidden", 1, "input"), _count("w_hidden", 0, "hidden unit"),
               _count("w_out", 0, "output")))


def each_layer(why, args):
    """One case per weight matrix."""
    yield Case(f"{why} (w_out)", args, aspect="w_out", part=1)
    yield Case(f"{why} (w_hidden)", args, aspect="w_hidden", part=0)


def visible():
    yield from each_layer(
        "2 inputs, 1 hidden unit, 1 output",
        (np.array([1.0, -2.0]), np.array([1.0]), np.array([[0.5, 0.25]]), np.array([[2.0]]), 4.0),
    )
    yield from each_layer(
        "3 inputs, 2 hidden units, 2 outputs",
        (np.array([1.0, 0.5, -1.0]), np.array([0.0, 1.0]),
         np.array([[1.0, -0.5, 0.25], [0.5, 2.0, -1.0]]), np.array([[1.5, -1.0], [0.5, 0.75]]),
         10.0),
    )


def hidden(draw):
    rng = draw.rng

    def case(why, n_in, n_hidden, n_out, eta):
        return each_layer(why, (
            irregular(rng, n_in) / n_in, rng.permutation(np.linspace(0.05, 0.95, n_out)),
            irregular(rng, n_hidden, n_in) / (n_hidden * n_in),
            irregular(rng, n_out, n_hidden) / (n_out * n_hidden), eta,
        ))

    yield from case("3 inputs, 4 hidden units, 2 outputs", 3, 4, 2, 20.0)
    yield from case("5 inputs, 2 hidden units, 3 outputs", 5, 2, 3, 7.0)
    yield from case("as many inputs as hidden units and outputs", 3, 3, 3, 10.0)
    yield from case("one output", 2, 3, 1, 30.0)
    yield from case("one input", 1, 3, 2, 9.0)
    yield from case("one hidden unit", 3, 1, 2, 6.0)
    yield from case("one of each", 1, 1, 1, 4.0)
    read_only = map(frozen, (
        irregular(rng, 4)[::2], np.array([0.2, 0.9]), irregular(rng, 3, 2) / 4,
        irregular(rng, 3, 2).T / 4,
    ))
    yield from each_layer("read-only weights, one matrix transposed", (*read_only, 15.0))


def unit_by_unit(x, t, w_hidden, w_out, eta):
    sigmoid = np.vectorize(lambda v: 1 / (1 + np.exp(-v)))
    y = sigmoid([np.dot(row, x) for row in w_hidden])
    z = sigmoid([np.dot(row, y) for row in w_out])
    delta_k = [(t[k] - z[k]) * z[k] * (1 - z[k]) for k in range(len(z))]
    new_hidden, new_out = w_hidden.copy(), w_out.copy()
    for j in range(len(y)):
        back = sum(w_out[k, j] * delta_k[k] for k in range(len(z)))
        for i in range(len(x)):
            new_hidden[j, i] += eta * y[j] * (1 - y[j]) * back * x[i]
        for k in range(len(z)):
            new_out[k, j] += eta * delta_k[k] * y[j]
    return new_hidden, new_out


def downhill(x, t, w_hidden, w_out, eta):
    y = 0.5 * (1 + np.tanh(0.5 * (w_hidden @ x)))
    z = 0.5 * (1 + np.tanh(0.5 * (w_out @ y)))
    d_net = (z - t) * z * (1 - z)
    d_y = d_net @ w_out
    d_hidden = (d_y * y * (1 - y))[:, np.newaxis] * x
    return w_hidden - eta * d_hidden, w_out - eta * d_net[:, np.newaxis] * y


def columns(x, t, w_hidden, w_out, eta):
    x, t = x.reshape(-1, 1), t.reshape(-1, 1)
    y = expit(w_hidden @ x)
    z = expit(w_out @ y)
    upper = (t - z) * z * (1 - z)
    lower = (w_out.T @ upper) * (y - y**2)
    return [w_hidden + eta * (lower @ x.T), w_out + eta * (upper @ y.T)]


EXERCISE = Exercise(
    id="mlp_step",
    reference=reference.mlp_step,
    aspects={"w_out": 2, "w_hidden": 2},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=TWINS,
    variants=(unit_by_unit, downhill, columns),
    hints=(
        "Forward first: `net_j = w_hidden @ x`, `y` is its sigmoid, and once more for `z`. The "
        "slope of the sigmoid can be had from its value: `y * (1 - y)`.",
        "Then the two deltas, from the top down. `delta_k` needs `t`, `z` and the slope at the "
        "output; `delta_j` needs `w_out` as it was *before* the update.",
        "`w_out.T @ delta_k` sends the deltas back through the weights. An update is an outer "
        "product: `np.outer(delta, activity_below)`, times `eta`, added to the old weights.",
    ),
)
