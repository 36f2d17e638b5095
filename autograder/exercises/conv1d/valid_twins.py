"""Wrong twins of `conv1d_valid`."""

import numpy as np

from autograder.exercises.conv1d import sums
from autograder.reference.conv1d import conv1d, conv1d_valid
from autograder.spec import Twin


def first_window_lost(x, w):
    return conv1d_valid(x, w)[1:]


def windows_cut_short(x, w):
    return conv1d_valid(np.append(np.asarray(x, float), np.zeros(len(w) - 1)), w)


def runs_past_the_end(x, w):
    return [sum(x[i + k] * w[k] for k in range(len(w))) for i in range(len(x))]


def slices_run_short(x, w):
    return [np.dot(x[i : i + len(w)], w) for i in range(len(x))]


def room_too_long(x, w):
    return np.append(conv1d_valid(x, w), np.zeros(len(w) - 1))


def last_window_only(x, w):
    return conv1d_valid(x, w)[-1:]


def returned_too_early(x, w):
    result = conv1d_valid(x, w)
    return np.append(result[:1], np.zeros(len(result) - 1))


def last_product_left_out(x, w):
    return conv1d_valid(x, [*w[:-1], 0])


def products_not_added(x, w):
    return np.array([np.multiply(x[i : i + len(w)], w) for i in range(len(x) - len(w) + 1)])


def first_weight_only(x, w):
    return conv1d_valid(x, np.full(len(w), w[0]))


def windows_not_overlapping(x, w):
    return conv1d(x, w, stride=len(w))


def arrays_only(x, w):
    return np.array([(x[i : i + len(w)] * w).sum() for i in range(len(x) - len(w) + 1)])


def input_changed(x, w):
    result = conv1d_valid(x, w)
    x[: len(result)] = result
    return result


TWINS = (
    sums.KERNEL_FLIPPED,
    sums.LAST_WINDOW_LOST,
    Twin("first-window-lost", first_window_lost,
         "The first window is missing.",
         "Which place does Python count from?"),
    sums.STARTS_ONE_LATE,
    Twin("windows-cut-short", windows_cut_short,
         "Your result is as long as the series: the last windows hang over its end.",
         "At which place does the last window begin that lies wholly inside the series?"),
    Twin("runs-past-the-end", runs_past_the_end,
         "Your windows run past the end of the series.",
         "Let the place `i` run only as far as `i + len(w)` still fits into the series."),
    Twin("slices-run-short", slices_run_short,
         "Your last slices are shorter than the kernel: a slice stops silently at the end.",
         "Let the place `i` run only as far as `i + len(w)` still fits into the series."),
    Twin("room-too-long", room_too_long,
         "The values are right, but zeros follow: you made room for as many numbers as the "
         "series has.",
         "How many windows are there? That many numbers come out."),
    Twin("last-window-only", last_window_only,
         "Only the value of the last window comes out.",
         "Is each sum stored inside the loop over the places, or only once, after it?"),
    Twin("returned-too-early", returned_too_early,
         "Your function stops after the first window.",
         "How far is `return` indented: as far as the loop's body, or as far as `for`?"),
    sums.LAST_PRODUCT_ONLY,
    Twin("last-product-left-out", last_product_left_out,
         "The last product of every window is left out.",
         "How many numbers are there in `x[i : i + n]`, and how many do you need?"),
    Twin("total-not-reset", sums.total_not_reset,
         "Each value also holds all values before it: the total was never set back to 0.",
         "Where does your total become 0: before the loop over the places, or inside it?"),
    Twin("products-not-added", products_not_added,
         "You returned the products of each window, not yet their sum.",
         "Three products make one number. What is missing after the multiplication?"),
    *sums.WEIGHING,
    Twin("first-weight-only", first_weight_only,
         "Every number of the window is multiplied by the kernel's first number.",
         "Which number of the kernel belongs to the second number of the window?"),
    Twin("windows-not-overlapping", windows_not_overlapping,
         "Your window jumps by its own length.",
         "By how many places does the kernel move from one output number to the next?"),
    sums.WHOLE_NUMBERS_ONLY,
    sums.KERNEL_CUT,
    *sums.OVERFLOW,
    Twin("arrays-only", arrays_only,
         "Your function works for arrays, but not for plain lists.",
         "Two lists can't be multiplied with `*`. Which NumPy function makes an array of a list?"),
    Twin("input-changed", input_changed,
         "The values are right, but your function writes them into the series it was given.",
         "Write your results into a new array or list.", costs=("inputs",)),
)
