"""Exercise `numeric_gradient`: nudge every entry both ways."""

import numpy as np

from autograder.exercises.backprop.numeric_twins import TWINS
from autograder.exercises.corners import numbers as types
from autograder.reference import backprop as reference
from autograder.space import Factor, Space
from autograder.spec import Case, Exercise
from course.probes import PROBES

AXES = ("one axis", "two axes", "three axes")
SPACE = Space((
    Factor("axes", AXES, lambda given: AXES[np.ndim(given["x"]) - 1]),
    Factor("eps", ("the usual step", "a step of its own"), lambda given: (
        "the usual step" if given["eps"] == 1e-5 else "a step of its own")),
    Factor("numbers", ("decimals in x", "whole numbers in x"), types("x", "x").of),
))


def visible():
    yield Case("a sum of cubes of 3 numbers, moved by 0.5",
               (PROBES["sum of cubes"], np.array([1.0, -2.0, 3.0])), {"eps": 0.5}, "step")
    yield Case("products of neighbours of 4 numbers",
               (PROBES["products of neighbours"], np.array([1.5, -2.0, 3.0, 0.5])))
    yield Case("a table of 2 rows and 3 columns",
               (PROBES["squares weighted by position"],
                np.array([[1.25, -2.0, 3.5], [0.75, 4.0, -1.5]])))
    yield Case("an array of whole numbers",
               (PROBES["sum of squares"], np.array([3, -1, 2])), aspect="whole numbers")


def hidden(draw):
    rng = draw.rng

    def numbers(*shape):
        count = int(np.prod(shape))
        sizes = rng.permutation(np.arange(1, count + 1)) / 4 + 0.1 * rng.random(count)
        return (sizes * np.resize([1.0, -1.0, 1.0], count)).reshape(shape)

    yield Case("a function that weighs each place differently",
               (PROBES["squares weighted by position"], numbers(3, 4)))
    yield Case("a function in which neighbours depend on each other",
               (PROBES["products of neighbours"], numbers(7)))
    yield Case("a function that looks at rows, of an array of three axes",
               (PROBES["cubes of row sums"], numbers(2, 3, 2)))
    yield Case("every other column of a larger array",
               (PROBES["sum of cubes"], numbers(3, 6)[:, ::2]))
    yield Case("a single number in an array", (PROBES["sum of sines"], numbers(1)))
    yield Case("a large step on cubes", (PROBES["sum of cubes"], numbers(4)), {"eps": 0.25}, "step")
    yield Case("a large step on rows", (PROBES["cubes of row sums"], numbers(3, 2)), {"eps": 0.5},
               "step")
    yield Case("a large step on sines", (PROBES["sum of sines"], numbers(5)), {"eps": 1.0}, "step")
    whole = rng.permutation(np.array([-4, -3, -1, 2, 5, 6]))
    yield Case("whole numbers", (PROBES["squares weighted by position"], whole),
               aspect="whole numbers")
    yield Case("a table of whole numbers and a step below one",
               (PROBES["sum of cubes"], whole.reshape(2, 3)), {"eps": 0.25}, "whole numbers")
    yield Case("a block of three axes of whole numbers",
               (PROBES["cubes of row sums"], whole.reshape(1, 2, 3)), {"eps": 0.5},
               "whole numbers")
    yield Case("a block of three axes of decimals", (PROBES["cubes of row sums"],
                                                     numbers(2, 2, 2)), {"eps": 0.5}, "step")
    for shape in ((6,), (3, 2), (2, 3, 1)):
        yield Case("whole numbers", (PROBES["squares weighted by position"],
                                     whole.reshape(shape)), aspect="whole numbers")


def flat_loop(f, x, eps=1e-5):
    x = np.array(x, dtype=np.float64)
    result = np.empty(x.size)
    for i in range(x.size):
        old = x.flat[i]
        x.flat[i] = old + eps
        above = f(x)
        x.flat[i] = old - eps
        below = f(x)
        x.flat[i] = old
        result[i] = (above - below) / eps / 2
    return result.reshape(x.shape)


def multi_index(f, x, eps=1e-5):
    x = np.asarray(x) * 1.0
    result = np.zeros_like(x)
    walk = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not walk.finished:
        i = walk.multi_index
        old = x[i]
        x[i] = old + eps
        above = f(x)
        x[i] = old - eps
        below = f(x)
        x[i] = old
        result[i] = (above - below) / (2 * eps)
        walk.iternext()
    return result


def unit_nudges(f, x, eps=1e-5):
    x = np.asarray(x, dtype=float)
    nudges = eps * np.eye(x.size).reshape(-1, *x.shape)
    return np.array([(f(x + e) - f(x - e)) * 0.5 / eps for e in nudges]).reshape(x.shape)


EXERCISE = Exercise(
    id="numeric_gradient",
    reference=reference.numeric_gradient,
    aspects={"values": 2, "step": 1, "whole numbers": 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=TWINS,
    variants=(flat_loop, multi_index, unit_nudges),
    hints=(
        "One entry at a time: everything else stays as it is. How do you visit every entry of an "
        "array whatever its number of axes? `np.ndindex(x.shape)` hands you the indices.",
        "Start with `x = np.array(x, dtype=float)`: a copy, and of floats. For every index: one "
        "value of `f` with the entry a little larger, one with it a little smaller.",
        "Make two copies, `up` and `down`; `up[index] += eps`, `down[index] -= eps`. The two "
        "arguments lie `2 * eps` apart.",
    ),
)
