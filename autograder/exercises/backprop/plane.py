"""Exercise `conv2d_backward`: the gradients of a convolution with stride and padding."""

import numpy as np

from autograder.exercises.arrays import frozen
from autograder.exercises.backprop.parts import (
    backward_args,
    each_mixed,
    each_result,
    irregular,
)
from autograder.exercises.backprop.plane_twins import TWINS
from autograder.exercises.corners import PADDING, sides, stride
from autograder.reference import backprop as reference
from autograder.space import Space
from autograder.spec import Exercise

SPACE = Space((sides("x", "a picture"), sides("w", "a kernel"), stride("x", "w", axes=2), PADDING))


def visible():
    yield from each_result(
        "a 3x4 picture and a 2x2 kernel",
        (np.array([[1.0, -2.0, 3.0], [2.0, 5.0, -1.0]]),
         np.array([[2.0, 5.0, 1.0, 4.0], [0.0, 3.0, -2.0, 6.0], [7.0, 1.0, 4.0, -3.0]]),
         np.array([[1.0, 3.0], [-2.0, 4.0]])),
    )
    yield from each_result(
        "a 4x3 picture and a 2x3 kernel",
        (np.array([[2.0], [-1.0], [3.0]]),
         np.array([[2.0, 5.0, 1.0], [4.0, 0.0, 3.0], [-2.0, 6.0, 7.0], [1.0, 4.0, -3.0]]),
         np.array([[1.0, 3.0, -2.0], [4.0, 2.0, 5.0]])),
    )
    yield from each_result(
        "stride 2 on a 6x5 picture, which leaves a row over",
        (np.array([[1.0, -2.0], [3.0, 5.0]]),
         np.array([[2.0, 5.0, 1.0, 4.0, 3.0], [0.0, 3.0, -2.0, 6.0, 1.0],
                   [7.0, 1.0, 4.0, -3.0, 2.0], [5.0, 2.0, 8.0, 1.0, -4.0],
                   [3.0, -1.0, 6.0, 2.0, 9.0], [1.0, 7.0, -5.0, 4.0, 2.0]]),
         np.array([[1.0, 3.0, -1.0], [-2.0, 4.0, 2.0], [5.0, 1.0, 6.0]])),
        {"stride": 2}, suffix=" with stride",
    )
    yield from each_result(
        "padding 1 on a 2x3 picture",
        (np.array([[1.0, -2.0, 3.0], [2.0, 5.0, -1.0]]),
         np.array([[2.0, 5.0, 1.0], [4.0, -3.0, 6.0]]),
         np.array([[1.0, 3.0, 2.0], [-2.0, 4.0, 5.0], [7.0, -1.0, 6.0]])),
        {"padding": 1}, suffix=" with padding",
    )


def hidden(draw):
    rng = draw.rng

    def case(why, picture, kernel, stride=1, padding=0, suffix=""):
        sizes = [(n + 2 * padding - k) // stride + 1
                 for n, k in zip(picture, kernel, strict=True)]
        args = (irregular(rng, *sizes), irregular(rng, *picture), irregular(rng, *kernel))
        options = {"stride": stride} if stride > 1 else {}
        options |= {"padding": padding} if padding else {}
        return each_result(why, args, options, suffix=suffix)

    yield from case("a 5x7 picture and a 3x2 kernel", (5, 7), (3, 2))
    yield from case("a tall picture and a wide kernel", (7, 4), (2, 3))
    yield from case("a kernel of one number", (3, 4), (1, 1))
    yield from case("a kernel as large as the picture", (3, 4), (3, 4))
    doubled = (irregular(rng, 3, 8), irregular(rng, 4, 12), irregular(rng, 2, 6))
    yield from each_result("every other column of larger arrays",
                           tuple(array[:, ::2] for array in doubled))
    read_only = map(frozen, (irregular(rng, 2, 3), irregular(rng, 4, 4), irregular(rng, 3, 2)))
    yield from each_result("read-only arrays", tuple(read_only))
    stride = " with stride"
    yield from case("a 6x8 picture, stride 2, which does not come out even", (6, 8), (3, 3), 2,
                    suffix=stride)
    yield from case("stride 3, larger than the kernel", (9, 6), (2, 2), 3, suffix=stride)
    yield from case("stride 2 and padding 2", (5, 8), (3, 2), 2, 2, suffix=stride)
    padding = " with padding"
    yield from case("padding 1", (5, 8), (3, 3), 1, 1, suffix=padding)
    yield from case("padding 2 and a kernel of two different sides", (4, 6), (2, 3), 1, 2,
                    suffix=padding)
    yield from each_mixed(SPACE, lambda row: backward_args(rng, row))


