"""Gradients of convolution layers: two correlations and a sum."""

import numpy as np
import scipy

from autograder.reference.sizes import output_size


def conv1d_backward(dout, x, w):
    """Gradients of a valid cross-correlation of stride 1.

    Parameters
    ----------
    dout : (W-K+1,) array_like of float
        Gradient of the loss by the output.
    x : (W,) array_like of float
    w : (K,) array_like of float

    Returns
    -------
    dx : (W,) ndarray of float
    dw : (K,) ndarray of float

    Raises
    ------
    ValueError
        If the kernel does not fit, or ``dout`` does not have the output's shape.

    Notes
    -----
    ``dx`` is `scipy.signal.convolve` with ``mode="full"``, ``dw`` is `scipy.signal.correlate`
    with ``mode="valid"``. Lecture L3 says so in words; Goodfellow, Bengio and Courville, "Deep
    Learning" (2016), section 9.5.

    Examples
    --------
    >>> dx, dw = conv1d_backward([1, 10, 100], [1, 2, 4, 8], [3, 5])
    >>> dx.tolist(), dw.tolist()
    ([3.0, 35.0, 350.0, 500.0], [421.0, 842.0])
    """
    dout, x, w = (np.asarray(a, dtype=float) for a in (dout, x, w))
    check_upstream(dout.shape, (output_size(len(x), len(w)),))
    dx = scipy.signal.convolve(dout, w, mode="full", method="direct")
    dw = scipy.signal.correlate(x, dout, mode="valid", method="direct")
    return dx, dw


def conv2d_backward(dout, x, w, stride=1, padding=0):
    """Gradients of a 2-D cross-correlation with stride and zero padding.

    Parameters
    ----------
    dout : (H', W') array_like of float
        Gradient of the loss by the output.
    x : (H, W) array_like of float
    w : (kH, kW) array_like of float
    stride, padding : int

    Returns
    -------
    dx : (H, W) ndarray of float
    dw : (kH, kW) ndarray of float

    Raises
    ------
    ValueError
        If the kernel does not fit, or ``dout`` does not have the output's shape.

    Notes
    -----
    With ``dout`` dilated by the stride, ``dx`` is `scipy.signal.convolve` (full, placed in the
    padded picture, padding cropped) and ``dw`` is `scipy.signal.correlate` (valid, the first kH x
    kW values: rows that no window reached would give more). Dumoulin and Visin, "A guide to
    convolution arithmetic for deep learning" (2016), section 4.

    Examples
    --------
    >>> dx, dw = conv2d_backward([[1, 10]], [[1, 2, 3, 4, 5]], [[3, 5]], stride=2)
    >>> dx.tolist(), dw.tolist()
    ([[3.0, 5.0, 30.0, 50.0, 0.0]], [[31.0, 42.0]])
    """
    dout, x, w = (np.asarray(a, dtype=float) for a in (dout, x, w))
    sizes = (output_size(n, k, stride, padding) for n, k in zip(x.shape, w.shape, strict=True))
    check_upstream(dout.shape, tuple(sizes))
    padded = np.pad(x, padding)
    wide = dilate(dout, (stride, stride))
    dw = scipy.signal.correlate(padded, wide, mode="valid", method="direct")
    dx = spread(dout, w, padded.shape, (stride, stride))
    height, width = x.shape
    return (
        dx[padding : padding + height, padding : padding + width],
        dw[: w.shape[0], : w.shape[1]],
    )


def conv_layer_backward(dout, x, w, b, stride=1, padding=0):
    """Gradients of a convolution layer: several channels in, several filters, biases.

    Parameters
    ----------
    dout : (F, H', W') array_like of float
    x : (C, H, W) array_like of float
    w : (F, C, kH, kW) array_like of float
    b : (F,) array_like of float
    stride, padding : int

    Returns
    -------
    dx : (C, H, W) ndarray of float
        The sum over all filters.
    dw : (F, C, kH, kW) ndarray of float
    db : (F,) ndarray of float
        The sum over each filter's map.

    Raises
    ------
    ValueError
        If a kernel does not fit, or the shapes do not belong together.

    Notes
    -----
    For each filter the calls of `conv2d_backward`, in three dimensions: `scipy.signal.correlate`
    of all channels at once with the dilated ``dout``, `scipy.signal.convolve` of it with the
    whole kernel.

    Examples
    --------
    >>> dx, dw, db = conv_layer_backward([[[1, 10]]], [[[1, 2, 4]]], [[[[3, 5]]]], [0])
    >>> dx.tolist(), dw.tolist(), db.tolist()
    ([[[3.0, 35.0, 50.0]]], [[[[21.0, 42.0]]]], [11.0])
    """
    dout, x, w, b = (np.asarray(a, dtype=float) for a in (dout, x, w, b))
    if w.shape[:2] != (len(b), len(x)) or len(dout) != len(b):
        raise ValueError(
            f"dout of shape {dout.shape}, x {x.shape}, w {w.shape} and b {b.shape} do not belong "
            "to one layer."
        )
    sizes = (output_size(n, k, stride, padding)
             for n, k in zip(x.shape[1:], w.shape[2:], strict=True))
    check_upstream(dout.shape[1:], tuple(sizes))
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    dx, dw = np.zeros(padded.shape), np.zeros(w.shape)
    for f, kernel in enumerate(w):
        wide = dilate(dout[f], (stride, stride))[np.newaxis]
        share = scipy.signal.correlate(padded, wide, mode="valid", method="direct")
        dw[f] = share[:, : kernel.shape[1], : kernel.shape[2]]
        back = scipy.signal.convolve(wide, kernel, mode="full", method="direct")
        dx[:, : back.shape[1], : back.shape[2]] += back
    height, width = x.shape[1:]
    dx = dx[:, padding : padding + height, padding : padding + width]
    return dx, dw, dout.sum(axis=(1, 2))


def check_upstream(found, due):
    """Refuse an upstream gradient that does not have the output's shape."""
    if tuple(found) != tuple(due):
        raise ValueError(f"dout must have the output's shape {tuple(due)} (got {tuple(found)}).")


def dilate(dout, stride):
    """Put ``stride - 1`` zeros between neighbours: where the windows of stride 1 would stand."""
    rows, columns = ((n - 1) * s + 1 for n, s in zip(dout.shape, stride, strict=True))
    wide = np.zeros((rows, columns))
    wide[:: stride[0], :: stride[1]] = dout
    return wide


def spread(dout, w, shape, stride):
    """Full convolution of the dilated ``dout`` with ``w``, in an array of the input's shape."""
    full = scipy.signal.convolve(dilate(dout, stride), w, mode="full", method="direct")
    dx = np.zeros(shape)
    dx[: full.shape[0], : full.shape[1]] = full
    return dx
