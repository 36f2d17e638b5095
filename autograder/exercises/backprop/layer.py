"""Exercise `conv_layer_backward`: several channels, several filters, biases."""

import numpy as np

from autograder.exercises.arrays import frozen
from autograder.exercises.backprop.layer_twins import TWINS
from autograder.exercises.backprop.parts import (
    backward_args,
    each_mixed,
    each_result,
    irregular,
)
from autograder.exercises.conv2d.draws import CHANNELS, FILTERS
from autograder.exercises.corners import PADDING, sides, stride
from autograder.reference import backprop as reference
from autograder.space import Space
from autograder.spec import Exercise

SPACE = Space((sides("x", "a picture"), sides("w", "a kernel"), stride("x", "w", axes=2), PADDING,
               CHANNELS, FILTERS))

ALL = ("dx", "dw", "db")


def numbers(first, *shape):
    """Small whole numbers in no order: multiples of 7 modulo 11, moved to both signs."""
    count = int(np.prod(shape))
    return ((np.arange(first, first + count) * 7) % 11 - 4.0).reshape(shape)


def visible():
    yield from each_result(
        "2 channels of 3x4 and 3 filters of 2x2",
        (numbers(1, 3, 2, 3), numbers(5, 2, 3, 4), numbers(3, 3, 2, 2, 2),
         np.array([1.0, -2.0, 3.0])),
        of=ALL,
    )
    yield from each_result(
        "2 channels of 4x5 with stride 2, which leaves a column over",
        (numbers(2, 1, 2, 2), numbers(4, 2, 4, 5), numbers(1, 1, 2, 2, 2), np.array([5.0])),
        {"stride": 2}, suffix=" with stride",
    )
    yield from each_result(
        "2 channels of 3x2 with padding 1",
        (numbers(4, 1, 3, 2), numbers(2, 2, 3, 2), numbers(6, 1, 2, 3, 3), np.array([2.0])),
        {"padding": 1}, suffix=" with padding",
    )


def hidden(draw):
    rng = draw.rng

    def case(why, channels, picture, filters, kernel, stride=1, padding=0, of=ALL, suffix=""):
        sizes = [(n + 2 * padding - k) // stride + 1
                 for n, k in zip(picture, kernel, strict=True)]
        args = (irregular(rng, filters, *sizes), irregular(rng, channels, *picture),
                irregular(rng, filters, channels, *kernel), irregular(rng, filters))
        options = {"stride": stride} if stride > 1 else {}
        options |= {"padding": padding} if padding else {}
        return each_result(why, args, options, of, suffix)

    yield from case("3 channels of 4x5 and 2 filters of 2x3", 3, (4, 5), 2, (2, 3))
    yield from case("2 channels and 4 filters", 2, (5, 3), 4, (3, 2))
    yield from case("1 channel and 1 filter", 1, (3, 4), 1, (2, 2))
    read_only = map(frozen, (
        irregular(rng, 2, 2, 3), irregular(rng, 3, 6, 4).transpose(0, 2, 1)[:, ::2, ::2],
        irregular(rng, 2, 3, 1, 1), irregular(rng, 2),
    ))
    yield from each_result("read-only arrays that do not lie in one piece", tuple(read_only),
                           of=ALL)
    yield from case("stride 2, which does not come out even", 3, (6, 8), 2, (3, 3), 2, 0,
                    ALL[:2], " with stride")
    yield from case("stride 3 and padding 2", 2, (5, 7), 3, (3, 2), 3, 2, ALL[:2], " with stride")
    yield from case("padding 1", 3, (3, 5), 2, (3, 2), 1, 1, ALL[:2], " with padding")
    yield from case("padding 1 and square kernels", 2, (4, 4), 3, (3, 3), 1, 1, ALL[:2],
                    " with padding")
    yield from case("padding 2", 2, (4, 3), 3, (2, 3), 1, 2, ALL[:2], " with padding")

    def together(row):
        filters = 1 if row[FILTERS.name] == "one filter" else 3
        channels = 1 if row[CHANNELS.name] == "one channel" else 2
        args, settings = backward_args(rng, row, (channels,), (filters,))
        return (*args, irregular(rng, filters)), settings

    yield from each_mixed(SPACE, together, ALL)


def six_loops(dout, x, w, b, stride=1, padding=0):
    filters, channels, kh, kw = w.shape
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(filters)
    for f in range(filters):
        for i in range(dout.shape[1]):
            for j in range(dout.shape[2]):
                g = dout[f, i, j]
                db[f] += g
                for c in range(channels):
                    for a in range(kh):
                        for e in range(kw):
                            r, s = i * stride + a - padding, j * stride + e - padding
                            if 0 <= r < x.shape[1] and 0 <= s < x.shape[2]:
                                dw[f, c, a, e] += g * x[c, r, s]
                                dx[c, r, s] += g * w[f, c, a, e]
    return dx, dw, db


def windows_at_once(dout, x, w, b, stride=1, padding=0):
    kh, kw = w.shape[2:]
    xp = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    for i, j in np.ndindex(dout.shape[1:]):
        spot = np.s_[:, i * stride : i * stride + kh, j * stride : j * stride + kw]
        g = dout[:, i, j][:, None, None, None]
        dw += g * xp[spot]
        dxp[spot] += (g * w).sum(axis=0)
    dx = dxp[:, padding : padding + x.shape[1], padding : padding + x.shape[2]]
    return dx, dw, dout.sum(axis=2).sum(axis=1)


def tap_products(dout, x, w, b, stride=1, padding=0):
    down, across = dout.shape[1:]
    xp = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    dxp, dw = np.zeros(xp.shape), np.zeros(w.shape)
    for r, s in np.ndindex(w.shape[2:]):
        spot = np.s_[:, r : r + stride * down : stride, s : s + stride * across : stride]
        dw[:, :, r, s] = np.einsum("fij,cij->fc", dout, xp[spot])
        dxp[spot] += np.tensordot(w[:, :, r, s].T, dout, axes=1)
    dx = dxp[:, padding : dxp.shape[1] - padding, padding : dxp.shape[2] - padding]
    return dx, dw, np.einsum("fij->f", dout)


EXERCISE = Exercise(
    id="conv_layer_backward",
    reference=reference.conv_layer_backward,
    aspects={
        "dx": 1, "dw": 1, "db": 1, "dx with stride": 1, "dw with stride": 1,
        "dx with padding": 1, "dw with padding": 1,
    },
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=TWINS,
    variants=(six_loops, windows_at_once, tap_products),
    hints=(
        "Filter `f` and channel `c` are tied by one plane of weights, `w[f, c]`. For that pair "
        "alone, everything is a `conv2d_backward`. Which arrays do you hand to it?",
        "`conv2d_backward(dout[f], x[c], w[f, c], stride, padding)` gives a part of `dx[c]` and "
        "all of `dw[f, c]`. Why only a part of `dx[c]`?",
        "Channel `c` is looked at by every filter, so `dx[c]` adds up the parts of all filters. "
        "The bias of a filter is added to every value of its map: `db[f]` is the sum of "
        "`dout[f]`.",
    ),
)