def window_loop(dout, x, w, stride=1, padding=0):
    kh, kw = w.shape
    xp = np.pad(x, padding)
    dxp, dw = np.zeros(xp.shape), np.zeros(w.shape)
    for i in range(dout.shape[0]):
        for j in range(dout.shape[1]):
            rows = slice(i * stride, i * stride + kh)
            cols = slice(j * stride, j * stride + kw)
            dxp[rows, cols] += dout[i, j] * w
            dw += dout[i, j] * xp[rows, cols]
    if padding > 0:
        dxp = dxp[padding:-padding, padding:-padding]
    return dxp, dw


def four_loops(dout, x, w, stride=1, padding=0):
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for i in range(len(dout)):
        for j in range(len(dout[0])):
            for a in range(len(w)):
                for b in range(len(w[0])):
                    r, c = i * stride + a - padding, j * stride + b - padding
                    if 0 <= r < len(x) and 0 <= c < len(x[0]):
                        dx[r, c] += dout[i, j] * w[a, b]
                        dw[a, b] += dout[i, j] * x[r, c]
    return dx, dw


def tap_by_tap(dout, x, w, stride=1, padding=0):
    height, width = dout.shape
    xp = np.pad(x, padding)
    dxp, dw = np.zeros_like(xp), np.empty_like(w)
    for a, b in np.ndindex(w.shape):
        spot = np.s_[a : a + stride * height : stride, b : b + stride * width : stride]
        dw[a, b] = np.sum(xp[spot] * dout)
        dxp[spot] += w[a, b] * dout
    return dxp[padding : padding + x.shape[0], padding : padding + x.shape[1]], dw


def dilated(dout, x, w, stride=1, padding=0):
    windows = np.lib.stride_tricks.sliding_window_view
    (h, v), (kh, kw) = x.shape, w.shape
    wide = np.zeros((h + 2 * padding - kh + 1, v + 2 * padding - kw + 1))
    wide[::stride, ::stride][: dout.shape[0], : dout.shape[1]] = dout
    around = np.pad(wide, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    dxp = np.einsum("ijab,ab->ij", windows(around, (kh, kw)), w[::-1, ::-1])
    dw = np.einsum("abij,ij->ab", windows(np.pad(x, padding), wide.shape), wide)
    return dxp[padding : padding + h, padding : padding + v], dw


def single_precision(dout, x, w, stride=1, padding=0):
    dx, dw = reference.conv2d_backward(dout, x, w, stride, padding)
    return dx.astype(np.float32), dw.astype(np.float32)


EXERCISE = Exercise(
    id="conv2d_backward",
    reference=reference.conv2d_backward,
    aspects={
        "dx": 1, "dw": 1, "dx with stride": 1, "dw with stride": 1, "dx with padding": 1,
        "dw with padding": 1,
    },
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=TWINS,
    variants=(window_loop, four_loops, tap_by_tap, dilated, single_precision),
    hints=(
        "Nothing new happens to the numbers: it is your `conv1d_backward` with rows and columns. "
        "Pad `x` first, and collect the gradient of the *padded* picture, in an array of its size.",
        "Output `(i, j)` saw the window that starts at row `i * stride` and column `j * stride` of "
        "the padded picture. It adds `dout[i, j]` times that window to `dw`, and `dout[i, j]` "
        "times `w` to the same window of the padded gradient.",
        "At the end cut the rim off: `dxp[padding:padding + H, padding:padding + W]` is right for "
        "padding 0, too.",
    ),
)
