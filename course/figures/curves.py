"""Lines and bars."""

import numpy as np

from course.figures import colours
from course.figures.canvas import Canvas
from course.figures.figure import drawn
from course.figures.frame import Frame
from course.figures.letters import LINE, SMALL, text_width, wrapped
from course.figures.numerals import number

WIDTH, HEIGHT = 6.6, 2.6
DASHES = ("", "9 4", "12 4 3 4", "3 4", "12 3 3 3 3 3", "3 3", "18 8")
MARKERS = ((24, 0), (4, 45), (4, 0), (3, 0), (3, 180), (5, 0), (6, 0))
"""Sides and turn of the polygon that marks the points of a line."""
MARK = 0.04
FEW, DENSE = 25, 200
"""Up to so many points are marked each; more than so many are drawn thin and without dashes."""


@drawn
def curves(lines, *, title="", xlabel="", ylabel="", alt):
    """Lines in one frame, told apart by colour and by dashes.

    Parameters
    ----------
    lines : dict of str to (N,) array_like, or to a pair of them
        Label and ``y``, or ``(x, y)``.
    title, xlabel, ylabel : str
    alt : str
        What the figure shows.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If there is no line, or ``x`` and ``y`` of one differ in length.
    """
    if not lines:
        raise ValueError("There is nothing to draw: give at least one label and line.")
    points = {label: _points(label, values) for label, values in lines.items()}
    canvas = Canvas()
    frame = Frame(canvas, WIDTH, HEIGHT, *(
        np.concatenate(values) for values in zip(*points.values(), strict=True)
    ))
    frame.y_ticks()
    bottom = frame.names(title, xlabel, ylabel, frame.x_ticks())
    for place, (x, y) in enumerate(points.values()):
        for run in _runs(x, y):
            canvas.line(*(frame.at(*point) for point in run), **_look(place, x.size, len(points)))
            if _is_marked(x) or len(run) == 1:
                for point in run:
                    _mark(canvas, place, frame.at(*point))
    if len(points) > 1:
        _legend(canvas, points, bottom)
    return canvas.finish(alt)


@drawn
def bars(values, *, title="", ylabel="", alt):
    """One bar for each value, with the value written above it.

    Parameters
    ----------
    values : dict of str to float
        Label and height.
    title, ylabel : str
    alt : str
        What the figure shows.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If there is no value, or one is not a single number.
    """
    if not values:
        raise ValueError("There is nothing to draw: give at least one label and value.")
    heights = {}
    for label, value in values.items():
        if np.shape(value) != ():
            raise ValueError(f"{label!r} has shape {np.shape(value)}; a bar is a single number.")
        heights[label] = float(value)
    written = {label: _grouped(values[label]) for label in heights}
    labels = [wrapped(str(label), 1.3, SMALL) for label in heights]
    step = max(0.8, text_width("\n".join([*labels, *written.values()]), SMALL) + 0.2)
    canvas = Canvas()
    frame = Frame(canvas, max(3.0, step * len(heights)), HEIGHT, (-0.3, len(heights) - 0.7),
                  (0.0, *heights.values()), slack=0.14)
    frame.y_ticks(grid=False)
    frame.names(title, "", ylabel, frame.x_ticks(range(len(labels)), labels, grid=False))
    for place, (label, height) in enumerate(heights.items()):
        (left, top), (right, zero) = frame.at(place - 0.3, height), frame.at(place + 0.3, 0.0)
        canvas.box(left, min(top, zero), right - left, abs(top - zero), fill=colours.BLUE,
                   edge=colours.BLACK, above=1)
        canvas.words((left + right) / 2, top + (0.1 if height < 0 else -0.1), written[label],
                     size=SMALL)
    _, zero = frame.at(0, 0.0)
    canvas.line((0, zero), (frame.width, zero), colour=colours.BLACK, above=2)
    return canvas.finish(alt)


def _look(place, size, lines):
    dense = size > DENSE
    return {
        "colour": colours.LINES[place % len(colours.LINES)], "above": 4 + place / 100,
        "dashes": "" if dense else DASHES[place % len(DASHES)],
        "width": 0.9 if dense and place == 0 and lines > 1 else 1.8,
    }


def _runs(x, y):
    """The points in pieces without gaps: what is not finite is not drawn."""
    whole = np.isfinite(x) & np.isfinite(y)
    for piece in np.split(np.arange(x.size), np.flatnonzero(~whole)):
        kept = piece[whole[piece]]
        if kept.size:
            yield list(zip(x[kept], y[kept], strict=True))


def _is_marked(x):
    return x.size <= FEW


def _mark(canvas, place, middle):
    """A small polygon, another one for each line."""
    sides, turn = MARKERS[place % len(MARKERS)]
    angles = np.deg2rad(turn + 360 * np.arange(sides) / sides)
    x, y = middle
    canvas.shape([(x + MARK * np.sin(angle), y - MARK * np.cos(angle)) for angle in angles],
                 colour=colours.LINES[place % len(colours.LINES)], above=4.5)


def _legend(canvas, points, top):
    """What each line is, in rows below the frame."""
    rows = [[]]
    for place, label in enumerate(points):
        width = text_width(label, SMALL) + 0.75
        if rows[-1] and sum(wide for *_, wide in rows[-1]) + width > WIDTH:
            rows.append([])
        rows[-1].append((place, label, width))
    for line, row in enumerate(rows):
        y = top + 0.15 + line * LINE * SMALL * 1.2
        left = (WIDTH - sum(wide for *_, wide in row)) / 2
        for place, label, width in row:
            x, _ = points[label]
            canvas.line((left, y), (left + 0.4, y), **_look(place, x.size, len(points)))
            if _is_marked(x):
                _mark(canvas, place, (left + 0.2, y))
            canvas.words(left + 0.48, y, label, size=SMALL, across="left")
            left += width


def _points(label, values):
    if isinstance(values, tuple) and len(values) == 2 and np.ndim(values[0]) == 1:
        x, y = (np.asarray(part, dtype=float) for part in values)
    else:
        y = np.asarray(values, dtype=float)
        x = np.arange(y.shape[0] if y.ndim else 0)
    if y.ndim != 1 or x.shape != y.shape:
        raise ValueError(f"{label!r}: x has shape {x.shape} and y has shape {y.shape}; "
                         "both must have one axis and the same length.")
    return x, y


def _grouped(value):
    value = round(float(value), 9)
    if value.is_integer() and abs(value) < 1e15:
        return f"{int(value):,}".replace("-", "−")
    return number(value)
