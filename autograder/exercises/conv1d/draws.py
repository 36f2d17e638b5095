"""Random series and kernels in which no mistake can hide."""

import numpy as np

from autograder.exercises.corners import NO_PADDING, STEP_1, as_type, line_sizes, numbers


def series(rng, length):
    """Numbers of both signs, in no order, with decimals that no sum cancels by chance."""
    signs = rng.permutation(np.resize([1.0, -1.0], length))
    return rng.permutation(np.arange(1, length + 1)) * rng.uniform(1.1, 1.4, length) * signs


def kernel(rng, length):
    """Numbers of distinct size and alternating sign: no kernel equals its own mirror image."""
    return rng.permutation(np.arange(1.0, length + 1)) * np.resize([1.0, -1.0], length)


def eight_bits(rng):
    """A series and a kernel of 8-bit numbers, whose products do not fit into 8 bits."""
    numbers_ = rng.permutation(np.arange(90, 102)).astype(np.uint8)
    return numbers_[:9], numbers_[9:]


SERIES_TYPES, KERNEL_TYPES = numbers("x", "the series"), numbers("w", "the kernel")


def line(rng, row):
    """Arguments with the levels of a row of `autograder.space.rows`.

    Returns
    -------
    tuple
        ``(x, w), {"stride": ..., "padding": ...}``
    """
    size, width, stride, padding = line_sizes(
        rng, row["length of the kernel"], row.get("stride", STEP_1),
        row.get("padding", NO_PADDING),
    )
    x = as_type(rng, row[SERIES_TYPES.name], series(rng, size))
    w = as_type(rng, row[KERNEL_TYPES.name], kernel(rng, width) * 0.625)
    return (x, w), {"stride": stride, "padding": padding}
