"""Exercise `conv1d_backward`: the gradients of a one-dimensional convolution."""

import numpy as np

from autograder.exercises.arrays import frozen
from autograder.exercises.backprop.parts import each_result, irregular
from autograder.exercises.corners import length
from autograder.reference import backprop as reference
from autograder.space import Factor, Space
from autograder.spec import Exercise, Twin

right = reference.conv1d_backward

SPACE = Space((length(), Factor(
    "windows", ("several windows", "a single window"),
    lambda given: "a single window" if len(given["dout"]) == 1 else "several windows",
)))


def visible():
    yield from each_result(
        "4 numbers and a kernel of 2",
        (np.array([1.0, -2.0, 3.0]), np.array([2.0, 5.0, 1.0, 4.0]), np.array([1.0, 3.0])),
    )
    yield from each_result(
        "6 numbers and a kernel of 3",
        (np.array([2.0, 1.0, -1.0, 4.0]), np.array([1.0, 4.0, -2.0, 3.0, 7.0, 5.0]),
         np.array([1.0, -2.0, 5.0])),
    )


def hidden(draw):
    rng = draw.rng

    def case(why, length, kernel):
        x, w = irregular(rng, length), irregular(rng, kernel)
        return each_result(why, (irregular(rng, length - kernel + 1), x, w))

    yield from case("a series of 9 and a kernel of 4", 9, 4)
    yield from case("a series of 7 and a kernel of 2", 7, 2)
    yield from case("a kernel that is longer than the output", 6, 4)
    yield from case("a kernel of one number", 5, 1)
    yield from case("a kernel as long as the series", 4, 4)
    yield from case("an odd kernel as long as the series", 3, 3)
    yield from case("an odd kernel", 7, 3)
    yield from case("one number and a kernel of one number", 1, 1)
    strided = (irregular(rng, 10)[::2], irregular(rng, 14)[::2], irregular(rng, 6)[::2])
    yield from each_result("every other element of longer arrays", strided)
    read_only = map(frozen, (irregular(rng, 4), irregular(rng, 6), irregular(rng, 3)))
    yield from each_result("read-only arrays", tuple(read_only))


def upstream_ignored(dout, x, w):
    return right(np.ones(len(dout)), x, w)


def dx_overwritten(dout, x, w):
    dx = np.zeros(len(x))
    for i, g in enumerate(dout):
        dx[i : i + len(w)] = g * w
    return dx, right(dout, x, w)[1]


def kernel_unflipped(dout, x, w):
    return right(dout, x, w[::-1])[0], right(dout, x, w)[1]


def dx_too_short(dout, x, w):
    dx, dw = right(dout, x, w)
    return dx[len(w) - 1 : len(dout)], dw


def dx_same_size(dout, x, w):
    dx, dw = right(dout, x, w)
    start = (len(w) - 1) // 2
    return dx[start : start + len(dout)], dw


def kernel_at_x(dout, x, w):
    dx, dw = right(dout, x, w)
    return dx * x, dw


def dw_last_window(dout, x, w):
    return right(dout, x, w)[0], dout[-1] * x[len(dout) - 1 :]


def dw_first_window(dout, x, w):
    return right(dout, x, w)[0], dout[0] * x[: len(w)]


def dw_mean(dout, x, w):
    dx, dw = right(dout, x, w)
    return dx, dw / len(dout)


def dw_reversed(dout, x, w):
    dx, dw = right(dout, x, w)
    return dx, dw[::-1]


def dout_reversed(dout, x, w):
    return right(dout, x, w)[0], right(dout[::-1], x, w)[1]


def swapped(dout, x, w):
    return right(dout, x, w)[::-1]


def dx_only(dout, x, w):
    return right(dout, x, w)[0]


def sign_reversed(dout, x, w):
    dx, dw = right(dout, x, w)
    return -dx, -dw


def input_changed(dout, x, w):
    result = right(dout, x, w)
    w[:] = w[::-1].copy()
    return result


def window_loop(dout, x, w):
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for i in range(len(dout)):
        dx[i : i + len(w)] += w * dout[i]
        dw += x[i : i + len(w)] * dout[i]
    return dx, dw


def single_products(dout, x, w):
    dx, dw = [0.0] * len(x), [0.0] * len(w)
    for i in range(len(dout)):
        for k in range(len(w)):
            dx[i + k] += dout[i] * w[k]
            dw[k] += dout[i] * x[i + k]
    return dx, dw


