"""Random pictures and kernels in which no mistake can hide."""

import numpy as np

from autograder.exercises.corners import (
    NO_PADDING,
    STEP_1,
    amount,
    as_type,
    numbers,
    plane_sizes,
    sides,
)


def picture(rng, *shape):
    """Numbers of distinct size and both signs, in no order, with decimals."""
    count = int(np.prod(shape))
    signs = rng.permutation(np.resize([1.25, -1.25, 1.25], count))
    return (rng.permutation(np.arange(1.0, count + 1)) * signs).reshape(shape)


def kernel(rng, *shape):
    """Numbers of distinct size and both signs: no kernel equals its own mirror image."""
    count = int(np.prod(shape))
    signs = rng.permutation(np.resize([1.0, -1.0], count))
    return (rng.permutation(np.arange(1.0, count + 1)) * signs).reshape(shape)


def pixels(rng, *shape):
    """Numbers of 8 bits whose products do not fit into 8 bits."""
    return rng.permutation(np.resize(np.arange(90, 256), int(np.prod(shape)))).reshape(
        shape).astype(np.uint8)


def biases(rng, count):
    """Distinct biases that are neither 0 nor 1."""
    return rng.permutation(np.arange(2.0, count + 2)) * np.resize([5.5, -3.5, 7.5], count)


PICTURE_TYPES, KERNEL_TYPES = numbers("x", "the picture"), numbers("w", "the kernel")
PICTURE, KERNEL = sides("x", "a picture"), sides("w", "a kernel")
CHANNELS = amount("x", 0, "one channel", "several channels")
FILTERS = amount("w", 0, "one filter", "several filters")
TYPED = (*PICTURE_TYPES.levels[1:], *KERNEL_TYPES.levels[1:])
UNEQUAL = (*PICTURE.levels[1:], *KERNEL.levels[1:])


def plane(rng, row, channels=(), filters=()):
    """Picture, kernel and settings with the levels of a row of `autograder.space.rows`.

    Parameters
    ----------
    rng : numpy.random.Generator
    row : mapping of str to str
    channels, filters : tuple of int
        Leading sides: ``(C,)`` of the picture, ``(F,)`` of a bank of kernels.

    Returns
    -------
    tuple
        ``x, w, {"stride": ..., "padding": ...}``
    """
    picture_sides, kernel_sides, stride, padding = plane_sizes(
        rng, row[PICTURE.name], row[KERNEL.name], row.get("stride", STEP_1),
        row.get("padding", NO_PADDING),
    )
    x = as_type(rng, row[PICTURE_TYPES.name], picture(rng, *channels, *picture_sides))
    w = kernel(rng, *filters, *channels, *kernel_sides) * 0.625
    return x, as_type(rng, row[KERNEL_TYPES.name], w), {"stride": stride, "padding": padding}
