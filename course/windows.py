"""The window of the input that one number of a result comes from, with what is done to it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Window:
    """Where a number of the result comes from.

    Attributes
    ----------
    name : str
        The argument that the window lies on.
    planes : (C, H, W) ndarray of float
        That argument, with its padding; a series is one row.
    padding : (int, int)
        Rows and columns of zeros on each side.
    corner, size : (int, int)
        Where the window begins in ``planes``, and its height and width.
    channels : range
        The planes that the window reaches through.
    weights : (C, kH, kW) ndarray of float, or None
        What the window's numbers are multiplied by; None in pooling.
    bias : float
    combine : callable
        What makes one number of the products.
    says : str
        That in a word: "sum", "largest", "mean".
    """

    name: str
    planes: np.ndarray
    padding: tuple[int, int]
    corner: tuple[int, int]
    size: tuple[int, int]
    channels: range
    weights: np.ndarray | None = None
    bias: float = 0.0
    combine: Callable = np.sum
    says: str = "sum"

    @property
    def products(self):
        """The window's numbers, each times its weight: ``(C, kH, kW)``."""
        (top, left), (height, width) = self.corner, self.size
        inside = self.planes[self.channels.start:self.channels.stop,
                             top:top + height, left:left + width]
        return inside if self.weights is None else inside * self.weights

    @property
    def result(self):
        """The number that belongs in the result."""
        return float(self.combine(self.products)) + self.bias


def window_of(kind, given, place):
    """The window behind one number of a result, or None where there is none.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    given : dict
        The arguments by name.
    place : tuple of int
        Where in the result.
    """
    try:
        return KINDS[kind](given, place)
    except (KeyError, IndexError, ValueError, TypeError):  # arguments that make no sense on purpose
        return None


def _kernel(given, place, *, flipped=False):
    """A kernel slides: over a series, a picture, or a picture with channels."""
    x, w = (np.asarray(given[name], dtype=float) for name in ("x", "w"))
    bias = np.asarray(given.get("b", 0.0), dtype=float)
    if w.ndim == x.ndim + 1:  # a bank of filters: the result's first axis counts them
        w, bias, place = w[place[0]], bias[place[0]], place[1:]
    w = w[::-1] if flipped else w
    x, w, place = _planes(x), _planes(w), (0, *place)[-2:]
    step, padding = given.get("stride", 1), given.get("padding", 0)
    flat = np.ndim(given["x"]) == 1
    padding = (0, padding) if flat else (padding, padding)
    corner = place[0] * step, place[1] * step
    return Window("x", _padded(x, padding), padding, corner, w.shape[1:], range(len(x)), w,
                  float(bias))


def _mean(given, place):
    """A kernel of equal weights."""
    width = given["width"]
    return _kernel({"x": given["x"], "w": np.full(width, 1 / width)}, place)


def _same(given, place):
    """A kernel with a centre slides over each channel alone; zeros around, same size out."""
    x, w = _planes(given["image"]), _planes(given["w"])
    padding = w.shape[1] // 2, w.shape[2] // 2
    channel = place[0] if len(place) == 3 else 0
    return Window("image", _padded(x, padding), padding, place[-2:], w.shape[1:],
                  range(channel, channel + 1), w)


def _pixel(given, place):
    """A weight for each channel, at one place."""
    x, w = np.asarray(given["x"], dtype=float), np.asarray(given["w"], dtype=float)
    weights = w[place[0]][:, np.newaxis, np.newaxis]
    return Window("x", x, (0, 0), place[1:], (1, 1), range(len(x)), weights,
                  float(given["b"][place[0]]))


def _pool(combine, says):
    def pool(given, place):
        x = _planes(given["x"])
        size = _pair(given.get("size", 2))
        step = size if given.get("stride") is None else _pair(given["stride"])
        channel = place[0] if len(place) == 3 else 0
        corner = place[-2] * step[0], place[-1] * step[1]
        return Window("x", x, (0, 0), corner, size, range(channel, channel + 1),
                      combine=combine, says=says)

    return pool


KINDS = {
    "kernel": _kernel,
    "flipped": lambda given, place: _kernel(given, place, flipped=True),
    "mean": _mean,
    "same": _same,
    "pixel": _pixel,
    "largest": _pool(np.max, "largest"),
    "average": _pool(np.mean, "mean"),
}
"""What an exercise's windows do, by the word that its declaration has for it."""


def _planes(array):
    array = np.asarray(array, dtype=float)
    return array.reshape((1,) * (3 - array.ndim) + array.shape)


def _padded(planes, padding):
    return np.pad(planes, ((0, 0), *((size, size) for size in padding)))


def _pair(value):
    return tuple(value) if isinstance(value, tuple | list) else (value, value)
