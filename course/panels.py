"""Small tables of numbers: the inputs of a case, the window that went wrong, yours, expected."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

MAX_CELLS = 8
MAX_PLANES = 4


class Cell(NamedTuple):
    """One number of a table."""

    text: str
    differs: bool = False
    edges: str = ""
    """On which sides it touches the outline of a window: of "trbl" (top, right, bottom, left)."""
    faded: bool = False
    """Whether it is padding."""


@dataclass(frozen=True)
class Panel:
    """A table of numbers.

    Attributes
    ----------
    title, note : str
    rows : tuple of tuple of Cell
    down, across : tuple of str
        The numbers of its rows and of its columns.
    group : str
        Tables of one group belong side by side: the planes of one array.
    """

    title: str
    note: str
    rows: tuple
    down: tuple = ()
    across: tuple = ()
    group: str = ""


@dataclass(frozen=True)
class Frame:
    """A rectangle to outline, in planes of an array that has a border of zeros."""

    corner: tuple[int, int]
    size: tuple[int, int]
    planes: range
    padding: tuple[int, int] = (0, 0)


def tables(title, array, differs=None, frame=None, axis="channel"):
    """An array as tables, one for each plane; of many planes those that matter.

    Parameters
    ----------
    title : str
    array : array_like
    differs : ndarray of bool, optional
        Of the same shape: what to mark.
    frame : Frame, optional
    axis : str
        What the planes are called.

    Returns
    -------
    list of Panel
    """
    array = np.asarray(array)
    if array.size == 0:
        return [Panel(title, f"an empty array of shape {array.shape}", (), group=title)]
    marks = np.zeros(array.shape, bool) if differs is None else differs
    first = tuple(int(i) for i in np.argwhere(marks)[0]) if marks.any() else (0,) * array.ndim
    if array.ndim < 3:
        rows = np.atleast_2d(array), np.atleast_2d(marks)
        return [_table(title, [], *rows, (0, *first)[-2:] if array.ndim else (0, 0), frame, title,
                       flat=array.ndim < 2)]
    places = list(np.ndindex(array.shape[:-2]))
    wanted = places
    if len(places) > MAX_PLANES:
        at = min(places.index(first[:-2]), len(places) - MAX_PLANES)
        wanted = places[at:at + MAX_PLANES]
    found = []
    for place in wanted:
        name = ", ".join(map(str, place))
        inside = frame if frame is None or place[-1] in frame.planes else None
        note = [f"{axis} {name}" + (f" of {len(places)}" if len(places) > len(wanted) else "")]
        found.append(_table(title, note, array[place], marks[place], first[-2:], inside, title,
                            frame.padding if frame else (0, 0)))
    return found


def _table(title, notes, array, marks, first, frame, group, padding=None, flat=False):
    """One plane: at most 8 x 8 numbers, around the window or the first difference."""
    padding = frame.padding if frame else padding or (0, 0)
    first = frame.corner if frame else first
    size = frame.size if frame else (1, 1)
    cuts, labels = [], []
    for axis, name in enumerate(("rows", "columns")):
        length, border = array.shape[axis], padding[axis]
        before = min(2, max(0, MAX_CELLS - size[axis]))
        start = max(0, min(int(first[axis]) - before, length - MAX_CELLS))
        stop = min(start + MAX_CELLS, length)
        cuts.append(range(start, stop))
        own = range(border, length - border)
        labels.append(tuple(str(i - border) if i in own else "" for i in cuts[-1]))
        if length > MAX_CELLS:
            notes = [*notes, f"{name} {start - border} to {stop - 1 - border} of "
                             f"{length - 2 * border}"]
    rows = tuple(
        tuple(
            Cell(number(array[row, column]), bool(marks[row, column]),
                 _edges(frame, row, column),
                 any(not border <= i < length - border for i, border, length in zip(
                     (row, column), padding, array.shape, strict=True)))
            for column in cuts[1]
        )
        for row in cuts[0]
    )
    return Panel(title, "; ".join(notes), rows, () if flat else labels[0], labels[1], group)


def _edges(frame, row, column):
    if frame is None:
        return ""
    (top, left), (height, width) = frame.corner, frame.size
    if not (top <= row < top + height and left <= column < left + width):
        return ""
    return "".join(side for side, touches in (
        ("t", row == top), ("r", column == left + width - 1),
        ("b", row == top + height - 1), ("l", column == left),
    ) if touches)


def number(value):
    """A number in few digits, with a minus that is as wide as a plus."""
    text = f"{float(value) + 0.0:.5g}"
    return "−" + text[1:] if text.startswith("-") else text
