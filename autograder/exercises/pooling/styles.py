"""Right solutions of `max_pool2d` and `avg_pool2d` in the styles that suit both."""

import numpy as np

from autograder.reference.sizes import window_and_step


def shared_styles(pool, reduce, fold):
    """Right solutions that differ only in what is done inside a window.

    Parameters
    ----------
    pool : callable
        The reference.
    reduce : callable
        What is done inside a window: ``(..., kh, kw) -> (...)``.
    fold : callable
        The same for the numbers of one window in a list.

    Returns
    -------
    tuple of callable
    """
    def loops(x, size=2, stride=None):
        if np.ndim(x) == 3:
            return [loops(plane, size, stride) for plane in x]
        kh, kw = size if isinstance(size, tuple) else (size, size)
        if stride is None:
            stride = (kh, kw)
        sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
        return [
            [
                fold([x[i + a][j + b] for a in range(kh) for b in range(kw)])
                for j in range(0, len(x[0]) - kw + 1, sw)
            ]
            for i in range(0, len(x) - kh + 1, sh)
        ]

    def slices(x, size=2, stride=None):
        (kh, kw), (sh, sw) = window_and_step(size, stride)
        height = (x.shape[-2] - kh) // sh + 1
        width = (x.shape[-1] - kw) // sw + 1
        out = np.zeros((*x.shape[:-2], height, width))
        for i in range(height):
            for j in range(width):
                out[..., i, j] = reduce(x[..., i * sh : i * sh + kh, j * sw : j * sw + kw])
        return out

    def single_precision(x, size=2, stride=None):
        return pool(x, size, stride).astype(np.float32)

    return loops, slices, single_precision
