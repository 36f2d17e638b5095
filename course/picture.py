"""The picture of a case that went wrong, and the sentence about its window."""

from dataclasses import replace

import numpy as np

from course.panels import Frame, number, tables
from course.windows import window_of

FEW = 12


def panels_of(arguments, verdict, window=None):
    """The tables of a visible case: its inputs, the window that went wrong, yours, expected.

    Parameters
    ----------
    arguments : iterable of (name, value)
    verdict : Verdict
    window : Window, optional

    Returns
    -------
    tuple of Panel
    """
    found = []
    for name, value in arguments:
        if window is not None and name == window.name:
            frame = Frame(window.corner, window.size, window.channels, window.padding)
            shown = window.planes if np.ndim(value) > 2 else window.planes[0]
            found += tables(name, shown[0] if np.ndim(value) == 1 else shown, None, _flat(
                frame, np.ndim(value)))
        elif _drawable(value):
            found += tables(name, np.asarray(value, dtype=float), axis=_axis(value))
    if window is not None and window.weights is not None:
        products = window.products
        shown = products[0] if len(products) == 1 else products
        found += tables("products", shown[0] if shown.shape[0] == 1 and shown.ndim == 2 else shown)
    if verdict.yours is not None:
        yours, expected = (
            np.asarray(a, dtype=float) for a in (verdict.yours, verdict.expected)
        )
        differs = differing(yours, expected)
        for title, array in (("yours", yours), ("expected", expected)):
            found += [replace(one, group="results")
                      for one in tables(title, array, differs, axis="plane")]
    return tuple(found)


def differing(yours, expected):
    """Where two arrays of one shape differ; None if they have two shapes."""
    if yours.shape != expected.shape:
        return None
    scale = float(np.max(np.abs(expected), initial=0.0))
    return ~np.isclose(yours, expected, rtol=1e-6, atol=1e-6 * scale)


def failing_window(kind, given, verdict):
    """The window behind the first number that differs, or that is missing; and its place.

    Parameters
    ----------
    kind : str or None
        See `course.windows`.
    given : dict
        The arguments by name.
    verdict : Verdict

    Returns
    -------
    Window or None, tuple or None
    """
    if not kind or verdict.yours is None:
        return None, None
    yours, expected = (np.asarray(a, dtype=float) for a in (verdict.yours, verdict.expected))
    differs = differing(yours, expected)
    if differs is not None and differs.any():
        place = tuple(int(i) for i in np.argwhere(differs)[0])
    elif yours.ndim == expected.ndim and expected.size and all(
        mine <= due for mine, due in zip(yours.shape, expected.shape, strict=True)
    ):
        place = tuple(side - 1 for side in expected.shape)  # one of those that are missing
    else:
        return None, None
    window = window_of(kind, given, place)
    if window is None or not np.isclose(window.result, expected[place]):
        return None, None
    return window, place


def sum_of(window, place, verdict):
    """What is done in a window, in numbers: "1·1 + 4·2 − 2·3 = 3; yours 7"."""
    products = window.products.ravel()
    apart = len(window.channels) > 1
    if window.weights is None:
        shown = ", ".join(map(number, products[:FEW])) + (", ..." if products.size > FEW else "")
        text = f"{window.says} of {shown}"
    else:
        inside = window.planes[window.channels.start:window.channels.stop,
                               window.corner[0]:window.corner[0] + window.size[0],
                               window.corner[1]:window.corner[1] + window.size[1]].ravel()
        weights = np.broadcast_to(window.weights, window.products.shape).ravel()
        pairs = zip(inside[:FEW], weights[:FEW], strict=True)
        text = " + ".join(f"{_signed(a)}·{_signed(b)}" for a, b in pairs)
        if apart and len(window.channels) <= FEW:
            sums = window.products.sum(axis=(1, 2))
            text = "channel by channel " + " + ".join(map(_signed, sums))
        elif products.size > FEW:
            text = f"the {products.size} products add up to {number(products.sum())}"
        text += f" + bias {_signed(window.bias)}" if window.bias else ""
    yours = np.asarray(verdict.yours, dtype=float)
    mine = f"yours {number(yours[place])}" if yours.shape == np.shape(verdict.expected) else (
        "yours has no number for it")
    return f"{text} = {number(window.result)}; {mine}"


def _signed(value):
    return f"({number(value)})" if value < 0 else number(value)


def _flat(frame, axes):
    """A series is drawn as one row, of which only columns are padded."""
    return frame if axes != 1 else Frame((0, frame.corner[1]), (1, frame.size[1]), frame.planes,
                                         (0, frame.padding[1]))


def _axis(value):
    return "filter, channel" if np.ndim(value) == 4 else "channel"


def _drawable(value):
    if isinstance(value, np.ndarray):
        return value.size > 0
    return isinstance(value, list) and bool(value) and all(
        isinstance(item, int | float) for item in value
    )
