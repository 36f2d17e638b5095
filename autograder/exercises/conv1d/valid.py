"""Exercise `conv1d_valid`: the kernel at every place where it fits."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder.exercises.arrays import frozen
from autograder.exercises.conv1d.draws import (
    KERNEL_TYPES,
    SERIES_TYPES,
    eight_bits,
    kernel,
    line,
    series,
)
from autograder.exercises.conv1d.valid_twins import TWINS
from autograder.exercises.corners import length, mixed
from autograder.reference import conv1d as reference
from autograder.space import Space
from autograder.spec import Case, Exercise

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
