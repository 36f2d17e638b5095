"""Mistakes about height and width, whatever is done inside a window."""

import numpy as np

from autograder.exercises.pooling.windows import scan
from autograder.reference.sizes import pair, window_and_step
from autograder.spec import Twin


def side_twins(pool, reduce):
    """Mistakes that show where height and width differ."""
    def stride_or(window, stride):
        return window if stride is None else stride

    def window_from_height(x, size=2, stride=None):
        square = (pair(size)[0],) * 2
        return pool(x, square, stride_or(square, stride))

    def window_from_width(x, size=2, stride=None):
        square = (pair(size)[1],) * 2
        return pool(x, square, stride_or(square, stride))

    def window_turned(x, size=2, stride=None):
        return pool(x, pair(size)[::-1], stride)

    def stride_from_height(x, size=2, stride=None):
        return pool(x, size, pair(stride_or(size, stride))[0])

    def stride_from_width(x, size=2, stride=None):
        return pool(x, size, pair(stride_or(size, stride))[1])

    def stride_turned(x, size=2, stride=None):
        return pool(x, size, pair(stride_or(size, stride))[::-1])

    def pairs_turned(x, size=2, stride=None):
        return pool(x, pair(size)[::-1], stride and pair(stride)[::-1])

    def output(choose):
        def sized(x, size=2, stride=None):
            (kh, kw), (sh, sw) = window_and_step(size, stride)
            height, width = np.shape(x)[-2:]
            rows, columns = choose((height - kh) // sh + 1, (width - kw) // sw + 1)
            starts = [i * sh for i in range(rows)], [j * sw for j in range(columns)]
            return scan(x, starts, (kh, kw), reduce)

        return sized

    return (
        Twin("window-from-height", window_from_height,
             "Your windows are square: the height of `size` is used for both sides.",
             "`size` may be a pair. Which of your slices needs its second number?"),
        Twin("window-from-width", window_from_width,
             "Your windows are square: the width of `size` is used for both sides.",
             "`size` may be a pair. Which of your slices needs its first number?"),
        Twin("window-turned", window_turned,
             "Height and width of the window are exchanged.",
             "Which number of `size` belongs to the rows?"),
        Twin("stride-from-height", stride_from_height,
             "The same step is used in both directions: the one for the rows.",
             "`stride` may be a pair. Which step leads from one column to the next?"),
        Twin("stride-from-width", stride_from_width,
             "The same step is used in both directions: the one for the columns.",
             "`stride` may be a pair. Which step leads from one row to the next?"),
        Twin("stride-turned", stride_turned,
             "The steps downwards and across are exchanged.",
             "Which number of `stride` belongs to the rows?"),
        Twin("pairs-turned", pairs_turned,
             "Pairs are read as (width, height), in `size` and in `stride`.",
             "As in an array's shape, rows come first. What does the first number of a pair say?"),
        Twin("width-from-height", output(lambda rows, columns: (rows, rows)),
             "The result is always square: its width was worked out from the height.",
             "Which side of the map decides how many columns of windows there are?"),
        Twin("height-from-width", output(lambda rows, columns: (columns, columns)),
             "The result is always square: its height was worked out from the width.",
             "Which side of the map decides how many rows of windows there are?"),
        Twin("output-turned", output(lambda rows, columns: (columns, rows)),
             "Height and width of the result are exchanged.",
             "An array's shape says rows first. How many rows of windows are there?"),
    )
