"""Exercise `conv1d`: cross-correlation with stride and zero padding."""

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
from autograder.exercises.conv1d.strided_twins import TWINS
from autograder.exercises.corners import EVEN, PADDED, PADDED_MORE, PADDING, UNEVEN, length, mixed
from autograder.exercises.corners import stride as step
from autograder.reference import conv1d as reference
from autograder.space import Space
from autograder.spec import Case, Exercise

correlate = reference.conv1d

SPACE = Space((SERIES_TYPES, KERNEL_TYPES, length(), step("x", "w", axes=1), PADDING))
TOUCHES = {EVEN: "stride", UNEVEN: "stride", PADDED: "padding", PADDED_MORE: "padding",
           **dict.fromkeys((*SERIES_TYPES.levels[1:], *KERNEL_TYPES.levels[1:]), "inputs")}


def visible():
    yield Case(
        "5 numbers and an asymmetric kernel of 3",
        (np.array([1.0, 4.0, -2.0, 3.0, 7.0]), np.array([1.0, 2.0, 5.0])),
    )
    yield Case("plain Python lists", ([3, -1, 4, 1.5, -5, 9], [2, -1]), aspect="inputs")
    yield Case(
        "stride 2 over 10 numbers, which does not come out even",
        (np.array([2.0, -1.0, 3.0, 5.0, 0.0, 4.0, -6.0, 1.0, 7.0, -2.0]),
         np.array([1.0, -2.0, 4.0])),
        {"stride": 2},
        aspect="stride",
    )
    yield Case(
        "one zero on each side",
        (np.array([1.0, 4.0, -2.0, 3.0, 7.0]), np.array([1.0, 2.0, 5.0])),
        {"padding": 1},
        aspect="padding",
    )
    yield Case(
        "two zeros on each side",
        (np.array([3.0, 1.0, -4.0, 2.0]), np.array([2.0, -1.0, 1.0])),
        {"padding": 2},
        aspect="padding",
    )
    yield Case(
        "a kernel of 5 over 3 numbers",
        (np.array([1.0, 2.0, 3.0]), np.ones(5)),
        aspect="no fit",
        mentions=(5, 3),
    )


def hidden(draw):
    rng = draw.rng
    yield Case("a series of 11 and a kernel of 4", (series(rng, 11), kernel(rng, 4)))
    yield Case("a kernel of one number", (series(rng, 5), kernel(rng, 1) * 3))
    yield Case("a kernel as long as the series", (series(rng, 4), kernel(rng, 4)))
    yield Case("a kernel with decimals", (series(rng, 8), kernel(rng, 3) * 0.625))
    yield Case("whole numbers", (rng.permutation(np.arange(-4, 5)), np.array([1, -2, 4])),
               aspect="inputs")
    yield Case("numbers of 8 bits", eight_bits(rng), aspect="inputs")
    yield Case("float32 numbers", (series(rng, 9).astype(np.float32),
                                   kernel(rng, 3).astype(np.float32)), aspect="inputs")
    yield Case("every other element of a longer array", (series(rng, 18)[::2], kernel(rng, 3)),
               aspect="inputs")
    yield Case("a read-only series", (frozen(series(rng, 8)), kernel(rng, 3)), aspect="inputs")
    yield Case("lists", (series(rng, 7).tolist(), kernel(rng, 2).tolist()), aspect="inputs")

    def stride(why, length, size, step, padding=0):
        return Case(why, (series(rng, length), kernel(rng, size)),
                    {"stride": step, "padding": padding}, aspect="stride")

    yield stride("stride 2", 12, 3, 2)
    yield stride("stride 3", 13, 4, 3)
    yield stride("stride larger than the kernel", 13, 2, 4)
    yield stride("stride 2 and padding 2", 8, 3, 2, padding=2)

    def padded(why, length, size, padding):
        return Case(why, (series(rng, length), kernel(rng, size)), {"padding": padding},
                    aspect="padding")

    yield padded("padding 1", 8, 3, 1)
    yield padded("padding 3", 6, 4, 3)
    yield padded("a kernel that fits only with padding", 4, 6, 2)
    yield from mixed(SPACE, TOUCHES, "values", lambda row: line(rng, row))

    def misfit(why, length, size, padding=0):
        return Case(why, (series(rng, length), kernel(rng, size)), {"padding": padding},
                    aspect="no fit",
                    mentions=(size, tuple({length, length + 2 * padding})))

    yield misfit("a kernel that does not fit", 4, 7)
    yield misfit("a kernel that does not fit in spite of padding", 3, 8, padding=2)
    yield misfit("a kernel longer than the padded series by two", 5, 9, padding=1)


def loops(x, w, stride=1, padding=0):
    x = [0.0] * padding + [float(v) for v in x] + [0.0] * padding
    if len(w) > len(x):
        raise ValueError(f"kernel {len(w)} is longer than the padded {len(x) - 2 * padding}")
    result = []
    for start in range(0, len(x) - len(w) + 1, stride):
        total = 0
        for offset in range(len(w)):
            total += x[start + offset] * float(w[offset])
        result.append(total)
    return result


def windows(x, w, stride=1, padding=0):
    if len(w) > len(x) + 2 * padding:
        raise ValueError(f"{len(w)} values of w do not fit into {len(x)} of x")
    return sliding_window_view(np.pad(x, padding), len(w))[::stride] @ np.asarray(w, float)


def einsum(x, w, stride=1, padding=0):
    if len(w) > len(x) + 2 * padding:
        raise ValueError(f"{len(w)} values of w do not fit into {len(x)} of x")
    view = sliding_window_view(np.pad(np.asarray(x, float), padding), len(w))[::stride]
    return np.einsum("ik,k->i", view, w)


def fourier(x, w, stride=1, padding=0):
    x, w = np.pad(np.asarray(x, float), padding), np.asarray(w, float)
    if len(w) > len(x):
        raise ValueError(f"{len(w)} values of w do not fit into {len(x) - 2 * padding} of x")
    size = len(x) + len(w) - 1
    product = np.fft.fft(x, size) * np.fft.fft(w[::-1], size)
    return np.fft.ifft(product).real[len(w) - 1 : len(x)][::stride]


def single_precision(x, w, stride=1, padding=0):
    return correlate(x, w, stride, padding).astype(np.float32)


EXERCISE = Exercise(
    id="conv1d",
    reference=correlate,
    aspects={"values": 1, "inputs": 1, "stride": 1, "padding": 1, "no fit": 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    home=__file__,
    twins=TWINS,
    variants=(loops, windows, einsum, fourier, single_precision),
    hints=(
        "Two things are new: a longer series and larger steps. Which of your functions already "
        "gives you the longer series?",
        "Pad first, then forget about padding: from there on only the padded series counts. The "
        "starts of the windows are `range(0, len(padded) - len(w) + 1, stride)`.",
        "`[padded[s : s + K] @ w for s in starts]` holds the values. Before that, compare `len(w)` "
        "with `len(padded)` and raise a `ValueError` that names both `len(w)` and `len(x)`.",
    ),
    window="kernel",
)
