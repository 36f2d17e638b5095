"""Right answers for unit 01: one-dimensional convolution."""

import numpy as np
import scipy

from autograder.reference.sizes import output_size


def conv1d_valid(x, w):
    """Slide the kernel over the series; dot product at every full position.

    Parameters
    ----------
    x : (W,) array_like
    w : (K,) array_like

    Returns
    -------
    (W-K+1,) ndarray of float

    Raises
    ------
    ValueError
        If the kernel is longer than the series.

    Notes
    -----
    `scipy.signal.correlate` with ``mode="valid"``.

    Examples
    --------
    >>> conv1d_valid([1, 0, 2, 3, 5, 1, 2, 3], [-1, 2, 1]).tolist()
    [1.0, 7.0, 9.0, 8.0, -1.0, 6.0]
    """
    return conv1d(x, w)


def zero_pad1d(x, padding):
    """Put ``padding`` zeros before and after the series.

    Parameters
    ----------
    x : (W,) array_like
    padding : int

    Returns
    -------
    (W+2*padding,) ndarray of float

    Raises
    ------
    ValueError
        If padding is negative.

    Notes
    -----
    `numpy.pad` with its default mode, constant zeros.

    Examples
    --------
    >>> zero_pad1d([1, 2, 3], 1).tolist()
    [0.0, 1.0, 2.0, 3.0, 0.0]
    """
    if padding < 0:
        raise ValueError(f"padding must not be negative (got {padding}).")
    return np.pad(np.asarray(x, dtype=float), padding)


def conv1d(x, w, stride=1, padding=0):
    """Cross-correlate a series with a kernel, with zero padding and a stride.

    Parameters
    ----------
    x : (W,) array_like
    w : (K,) array_like
    stride : int
    padding : int
        Zeros on each side.

    Returns
    -------
    (floor((W+2*padding-K)/stride)+1,) ndarray of float

    Raises
    ------
    ValueError
        If stride < 1, padding < 0, or the kernel is longer than the padded series.

    Notes
    -----
    `scipy.signal.correlate` with ``mode="valid"``, every ``stride``-th value kept.

    Examples
    --------
    >>> conv1d([1, 0, 2, 3, 5, 1, 2], [-1, 2, 1], stride=2, padding=1).tolist()
    [2.0, 7.0, 8.0, 3.0]
    """
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    output_size(len(x), len(w), stride, padding)
    padded = zero_pad1d(x, padding)
    return scipy.signal.correlate(padded, w, mode="valid", method="direct")[::stride]


def true_conv1d(x, w):
    """Convolve in the mathematical sense: the kernel is reversed, then slid.

    Parameters
    ----------
    x : (W,) array_like
    w : (K,) array_like

    Returns
    -------
    (W-K+1,) ndarray of float

    Raises
    ------
    ValueError
        If the kernel is longer than the series.

    Notes
    -----
    `scipy.signal.convolve` with ``mode="valid"``.

    Examples
    --------
    >>> true_conv1d([1, 0, 2, 3, 5, 1, 2, 3], [-1, 2, 1]).tolist()
    [-1.0, 1.0, 3.0, 12.0, 5.0, 2.0]
    """
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    output_size(len(x), len(w))
    return scipy.signal.convolve(x, w, mode="valid", method="direct")


def moving_average(x, width):
    """Mean of every full window of ``width`` neighbours.

    Parameters
    ----------
    x : (W,) array_like
    width : int

    Returns
    -------
    (W-width+1,) ndarray of float

    Raises
    ------
    ValueError
        If the window is longer than the series or shorter than 1.

    Notes
    -----
    `scipy.signal.correlate` with a kernel of ``width`` entries ``1/width``.

    Examples
    --------
    >>> moving_average([1, 2, 6, 4], 2).tolist()
    [1.5, 4.0, 5.0]
    """
    x = np.asarray(x, dtype=float)
    output_size(len(x), width)
    return conv1d(x, np.full(width, 1 / width))
