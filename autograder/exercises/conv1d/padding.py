"""Exercise `zero_pad1d`: zeros on both sides of a series."""

import numpy as np

from autograder.exercises.arrays import frozen
from autograder.exercises.conv1d.draws import SERIES_TYPES, series
from autograder.exercises.corners import NO_PADDING, PADDED, PADDING, as_type, mixed
from autograder.reference import conv1d as reference
from autograder.space import Space
from autograder.spec import Case, Exercise, Twin

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


def array(x):
    return np.asarray(x, dtype=float)


def padded_right_only(x, padding):
    return np.append(array(x), np.zeros(padding))


def padded_left_only(x, padding):
    return np.append(np.zeros(padding), array(x))


def all_zeros_right(x, padding):
    return np.append(array(x), np.zeros(2 * padding))


def all_zeros_left(x, padding):
    return np.append(np.zeros(2 * padding), array(x))


def padded_twice(x, padding):
    return pad(x, 2 * padding)


def padding_shared_out(x, padding):
    return np.pad(array(x), (padding // 2, padding - padding // 2))


def always_one(x, padding):
    return pad(x, 1)


def padding_ignored(x, padding):
    return array(x)


def edge_padding(x, padding):
    return np.pad(array(x), padding, mode="edge")


def reflect_padding(x, padding):
    return np.pad(array(x), padding, mode="reflect")


def wrap_padding(x, padding):
    return np.pad(array(x), padding, mode="wrap")


def whole_numbers_only(x, padding):
    return np.trunc(pad(x, padding))


def border_overwritten(x, padding):
    out = np.array(x, dtype=float)
    out[:padding] = 0
    out[len(out) - padding :] = 0
    return out


def empty_slice(x, padding):
    out = np.zeros(len(x) + 2 * padding)
    out[padding:-padding] = x
    return out


def added_as_numbers(x, padding):
    return [0] * padding + x + [0] * padding


def list_grown(x, padding):
    for _ in range(padding):
        x.insert(0, 0)
        x.append(0)
    return x


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
    twins=(
        Twin("padded-right-only", padded_right_only,
             "There are zeros behind the series, but none in front.",
             "`padding` zeros belong on each side."),
        Twin("padded-left-only", padded_left_only,
             "There are zeros in front of the series, but none behind.",
             "`padding` zeros belong on each side."),
        Twin("all-zeros-right", all_zeros_right,
             "All zeros went behind the series.",
             "The length is right. At which index must the series begin?"),
        Twin("all-zeros-left", all_zeros_left,
             "All zeros went in front of the series.",
             "The length is right. At which index must the series begin?"),
        Twin("padded-twice", padded_twice,
             "Each side got twice as many zeros as asked for.",
             "`padding` counts the zeros of one side, not of both."),
        Twin("padding-shared-out", padding_shared_out,
             "You shared `padding` zeros out over both sides.",
             "`padding` counts the zeros of one side. How many are there in all?"),
        Twin("always-one", always_one,
             "There is always one zero on each side, whatever `padding` says.",
             "Where does `padding` enter your code?"),
        Twin("padding-ignored", padding_ignored,
             "The series comes back as it was.",
             "How long is the series after padding?"),
        Twin("edge-padding", edge_padding,
             "You repeated the border numbers instead of adding zeros.",
             "Which number does this course put around a series?"),
        Twin("reflect-padding", reflect_padding,
             "You mirrored the series at its ends instead of adding zeros.",
             "Which number does this course put around a series?"),
        Twin("wrap-padding", wrap_padding,
             "You continued the series with its other end instead of adding zeros.",
             "Which number does this course put around a series?"),
        Twin("whole-numbers-only", whole_numbers_only,
             "The digits behind the decimal point are cut off.",
             "What is the dtype of the array that you copy the series into?"),
        Twin("border-overwritten", border_overwritten,
             "You set the ends of the series to zero instead of making it longer.",
             "No number of the series may get lost. How long must the result be?"),
        Twin("empty-slice", empty_slice,
             "With padding 0 your slice is empty: `-0` is 0, so `out[0:-0]` holds nothing.",
             "Where does the series end in the new array, counted from the front?",
             costs=("padding 0",)),
        Twin("added-as-numbers", added_as_numbers,
             "`+` joins lists, but for arrays it adds number to number.",
             "Either make a list of the series first, or look at what `np.concatenate` does."),
        Twin("list-grown-in-place", list_grown,
             "You made the series itself longer: that changes the input, and arrays can't grow.",
             "Build something new, and copy the series into it."),
    ),
    variants=(lists, filled, looped, joined, numpy_pad),
    hints=(
        "How long is the result? Zeros in front, the series, zeros behind.",
        "Start from `np.zeros(len(x) + 2 * padding)` and copy the series into the right part.",
        "The series begins at index `padding` and ends before index `padding + len(x)`.",
    ),
)
