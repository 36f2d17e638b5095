"""Right answers for unit 02: two-dimensional convolution, channels and filters."""

import numpy as np
import scipy

from autograder.reference.sizes import output_size, spread


def conv2d(x, w, stride=1, padding=0):
    """Cross-correlate a grey picture with a kernel, with zero padding and a stride.

    Parameters
    ----------
    x : (H, W) array_like
    w : (kH, kW) array_like
    stride : int
        Step of the kernel on both axes.
    padding : int
        Rows and columns of zeros on each side.

    Returns
    -------
    (H', W') ndarray of float
        ``H' = floor((H+2*padding-kH)/stride) + 1``, likewise ``W'``.

    Raises
    ------
    ValueError
        If stride < 1, padding < 0, or the kernel is larger than the padded picture.

    Notes
    -----
    `scipy.signal.correlate2d` with ``mode="valid"``, every ``stride``-th row and column kept.
    Example: lecture L0, "Filter / Edge extraction".

    Examples
    --------
    >>> conv2d([[1, 0, 0, 1], [1, 1, 0, 1], [1, 0, 0, 1]], [[1, 0], [1, 0]]).tolist()
    [[2.0, 1.0, 0.0], [2.0, 1.0, 0.0]]
    """
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    _check_sizes(x, w, stride, padding)
    out = scipy.signal.correlate2d(_bordered(x, padding), w, mode="valid")
    return out[::stride, ::stride].copy()


def conv2d_rgb(x, w, b=0.0):
    """Cross-correlate a picture of several channels with one kernel, and add the bias.

    Parameters
    ----------
    x : (C, H, W) array_like
    w : (C, kH, kW) array_like
        One kernel; it has as many channels as the picture.
    b : float
        One bias.

    Returns
    -------
    (H-kH+1, W-kW+1) ndarray of float

    Raises
    ------
    ValueError
        If the kernel is larger than the picture, or their channels differ in number.

    Notes
    -----
    `scipy.signal.correlate` in three dimensions with ``mode="valid"``: along the channels there
    is only one position. Lecture L2, "Kernel has parameters for all input channels".

    Examples
    --------
    >>> conv2d_rgb([[[1, 2]], [[3, 4]], [[5, 6]]], [[[1, 1]], [[1, -1]], [[0, 2]]], b=0.5).tolist()
    [[14.5]]
    """
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    return conv_layer(x, w[np.newaxis], np.array([b]))[0]


def conv_layer(x, w, b, stride=1, padding=0):
    """Apply several kernels to a picture; each gives one feature map.

    Parameters
    ----------
    x : (C, H, W) array_like
    w : (F, C, kH, kW) array_like
    b : (F,) array_like
    stride : int
    padding : int
        Zeros on each side of every channel.

    Returns
    -------
    (F, H', W') ndarray of float
        ``H' = floor((H+2*padding-kH)/stride) + 1``, likewise ``W'``.

    Raises
    ------
    ValueError
        If stride < 1, padding < 0, a kernel is larger than the padded picture, or the channels
        of picture and kernels, or the numbers of kernels and biases, differ.

    Notes
    -----
    `scipy.signal.correlate` in three dimensions with ``mode="valid"``, once per kernel. Lectures
    L1 and L3 (six filters on 32x32x3), L2's table of layers (one bias per filter).

    Examples
    --------
    >>> conv_layer([[[1, 2, 3]], [[4, 5, 6]]], [[[[1, 1]], [[0, 1]]], [[[1, 0]], [[0, 0]]]],
    ...            [0, 10]).tolist()
    [[[8.0, 11.0]], [[11.0, 12.0]]]
    """
    x, w, b = (np.asarray(array, dtype=float) for array in (x, w, b))
    _check_sizes(x, w, stride, padding)
    _check_equal("channels", x.shape[0], "in the picture", w.shape[1], "in each kernel")
    _check_equal("filters", w.shape[0], "kernels", b.size, "biases")
    bordered = _bordered(x, padding)
    maps = [
        scipy.signal.correlate(bordered, kernel, mode="valid", method="direct")[0] + bias
        for kernel, bias in zip(w, b, strict=True)
    ]
    return np.array(maps)[:, ::stride, ::stride].copy()


def dilate_kernel(w, dilation):
    """Spread a kernel's weights out, with zeros between neighbours.

    Parameters
    ----------
    w : (kH, kW) array_like
    dilation : int
        Distance between weights that were neighbours; 1 leaves the kernel as it is.

    Returns
    -------
    (dilation*(kH-1)+1, dilation*(kW-1)+1) ndarray of float

    Raises
    ------
    ValueError
        If dilation is below 1.

    Notes
    -----
    Lecture L0: a 3x3 kernel with dilation 2 covers 5x5 values with nine weights.

    Examples
    --------
    >>> dilate_kernel([[1, 2], [3, 4]], 3).tolist()
    [[1.0, 0.0, 0.0, 2.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [3.0, 0.0, 0.0, 4.0]]
    """
    w = np.asarray(w, dtype=float)
    if dilation < 1:
        raise ValueError(f"dilation must be at least 1 (got {dilation}).")
    dilated = np.zeros([spread(side, dilation) for side in w.shape])
    dilated[::dilation, ::dilation] = w
    return dilated


def conv1x1(x, w, b):
    """Mix the channels of every pixel: a convolution with kernels of 1x1, as one matrix product.

    Parameters
    ----------
    x : (C, H, W) array_like
    w : (F, C) array_like
        One row of weights for each output channel.
    b : (F,) array_like

    Returns
    -------
    (F, H, W) ndarray of float

    Raises
    ------
    ValueError
        If the channels of picture and weights, or the numbers of filters and biases, differ.

    Notes
    -----
    `numpy.tensordot` over the channels. Lectures L1, L3 and L4; Lin, Chen and Yan, "Network in
    network" (2014).

    Examples
    --------
    >>> conv1x1([[[1, 2]], [[10, 20]]], [[1, 1], [0, -1], [2, 0]], [0, 0, 5]).tolist()
    [[[11.0, 22.0]], [[-10.0, -20.0]], [[7.0, 9.0]]]
    """
    x, w, b = (np.asarray(array, dtype=float) for array in (x, w, b))
    _check_equal("channels", x.shape[0], "in the picture", w.shape[1], "in the weights")
    _check_equal("filters", w.shape[0], "rows of weights", b.size, "biases")
    return np.tensordot(w, x, axes=1) + b[:, np.newaxis, np.newaxis]


def _bordered(x, padding):
    """The picture with ``padding`` zeros around its last two axes."""
    height, width = x.shape[-2:]
    out = np.zeros((*x.shape[:-2], height + 2 * padding, width + 2 * padding))
    out[..., padding : padding + height, padding : padding + width] = x
    return out


def _check_sizes(x, w, stride, padding):
    for size, kernel in zip(x.shape[-2:], w.shape[-2:], strict=True):
        output_size(size, kernel, stride, padding)


def _check_equal(what, first, where_first, second, where_second):
    if first != second:
        raise ValueError(
            f"the numbers of {what} differ: {first} {where_first}, {second} {where_second}."
        )
