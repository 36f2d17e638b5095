"""Cases on one returned gradient at a time, so that a wrong dw costs no points for dx."""

import numpy as np

from autograder.exercises.corners import NO_PADDING, STEP_1, plane_sizes
from autograder.space import rows
from autograder.spec import Case

RESULTS = ("dx", "dw", "db")


def each_result(why, args, kwargs=None, of=("dx", "dw"), suffix=""):
    """One case per returned gradient; its aspect is called after it.

    Parameters
    ----------
    why : str
    args, kwargs : tuple, dict
    of : sequence of str
        Which of dx, dw, db to judge.
    suffix : str
        Added to the aspect's name: " with stride".
    """
    for name in of:
        yield Case(f"{why} ({name})", args, kwargs or {}, name + suffix, part=RESULTS.index(name))


def each_mixed(space, make, of=("dx", "dw")):
    """The cases in which a space's levels meet in pairs, one for each returned gradient.

    Parameters
    ----------
    space : Space
    make : callable
        ``make(row) -> args, kwargs`` with the levels of ``{factor's name: level}``.
    of : sequence of str
    """
    for row in rows(space):
        why, (args, kwargs) = ", ".join(row.values()), make(row)
        touched = [
            suffix for name, ordinary, suffix in (
                ("stride", STEP_1, " with stride"), ("padding", NO_PADDING, " with padding"))
            if row.get(name, ordinary) != ordinary
        ]
        for name in of:
            first, *others = (
                [name, *("dx" + suffix for suffix in touched)] if name == "db"
                else [*(name + suffix for suffix in touched), name]
            )
            yield Case(f"{why} ({name})", args, kwargs, first, part=RESULTS.index(name),
                       mixes=tuple(others))


def backward_args(rng, row, channels=(), filters=()):
    """``(dout, x, w), {"stride": ..., "padding": ...}`` with the levels of a row."""
    sides, kernel, stride, padding = plane_sizes(
        rng, row["a picture"], row["a kernel"], row["stride"], row["padding"])
    down, across = [(n + 2 * padding - k) // stride + 1
                    for n, k in zip(sides, kernel, strict=True)]
    return (irregular(rng, *filters, down, across), irregular(rng, *channels, *sides),
            irregular(rng, *filters, *channels, *kernel)), {"stride": stride, "padding": padding}


def irregular(rng, *shape):
    """Distinct numbers of both signs in no order; none is zero, no two have the same size."""
    count = int(np.prod(shape))
    sizes = rng.permutation(np.arange(1.0, count + 1)) + rng.random(count).round(2) / 2
    return (sizes * rng.permutation(np.resize([1.0, -1.0, 1.0], count))).reshape(shape)
