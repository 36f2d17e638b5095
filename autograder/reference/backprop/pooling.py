"""Gradients of the layers without weights: ReLU, max pooling, average pooling."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder.reference.backprop.convolution import check_upstream, spread
from autograder.reference.sizes import output_size, window_and_step


def relu_backward(dout, x):
    """Gradient of ``max(0, x)``.

    Parameters
    ----------
    dout, x : array_like of float
        Same shape.

    Returns
    -------
    ndarray of float
        ``dout`` where ``x > 0``, else 0.

    Raises
    ------
    ValueError
        If the shapes differ.

    Notes
    -----
    At 0 there is no derivative; 0 is the course's choice, and that of every framework.

    Examples
    --------
    >>> relu_backward([5.0, 6.0, 7.0], [-1.0, 0.0, 2.0]).tolist()
    [0.0, 0.0, 7.0]
    """
    dout, x = np.asarray(dout, dtype=float), np.asarray(x, dtype=float)
    check_upstream(dout.shape, x.shape)
    return np.where(x > 0, dout, 0.0)


def max_pool2d_backward(dout, x, size=2, stride=None):
    """Gradient of max pooling: each window hands its gradient to its largest entry.

    Parameters
    ----------
    dout : (H', W') or (C, H', W') array_like of float
    x : (H, W) or (C, H, W) array_like of float
    size : int or (height, width)
    stride : int or (down, right), optional
        ``size`` if not given.

    Returns
    -------
    ndarray of float
        Shaped like ``x``. What overlapping windows hand to one entry is added up; entries that no
        window reaches get 0. Of tied entries the first, row by row, gets all.

    Raises
    ------
    ValueError
        If the window does not fit, or ``dout`` does not have the output's shape.

    Notes
    -----
    `numpy.argmax` picks the first maximum; `numpy.add.at` adds where windows overlap.

    Examples
    --------
    >>> x = [[1, 5, 5], [5, 2, 0], [3, 3, 3]]
    >>> max_pool2d_backward([[1, 10], [100, 1000]], x, size=2, stride=1).tolist()
    [[0.0, 11.0, 0.0], [100.0, 0.0, 0.0], [0.0, 1000.0, 0.0]]
    """
    dout, x, size, stride = _checked(dout, x, size, stride)
    planes = x.reshape((-1, *x.shape[-2:]))
    upstream = dout.reshape((-1, *dout.shape[-2:]))
    dx = np.zeros(planes.shape)
    windows = sliding_window_view(planes, size, axis=(1, 2))[:, :: stride[0], :: stride[1]]
    place = windows.reshape((*windows.shape[:3], -1)).argmax(axis=-1)
    down, right = np.divmod(place, size[1])
    channel, row, column = np.indices(upstream.shape)
    np.add.at(dx, (channel, row * stride[0] + down, column * stride[1] + right), upstream)
    return dx.reshape(x.shape)


def avg_pool2d_backward(dout, x, size=2, stride=None):
    """Gradient of average pooling: each window shares its gradient out evenly.

    Parameters
    ----------
    dout : (H', W') or (C, H', W') array_like of float
    x : (H, W) or (C, H, W) array_like of float
        Only its shape matters.
    size, stride : int or (height, width)
        As for `max_pool2d_backward`.

    Returns
    -------
    ndarray of float
        Shaped like ``x``. Overlaps add up; entries that no window reaches get 0.

    Raises
    ------
    ValueError
        If the window does not fit, or ``dout`` does not have the output's shape.

    Notes
    -----
    Average pooling is a convolution with a kernel of equal weights, so this is
    `scipy.signal.convolve` (full) of the dilated ``dout`` with that kernel.

    Examples
    --------
    >>> avg_pool2d_backward([[4.0, 8.0]], [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], 2, 1).tolist()
    [[1.0, 3.0, 2.0], [1.0, 3.0, 2.0]]
    """
    dout, x, size, stride = _checked(dout, x, size, stride)
    kernel = np.full(size, 1 / (size[0] * size[1]))
    planes = dout.reshape((-1, *dout.shape[-2:]))
    spreads = [spread(plane, kernel, x.shape[-2:], stride) for plane in planes]
    return np.array(spreads).reshape(x.shape)


def _checked(dout, x, size, stride):
    dout, x = np.asarray(dout, dtype=float), np.asarray(x, dtype=float)
    size, stride = window_and_step(size, stride)
    sizes = (output_size(n, k, s) for n, k, s in zip(x.shape[-2:], size, stride, strict=True))
    check_upstream(dout.shape, (*x.shape[:-2], *sizes))
    return dout, x, size, stride
