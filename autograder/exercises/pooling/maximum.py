"""Exercise `max_pool2d`: the largest number of every window."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder.exercises.pooling import cases
from autograder.exercises.pooling.shared import shared_twins
from autograder.exercises.pooling.styles import shared_styles
from autograder.exercises.pooling.windows import flat, reduced
from autograder.reference import pooling as reference
from autograder.reference.sizes import window_and_step
from autograder.spec import Exercise, Twin

pool = reference.max_pool2d


def largest(window):
    return window.max(axis=(-2, -1))


def starts_at_zero(x, size=2, stride=None):
    return np.maximum(pool(x, size, stride), 0)


def absolute_values(x, size=2, stride=None):
    return pool(np.abs(x), size, stride)


def best_not_reset(x, size=2, stride=None):
    result = pool(x, size, stride)
    return np.maximum.accumulate(result.ravel()).reshape(result.shape)


def whole_numbers_only(x, size=2, stride=None):
    return np.trunc(pool(x, size, stride))


def strongest(window):
    numbers = flat(window)
    where = np.abs(numbers).argmax(axis=-1)[..., None]
    return np.take_along_axis(numbers, where, axis=-1)[..., 0]


def diagonal(window):
    return np.diagonal(window, axis1=-2, axis2=-1).max(axis=-1)


def views(x, size=2, stride=None):
    window, (sh, sw) = window_and_step(size, stride)
    windows = sliding_window_view(x, window, axis=(-2, -1))[..., ::sh, ::sw, :, :]
    return windows.max(axis=(-1, -2))


def shifted_maps(x, size=2, stride=None):
    (kh, kw), (sh, sw) = window_and_step(size, stride)
    height, width = x.shape[-2] - kh + 1, x.shape[-1] - kw + 1
    best = np.full((*x.shape[:-2], height, width), -np.inf)
    for a in range(kh):
        for b in range(kw):
            best = np.maximum(best, x[..., a : a + height, b : b + width])
    return best[..., ::sh, ::sw]


def rows_then_columns(x, size=2, stride=None):
    (kh, kw), (sh, sw) = window_and_step(size, stride)
    rows = range(0, x.shape[-2] - kh + 1, sh)
    columns = range(0, x.shape[-1] - kw + 1, sw)
    x = np.stack([x[..., r : r + kh, :].max(axis=-2) for r in rows], axis=-2)
    return np.stack([x[..., c : c + kw].max(axis=-1) for c in columns], axis=-1)


def sorted_columns(x, size=2, stride=None):
    planes = x if x.ndim == 3 else x[None]
    (kh, kw), (sh, sw) = window_and_step(size, stride)
    height, width = (planes.shape[1] - kh) // sh + 1, (planes.shape[2] - kw) // sw + 1
    columns = [
        np.sort(planes[:, i * sh : i * sh + kh, j * sw : j * sw + kw].reshape(len(planes), -1))
        for i in range(height) for j in range(width)
    ]
    result = np.array(columns)[..., -1].T.reshape(len(planes), height, width)
    return result if x.ndim == 3 else result[0]


EXERCISE = Exercise(
    id="max_pool2d",
    reference=pool,
    aspects={"values": 2, cases.STRIDE: 1, cases.BORDER: 1, cases.SIDES: 1, cases.CHANNELS: 1},
    visible=cases.visible,
    hidden=cases.hidden,
    space=cases.SPACE,
    twins=(
        Twin("starts-at-zero", starts_at_zero,
             "Negative maxima came out as 0: your search for the largest number starts at 0.",
             "What would you keep in a window that holds only -3, -1, -7 and -2?",
             costs=("values",)),
        Twin("largest-magnitude", reduced(strongest),
             "You kept the number that is farthest from 0, whatever its sign.",
             "Which is larger, -5 or -1?", costs=("values",)),
        Twin("absolute-values", absolute_values,
             "The signs are gone: you took the largest absolute value.",
             "Can the maximum of a window be a number that is not in it?", costs=("values",)),
        Twin("bottom-right-corner", reduced(lambda window: window[..., -1, -1]),
             "You always kept the number in the lower right corner of the window.",
             "On which maps is the last number of every window also the largest?",
             costs=("values",)),
        Twin("top-left-corner", reduced(lambda window: window[..., 0, 0]),
             "You always kept the number in the upper left corner of the window.",
             "How many numbers of a window do you compare?", costs=("values",)),
        Twin("diagonal-only", reduced(diagonal),
             "You compared only the numbers on the diagonal of the window.",
             "Rows and columns of a window are visited by two loops. Do yours share an index?",
             costs=("values",)),
        Twin("last-row-only", reduced(lambda window: window[..., -1, :].max(axis=-1)),
             "Only the last row of each window counts.",
             "Does every row start its search afresh?", costs=("values",)),
        Twin("last-column-only", reduced(lambda window: window[..., -1].max(axis=-1)),
             "Only the last column of each window counts.",
             "Does every column start its search afresh?", costs=("values",)),
        Twin("position-not-value", reduced(lambda window: flat(window).argmax(axis=-1)),
             "You returned where the largest number stands, not the number.",
             "What is the difference between `max` and `argmax`?", costs=("values",)),
        Twin("average-not-maximum", reference.avg_pool2d,
             "You took the mean of the window.",
             "Which single number of the window is asked for?", costs=("values",)),
        Twin("minimum-not-maximum", reduced(lambda window: window.min(axis=(-2, -1))),
             "You kept the smallest number of the window.",
             "Which way does the sign of your comparison point?", costs=("values",)),
        Twin("best-not-reset", best_not_reset,
             "The largest number found so far is carried over from window to window.",
             "What does your search know about earlier windows when a new one begins?",
             costs=("values",)),
        Twin("whole-numbers-only", whole_numbers_only,
             "The digits behind the decimal point are cut off.",
             "What is the dtype of the array that you write your maxima into?",
             costs=("values",)),
        *shared_twins(pool, largest),
    ),
    variants=(*shared_styles(pool, largest, max), views, shifted_maps, rows_then_columns,
              sorted_columns),
    hints=(
        "Settle the four numbers first: height and width of the window, step down, step across. "
        "An int stands for both directions, and `None` for the window's own size.",
        "Count the windows with the formula above, make an array of that size (`x.shape[:-2]` is "
        "`()` for one map and `(C,)` for several), and visit every (i, j) of it.",
        "The window of (i, j) is `x[..., i*sh : i*sh+kh, j*sw : j*sw+kw]`. Its largest number per "
        "map is `window.max(axis=(-2, -1))`, and that goes into `out[..., i, j]`.",
    ),
    window="largest",
)
