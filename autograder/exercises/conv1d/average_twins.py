"""Wrong twins of `moving_average`."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder.reference.conv1d import conv1d, moving_average
from autograder.spec import Twin


def sums(x, width):
    return moving_average(x, width) * width


def divided_by_ten(x, width):
    return sums(x, width) / 10


def divided_by_length(x, width):
    return sums(x, width) / len(x)


def divided_by_one_less(x, width):
    return sums(x, width) / (width - 1)


def divided_twice(x, width):
    return moving_average(x, width) / width


def window_one_short(x, width):
    return [np.mean(x[i : i + width - 1]) for i in range(len(x) - width + 1)]


def window_one_long(x, width):
    return [np.mean(x[i : i + width + 1]) for i in range(len(x) - width)]


def first_window_lost(x, width):
    total = np.cumsum(x)
    return (total[width:] - total[:-width]) / width


def last_window_lost(x, width):
    return moving_average(x, width)[:-1]


def same_length(x, width):
    padded = np.pad(np.asarray(x, float), (width // 2, width - 1 - width // 2))
    return moving_average(padded, width)


def tail_averages_fewer(x, width):
    return np.array([np.mean(x[i : i + width]) for i in range(len(x))])


def tail_filled_with_zeros(x, width):
    return [np.sum(x[i : i + width]) / width for i in range(len(x))]


def head_averages_fewer(x, width):
    return np.array([np.mean(x[max(0, i - width + 1) : i + 1]) for i in range(len(x))])


def blocks(x, width):
    return conv1d(x, np.full(width, 1 / width), stride=width)


def median(x, width):
    return np.median(sliding_window_view(np.asarray(x, float), width), axis=1)


def floor_division(x, width):
    return np.round(sums(x, width), 9) // width


def whole_numbers_only(x, width):
    return np.trunc(np.round(moving_average(x, width), 9))


def totals_overflow(x, width):
    if np.asarray(x).dtype != np.uint8:
        return moving_average(x, width)
    return [int(total) % 256 / width for total in np.round(sums(x, width))]


def total_not_reset(x, width):
    return np.cumsum(moving_average(x, width))


def input_changed(x, width):
    result = moving_average(x, width)
    x[: len(result)] = result
    return result


TWINS = (
    Twin("sum-not-mean", sums,
         "You added up each window, but did not divide.",
         "The mean of two numbers lies between them. What must the weights sum to?"),
    Twin("divided-by-ten", divided_by_ten,
         "You always divide by 10, as in the slides' `0.1 * ones(10)`.",
         "Which number must take the place of 10 when the windows have another width?"),
    Twin("divided-by-length", divided_by_length,
         "You divided by the length of the whole series.",
         "How many numbers are there in one window?"),
    Twin("divided-by-one-less", divided_by_one_less,
         "You divided by one less than the width.",
         "How many numbers are there in one window?"),
    Twin("divided-twice", divided_twice,
         "You divided by the width twice.",
         "A mean of a window times a kernel of `1 / width`: is one of the two enough?"),
    Twin("window-one-short", window_one_short,
         "The last number of every window is missing from the sum.",
         "How many numbers are there in `x[i : i + n]`, and how many do you need?"),
    Twin("window-one-long", window_one_long,
         "Your windows hold one number too many.",
         "How many numbers are there in `x[i : i + n]`, and how many do you need?"),
    Twin("first-window-lost", first_window_lost,
         "The first window is missing.",
         "With running sums: which number would have to be subtracted from the first total of a "
         "whole window?"),
    Twin("last-window-lost", last_window_lost,
         "The last window is missing.",
         "How many places does a window of 3 have in a series of 3? In a series of 4?"),
    Twin("same-length", same_length,
         "Your result is as long as the series: at its ends, zeros are averaged in.",
         "Only full windows count. How many of them are there?"),
    Twin("tail-averages-fewer", tail_averages_fewer,
         "Your last windows hold fewer numbers: a slice stops silently at the end of the series.",
         "At which place does the last full window begin?"),
    Twin("tail-filled-with-zeros", tail_filled_with_zeros,
         "Your last windows hold fewer numbers, and you divide by the full width all the same.",
         "At which place does the last full window begin?"),
    Twin("head-averages-fewer", head_averages_fewer,
         "Your first windows hold fewer numbers, because they begin before the series does.",
         "Only full windows count. What is the first one?"),
    Twin("windows-not-overlapping", blocks,
         "You cut the series into blocks; a moving window overlaps with the one before.",
         "By how many places does the window move from one output number to the next?"),
    Twin("median", median,
         "You took the median, the number in the middle after sorting, not the mean.",
         "The median is no sum of products. Which kernel gives the mean?"),
    Twin("floor-division", floor_division,
         "Your means are rounded down to whole numbers.",
         "What is the difference between `/` and `//`?"),
    Twin("whole-numbers-only", whole_numbers_only,
         "The digits behind the decimal point are cut off.",
         "What is the dtype of the array that you write your means into?"),
    Twin("totals-overflow", totals_overflow,
         "Your sums were kept in the 8 bits of the series: after 255 comes 0.",
         "Convert before you add: `np.asarray(x, dtype=float)`.", costs=("inputs",)),
    Twin("total-not-reset", total_not_reset,
         "Each value also holds all values before it: the total was never set back to 0.",
         "Where does your total become 0: before the loop over the places, or inside it?"),
    Twin("input-changed", input_changed,
         "The values are right, but your function writes them into the series it was given.",
         "Write your results into a new array or list.", costs=("values",)),
)
