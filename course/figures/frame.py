"""The frame of a plot: from data to inches, with ticks, grid lines and names."""

import math

import numpy as np

from course.figures import colours
from course.figures.letters import FONT, SMALL, text_height, wrapped

GRID = "#dddddd"
TICK = 0.05
SLACK = 0.05
"""Room between the data and the frame, as a part of the data's range."""
MOST_DIGITS, HUGE = 4, 1e7
"""Ticks with more decimals, or as large as this, are written with an exponent."""
ALIKE = 1e-9
"""Values that differ by less than this part of them are drawn as one."""


class Frame:
    """A rectangle on a canvas for data, with its upper left corner at 0, 0.

    Parameters
    ----------
    canvas : Canvas
    width, height : float
        In inches.
    xs, ys : array_like
        All values of the data; what is not finite does not count.
    slack : float
        `SLACK` of the ys.
    """

    def __init__(self, canvas, width, height, xs, ys, slack=SLACK):
        self.canvas = canvas
        self.width, self.height = width, height
        self.x_range, self.y_range = _range(xs, SLACK), _range(ys, slack)
        self.whole = all(float(x).is_integer() for x in np.ravel(xs) if np.isfinite(x))
        canvas.line((0, 0), (0, height), (width, height), colour=colours.BLACK, above=3)

    def at(self, x, y):
        """Where on the canvas a point of the data lies."""
        (left, right), (low, high) = self.x_range, self.y_range
        return (x - left) / (right - left) * self.width, (high - y) / (high - low) * self.height

    def x_ticks(self, values=None, labels=None, *, grid=True):
        """Ticks and their labels below the frame; the height of the labels."""
        if values is None:
            values = ticks(*self.x_range, 10, whole=self.whole)
            labels = tick_labels(values)
        for value, label in zip(values, labels, strict=True):
            x, _ = self.at(value, 0)
            if grid:
                self.canvas.line((x, 0), (x, self.height), colour=GRID, width=0.7)
            self.canvas.line((x, self.height), (x, self.height + TICK), colour=colours.BLACK)
            middle = self.height + 0.09 + text_height(label, SMALL) / 2
            self.canvas.words(x, middle, label, size=SMALL)
        return max(text_height(label, SMALL) for label in labels) + 0.09

    def y_ticks(self, *, grid=True):
        """Ticks and their labels at the left of the frame."""
        values = ticks(*self.y_range, 7)
        for value, label in zip(values, tick_labels(values), strict=True):
            _, y = self.at(0, value)
            if grid:
                self.canvas.line((0, y), (self.width, y), colour=GRID, width=0.7)
            self.canvas.line((-TICK, y), (0, y), colour=colours.BLACK)
            self.canvas.words(-0.1, y, label, size=SMALL, across="right")

    def names(self, title, xlabel, ylabel, below):
        """Title and name of the y axis above the frame, name of the x axis below the labels.

        ``below`` is the height of those; how far down all of it reaches is returned. The name of
        the y axis lies, so that nobody has to tilt their head.
        """
        top = -0.1
        for text, x, across, size in ((ylabel, -0.1, "left", SMALL),
                                      (title, self.width / 2, "center", FONT)):
            if text:
                lines = wrapped(text, self.width, size)
                height = text_height(lines, size)
                self.canvas.words(x, top - height / 2, lines, size=size, across=across)
                top -= height + 0.04
        if xlabel:
            lines = wrapped(xlabel, self.width, SMALL)
            height = text_height(lines, SMALL)
            self.canvas.words(self.width / 2, self.height + below + height / 2, lines, size=SMALL)
            below += height
        return self.height + below


def ticks(low, high, most, *, whole=False):
    """Round numbers in a range.

    Parameters
    ----------
    low, high : float
    most : int
        Into how many parts they may divide it.
    whole : bool
        Whether only whole numbers make sense.

    Returns
    -------
    (N,) ndarray
    """
    from matplotlib.ticker import MaxNLocator

    steps = [1, 2, 5, 10] if whole else [1, 2, 2.5, 5, 10]
    locator = MaxNLocator(nbins=most, steps=steps, integer=whole, min_n_ticks=1)
    values = locator.tick_values(low, high)
    slack = 1e-9 * (high - low)
    return values[(values >= low - slack) & (values <= high + slack)]


def tick_labels(values):
    """The ticks as texts, all with the same number of decimals."""
    step = float(np.diff(values).min()) if len(values) > 1 else float(abs(values[0]) or 1.0)
    exponent = 0
    largest = float(np.abs(values).max())
    if largest >= HUGE or _digits(step) > MOST_DIGITS:
        exponent = math.floor(math.log10(largest))
    digits = _digits(step / 10.0**exponent)
    texts = [f"{value + 0.0:,.{digits}f}" for value in np.round(values / 10.0**exponent, digits)]
    if exponent:
        texts = [text if float(text) == 0 else f"{text}e{exponent}" for text in texts]
    return [text.replace("-", "−") for text in texts]


def _digits(step):
    """How many decimals multiples of a round number need; 0.25 needs two."""
    digits = max(0, math.ceil(-math.log10(step) - 1e-9))
    shifted = step * 10.0**digits
    return digits + (not math.isclose(shifted, round(shifted), rel_tol=1e-6))


def _range(values, slack):
    values = np.asarray(values, dtype=float).ravel()
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    room = slack * (high - low)
    if high - low <= ALIKE * abs(high):  # one value only, or as good as
        room = 0.5 * abs(low) or 0.5
    return low - room, high + room
