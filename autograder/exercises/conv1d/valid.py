"""Exercise `conv1d_valid`: the kernel at every place where it fits."""

from dataclasses import replace

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder.declare.mistakes import after, before, edit
from autograder.exercises.arrays import frozen
from autograder.exercises.conv1d import sums
from autograder.exercises.conv1d.draws import (
    KERNEL_TYPES,
    SERIES_TYPES,
    eight_bits,
    kernel,
    line,
    series,
)
from autograder.exercises.corners import length, mixed
from autograder.reference import conv1d as reference
from autograder.space import Space
from autograder.spec import Case, Exercise, Twin

SPACE = Space((SERIES_TYPES, KERNEL_TYPES, length()))
TOUCHES = dict.fromkeys((*SERIES_TYPES.levels[1:], *KERNEL_TYPES.levels[1:]), "inputs")


def visible():
    yield Case(
        "5 numbers and an asymmetric kernel of 3",
        (np.array([1.0, 4.0, -2.0, 3.0, 7.0]), np.array([1.0, 2.0, 5.0])),
    )
    yield Case(
        "6 numbers with decimals and a kernel of 2",
        (np.array([0.5, -1.5, 4.0, 2.5, -3.0, 1.0]), np.array([2.0, -0.5])),
    )
    yield Case("plain Python lists", ([3, -1, 4, 1, -5, 9], [2, -1, 3]), aspect="inputs")


def hidden(draw):
    rng = draw.rng
    yield Case("a series of 11 and a kernel of 4", (series(rng, 11), kernel(rng, 4)))
    yield Case("a series of 9 and a kernel of 3", (series(rng, 9), kernel(rng, 3)))
    yield Case("a series of 8 and a kernel of 5", (series(rng, 8), kernel(rng, 5)))
    yield Case("a kernel with decimals", (series(rng, 9), kernel(rng, 4) * 0.625))
    yield Case("a kernel of one number", (series(rng, 5), kernel(rng, 1) * 3))
    yield Case("a kernel as long as the series", (series(rng, 4), kernel(rng, 4)))
    yield Case("lists", (series(rng, 7).tolist(), kernel(rng, 2).tolist()), aspect="inputs")
    yield Case("whole numbers", (rng.permutation(np.arange(-4, 5)), np.array([1, -2, 4])),
               aspect="inputs")
    yield Case("numbers of 8 bits", eight_bits(rng), aspect="inputs")
    yield Case("float32 numbers", (series(rng, 9).astype(np.float32),
                                   kernel(rng, 3).astype(np.float32)), aspect="inputs")
    yield Case("every other element of a longer array", (series(rng, 18)[::2], kernel(rng, 3)),
               aspect="inputs")
    yield Case("a read-only series", (frozen(series(rng, 8)), kernel(rng, 3)), aspect="inputs")
    yield from mixed(SPACE, TOUCHES, "values", lambda row: (line(rng, row)[0], {}))


ROOM, WINDOW = "np.zeros(len(x) - len(w) + 1)", "np.dot(x[i : i + len(w)], w)"
"""Pieces of the solution in which most goes wrong."""

