"""Numbers as they are written into the cells of a figure."""

import math

import numpy as np

HUGE = 1e7
NOISE = 1e-12
"""Smaller than this is rounding error, written as 0."""


def texts(values):
    """Every entry as a short text: as many decimals as needed, three at most.

    Parameters
    ----------
    values : array_like of numbers or of str
        NaN, None and ``""`` make an empty cell.

    Returns
    -------
    ndarray of object, same shape
    """
    array = np.asarray(values)
    if array.dtype.kind not in "biuf":
        words = ["" if value is None else str(value) for value in array.ravel()]
        return np.array(words, dtype=object).reshape(array.shape)
    decimals, huge = _decimals(array), _largest(array) >= HUGE
    written = [number(value, decimals, huge=huge) for value in array.ravel()]
    return np.array(written, dtype=object).reshape(array.shape)


def number(value, decimals=None, *, huge=False):
    """One number as text, with a true minus sign and no needless zeros.

    Parameters
    ----------
    value : float
    decimals : int, optional
        The most decimals; by default as many as needed, three at most.
    huge : bool
        Write it with an exponent, as its neighbours are.
    """
    value = float(value)
    if math.isnan(value):
        return ""
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if decimals is None:
        decimals = _decimals(np.array([value]))
    size = abs(value)
    if size < NOISE:
        return "0"
    if huge or size >= HUGE or size < 10.0**-decimals / 2:
        mantissa, _, exponent = f"{value:.{0 if size < 1 else 2}e}".partition("e")
        text = f"{_short(mantissa)}e{int(exponent)}"
    else:
        text = _short(f"{value:.{decimals}f}")
    return text.replace("-", "−")


def listed(values, most=24):
    """A list of numbers in words: ``3, 1, −4``; long lists are cut with a count."""
    flat = texts(values).ravel()
    if flat.size <= most:
        return ", ".join(flat)
    return f"{', '.join(flat[:most])} and {flat.size - most} more"


def _short(text):
    return text.rstrip("0").rstrip(".") if "." in text else text


def _largest(array):
    return float(np.abs(array[np.isfinite(array)].astype(float)).max(initial=0.0))


def _decimals(array):
    if array.dtype.kind != "f":
        return 0
    finite = np.abs(array[np.isfinite(array)].astype(float))
    largest = _largest(array)
    most = 3 if largest < 10 else 2 if largest < 100 else 1
    for decimals in range(most):
        if np.allclose(finite, finite.round(decimals), rtol=0, atol=1e-9 * max(largest, 1e-3)):
            return decimals
    return most
