"""Exercise `moving_average`: the mean of every full window."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder.declare.mistakes import after, before, edit
from autograder.exercises.arrays import frozen
from autograder.exercises.conv1d import sums
from autograder.exercises.conv1d.draws import SERIES_TYPES, series
from autograder.exercises.corners import as_type, mixed
from autograder.reference import conv1d as reference
from autograder.space import Factor, Space
from autograder.spec import Case, Exercise, Twin

average = reference.moving_average

WIDTHS = ("windows of an odd width", "windows of an even width", "windows of 1",
          "one window that holds everything")
WIDTH = Factor("width", WIDTHS, lambda given: WIDTHS[
    2 if given["width"] == 1 else 3 if given["width"] == len(given["x"])
    else 1 - given["width"] % 2])
SPACE = Space((SERIES_TYPES, WIDTH))
TOUCHES = {**dict.fromkeys(WIDTHS[2:], "widths"),
           **dict.fromkeys(SERIES_TYPES.levels[1:], "inputs")}


def visible():
    yield Case("5 numbers and windows of 2", (np.array([4.0, -1.0, -6.0, 7.0, 2.0]), 2))
    yield Case("6 numbers and windows of 3", (np.array([1.0, 5.0, -3.0, 2.0, -9.0, 6.0]), 3))
    yield Case("a plain Python list", ([3, 1, -4, 1, 5, 9, -2], 4), aspect="inputs")
    yield Case("windows of 1", (np.array([4.5, -1.0, 3.0]), 1), aspect="widths")
    yield Case("one window that holds everything", (np.array([2.0, 7.0, -1.0, 6.0]), 4),
               aspect="widths")


def hidden(draw):
    rng = draw.rng
    yield Case("12 numbers and windows of 5", (series(rng, 12), 5))
    yield Case("9 numbers and windows of 4", (series(rng, 9), 4))
    yield Case("8 numbers and windows of 3", (series(rng, 8), 3))
    for why, x, width in (
        ("whole numbers", rng.permutation(np.arange(-9, 0)), 4),
        ("numbers of 8 bits", rng.permutation(np.arange(90, 98)).astype(np.uint8), 3),
        ("a list of whole numbers", rng.permutation(np.arange(1, 9)).tolist(), 3),
        ("float32 numbers", series(rng, 10).astype(np.float32), 6),
        ("every other element of a longer array", series(rng, 18)[::2], 2),
        ("a read-only series", frozen(series(rng, 8)), 3),
    ):
        yield Case(why, (x, width), aspect="inputs")
    yield Case("windows of 1", (series(rng, 6), 1), aspect="widths")
    yield Case("one window that holds everything", (series(rng, 7), 7), aspect="widths")
    yield Case("all windows but one lost", (series(rng, 7), 6), aspect="widths")

    def together(row):
        width = dict(zip(WIDTHS, (5, 4, 1, 8), strict=True))[row["width"]]
        return (as_type(rng, row[SERIES_TYPES.name], series(rng, 8)), width), {}

    yield from mixed(SPACE, TOUCHES, "values", together)


TWINS = (
    edit("sum-not-mean", " / width", "",
         "You added up each window, but did not divide.",
         "The mean of two numbers lies between them. What must the weights sum to?"),
    edit("divided-by-ten", " / width", " / 10",
         "You always divide by 10, as in the slides' `0.1 * ones(10)`.",
         "Which number must take the place of 10 when the windows have another width?"),
    edit("divided-by-length", " / width", " / len(x)",
         "You divided by the length of the whole series.",
         "How many numbers are there in one window?"),
    edit("divided-by-one-less", " / width", " / (width - 1)",
         "You divided by one less than the width.",
         "How many numbers are there in one window?"),
    edit("divided-twice", " / width", " / width / width",
         "You divided by the width twice.",
         "A mean of a window times a kernel of `1 / width`: is one of the two enough?"),
    Twin("window-one-short",
         lambda x, width: [np.mean(x[i : i + width - 1]) for i in range(len(x) - width + 1)],
         "The last number of every window is missing from the sum.",
         "How many numbers are there in `x[i : i + n]`, and how many do you need?"),
    Twin("window-one-long",
         lambda x, width: [np.mean(x[i : i + width + 1]) for i in range(len(x) - width)],
         "Your windows hold one number too many.",
         "How many numbers are there in `x[i : i + n]`, and how many do you need?"),
    after("first-window-lost", lambda y: y[1:],
          "The first window is missing.",
          "With running sums: which number would have to be subtracted from the first total of a "
          "whole window?"),
    sums.LAST_WINDOW_LOST,
    before("same-length",
           {"x": lambda x, width: np.pad(np.asarray(x, float),
                                         (width // 2, width - 1 - width // 2))},
           "Your result is as long as the series: at its ends, zeros are averaged in.",
           "Only full windows count. How many of them are there?"),
    Twin("tail-averages-fewer",
         lambda x, width: [np.mean(x[i : i + width]) for i in range(len(x))],
         "Your last windows hold fewer numbers: a slice stops silently at the end of the series.",
         "At which place does the last full window begin?"),
    Twin("tail-filled-with-zeros",
         lambda x, width: [np.sum(x[i : i + width]) / width for i in range(len(x))],
         "Your last windows hold fewer numbers, and you divide by the full width all the same.",
         "At which place does the last full window begin?"),
    Twin("head-averages-fewer",
         lambda x, width: [np.mean(x[max(0, i - width + 1) : i + 1]) for i in range(len(x))],
         "Your first windows hold fewer numbers, because they begin before the series does.",
         "Only full windows count. What is the first one?"),
    after("windows-not-overlapping", lambda y, width: y[::width],
          "You cut the series into blocks; a moving window overlaps with the one before.",
          "By how many places does the window move from one output number to the next?"),
    Twin("median",
         lambda x, width: np.median(sliding_window_view(np.asarray(x, float), width), axis=1),
         "You took the median, the number in the middle after sorting, not the mean.",
         "The median is no sum of products. Which kernel gives the mean?"),
    after("floor-division", lambda y, width: np.round(y * width, 9) // width,
          "Your means are rounded down to whole numbers.",
          "What is the difference between `/` and `//`?"),
    after("whole-numbers-only", lambda y: np.trunc(np.round(y, 9)),
          "The digits behind the decimal point are cut off.",
          "What is the dtype of the array that you write your means into?"),
    after("totals-overflow",
          lambda y, x, width: np.round(y * width) % 256 / width
          if np.asarray(x).dtype == np.uint8 else y,
          "Your sums were kept in the 8 bits of the series: after 255 comes 0.",
          "Convert before you add: `np.asarray(x, dtype=float)`.", costs=("inputs",)),
    sums.TOTAL_NOT_RESET,
    after("input-changed", sums.input_changed,
          "The values are right, but your function writes them into the series it was given.",
          "Write your results into a new array or list.", costs=("values",)),
)


def as_kernel(x, width):
    w = np.ones(width) / width
    return np.array([np.dot(x[i : i + width], w) for i in range(len(x) - width + 1)])


def means(x, width):
    return [np.mean(x[i : i + width]) for i in range(len(x) - width + 1)]


def loops(x, width):
    result = []
    for start in range(len(x) - width + 1):
        total = 0
        for offset in range(width):
            total += float(x[start + offset])
        result.append(total / width)
    return result


def windows(x, width):
    return sliding_window_view(np.asarray(x), width).mean(axis=1)


def running_sum(x, width):
    total = np.cumsum(np.insert(np.asarray(x, float), 0, 0.0))
    return (total[width:] - total[:-width]) / width


def add_and_drop(x, width):
    total = sum(map(float, x[:width]))
    result = [total / width]
    for new, old in zip(x[width:], x, strict=False):
        total += float(new) - float(old)
        result.append(total / width)
    return result


def single_precision(x, width):
    return average(x, width).astype(np.float32)


EXERCISE = Exercise(
    id="moving_average",
    reference=average,
    aspects={"values": 1, "inputs": 1, "widths": 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    home=__file__,
    twins=TWINS,
    variants=(as_kernel, means, loops, windows, running_sum, add_and_drop, single_precision),
    hints=(
        "A mean weighs all its numbers alike. Which kernel of `width` numbers does that?",
        "The weights must sum to 1, so each of them is `1 / width`.",
        "With that kernel, one call of a function that you have already written is enough.",
    ),
    window="mean",
)
