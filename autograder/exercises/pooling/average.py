"""Exercise `avg_pool2d`: the mean of every window."""

from functools import partial

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder.exercises.pooling import cases
from autograder.exercises.pooling.shared import shared_twins
from autograder.exercises.pooling.styles import shared_styles
from autograder.exercises.pooling.windows import flat, reduced
from autograder.reference import pooling as reference
from autograder.reference.sizes import pair, window_and_step
from autograder.spec import Exercise, Twin

pool = reference.avg_pool2d


def mean(window):
    return window.mean(axis=(-2, -1))


def summed(x, size=2, stride=None):
    kh, kw = pair(size)
    return pool(x, size, stride) * (kh * kw)


def divides_by_four(x, size=2, stride=None):
    return summed(x, size, stride) / 4


def divides_by_height_squared(x, size=2, stride=None):
    return summed(x, size, stride) / pair(size)[0] ** 2


def divides_by_width_squared(x, size=2, stride=None):
    return summed(x, size, stride) / pair(size)[1] ** 2


def divides_by_step(x, size=2, stride=None):
    sh, sw = pair(size if stride is None else stride)
    return summed(x, size, stride) / (sh * sw)


def sum_not_reset(x, size=2, stride=None):
    kh, kw = pair(size)
    sums = summed(x, size, stride)
    return np.cumsum(sums.ravel()).reshape(sums.shape) / (kh * kw)


def whole_numbers_only(x, size=2, stride=None):
    return np.trunc(pool(x, size, stride))


def rounded_down(x, size=2, stride=None):
    kh, kw = pair(size)
    return np.round(summed(x, size, stride), 6) // (kh * kw)


def totals_overflow(x, size=2, stride=None):
    if np.asarray(x).dtype != np.uint8:
        return pool(x, size, stride)
    kh, kw = pair(size)
    return np.round(summed(x, size, stride)) % 256 / (kh * kw)


def integer_array(x, size=2, stride=None):
    result = pool(x, size, stride)
    return np.trunc(result) if np.asarray(x).dtype.kind in "iu" else result


def corners(window):
    ends = window[..., :: max(window.shape[-2] - 1, 1), :: max(window.shape[-1] - 1, 1)]
    return ends.mean(axis=(-2, -1))


def mid_range(window):
    return (window.max(axis=(-2, -1)) + window.min(axis=(-2, -1))) / 2


def einsum(x, size=2, stride=None):
    (kh, kw), (sh, sw) = window_and_step(size, stride)
    windows = sliding_window_view(x, (kh, kw), axis=(-2, -1))[..., ::sh, ::sw, :, :]
    return np.einsum("...ab,ab->...", windows, np.full((kh, kw), 1 / (kh * kw)))


def matrices(x, size=2, stride=None):
    down, across = (
        np.array([
            [(s * i <= j < s * i + k) / k for j in range(side)]
            for i in range((side - k) // s + 1)
        ])
        for side, k, s in zip(
            x.shape[-2:], *window_and_step(size, stride), strict=True
        )
    )
    return down @ x @ across.T


def integral_image(x, size=2, stride=None):
    (kh, kw), (sh, sw) = window_and_step(size, stride)
    sums = np.zeros((*x.shape[:-2], x.shape[-2] + 1, x.shape[-1] + 1))
    sums[..., 1:, 1:] = x.astype(float).cumsum(axis=-1).cumsum(axis=-2)
    area = sums[..., kh:, kw:] - sums[..., :-kh, kw:] - sums[..., kh:, :-kw] + sums[..., :-kh, :-kw]
    return area[..., ::sh, ::sw] / (kh * kw)


def fourier(x, size=2, stride=None):
    (kh, kw), (sh, sw) = window_and_step(size, stride)
    kernel = np.zeros(x.shape[-2:])
    kernel[:kh, :kw] = 1 / (kh * kw)
    smooth = np.fft.ifft2(np.fft.fft2(x) * np.fft.fft2(kernel)).real
    return smooth[..., kh - 1 :: sh, kw - 1 :: sw]


EXERCISE = Exercise(
    id="avg_pool2d",
    reference=pool,
    aspects={"values": 1, cases.TYPE: 1, cases.STRIDE: 1, cases.BORDER: 1, cases.SIDES: 1,
             cases.CHANNELS: 1},
    visible=cases.visible,
    hidden=partial(cases.hidden, types=cases.TYPE),
    space=cases.SPACE,
    twins=(
        Twin("sum-not-mean", summed,
             "You added the window up without dividing.",
             "What is the mean of four equal numbers?", costs=("values",)),
        Twin("median-not-mean", reduced(lambda window: np.median(flat(window), axis=-1)),
             "You took the median, the number in the middle of the sorted window.",
             "If one number of the window grows a lot, does its average stay the same?",
             costs=("values",)),
        Twin("mid-range-not-mean", reduced(mid_range),
             "You took the middle between the smallest and the largest number.",
             "Do the other numbers of the window count, too?", costs=("values",)),
        Twin("corner-average", reduced(corners),
             "You averaged only the corners of the window.",
             "How many numbers does a window of 3 by 3 hold?", costs=("values",)),
        Twin("maximum-not-mean", reference.max_pool2d,
             "You kept the largest number of the window.",
             "Which function of the whole window is asked for here?", costs=("values",)),
        Twin("divides-by-four", divides_by_four,
             "You always divided by 4.",
             "How many numbers does a window of 3 by 3 hold?", costs=("values",)),
        Twin("divides-by-height-squared", divides_by_height_squared,
             "You divided by the height of the window times itself.",
             "How many numbers does a window of 2 by 3 hold?"),
        Twin("divides-by-width-squared", divides_by_width_squared,
             "You divided by the width of the window times itself.",
             "How many numbers does a window of 2 by 3 hold?"),
        Twin("divides-by-step", divides_by_step,
             "You divided by the steps of the window, not by the numbers in it.",
             "Does a window hold fewer numbers when the windows overlap?",
             costs=(cases.STRIDE,)),
        Twin("sum-not-reset", sum_not_reset,
             "The sum goes on from window to window.",
             "What is your sum when a new window begins?", costs=("values",)),
        Twin("whole-numbers-only", whole_numbers_only,
             "The digits behind the decimal point are cut off.",
             "What is the dtype of the array that you write your means into?",
             costs=("values",)),
        Twin("rounded-down", rounded_down,
             "Your means are rounded down to whole numbers.",
             "What is the difference between `/` and `//`?", costs=("values",)),
        Twin("integer-array", integer_array,
             "On maps of whole numbers the digits behind the decimal point are cut off.",
             "Does your result take its dtype over from `x`? What if `x` holds ints?",
             costs=(cases.TYPE,)),
        Twin("totals-overflow", totals_overflow,
             "Your sums were kept in the 8 bits of the map: after 255 comes 0.",
             "Convert before you add: `np.asarray(x, dtype=float)`.", costs=(cases.TYPE,)),
        *shared_twins(pool, mean),
    ),
    variants=(
        *shared_styles(pool, mean, lambda numbers: sum(map(float, numbers)) / len(numbers)),
        einsum, matrices, integral_image, fourier,
    ),
    hints=(
        "Put your `max_pool2d` beside it: the windows are the same. Only one line differs.",
        "The mean of a window is its sum divided by how many numbers it holds, and with channels "
        "every map has a mean of its own: mind the axes.",
        "`out[..., i, j] = x[..., i*sh : i*sh+kh, j*sw : j*sw+kw].mean(axis=(-2, -1))`, where "
        "`out` was made with `np.zeros` and therefore holds floats.",
    ),
    window="average",
)
