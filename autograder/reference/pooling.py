"""Right answers for unit 04: pooling."""

import numpy as np
import scipy

from autograder.reference.sizes import output_size, window_and_step


def max_pool2d(x, size=2, stride=None):
    """Keep the largest number of every window, each map for itself.

    Parameters
    ----------
    x : (H, W) or (C, H, W) array_like
    size : int or (height, width)
        The window.
    stride : int or (height, width), optional
        The step of the window; the window's own size if not given.

    Returns
    -------
    (H', W') or (C, H', W') ndarray of float
        ``H' = floor((H-height)/stride) + 1``, likewise ``W'``.

    Raises
    ------
    ValueError
        If the window is larger than a map, or a size or stride is below 1.

    Notes
    -----
    `scipy.ndimage.maximum_filter`, of which only the windows inside the map are kept, every
    ``stride``-th one. Example: CS231n notes, "Convolutional networks", figure on pooling
    (lecture L3).

    Examples
    --------
    >>> max_pool2d([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]).tolist()
    [[6.0, 8.0], [3.0, 4.0]]
    """
    x = np.asarray(x, dtype=float)
    window, step = _window(x, size, stride)
    largest = scipy.ndimage.maximum_filter(x, size=(1,) * (x.ndim - 2) + window)
    return _inside(largest, window, step)


def avg_pool2d(x, size=2, stride=None):
    """Take the mean of every window, each map for itself.

    Parameters
    ----------
    x : (H, W) or (C, H, W) array_like
    size, stride : int or (height, width)
        As for `max_pool2d`.

    Returns
    -------
    (H', W') or (C, H', W') ndarray of float
        Sized as by `max_pool2d`.

    Raises
    ------
    ValueError
        If the window is larger than a map, or a size or stride is below 1.

    Notes
    -----
    `scipy.ndimage.correlate` with a kernel of ones, of which only the windows inside the map are
    kept, every ``stride``-th one, divided by the number of cells of the window.

    Examples
    --------
    >>> avg_pool2d([[3, 1, 0, 3], [3, 2, 1, 3]], stride=1).tolist()
    [[2.25, 1.0, 1.75]]
    """
    x = np.asarray(x, dtype=float)
    window, step = _window(x, size, stride)
    ones = np.ones((1,) * (x.ndim - 2) + window)
    sums = scipy.ndimage.correlate(x, ones, mode="constant")
    return _inside(sums, window, step) / np.prod(window)


def global_average_pool(x):
    """Turn every map into one number, its mean.

    Parameters
    ----------
    x : (C, H, W) array_like

    Returns
    -------
    (C,) ndarray of float

    Raises
    ------
    ValueError
        If the maps are empty.

    Notes
    -----
    `avg_pool2d` with a window as large as the map. Lin, Chen and Yan, "Network in network"
    (2014), section 3.2.

    Examples
    --------
    >>> global_average_pool([[[1, 2], [3, 6]], [[0, 0], [0, -2]]]).tolist()
    [3.0, -0.5]
    """
    x = np.asarray(x, dtype=float)
    return avg_pool2d(x, size=x.shape[-2:])[:, 0, 0]


def _window(x, size, stride):
    """Window and step as (height, width), once they are known to fit."""
    window, step = window_and_step(size, stride)
    for side, kernel, jump in zip(x.shape[-2:], window, step, strict=True):
        output_size(side, kernel, jump)
    return window, step


def _inside(filtered, window, step):
    """Of what a filter gave for every cell, the values whose window lies inside the map."""
    # the value at (r, c) belongs to the window that starts kh//2 above and kw//2 before
    rows, columns = (
        slice(kernel // 2, kernel // 2 + side - kernel + 1, jump)
        for side, kernel, jump in zip(filtered.shape[-2:], window, step, strict=True)
    )
    return filtered[..., rows, columns].copy()
