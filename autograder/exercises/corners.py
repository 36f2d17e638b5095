"""What notebooks promise about arrays, sides, strides and padding, and inputs drawn to fit.

The factors of `autograder.space` that several units share. A level is named as a student may read
it: the words of a mixed case are its levels, joined by commas.
"""

from functools import cache
from itertools import product

import numpy as np

from autograder.space import Factor, Space, rows
from autograder.spec import Case

SQUARE, WIDE, HIGH = "square", "wider than high", "higher than wide"
NO_PADDING, PADDED, PADDED_MORE = "no padding", "padding 1", "padding 2 or more"
STEP_1, EVEN, UNEVEN = (
    "stride 1", "a stride that comes out even", "a stride that does not come out even"
)
SHAPES = {SQUARE: ((2, 2), (3, 3)), WIDE: ((2, 3), (1, 3), (2, 4)),
          HIGH: ((3, 2), (3, 1), (4, 2))}
"""Sides of kernels."""
TYPES = ("decimals", "whole numbers", "8 bits")


def kind(value):
    """The type of an array's numbers, as `numbers` names it; None for anything else."""
    array = np.asarray(value)
    if array.dtype == np.uint8:
        return TYPES[2]
    if array.dtype.kind == "i":
        return TYPES[1]
    return TYPES[0] if array.dtype == np.float64 and (array % 1 != 0).any() else None


def numbers(name, what):
    """Factor: the type of an array's numbers, "8 bits in the picture"."""
    named = {one: f"{one} in {what}" for one in TYPES}
    return Factor(f"numbers in {what}", tuple(named.values()),
                  lambda given: named.get(kind(given[name])))


def sides(name, what):
    """Factor: which of an array's last two sides is the longer one, "a picture wider than high"."""
    def of(given):
        return f"{what} {_relation_of(*np.shape(given[name])[-2:])}"

    return Factor(what, tuple(f"{what} {one}" for one in (SQUARE, WIDE, HIGH)), of)


def amount(name, axis, one, several):
    """Factor: the length of an axis, one or more: "one filter", "several filters"."""
    return Factor(several, (several, one),
                  lambda given: one if np.shape(given[name])[axis] == 1 else several)


PADDING = Factor(
    "padding", (NO_PADDING, PADDED, PADDED_MORE),
    lambda given: (NO_PADDING, PADDED, PADDED_MORE)[min(given["padding"], 2)],
)


def stride(x, w, axes):
    """Factor: the stride, and whether it comes out even on all of the last ``axes`` axes."""
    def of(given):
        step, padding = given["stride"], given.get("padding", 0)
        if step == 1:
            return STEP_1
        over = [
            (size + 2 * padding - kernel) % step
            for size, kernel in zip(
                np.shape(given[x])[-axes:], np.shape(given[w])[-axes:], strict=True)
        ]
        return EVEN if not any(over) else UNEVEN if all(over) else None

    return Factor("stride", (STEP_1, EVEN, UNEVEN), of)


def bias(name="b"):
    """Factor: whether the biases are all zero."""
    return Factor("bias", ("no bias", "a bias"),
                  lambda given: "a bias" if np.any(given[name]) else "no bias")


def mixed(space: Space, touches, ordinary, make):
    """The cases in which a space's levels meet in pairs.

    Parameters
    ----------
    space : Space
    touches : mapping of str to str
        ``{level: aspect}``. A case belongs to the first of these aspects that it touches.
    ordinary : str
        The aspect of what touches none.
    make : callable
        ``make(row) -> (args, kwargs)`` with the levels of ``{factor's name: level}``.

    Yields
    ------
    Case
    """
    for row in rows(space):
        aspects = [aspect for level, aspect in touches.items() if level in row.values()]
        first, *others = dict.fromkeys([*aspects, ordinary])
        args, kwargs = make(row)
        yield Case(", ".join(row.values()), args, kwargs, first, mixes=tuple(others))


ODD, LONG_EVEN = "a kernel of odd length", "a kernel of even length"
SINGLE = "a kernel of one number"


def length(name="w"):
    """Factor: the length of a one-dimensional kernel."""
    def of(given):
        count = len(given[name])
        return SINGLE if count == 1 else ODD if count % 2 else LONG_EVEN

    return Factor("length of the kernel", (ODD, LONG_EVEN, SINGLE), of)


def line_sizes(rng, kernel, step=STEP_1, padding=NO_PADDING):
    """``length of the series, length of the kernel, stride, padding``; see `plane_sizes`."""
    border = {NO_PADDING: 0, PADDED: 1, PADDED_MORE: 2}[padding]
    jump = 1 if step == STEP_1 else int(rng.integers(2, 4))
    size = {ODD: 3, LONG_EVEN: int(rng.choice([2, 4])), SINGLE: 1}[kernel]
    over = int(rng.integers(1, jump)) if step == UNEVEN else 0
    count = int(rng.integers(6, 9))  # of the results
    return (count - 1) * jump + size + over - 2 * border, size, jump, border


def plane_sizes(rng, picture, kernel, step=STEP_1, padding=NO_PADDING):
    """Sides for one picture and one kernel, drawn from those that have the given levels.

    Parameters
    ----------
    rng : numpy.random.Generator
    picture, kernel : str
        Levels that end with `SQUARE`, `WIDE` or `HIGH`.
    step, padding : str
        Levels of `stride` and `PADDING`.

    Returns
    -------
    tuple
        ``(H, W), (kH, kW), stride, padding``; the output has at least two rows and columns.
    """
    found = _planes(_relation(picture), _relation(kernel), step, padding)
    return found[int(rng.integers(len(found)))]


@cache
def _planes(picture, kernel, step, padding):
    borders = {NO_PADDING: (0,), PADDED: (1,), PADDED_MORE: (2, 3)}[padding]
    jumps = (1,) if step == STEP_1 else (2, 3)
    return [
        ((height, width), (kh, kw), jump, border)
        for border, jump, (kh, kw) in product(borders, jumps, SHAPES[kernel])
        for height, width in product(range(3, 9), repeat=2)
        if _relation_of(height, width) == picture
        and _steps(height + 2 * border - kh, width + 2 * border - kw, jump, step)
    ]


def _steps(down, across, jump, step):
    """Whether there are two rows and columns of results or more, and steps come out as asked."""
    over = (down % jump, across % jump)
    wanted = step == STEP_1 or (not any(over) if step == EVEN else all(over))
    return wanted and min(down, across) >= jump


def _relation_of(height, width):
    return WIDE if width > height else HIGH if height > width else SQUARE


def _relation(level):
    return next(one for one in (SQUARE, WIDE, HIGH) if level.endswith(one))


def as_type(rng, level, array):
    """An array's shape filled with numbers of another type; decimals stay as they are."""
    if level.startswith(TYPES[1]):
        whole = rng.permutation(np.arange(1, array.size + 1))
        return (whole * rng.permutation(np.resize([1, -1], array.size))).reshape(array.shape)
    if level.startswith(TYPES[2]):
        return rng.permutation(np.resize(np.arange(90, 256), array.size)).reshape(
            array.shape).astype(np.uint8)
    return array
