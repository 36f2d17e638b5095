"""Right answers for unit 03: classical kernels and what they do to a picture."""

import numpy as np
import scipy

SOBEL_X = np.outer([1.0, 2.0, 1.0], [-1.0, 0.0, 1.0])
"""Smoothing over the rows times the difference of right and left."""


def _odd(size):
    if size < 1 or size % 2 == 0:
        raise ValueError(f"size must be odd, so that the kernel has a centre (got {size}).")
    return size


def identity_kernel(size=3):
    """Build the kernel that leaves every picture as it is.

    Parameters
    ----------
    size : odd int

    Returns
    -------
    (size, size) ndarray of float

    Raises
    ------
    ValueError
        If size is even or below 1.

    Notes
    -----
    Lecture L2, "Effects of Convolution Kernels (Filters)".

    Examples
    --------
    >>> identity_kernel().tolist()
    [[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]
    """
    centre = np.arange(_odd(size)) == size // 2
    return np.outer(centre, centre).astype(float)


def shift_left_kernel(size=3):
    """Build the kernel that moves the picture one pixel to the left (cross-correlation).

    Parameters
    ----------
    size : odd int, at least 3

    Returns
    -------
    (size, size) ndarray of float

    Raises
    ------
    ValueError
        If size is even or below 3.

    Notes
    -----
    The lecture's shift kernel (L2) has its 1 on the other side: it moves a picture to the left
    under true convolution.

    Examples
    --------
    >>> shift_left_kernel().tolist()
    [[0.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]]
    """
    if size < 3:
        raise ValueError(f"a shift needs a neighbour, so size must be at least 3 (got {size}).")
    return np.roll(identity_kernel(size), 1, axis=1)


def box_kernel(size):
    """Build the mean filter.

    Parameters
    ----------
    size : odd int

    Returns
    -------
    (size, size) ndarray of float
        The weights sum to 1.

    Raises
    ------
    ValueError
        If size is even or below 1.

    Notes
    -----
    `scipy.ndimage.uniform_filter` does the same to a picture. Lectures L0 and L2.

    Examples
    --------
    >>> (9 * box_kernel(3)).tolist()
    [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
    """
    return np.ones((_odd(size), size)) / size**2


def gaussian_kernel():
    """Build the lecture's smoothing kernel, the outer product of two rows 1, 2, 1.

    Returns
    -------
    (3, 3) ndarray of float
        The weights sum to 1.

    Notes
    -----
    Lecture L0, "Gaussian Filter".

    Examples
    --------
    >>> (16 * gaussian_kernel()).tolist()
    [[1.0, 2.0, 1.0], [2.0, 4.0, 2.0], [1.0, 2.0, 1.0]]
    """
    return np.outer([1.0, 2.0, 1.0], [1.0, 2.0, 1.0]) / 16


def sharpen_kernel(size=3):
    """Build the kernel for twice the picture minus its mean over size x size pixels.

    Parameters
    ----------
    size : odd int

    Returns
    -------
    (size, size) ndarray of float
        The weights sum to 1.

    Raises
    ------
    ValueError
        If size is even or below 1.

    Notes
    -----
    Lecture L2, "Sharpening filter (accentuates edges)".

    Examples
    --------
    >>> (9 * sharpen_kernel()).round(9).tolist()
    [[-1.0, -1.0, -1.0], [-1.0, 17.0, -1.0], [-1.0, -1.0, -1.0]]
    """
    return 2 * identity_kernel(size) - box_kernel(size)


def vertical_edge_kernel():
    """Build a kernel that answers to vertical edges and to nothing else.

    Returns
    -------
    (3, 3) ndarray of float
        Sobel's; every row sums to 0.

    Notes
    -----
    `scipy.ndimage.sobel` with ``axis=1`` does the same to a picture.

    Examples
    --------
    >>> vertical_edge_kernel().tolist()
    [[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]
    """
    return SOBEL_X.copy()


def filter_image(image, w):
    """Slide a kernel over every channel for itself; the size stays.

    Parameters
    ----------
    image : (H, W) or (C, H, W) array_like
    w : (kH, kW) array_like
        Odd sides.

    Returns
    -------
    ndarray of float
        Shaped like the image; zeros stand around each channel.

    Raises
    ------
    ValueError
        If a side of the kernel is even, or a rank is wrong.

    Notes
    -----
    `scipy.signal.correlate2d` with ``mode="same"`` on each channel.

    Examples
    --------
    >>> filter_image([[1, 2], [3, 4]], [[0, 0, 0], [0, 0, 1], [0, 0, 0]]).tolist()
    [[2.0, 0.0], [4.0, 0.0]]
    """
    image, w = np.asarray(image, dtype=float), np.asarray(w, dtype=float)
    if w.ndim != 2 or image.ndim not in (2, 3):
        raise ValueError(
            f"w must be (kH, kW) and image (H, W) or (C, H, W) (got {w.shape} and {image.shape})."
        )
    if w.shape[0] % 2 == 0 or w.shape[1] % 2 == 0:
        raise ValueError(f"w must have odd sides, so that it has a centre (got {w.shape}).")
    if image.ndim == 3:
        return np.array([filter_image(channel, w) for channel in image])
    return scipy.signal.correlate2d(image, w, mode="same")


def gradient_magnitude(image):
    """Measure how steeply the brightness changes at each pixel.

    Parameters
    ----------
    image : (H, W) array_like

    Returns
    -------
    (H, W) ndarray of float
        ``sqrt(gx**2 + gy**2)`` with Sobel's two kernels and zeros around the picture.

    Raises
    ------
    ValueError
        If the image is not two-dimensional.

    Notes
    -----
    `scipy.ndimage.sobel` along both axes with ``mode="constant"``.

    Examples
    --------
    >>> gradient_magnitude([[0, 0, 0], [0, 1, 0], [0, 0, 0]]).round(3).tolist()
    [[1.414, 2.0, 1.414], [2.0, 0.0, 2.0], [1.414, 2.0, 1.414]]
    """
    image = np.asarray(image, dtype=float)
    if image.ndim != 2:
        raise ValueError(f"image must be (H, W) (got {image.shape}).")
    across = scipy.ndimage.sobel(image, axis=1, mode="constant")
    down = scipy.ndimage.sobel(image, axis=0, mode="constant")
    return np.hypot(across, down)
