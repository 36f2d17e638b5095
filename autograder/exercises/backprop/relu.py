"""Exercise `relu_backward`: the gate that was open on the way forward."""

import numpy as np

from autograder.exercises.arrays import frozen
from autograder.exercises.backprop.parts import irregular
from autograder.reference import backprop as reference
from autograder.space import Factor, Space
from autograder.spec import Case, Exercise, Twin

right = reference.relu_backward
AXES = ("one axis", "two axes", "three axes")
SPACE = Space((
    Factor("axes", AXES, lambda given: AXES[np.ndim(given["x"]) - 1]),
    Factor("size", ("numbers beyond 1", "numbers close to zero"), lambda given: (
        "numbers close to zero" if np.abs(given["x"]).max() < 0.5 else
        "numbers beyond 1" if np.abs(given["x"]).min() >= 1 else None)),
))


def visible():
    yield Case("6 numbers of both signs",
               (np.array([2.0, -5.0, 3.0, 7.0, -1.0, 4.0]),
                np.array([-1.0, 3.0, 0.5, -2.0, 4.0, -6.0])))
    yield Case("a table with zeros in it",
               (np.array([[4.0, -3.0, 5.0], [-2.0, 6.0, 1.0]]),
                np.array([[0.0, 2.0, -1.0], [3.0, 0.0, 0.0]])), aspect="zero")


def hidden(draw):
    rng = draw.rng
    yield Case("a table", (irregular(rng, 4, 5), irregular(rng, 4, 5)))
    yield Case("three channels", (irregular(rng, 3, 2, 4), irregular(rng, 3, 2, 4)))
    yield Case("every other number of a series",
               (irregular(rng, 12)[::2], irregular(rng, 12)[::2]))
    yield Case("read-only arrays", (frozen(irregular(rng, 6)), frozen(irregular(rng, 6))))
    for why, shape in (("a series", (8,)), ("a table", (3, 4)), ("channels", (2, 2, 3))):
        yield Case(f"{why} of numbers beyond 1", (irregular(rng, *shape), irregular(rng, *shape)))
        yield Case(f"{why} of numbers close to zero",
                   (irregular(rng, *shape), irregular(rng, *shape) / 1000))
    x = irregular(rng, 3, 4)
    x.flat[rng.permutation(12)[:4]] = 0.0
    yield Case("some entries are exactly zero", (irregular(rng, 3, 4), x), aspect="zero")


def open_at_zero(dout, x):
    return np.where(x >= 0, dout, 0.0)


def gate_on_dout(dout, x):
    return np.where(dout > 0, dout, 0.0)


def both_gates(dout, x):
    return np.where((x > 0) & (dout > 0), dout, 0.0)


def gate_only(dout, x):
    return (x > 0).astype(float)


def times_x(dout, x):
    return dout * np.maximum(x, 0.0)


def gate_reversed(dout, x):
    return np.where(x < 0, dout, 0.0)


def no_gate(dout, x):
    return dout.copy()


def half_at_zero(dout, x):
    return np.where(x > 0, dout, np.where(x == 0, dout / 2, 0.0))


def input_changed(dout, x):
    dout[x <= 0] = 0.0
    return dout


def mask_product(dout, x):
    return dout * (x > 0)


def copy_and_clear(dout, x):
    dx = dout.copy()
    dx[x <= 0] = 0
    return dx


def heaviside(dout, x):
    return np.heaviside(x, 0.0) * dout


def one_by_one(dout, x):
    dx = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        if x[index] > 0:
            dx[index] = dout[index]
    return dx


EXERCISE = Exercise(
    id="relu_backward",
    reference=right,
    aspects={"values": 1, "zero": 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=(
        Twin("open-at-zero", open_at_zero,
             "Entries that are exactly 0 let the gradient through.",
             "The course's choice at the kink: no gradient where `x <= 0`.", costs=("zero",)),
        Twin("half-at-zero", half_at_zero,
             "Entries that are exactly 0 let half of the gradient through.",
             "That is the mean of both sides; the course's choice at the kink is 0.",
             costs=("zero",)),
        Twin("gate-on-dout", gate_on_dout,
             "You looked at the sign of `dout`, not at that of `x`.",
             "On the way forward it was `x` that was cut off. Negative gradients are fine."),
        Twin("both-gates", both_gates,
             "You let only positive gradients through.",
             "On the way forward it was `x` that was cut off. Negative gradients are fine."),
        Twin("gate-only", gate_only,
             "You return the slope of ReLU, without the upstream gradient.",
             "The chain rule is a product. Which factor is missing?"),
        Twin("times-x", times_x,
             "You multiplied by the output of ReLU instead of its slope.",
             "For `x > 0` ReLU is the line y = x. What is the slope of that line?"),
        Twin("gate-reversed", gate_reversed,
             "The gradient passes where `x` is negative.",
             "For which `x` does a small nudge change ReLU's output?"),
        Twin("no-gate", no_gate,
             "The upstream gradient passes unchanged.",
             "For which `x` does a small nudge change ReLU's output, and for which does it not?"),
        Twin("input-changed", input_changed,
             "The gradient is right, but your function overwrites the `dout` it was given.",
             "Build a new array, or work on `dout.copy()`.", costs=("values",)),
    ),
    variants=(mask_product, copy_and_clear, heaviside, one_by_one),
    hints=(
        "Two straight lines meet in the graph of ReLU. What are their slopes?",
        "The comparison `x > 0` gives an array of yes and no; multiplied, they count as 1 and 0.",
    ),
)
