"""Slide a window the way that a wrong solution does: tools for the twins of this unit."""

import numpy as np

from autograder.reference.sizes import window_and_step


def scan(x, starts, size, reduce):
    """Pool the windows that start at ``starts`` = (rows, columns), cut off at the border."""
    x = np.asarray(x, dtype=float)
    (rows, columns), (kh, kw) = starts, size
    result = np.zeros((*x.shape[:-2], len(rows), len(columns)))
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            result[..., i, j] = reduce(x[..., row : row + kh, column : column + kw])
    return result


def counted(count, reduce):
    """A twin that takes ``count(side, kernel, step)`` windows along each side."""

    def pool(x, size=2, stride=None):
        window, step = window_and_step(size, stride)
        starts = [
            [n * s for n in range(max(count(side, k, s), 0))]
            for side, k, s in zip(np.shape(x)[-2:], window, step, strict=True)
        ]
        return scan(x, starts, window, reduce)

    return pool


def reduced(reduce):
    """A twin that takes the right windows and does ``reduce`` in each."""
    return counted(lambda side, k, s: (side - k) // s + 1, reduce)


def flat(window):
    """The numbers of a window in one row: ``(..., kh, kw) -> (..., kh*kw)``."""
    return window.reshape(*window.shape[:-2], -1)