TWINS = (
    sums.KERNEL_FLIPPED,
    replace(sums.LAST_WINDOW_LOST, costs=("values",)),
    after("first-window-lost", lambda y: y[1:],
          "The first window is missing.",
          "Which place does Python count from?"),
    sums.STARTS_ONE_LATE,
    before("windows-cut-short",
           {"x": lambda x, w: np.append(np.asarray(x, float), np.zeros(len(w) - 1))},
           "Your result is as long as the series: the last windows hang over its end.",
           "At which place does the last window begin that lies wholly inside the series?"),
    Twin("runs-past-the-end",
         lambda x, w: [sum(x[i + k] * w[k] for k in range(len(w))) for i in range(len(x))],
         "Your windows run past the end of the series.",
         "Let the place `i` run only as far as `i + len(w)` still fits into the series."),
    edit("slices-run-short", ROOM, "np.zeros(len(x))",
         "Your last slices are shorter than the kernel: a slice stops silently at the end.",
         "Let the place `i` run only as far as `i + len(w)` still fits into the series."),
    edit("room-too-long",
         (ROOM, "range(len(y))"), ("np.zeros(len(x))", "range(len(x) - len(w) + 1)"),
         "The values are right, but zeros follow: you made room for as many numbers as the "
         "series has.",
         "How many windows are there? That many numbers come out."),
    after("last-window-only", lambda y: y[-1:],
          "Only the value of the last window comes out.",
          "Is each sum stored inside the loop over the places, or only once, after it?"),
    edit("returned-too-early", "    return y", "        return y",
         "Your function stops after the first window.",
         "How far is `return` indented: as far as the loop's body, or as far as `for`?"),
    sums.LAST_PRODUCT_ONLY,
    edit("last-product-left-out", WINDOW, "np.dot(x[i : i + len(w) - 1], w[:-1])",
         "The last product of every window is left out.",
         "How many numbers are there in `x[i : i + n]`, and how many do you need?"),
    sums.TOTAL_NOT_RESET,
    edit("products-not-added",
         (ROOM, WINDOW), ("np.zeros((len(x) - len(w) + 1, len(w)))", "x[i : i + len(w)] * w"),
         "You returned the products of each window, not yet their sum.",
         "Three products make one number. What is missing after the multiplication?"),
    *sums.WEIGHING,
    edit("first-weight-only", WINDOW, "np.sum(x[i : i + len(w)] * w[0])",
         "Every number of the window is multiplied by the kernel's first number.",
         "Which number of the kernel belongs to the second number of the window?"),
    after("windows-not-overlapping", lambda y, w: y[:: len(w)],
          "Your window jumps by its own length.",
          "By how many places does the kernel move from one output number to the next?"),
    sums.WHOLE_NUMBERS_ONLY,
    sums.KERNEL_CUT,
    sums.PRODUCTS_OVERFLOW,
    sums.TOTALS_OVERFLOW,
    Twin("arrays-only",
         lambda x, w: [(x[i : i + len(w)] * w).sum() for i in range(len(x) - len(w) + 1)],
         "Your function works for arrays, but not for plain lists.",
         "Two lists can't be multiplied with `*`. Which NumPy function makes an array of a list?"),
    after("input-changed", sums.input_changed,
          "The values are right, but your function writes them into the series it was given.",
          "Write your results into a new array or list.", costs=("inputs",)),
)


def loops(x, w):
    result = []
    for start in range(len(x) - len(w) + 1):
        total = 0
        for offset in range(len(w)):
            total += float(x[start + offset]) * float(w[offset])
        result.append(total)
    return result


def dot_products(x, w):
    positions = len(x) - len(w) + 1
    out = np.zeros(positions)
    for i in range(positions):
        out[i] = np.dot(np.array(x[i : i + len(w)], float), w)
    return out


def comprehension(x, w):
    x, w = [float(value) for value in x], [float(value) for value in w]
    return [sum(a * b for a, b in zip(x[i:], w, strict=False)) for i in range(len(x) - len(w) + 1)]


def windows(x, w):
    return sliding_window_view(np.asarray(x), len(w)) @ np.asarray(w, dtype=float)


def einsum(x, w):
    return np.einsum("ik,k->i", sliding_window_view(np.asarray(x, float), len(w)), w)


def shifted_copies(x, w):
    x, size = np.asarray(x, dtype=float), len(x) - len(w) + 1
    return sum(weight * x[k : k + size] for k, weight in enumerate(w))


def fourier(x, w):
    x, w = np.asarray(x, float), np.asarray(w, float)
    size = len(x) + len(w) - 1
    product = np.fft.rfft(x, size) * np.fft.rfft(w[::-1], size)
    return np.fft.irfft(product, size)[len(w) - 1 : len(x)]


def single_precision(x, w):
    return reference.conv1d_valid(x, w).astype(np.float32)


EXERCISE = Exercise(
    id="conv1d_valid",
    reference=reference.conv1d_valid,
    aspects={"values": 3, "inputs": 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    home=__file__,
    twins=TWINS,
    variants=(
        loops, dot_products, comprehension, windows, einsum, shifted_copies, fourier,
        single_precision,
    ),
    hints=(
        "You did the same thing six times on paper. What changed from one time to the next, and "
        "how often did you do it?",
        "Turn both inputs into float arrays first. Then make room for `len(x) - len(w) + 1` "
        "numbers and let `i` run over the places.",
        "The window at place `i` is `x[i : i + len(w)]`. Multiply it by `w`, sum the products, "
        "and store the sum at place `i` of the output.",
    ),
    window="kernel",
)
