"""Exercise `conv_layer`: several filters over a picture, with biases, stride and padding."""

import numpy as np

from autograder.exercises.arrays import frozen
from autograder.exercises.conv2d import layer_styles
from autograder.exercises.conv2d.draws import (
    CHANNELS,
    KERNEL,
    KERNEL_TYPES,
    PICTURE,
    PICTURE_TYPES,
    TYPED,
    UNEQUAL,
    biases,
    kernel,
    picture,
    pixels,
    plane,
)
from autograder.exercises.conv2d.draws import FILTERS as AMOUNT
from autograder.exercises.conv2d.layer_twins import BIAS, BORDER, FILTERS, STRIDES, TWINS, TYPE
from autograder.exercises.corners import PADDING, mixed, stride
from autograder.exercises.corners import bias as biased
from autograder.reference import conv2d as reference
from autograder.space import Space
from autograder.spec import Case, Exercise

HEIGHT_WIDTH = "height and width"
STEP = stride("x", "w", axes=2)
SPACE = Space((PICTURE, KERNEL, STEP, PADDING, PICTURE_TYPES, KERNEL_TYPES, CHANNELS, AMOUNT,
               biased()))
TOUCHES = {
    **dict.fromkeys(UNEQUAL, HEIGHT_WIDTH), **dict.fromkeys(PADDING.levels[1:], BORDER),
    **dict.fromkeys(STEP.levels[1:], STRIDES), "a bias": BIAS, **dict.fromkeys(TYPED, TYPE),
}

INPUT = np.array([
    [[1, 2, 0, -1, 3, 2, 4], [0, 3, 1, 4, -2, 1, 5], [2, -1, 5, 1, 0, 3, -3],
     [3, 0, -2, 1, 4, -5, 2], [1, 4, 2, 0, -3, 2, 1], [-4, 1, 3, 2, 5, 0, -1],
     [2, 3, -1, 5, 1, 4, 0]],
    [[10, 0, 20, 30, -10, 40, 20], [40, 10, -10, 0, 50, 20, -30], [-20, 30, 10, 50, 0, 10, 60],
     [0, 60, 20, -30, 10, -40, 30], [50, -10, 0, 20, 40, 30, -20],
     [10, 20, -50, 0, 30, -10, 40], [30, -20, 40, 10, 0, 50, -60]],
    [[300, 100, -200, 0, 100, 500, -100], [100, 0, 400, 200, -300, 100, 0],
     [0, 500, 100, -100, 200, 0, 400], [-300, 200, 0, 600, 100, -200, 300],
     [200, -100, 300, 0, 400, 100, -500], [0, 400, 200, -200, 100, 300, 0],
     [500, 0, -100, 300, -400, 200, 100]],
], dtype=float)
FIRST = [[[1.0, 2.0], [-1.0, 0.5]], [[0.0, -3.0], [2.0, 1.0]], [[4.0, 1.0], [0.0, -2.0]]]
SECOND = [[[0.0, -1.0], [3.0, 1.0]], [[2.0, 0.5], [0.0, -4.0]], [[-1.0, 0.0], [2.0, 3.0]]]
BANK, NONE = np.array([FIRST, SECOND]), np.zeros(2)


def visible():
    small = INPUT[:, :3, :3].copy()
    yield Case("three channels, one filter", (small, BANK[:1], NONE[:1]), aspect=FILTERS)
    yield Case("three channels, two filters", (small, BANK, NONE), aspect=FILTERS)
    yield Case("two filters with different biases", (small, BANK, np.array([7.0, -2.5])),
               aspect=BIAS)
    yield Case("a picture that is wider than high", (INPUT[:, :3, :5].copy(), BANK, NONE),
               aspect=HEIGHT_WIDTH)
    yield Case("a picture that is higher than wide", (INPUT[:, :5, :3].copy(), BANK, NONE),
               aspect=HEIGHT_WIDTH)
    yield Case("kernels that are wider than high",
               (INPUT[:, :4, :4].copy(), np.concatenate([BANK, BANK[..., :1] + 2.0], axis=3),
                NONE), aspect=HEIGHT_WIDTH)
    yield Case("kernels that are higher than wide",
               (INPUT[:, :4, :4].copy(), np.concatenate([BANK, BANK[:, :, :1] + 2.0], axis=2),
                NONE), aspect=HEIGHT_WIDTH)
    yield Case("stride 2 over 7 rows and columns, which does not come out even",
               (INPUT, BANK, NONE), {"stride": 2}, STRIDES)
    yield Case("stride 3 over 7 rows and columns", (INPUT, BANK, NONE), {"stride": 3}, STRIDES)
    yield Case("one ring of zeros", (small, BANK, NONE), {"padding": 1}, BORDER)
    yield Case("two rings of zeros", (small, BANK, NONE), {"padding": 2}, BORDER)


