"""Exercise `true_conv1d`: the kernel is reversed, then slid."""

from dataclasses import replace

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder.declare.mistakes import edit
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

convolve = reference.true_conv1d

SPACE = Space((SERIES_TYPES, KERNEL_TYPES, length()))
TOUCHES = dict.fromkeys((*SERIES_TYPES.levels[1:], *KERNEL_TYPES.levels[1:]), "inputs")


def visible():
    yield Case(
        "5 numbers and an asymmetric kernel of 3",
        (np.array([1.0, 4.0, -2.0, 3.0, 7.0]), np.array([1.0, 2.0, 5.0])),
    )
    yield Case(
        "6 numbers and a kernel of 4 with decimals",
        (np.array([2.0, -1.0, 0.5, 4.0, 3.0, -2.0]), np.array([0.5, -2.0, 1.0, 3.0])),
    )
    yield Case("plain Python lists", ([3, -1, 4, 1, -5, 9], [2, -1, 4]), aspect="inputs")


def hidden(draw):
    rng = draw.rng
    yield Case("a series of 10 and a kernel of 4", (series(rng, 10), kernel(rng, 4)))
    yield Case("a series of 9 and a kernel of 3", (series(rng, 9), kernel(rng, 3)))
    yield Case("a series of 7 and a kernel of 5", (series(rng, 7), kernel(rng, 5)))
    yield Case("a kernel with decimals", (series(rng, 9), kernel(rng, 4) * 0.625))
    yield Case("a kernel of one number", (series(rng, 5), kernel(rng, 1) * 3))
    yield Case("a kernel as long as the series", (series(rng, 4), kernel(rng, 4)))
    yield Case("lists", (series(rng, 7).tolist(), kernel(rng, 3).tolist()), aspect="inputs")
    yield Case("whole numbers", (rng.permutation(np.arange(-4, 5)), np.array([1, -2, 4])),
               aspect="inputs")
    yield Case("numbers of 8 bits", eight_bits(rng), aspect="inputs")
    yield Case("float32 numbers", (series(rng, 9).astype(np.float32),
                                   kernel(rng, 3).astype(np.float32)), aspect="inputs")
    read_only = frozen(kernel(rng, 4))
    yield Case("a read-only kernel", (series(rng, 8), read_only), aspect="inputs")
    yield from mixed(SPACE, TOUCHES, "values", lambda row: (line(rng, row)[0], {}))


TWINS = (
    edit("kernel-not-flipped", "w[::-1]", "w",
         "The kernel slides as it is written: that is cross-correlation.",
         "True convolution turns the kernel round before it slides. (If your code turns it "
         "round twice, it is back where it was.)"),
    edit("series-flipped", "x, w[::-1]", "x[::-1], w",
         "You reversed the series, not the kernel: the right numbers come in reverse order.",
         "Which of the two is turned round?"),
    edit("both-flipped", "x, w[::-1]", "x[::-1], w[::-1]",
         "You reversed the series and the kernel: that is cross-correlation in reverse order.",
         "Only one of the two is turned round."),
    edit("kernel-negated", "w[::-1]", "np.negative(w)",
         "You changed the kernel's signs instead of its order.",
         "`-w` is not `w` backwards. How does a slice run from the end to the start?"),
    edit("ends-swapped", "w[::-1]", "[w[-1], *w[1:-1], w[0]][: len(w)]",
         "You swapped the kernel's first and last number only.",
         "In a kernel of 4, where do the two inner numbers go?"),
    edit("kernel-sorted", "w[::-1]", "sorted(w, reverse=True)",
         "You sorted the kernel from large to small instead of reversing it.",
         "Reversing keeps the neighbours. How does a slice run from the end to the start?"),
    edit("full-length", "x, w[::-1]", "np.pad(np.asarray(x, float), len(w) - 1), w[::-1]",
         "The result is the full convolution: its outer values use numbers beyond the ends.",
         "Keep only the places where the whole kernel lies on the series."),
    edit("starts-with-zeros",
         "x, w[::-1]", "np.pad(np.asarray(x, float), (len(w) - 1, 0)), w[::-1]",
         "Your first values treat the numbers before the series as zeros.",
         "At which t does `x[t - i]` lie inside the series for every i?"),
    Twin("wraps-round",
         lambda x, w: [sum(x[i - k] * w[k] for k in range(len(w)))
                       for i in range(len(x) - len(w) + 1)],
         "`x[t - i]` with a negative index takes numbers from the end of the series.",
         "At which t does `x[t - i]` lie inside the series for every i?"),
    sums.LAST_WINDOW_LOST,
    sums.WHOLE_NUMBERS_ONLY,
    sums.KERNEL_CUT,
    replace(sums.PRODUCTS_OVERFLOW,
            how=lambda x, w: sums.products_overflow(None, x, np.asarray(w)[::-1])),
    sums.TOTALS_OVERFLOW,
    edit("input-changed",
         "return conv1d_valid(x, w[::-1])", "w[:] = list(w)[::-1]\n    return conv1d_valid(x, w)",
         "The values are right, but your function reverses the kernel that it was given.",
         "Make a reversed copy. Which slice gives one?", costs=("inputs",)),
)


def loops(x, w):
    size = len(w)
    result = []
    for t in range(size - 1, len(x)):
        total = 0.0
        for i in range(size):
            total += float(x[t - i]) * float(w[i])
        result.append(total)
    return result


def flipped_windows(x, w):
    return sliding_window_view(np.asarray(x, float), len(w)) @ np.flip(w)


def backwards(x, w):
    x, w = [float(value) for value in x], [float(value) for value in w][::-1]
    return [
        sum(a * b for a, b in zip(x[i : i + len(w)], w, strict=True))
        for i in range(len(x) - len(w) + 1)
    ]


def scattered(x, w):
    full = np.zeros(len(x) + len(w) - 1)
    for i, value in enumerate(x):
        full[i : i + len(w)] += value * np.asarray(w, float)
    return full[len(w) - 1 : len(x)]


def fourier(x, w):
    size = len(x) + len(w) - 1
    product = np.fft.rfft(np.asarray(x, float), size) * np.fft.rfft(np.asarray(w, float), size)
    return np.fft.irfft(product, size)[len(w) - 1 : len(x)]


def single_precision(x, w):
    return convolve(x, w).astype(np.float32)


EXERCISE = Exercise(
    id="true_conv1d",
    reference=convolve,
    aspects={"values": 2, "inputs": 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    home=__file__,
    twins=TWINS,
    variants=(loops, flipped_windows, backwards, scattered, fourier, single_precision),
    hints=(
        "You have a function for everything but the flip.",
        "`w[::-1]` is the kernel backwards, as a new list or a view that leaves `w` alone.",
    ),
    window="flipped",
)
