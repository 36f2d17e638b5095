"""Exercise `zero_pad1d`: zeros on both sides of a series."""

import numpy as np

from autograder.declare.mistakes import before, edit
from autograder.exercises.arrays import frozen
from autograder.exercises.conv1d.draws import SERIES_TYPES, series
from autograder.exercises.corners import NO_PADDING, PADDED, PADDING, as_type, mixed
from autograder.reference import conv1d as reference
from autograder.space import Space
from autograder.spec import Case, Exercise

pad = reference.zero_pad1d

SPACE = Space((SERIES_TYPES, PADDING))


def visible():
    yield Case("3 numbers, one zero on each side", (np.array([3.0, -1.0, 2.0]), 1))
    yield Case("4 numbers with decimals, two zeros on each side",
               (np.array([1.5, -2.5, 4.0, 0.5]), 2))
    yield Case("a plain Python list", ([3, 1, 4, 1, 5], 2))
    yield Case("no padding at all", (np.array([3.0, -1.0, 2.0]), 0), aspect="padding 0")


def hidden(draw):
    rng = draw.rng
    yield Case("padding 1", (series(rng, 6), 1))
    yield Case("padding 2", (series(rng, 5), 2))
    yield Case("padding 3", (series(rng, 4), 3))
    yield Case("whole numbers", (rng.permutation(np.arange(1, 8)), 2))
    yield Case("a list", (series(rng, 5).tolist(), 3))
    yield Case("every other element of a longer array", (series(rng, 12)[::2], 2))
    yield Case("a read-only series", (frozen(series(rng, 6)), 1))
    yield Case("no padding", (series(rng, 6), 0), aspect="padding 0")
    yield Case("a list without padding", (series(rng, 4).tolist(), 0), aspect="padding 0")
    # without this one, handing the series back as it is would earn the aspect
    yield Case("padding 2 beside padding 0", (series(rng, 7), 2), aspect="padding 0")

    def together(row):
        padding = {NO_PADDING: 0, PADDED: 1}.get(row["padding"], 3)
        return (as_type(rng, row[SERIES_TYPES.name], series(rng, 6)), padding), {}

    yield from mixed(SPACE, {NO_PADDING: "padding 0"}, "values", together)


RIGHT = ("2 * padding", "padding : padding + len(x)")
"""Where the solution says how long the result is, and where in it the series goes."""

TWINS = (
    edit("padded-right-only", RIGHT, ("padding", ": len(x)"),
         "There are zeros behind the series, but none in front.",
         "`padding` zeros belong on each side."),
    edit("padded-left-only", RIGHT[0], "padding",
         "There are zeros in front of the series, but none behind.",
         "`padding` zeros belong on each side."),
    edit("all-zeros-right", RIGHT[1], ": len(x)",
         "All zeros went behind the series.",
         "The length is right. At which index must the series begin?"),
    edit("all-zeros-left", RIGHT[1], "2 * padding :",
         "All zeros went in front of the series.",
         "The length is right. At which index must the series begin?"),
    before("padded-twice", {"padding": lambda padding: 2 * padding},
           "Each side got twice as many zeros as asked for.",
           "`padding` counts the zeros of one side, not of both."),
    edit("padding-shared-out", RIGHT, ("padding", "padding // 2 : padding // 2 + len(x)"),
         "You shared `padding` zeros out over both sides.",
         "`padding` counts the zeros of one side. How many are there in all?"),
    before("always-one", {"padding": 1},
           "There is always one zero on each side, whatever `padding` says.",
           "Where does `padding` enter your code?"),
    before("padding-ignored", {"padding": 0},
           "The series comes back as it was.",
           "How long is the series after padding?"),
    edit("edge-padding", "return padded", "return np.pad(x, padding, mode='edge')",
         "You repeated the border numbers instead of adding zeros.",
         "Which number does this course put around a series?"),
    edit("reflect-padding", "return padded", "return np.pad(x, padding, mode='reflect')",
         "You mirrored the series at its ends instead of adding zeros.",
         "Which number does this course put around a series?"),
    edit("wrap-padding", "return padded", "return np.pad(x, padding, mode='wrap')",
         "You continued the series with its other end instead of adding zeros.",
         "Which number does this course put around a series?"),
    edit("whole-numbers-only", RIGHT[0], "2 * padding, dtype=int",
         "The digits behind the decimal point are cut off.",
         "What is the dtype of the array that you copy the series into?"),
    edit("border-overwritten",
         ("np.zeros(len(x) + 2 * padding)", "padded[padding : padding + len(x)] = x"),
         ("np.array(x, dtype=float)", "padded[:padding] = padded[len(x) - padding :] = 0"),
         "You set the ends of the series to zero instead of making it longer.",
         "No number of the series may get lost. How long must the result be?"),
    edit("empty-slice", RIGHT[1], "padding:-padding",
         "With padding 0 your slice is empty: `-0` is 0, so `out[0:-0]` holds nothing.",
         "Where does the series end in the new array, counted from the front?",
         costs=("padding 0",)),
    edit("added-as-numbers", "return padded", "return [0] * padding + x + [0] * padding",
         "`+` joins lists, but for arrays it adds number to number.",
         "Either make a list of the series first, or look at what `np.concatenate` does."),
    edit("list-grown-in-place",
         "return padded", "for _ in range(padding): x.insert(0, 0), x.append(0)\n    return x",
         "You made the series itself longer: that changes the input, and arrays can't grow.",
         "Build something new, and copy the series into it."),
)


def lists(x, padding):
    return [0] * padding + list(x) + [0] * padding


def filled(x, padding):
    out = np.zeros(len(x) + 2 * padding)
    out[padding : padding + len(x)] = x
    return out


def looped(x, padding):
    out = np.zeros(len(x) + 2 * padding)
    for i, value in enumerate(x):
        out[i + padding] = value
    return out


def joined(x, padding):
    zeros = np.zeros(padding)
    return np.concatenate([zeros, np.asarray(x), zeros])


def numpy_pad(x, padding):
    return np.pad(x, padding)


EXERCISE = Exercise(
    id="zero_pad1d",
    reference=pad,
    aspects={"values": 2, "padding 0": 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    home=__file__,
    twins=TWINS,
    variants=(lists, filled, looped, joined, numpy_pad),
    hints=(
        "How long is the result? Zeros in front, the series, zeros behind.",
        "Start from `np.zeros(len(x) + 2 * padding)` and copy the series into the right part.",
        "The series begins at index `padding` and ends before index `padding + len(x)`.",
    ),
)
