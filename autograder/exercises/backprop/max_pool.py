"""Exercise `max_pool2d_backward`: the winner of each window takes the gradient."""

import numpy as np

from autograder.exercises.backprop import pictures
from autograder.exercises.backprop.max_pool_twins import TWINS
from autograder.reference import backprop as reference
from autograder.spec import Case, Exercise
from course.compare import tie_split


def visible():
    yield Case("a 4x4 picture in which 8 wins three windows",
               (np.array([[10.0, -20.0], [30.0, 40.0]]),
                np.array([[3.0, 8.0, 8.0, -1.0], [5.0, 1.0, 2.0, 4.0],
                          [-2.0, 0.0, 6.0, 1.0], [8.0, 4.0, 3.0, -9.0]])))
    yield pictures.overlapping([[2.0, -3.0], [5.0, 4.0]])
    yield Case("windows of 2 rows and 3 columns",
               (np.array([[1.0, -2.0], [4.0, 5.0]]),
                np.array([[1.0, 6.0, 3.0, 0.0, 2.0, 5.0], [2.0, 8.0, -4.0, 1.0, -3.0, 9.0],
                          [4.0, 0.0, 7.0, 3.0, -1.0, 2.0], [5.0, 1.0, -2.0, 11.0, 6.0, 8.0]])),
               {"size": (2, 3)}, "size and stride")
    yield pictures.uneven_steps([[3.0, -1.0], [2.0, 6.0]])
    yield pictures.left_over([[7.0], [-2.0]])
    yield pictures.two_channels([[[4.0, -1.0]], [[3.0, 2.0]]])
    yield Case("two equal largest entries in each window",
               (np.array([[6.0, -4.0]]), np.array([[7.0, 7.0, 1.0, 0.0], [2.0, 3.0, 7.0, 7.0]])),
               aspect="ties", compare=tie_split)


def hidden(draw):
    rng = draw.rng
    yield Case("a 4x6 picture", pictures.pooling_args(rng, (4, 6), 2))
    dout, x = pictures.pooling_args(rng, (6, 4), 2)
    yield Case("only negative numbers", (dout, -np.abs(x)))
    block = rng.permutation(np.array([-3.0, 1.0, 2.5, 4.0]))
    rows = [np.hstack([rng.permutation(block).reshape(2, 2) for _ in range(3)]) for _ in range(2)]
    yield Case("the same numbers in every window, in another order",
               (pictures.pooling_args(rng, (4, 6), 2)[0], np.vstack(rows)))
    yield from pictures.hidden(rng, crown=True)
    yield Case("ties in every window", tied(rng, (4, 6)), aspect="ties", compare=tie_split)
    yield Case("ties in a tall picture", tied(rng, (6, 2)), aspect="ties", compare=tie_split)


def tied(rng, shape):
    """``(dout, x)``: in each 2x2 window both entries of one row are equally large."""
    dout, x = pictures.pooling_args(rng, shape, 2)
    largest = np.abs(x).max() + 1.0
    for i, j in np.ndindex(pictures.pooled_shape(shape, 2)):
        x[2 * i + int(rng.integers(2)), 2 * j : 2 * j + 2] = largest
    return dout, x


def window_loop(dout, x, size=2, stride=None):
    kh, kw = (size, size) if np.isscalar(size) else size
    sh, sw = (kh, kw) if stride is None else (stride, stride) if np.isscalar(stride) else stride
    dx = np.zeros(x.shape)
    for c in np.ndindex(x.shape[:-2]):
        for i in range(dout.shape[-2]):
            for j in range(dout.shape[-1]):
                window = x[c][i * sh : i * sh + kh, j * sw : j * sw + kw]
                r, s = np.unravel_index(np.argmax(window), window.shape)
                dx[c][i * sh + r, j * sw + s] += dout[c][i, j]
    return dx


def last_largest(dout, x, size=2, stride=None):
    kh, kw = np.broadcast_to(size, 2)
    sh, sw = np.broadcast_to(size if stride is None else stride, 2)
    dx = np.zeros_like(x)
    for *c, i, j in np.ndindex(dout.shape):
        best, place = -np.inf, None
        for a in range(kh):
            for b in range(kw):
                at = (*c, i * sh + a, j * sw + b)
                if x[at] >= best:
                    best, place = x[at], at
        dx[place] += dout[(*c, i, j)]
    return dx


def equal_split(dout, x, size=2, stride=None):
    kh, kw = np.broadcast_to(size, 2)
    sh, sw = np.broadcast_to(size if stride is None else stride, 2)
    dx = np.zeros_like(x, dtype=float)
    for i, j in np.ndindex(dout.shape[-2:]):
        spot = np.s_[..., i * sh : i * sh + kh, j * sw : j * sw + kw]
        winners = x[spot] == x[spot].max(axis=(-2, -1), keepdims=True)
        shares = winners / winners.sum(axis=(-2, -1), keepdims=True)
        dx[spot] += shares * dout[..., i : i + 1, j : j + 1]
    return dx


def offset_by_offset(dout, x, size=2, stride=None):
    kh, kw = np.broadcast_to(size, 2)
    sh, sw = np.broadcast_to(size if stride is None else stride, 2)
    down, right = dout.shape[-2:]
    spots = [np.s_[..., a : a + sh * down : sh, b : b + sw * right : sw]
             for a in range(kh) for b in range(kw)]
    winner = np.argmax([x[spot] for spot in spots], axis=0)
    dx = np.zeros(x.shape)
    for number, spot in enumerate(spots):
        dx[spot] += dout * (winner == number)
    return dx


EXERCISE = Exercise(
    id="max_pool2d_backward",
    reference=reference.max_pool2d_backward,
    aspects={
        "values": 1, "overlap": 1, "size and stride": 1, "border": 1, "channels": 1, "ties": 1,
    },
    visible=visible,
    hidden=hidden,
    space=pictures.SPACE,
    twins=TWINS,
    variants=(window_loop, last_largest, equal_split, offset_by_offset),
    hints=(
        "Go through the outputs, not through the pixels. For each output cut its window out of "
        "`x`. Which entry of the window would you have to nudge to change the output?",
        "`np.argmax(window)` counts row by row; `np.unravel_index(k, window.shape)` turns the "
        "number into a row and a column of the window. Where is that place in the picture?",
        "Turn `size` and `stride` into pairs first, and treat a picture without channels as one "
        "with a single channel: `x.reshape(-1, H, W)`. Add with `+=`: an entry may win twice.",
    ),
)