def hidden(draw):
    rng = draw.rng

    def layer(c, h, w, f, kh, kw):
        return picture(rng, c, h, w), kernel(rng, f, c, kh, kw), np.zeros(f)

    yield Case("three channels, two filters", layer(3, 6, 6, 2, 3, 3), aspect=FILTERS)
    yield Case("four channels, three filters", layer(4, 5, 5, 3, 2, 2), aspect=FILTERS)
    x, w, b = layer(3, 5, 5, 2, 2, 2)
    yield Case("weights with decimals", (x, w * 0.625, b), aspect=FILTERS)
    yield Case("as many filters as channels", layer(3, 5, 5, 3, 3, 3), aspect=FILTERS)
    yield Case("one channel, four filters", layer(1, 5, 5, 4, 2, 2), aspect=FILTERS)
    yield Case("one filter", layer(3, 4, 4, 1, 2, 2), aspect=FILTERS)
    x, w, b = layer(3, 5, 5, 2, 3, 3)
    yield Case("whole numbers", ((4 * x).astype(int), w.astype(int), b.astype(int)),
               aspect=TYPE)
    yield Case("pixels and weights of 8 bits",
               (pixels(rng, 3, 4, 4), pixels(rng, 2, 3, 2, 2), np.zeros(2)), aspect=TYPE)
    x, w, b = layer(3, 4, 4, 2, 2, 2)
    yield Case("float32 numbers", tuple(a.astype(np.float32) for a in (x, w, b)), aspect=TYPE)
    x, w, b = layer(3, 5, 5, 2, 2, 2)
    yield Case("read-only inputs", (frozen(x), frozen(w), frozen(b)), aspect=TYPE)
    yield Case("channels of a picture whose channels came last",
               (np.moveaxis(picture(rng, 5, 5, 3), 2, 0), kernel(rng, 2, 3, 2, 2), np.zeros(2)),
               aspect=FILTERS)

    yield Case("two filters with different biases", (*layer(3, 5, 5, 2, 3, 3)[:2],
                                                     biases(rng, 2)), aspect=BIAS)
    yield Case("four filters with different biases", (*layer(3, 5, 5, 4, 2, 2)[:2],
                                                      biases(rng, 4)), aspect=BIAS)
    yield Case("one filter with a bias", (*layer(3, 4, 4, 1, 2, 2)[:2], biases(rng, 1)),
               aspect=BIAS)
    x, w, _ = layer(3, 4, 4, 3, 2, 2)
    yield Case("biases with decimals, whole numbers elsewhere",
               ((4 * x).astype(int), w.astype(int), biases(rng, 3)), aspect=BIAS)

    yield Case("a picture that is wider than high", layer(3, 4, 8, 2, 3, 3), aspect=HEIGHT_WIDTH)
    yield Case("a picture that is higher than wide", layer(3, 8, 5, 2, 2, 2),
               aspect=HEIGHT_WIDTH)
    yield Case("kernels that are wider than high", layer(3, 6, 6, 2, 2, 4), aspect=HEIGHT_WIDTH)
    yield Case("kernels that are higher than wide", layer(3, 5, 5, 3, 3, 2),
               aspect=HEIGHT_WIDTH)
    yield Case("all sides different, a stride and padding", layer(3, 6, 9, 2, 2, 3),
               {"stride": 2, "padding": 1}, HEIGHT_WIDTH, mixes=(STRIDES, BORDER))

    yield Case("stride 2, which comes out even", layer(3, 7, 7, 2, 3, 3), {"stride": 2}, STRIDES)
    yield Case("stride 2, which does not come out even", layer(3, 8, 8, 2, 3, 3), {"stride": 2},
               STRIDES)
    yield Case("stride 3", layer(3, 9, 9, 2, 2, 2), {"stride": 3}, STRIDES)
    yield Case("one ring of zeros", layer(3, 5, 5, 2, 3, 3), {"padding": 1}, BORDER)
    yield Case("two rings of zeros", layer(4, 4, 4, 2, 3, 3), {"padding": 2}, BORDER)
    yield Case("kernels that fit only with their padding", layer(3, 3, 3, 2, 4, 4),
               {"padding": 1}, BORDER)

    def together(row):
        filters = 1 if row[AMOUNT.name] == "one filter" else 3
        x, w, settings = plane(
            rng, row, (1 if row[CHANNELS.name] == "one channel" else 4,), (filters,))
        b = biases(rng, filters) if row["bias"] == "a bias" else np.zeros(filters)
        return (x, w, b), settings

    yield from mixed(SPACE, TOUCHES, FILTERS, together)


EXERCISE = Exercise(
    id="conv_layer",
    reference=reference.conv_layer,
    aspects={FILTERS: 1, TYPE: 1, BIAS: 1, HEIGHT_WIDTH: 1, STRIDES: 1, BORDER: 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=TWINS,
    variants=layer_styles.ALL,
    hints=(
        "What is new compared with `conv2d_rgb`? One more loop, and two arguments that `conv2d` "
        "knows already.",
        "`w[f]` is one whole kernel with its C planes, `b[f]` its bias. Its map is "
        "the sum of `conv2d(x[c], w[f, c], stride, padding)` over the channels, plus `b[f]`.",
        "Make that map for every f in `range(len(w))` and stack the maps with `np.array`. If you "
        "pad yourself: `np.pad(x, ((0, 0), (padding, padding), (padding, padding)))`.",
    ),
    window="kernel",
)