def shifted_slices(dout, x, w):
    n = len(dout)
    dw = np.array([x[k : k + n] @ dout for k in range(len(w))])
    dx = sum(np.pad(dout * tap, (k, len(w) - 1 - k)) for k, tap in enumerate(w))
    return [dx, dw]


def as_matrix(dout, x, w):
    matrix = np.zeros((len(dout), len(x)))
    for i in range(len(dout)):
        matrix[i, i : i + len(w)] = w
    windows = np.lib.stride_tricks.sliding_window_view(x, len(w))
    return matrix.T @ dout, windows.T @ dout


EXERCISE = Exercise(
    id="conv1d_backward",
    reference=right,
    aspects={"dx": 2, "dw": 2},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=(
        Twin("upstream-ignored", upstream_ignored,
             "The result is the same whatever `dout` holds: you took every upstream gradient as 1.",
             "An output that the loss does not care about has a `dout` of 0. What should its "
             "window contribute?"),
        Twin("dx-overwritten", dx_overwritten,
             "Each window replaces what the windows before it wrote into `dx`.",
             "An input that lies in two windows acts on the loss in two ways. What happens to the "
             "two effects?", costs=("dx",)),
        Twin("kernel-unflipped", kernel_unflipped,
             "In `dx` the kernel's entries stand in reverse order.",
             "The first input only ever meets `w[0]`. Which weight does your `dx[0]` hold?",
             costs=("dx",)),
        Twin("dx-too-short", dx_too_short,
             "`dx` holds only the inputs that a full window of `dout` reaches.",
             "Every input needs a gradient, those at the ends too: `dx` is as long as `x`.",
             costs=("dx",)),
        Twin("dx-as-long-as-dout", dx_same_size,
             "`dx` was cut to the length of `dout`.",
             "Every input needs a gradient: `dx` is as long as `x`.", costs=("dx",)),
        Twin("dx-times-x", kernel_at_x,
             "`dx` is multiplied by `x` once more.",
             "The product is `w[k] * x[i + k]`. What is its derivative by `x[i + k]`?",
             costs=("dx",)),
        Twin("dw-last-window", dw_last_window,
             "`dw` holds the last window only.",
             "One kernel serves every window. Is each window's share added, or does it replace "
             "the one before?", costs=("dw",)),
        Twin("dw-first-window", dw_first_window,
             "`dw` holds the first window only.",
             "One kernel serves every window. When does your function return?", costs=("dw",)),
        Twin("dw-mean", dw_mean,
             "`dw` is divided by the number of windows.",
             "The loss is a sum over all outputs, so the effects of a weight add up.",
             costs=("dw",)),
        Twin("dw-reversed", dw_reversed,
             "The entries of `dw` stand in reverse order.",
             "`dw[0]` belongs to `w[0]`, which meets the first number of each window.",
             costs=("dw",)),
        Twin("dout-reversed", dout_reversed,
             "For `dw`, `dout` was reversed.",
             "`dout[0]` belongs to the first window. Which window do you multiply it with?",
             costs=("dw",)),
        Twin("swapped", swapped,
             "You return `dw` first.", "The order is `dx, dw`."),
        Twin("dx-only", dx_only,
             "You return `dx` only.", "`return dx, dw`: two results, separated by a comma."),
        Twin("sign-reversed", sign_reversed,
             "Every sign is reversed.",
             "The minus of gradient descent belongs to the update of the weights, not to the "
             "gradient."),
        Twin("input-changed", input_changed,
             "The gradients are right, but your function changes an array it was given.",
             "Which line writes into `dout`, `x` or `w`? Write into a new array.",
             costs=("dx",)),
    ),
    variants=(window_loop, single_products, shifted_slices, as_matrix),
    hints=(
        "Write down one output: `y[i] = w[0] * x[i] + w[1] * x[i+1] + ...`. It passes `dout[i]` on "
        "to every weight and every input in that line.",
        "Begin with `dx` and `dw` full of zeros and go through the outputs. Output `i` adds "
        "something to `dw` as a whole and to the part `dx[i : i + K]`.",
        "What output `i` adds to `dw` is `dout[i]` times its window of `x`; what it adds to its "
        "window of `dx` is `dout[i]` times the kernel.",
    ),
)
