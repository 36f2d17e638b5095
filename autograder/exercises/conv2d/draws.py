"""Random pictures and kernels in which no mistake can hide."""

import numpy as np


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


def biases(rng, count):
    """Distinct biases that are neither 0 nor 1."""
    return rng.permutation(np.arange(2.0, count + 2)) * np.resize([5.5, -3.5, 7.5], count)
