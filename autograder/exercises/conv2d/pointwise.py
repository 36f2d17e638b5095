"""Exercise `conv1x1`: mix the channels of every pixel with one matrix product."""

import numpy as np

from autograder.exercises.arrays import frozen
from autograder.exercises.conv2d.draws import (
    CHANNELS,
    KERNEL_TYPES,
    PICTURE,
    PICTURE_TYPES,
    TYPED,
    biases,
    kernel,
    picture,
    pixels,
)
from autograder.exercises.conv2d.draws import FILTERS as AMOUNT
from autograder.exercises.conv2d.pointwise_twins import BIAS, TWINS, TYPE, VALUES
from autograder.exercises.corners import as_type, mixed
from autograder.exercises.corners import bias as biased
from autograder.reference import conv2d as reference
from autograder.space import Space
from autograder.spec import Case, Exercise

SPACE = Space((PICTURE, CHANNELS, AMOUNT, PICTURE_TYPES, KERNEL_TYPES, biased()))
TOUCHES = {"a bias": BIAS, **dict.fromkeys(TYPED, TYPE)}


def visible():
    x = np.array([
        [[1.0, 2.0, -3.0, 4.0], [0.5, 5.0, -1.0, 2.0]],
        [[10.0, 0.0, 20.0, -10.0], [30.0, 10.0, 50.0, 0.0]],
        [[300.0, -100.0, 0.0, 200.0], [100.0, 400.0, 0.0, -200.0]],
    ])
    w = np.array([[1.0, 2.0, -1.0], [3.0, 0.0, 1.0]])
    yield Case("two filters on three channels of 2x4", (x, w, np.zeros(2)), aspect=VALUES)
    yield Case("four filters on three channels of 2x2",
               (x[:, :, :2].copy(), np.concatenate([w, 3 - 2 * w[::-1]]), np.zeros(4)),
               aspect=VALUES)
    yield Case("as many filters as channels",
               (x[:, :, 1:].copy(), np.concatenate([w, [[0.0, 5.0, -2.0]]]), np.zeros(3)),
               aspect=VALUES)
    yield Case("two filters with different biases", (x, w, np.array([7.0, -2.5])), aspect=BIAS)
    yield Case("three biases over three columns",
               (x[:, :, 1:].copy(), np.concatenate([w, [[0.0, 5.0, -2.0]]]),
                np.array([7.0, -2.5, 4.0])), aspect=BIAS)


def hidden(draw):
    rng = draw.rng

    def layer(c, h, w, f):
        return picture(rng, c, h, w), kernel(rng, f, c), np.zeros(f)

    yield Case("two filters on four channels", layer(4, 3, 5, 2), aspect=VALUES)
    yield Case("five filters on three channels", layer(3, 4, 6, 5), aspect=VALUES)
    yield Case("as many filters as channels", layer(3, 5, 4, 3), aspect=VALUES)
    yield Case("as many rows as channels", layer(3, 3, 4, 2), aspect=VALUES)
    yield Case("one filter", layer(3, 2, 5, 1), aspect=VALUES)
    yield Case("one channel", layer(1, 4, 3, 3), aspect=VALUES)
    yield Case("a picture of one pixel", layer(6, 1, 1, 4), aspect=VALUES)
    x, w, b = layer(3, 4, 5, 2)
    yield Case("whole numbers", ((4 * x).astype(int), w.astype(int), b.astype(int)),
               aspect=TYPE)
    yield Case("pixels and weights of 8 bits",
               (pixels(rng, 3, 2, 4), pixels(rng, 2, 3), np.zeros(2)), aspect=TYPE)
    x, w, b = layer(3, 2, 4, 2)
    yield Case("float32 numbers", tuple(a.astype(np.float32) for a in (x, w, b)), aspect=TYPE)
    x, w, b = layer(3, 3, 5, 4)
    yield Case("read-only inputs", (frozen(x), frozen(w), frozen(b)), aspect=TYPE)
    x, w, b = layer(3, 3, 4, 2)
    yield Case("weights with decimals", (x, w * 0.625, b), aspect=VALUES)
    yield Case("channels of a picture whose channels came last",
               (np.moveaxis(picture(rng, 4, 5, 3), 2, 0), kernel(rng, 2, 3), np.zeros(2)),
               aspect=VALUES)
    for c, h, w, f in ((3, 4, 5, 2), (4, 3, 2, 5), (2, 4, 3, 3)):
        x, weights, _ = layer(c, h, w, f)
        yield Case("different biases", (x, weights, biases(rng, f)), aspect=BIAS)
    x, weights, _ = layer(3, 2, 5, 4)
    yield Case("biases with decimals, whole numbers elsewhere",
               ((4 * x).astype(int), weights.astype(int), biases(rng, 4)), aspect=BIAS)
    yield Case("one filter with a bias", (*layer(3, 2, 4, 1)[:2], biases(rng, 1)), aspect=BIAS)

    def together(row):
        channels = 1 if row[CHANNELS.name] == "one channel" else 4
        filters = 1 if row[AMOUNT.name] == "one filter" else 3
        shapes = dict(zip(PICTURE.levels, ((3, 3), (2, 5), (5, 2)), strict=True))
        x, w, b = layer(channels, *shapes[row[PICTURE.name]], filters)
        x = as_type(rng, row[PICTURE_TYPES.name], x)
        w = as_type(rng, row[KERNEL_TYPES.name], w * 0.625)
        return (x, w, biases(rng, filters) if row["bias"] == "a bias" else b), {}

    yield from mixed(SPACE, TOUCHES, VALUES, together)


def one_product(x, w, b):
    channels, height, width = x.shape
    mixed_channels = w.astype(float) @ x.reshape(channels, height * width) + b[:, None]
    return mixed_channels.reshape(-1, height, width)


def einsum(x, w, b):
    return np.einsum("fc,chw->fhw", w.astype(float), x) + b.reshape(-1, 1, 1)


def pixel_by_pixel(x, w, b):
    out = np.zeros((len(w), *x.shape[1:]))
    for i in range(x.shape[1]):
        for j in range(x.shape[2]):
            out[:, i, j] = w @ x[:, i, j].astype(float) + b
    return out


def channels_moved(x, w, b):
    return np.moveaxis(np.moveaxis(x.astype(float), 0, -1) @ w.T + b, -1, 0)


def filters_one_by_one(x, w, b):
    return [
        (sum(float(weight) * plane for weight, plane in zip(row, x, strict=True)) + bias).tolist()
        for row, bias in zip(w, b, strict=True)
    ]


def as_convolution(x, w, b):
    return reference.conv_layer(x, w[:, :, np.newaxis, np.newaxis], b)


def single_precision(x, w, b):
    return reference.conv1x1(x, w, b).astype(np.float32)


EXERCISE = Exercise(
    id="conv1x1",
    reference=reference.conv1x1,
    aspects={VALUES: 1, TYPE: 1, BIAS: 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=TWINS,
    variants=(
        one_product, einsum, pixel_by_pixel, channels_moved, filters_one_by_one, as_convolution,
        single_precision,
    ),
    hints=(
        "Take one pixel: a column of C numbers. What turns it into a column of F numbers?",
        "Put the columns of all pixels side by side: `x.reshape(C, H * W)`. One product "
        "`w @ ...` then does all pixels at once.",
        "The product has shape (F, H * W). Add `b[:, np.newaxis]`, so that each row gets its own "
        "bias, and give the result its rows and columns back with `.reshape(F, H, W)`.",
    ),
    window="pixel",
)
