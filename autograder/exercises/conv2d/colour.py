"""Exercise `conv2d_rgb`: one kernel over a picture of several channels, and a bias."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder.exercises.arrays import frozen
from autograder.exercises.conv2d import bias, draws
from autograder.exercises.conv2d.channels import CHANNELS
from autograder.exercises.conv2d.draws import kernel, picture, pixels
from autograder.exercises.conv2d.dtypes import KERNEL_CUT, OVERFLOW
from autograder.exercises.conv2d.lifts import on_colours, twins
from autograder.exercises.conv2d.sides import SIDES
from autograder.exercises.conv2d.sums import ORIENTATION, SUMS
from autograder.exercises.corners import bias as biased
from autograder.exercises.corners import mixed
from autograder.reference import conv2d as reference
from autograder.space import Space
from autograder.spec import Case, Exercise, Twin

SUM, TYPE, BIAS, HEIGHT_WIDTH = "channels", "number types", "bias", "height and width"

SPACE = Space((draws.PICTURE, draws.KERNEL, draws.PICTURE_TYPES, draws.KERNEL_TYPES,
               draws.CHANNELS, biased()))
TOUCHES = {**dict.fromkeys(draws.UNEQUAL, HEIGHT_WIDTH), "a bias": BIAS,
           **dict.fromkeys(draws.TYPED, TYPE)}

COLOURS = np.array([
    [[1.0, 2.0, 0.0, -1.0], [0.0, 3.0, 1.0, 4.0], [2.0, -1.0, 5.0, 1.0], [3.0, 0.0, -2.0, 1.0]],
    [[10.0, 0.0, 20.0, 30.0], [40.0, 10.0, -10.0, 0.0], [-20.0, 30.0, 10.0, 50.0],
     [0.0, 60.0, 20.0, -30.0]],
    [[300.0, 100.0, -200.0, 0.0], [100.0, 0.0, 400.0, 200.0], [0.0, 500.0, 100.0, -100.0],
     [-300.0, 200.0, 0.0, 600.0]],
])
WEIGHTS = np.array([
    [[1.0, 2.0], [-1.0, 0.5]], [[0.0, -3.0], [2.0, 1.0]], [[4.0, 1.0], [0.0, -2.0]],
])


def visible():
    first = COLOURS[:, :3, :3].copy()
    yield Case("three channels of 3x3 and a kernel of 3x2x2", (first, WEIGHTS), aspect=SUM)
    yield Case("two channels", (COLOURS[1:], WEIGHTS[1:]), aspect=SUM)
    yield Case("a bias", (first, WEIGHTS, 7.0), aspect=BIAS)
    yield Case("a bias with decimals, whole numbers elsewhere",
               (first.astype(int), (2 * WEIGHTS).astype(int), -2.5), aspect=BIAS)
    yield Case("a picture that is wider than high", (COLOURS[:, :3].copy(), WEIGHTS),
               aspect=HEIGHT_WIDTH)
    yield Case("a picture that is higher than wide", (COLOURS[:, :, :3].copy(), WEIGHTS),
               aspect=HEIGHT_WIDTH)
    yield Case("a kernel that is higher than wide", (COLOURS, np.concatenate(
        [WEIGHTS, 2 * WEIGHTS[:, :1, ::-1] + 1], axis=1)), aspect=HEIGHT_WIDTH)


def hidden(draw):
    rng = draw.rng
    yield Case("three channels", (picture(rng, 3, 6, 6), kernel(rng, 3, 3, 3)), aspect=SUM)
    yield Case("four channels", (picture(rng, 4, 5, 5), kernel(rng, 4, 2, 2)), aspect=SUM)
    yield Case("a single channel", (picture(rng, 1, 5, 5), kernel(rng, 1, 3, 3)), aspect=SUM)
    yield Case("as many channels as rows and columns",
               (picture(rng, 4, 4, 4), kernel(rng, 4, 3, 3)), aspect=SUM)
    yield Case("whole numbers", (rng.permutation(np.arange(-30, 45)).reshape(3, 5, 5),
                                 kernel(rng, 3, 2, 2).astype(int)), aspect=TYPE)
    yield Case("pixels and weights of 8 bits", (pixels(rng, 3, 4, 4), pixels(rng, 3, 2, 2)),
               aspect=TYPE)
    yield Case("float32 numbers", (picture(rng, 3, 4, 4).astype(np.float32),
                                   kernel(rng, 3, 2, 2).astype(np.float32)), aspect=TYPE)
    yield Case("channels of a picture whose channels came last",
               (np.moveaxis(picture(rng, 5, 5, 3), 2, 0), kernel(rng, 3, 3, 3)), aspect=SUM)
    yield Case("a read-only picture and kernel",
               (frozen(picture(rng, 3, 4, 4)), frozen(kernel(rng, 3, 2, 2))), aspect=TYPE)
    yield Case("weights with decimals",
               (picture(rng, 3, 5, 5), kernel(rng, 3, 2, 2) * 0.625), aspect=SUM)
    large, small = rng.permutation([17.5, -23.25])
    yield Case("a bias", (picture(rng, 3, 5, 5), kernel(rng, 3, 3, 3), large), aspect=BIAS)
    yield Case("another bias", (picture(rng, 4, 4, 4), kernel(rng, 4, 2, 2), small), aspect=BIAS)
    yield Case("a bias with decimals, whole numbers elsewhere",
               (rng.permutation(np.arange(-20, 28)).reshape(3, 4, 4),
                kernel(rng, 3, 2, 2).astype(int), 0.75), aspect=BIAS)
    yield Case("a picture that is wider than high",
               (picture(rng, 3, 4, 8), kernel(rng, 3, 3, 3)), aspect=HEIGHT_WIDTH)
    yield Case("a picture that is higher than wide",
               (picture(rng, 3, 7, 5), kernel(rng, 3, 2, 2)), aspect=HEIGHT_WIDTH)
    yield Case("a kernel that is wider than high",
               (picture(rng, 3, 6, 6), kernel(rng, 3, 2, 4)), aspect=HEIGHT_WIDTH)
    yield Case("a kernel that is higher than wide",
               (picture(rng, 5, 6, 6), kernel(rng, 5, 3, 2)), aspect=HEIGHT_WIDTH)

    def together(row):
        x, w, _ = draws.plane(rng, row, (1 if row[draws.CHANNELS.name] == "one channel" else 4,))
        return (x, w, 5.5 if row["bias"] == "a bias" else 0.0), {}

    yield from mixed(SPACE, TOUCHES, SUM, together)


def input_changed(x, w, b=0.0):
    result = reference.conv2d_rgb(x, w, b)
    x[0, 0, 0] = 0
    return result


def loops(x, w, b=0.0):
    rows, columns = (n - k + 1 for n, k in zip(x.shape[1:], w.shape[1:], strict=True))
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            total = 0.0
            for c in range(len(x)):
                for m in range(w.shape[1]):
                    for n in range(w.shape[2]):
                        total += float(x[c, i + m, j + n]) * float(w[c, m, n])
            out[i, j] = total + b
    return out


def patches(x, w, b=0.0):
    _, height, width = w.shape
    return [
        [
            float(np.sum(x[:, i : i + height, j : j + width].astype(float) * w) + b)
            for j in range(x.shape[2] - width + 1)
        ]
        for i in range(x.shape[1] - height + 1)
    ]


def channel_by_channel(x, w, b=0.0):
    return sum(reference.conv2d(plane, weights) for plane, weights in zip(x, w, strict=True)) + b


def einsum(x, w, b=0.0):
    view = sliding_window_view(x.astype(float), w.shape[1:], axis=(1, 2))
    return np.einsum("cijmn,cmn->ij", view, w) + b


def im2col(x, w, b=0.0):
    view = sliding_window_view(np.asarray(x, float), w.shape)[0]
    return view.reshape(*view.shape[:2], -1) @ w.ravel() + b


def fourier(x, w, b=0.0):
    size = [n + k - 1 for n, k in zip(x.shape[1:], w.shape[1:], strict=True)]
    spectrum = np.fft.fft2(x, size) * np.fft.fft2(w[:, ::-1, ::-1], size)
    full = np.fft.ifft2(spectrum.sum(axis=0)).real
    return full[w.shape[1] - 1 : x.shape[1], w.shape[2] - 1 : x.shape[2]] + b


def single_precision(x, w, b=0.0):
    return reference.conv2d_rgb(x, w, b).astype(np.float32)


EXERCISE = Exercise(
    id="conv2d_rgb",
    reference=reference.conv2d_rgb,
    aspects={SUM: 1, TYPE: 1, BIAS: 1, HEIGHT_WIDTH: 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=(
        *twins(on_colours, CHANNELS, costs=(SUM,)),
        *twins(on_colours, ORIENTATION, costs=(SUM,)),
        *twins(on_colours, SUMS, costs=(SUM,)),
        *twins(bias.on_colours, bias.BIAS, costs=(BIAS,)),
        *twins(on_colours, SIDES),
        *twins(on_colours, OVERFLOW, costs=(TYPE,)),
        *twins(on_colours, (KERNEL_CUT,), costs=(SUM,)),
        Twin("input-changed", input_changed,
             "The values are right, but your function changes the picture it was given.",
             "Write your results into a new array.", costs=(SUM,)),
    ),
    variants=(
        loops, patches, channel_by_channel, einsum, im2col, fourier, single_precision,
    ),
    hints=(
        "For a single channel you have the function already. What happens with the three maps "
        "that three channels give?",
        "Channel `x[c]` meets plane `w[c]`. Add the maps of all channels; add `b` once, at the "
        "very end.",
        "Either sum `conv2d(x[c], w[c])` over `c`, or take windows that go through all channels, "
        "`x[:, i : i + kH, j : j + kW] * w`, and sum all products at once.",
    ),
    window="kernel",
)
