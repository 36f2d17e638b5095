"""Tables of numbers side by side."""

from course.figures.canvas import CELL, PAGE, Canvas, cell_width, table
from course.figures.figure import drawn
from course.figures.letters import text_height, text_width, wrapped

GAP = 0.4


@drawn
def grids(arrays, *, mark=None, columns=None, alt):
    """Tables of numbers side by side, the values written in the cells.

    Parameters
    ----------
    arrays : dict of str to (R, C) array_like
        Title and values. One axis makes a single row; NaN (or ``""``) an empty cell; texts are
        written as they are.
    mark : dict of str to list of (row, column), optional
        Cells to outline, by title.
    columns : int, optional
        Tables in a row; by default as many as fit on the page.
    alt : str
        What the figure shows.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If an array has more than two axes or none, is too large to read, or a cell to mark does
        not exist.
    """
    mark = dict(mark or {})
    unknown = set(mark) - set(arrays)
    if unknown:
        raise ValueError(f"mark names {sorted(unknown)}; the titles are {list(arrays)}.")
    panels = [_Panel(title, values, mark.get(title, ())) for title, values in arrays.items()]
    if not panels:
        raise ValueError("There is nothing to draw: give at least one title and array.")
    canvas, top = Canvas(), 0.0
    for line in rows_of(panels, columns):
        left, heading = 0.0, max(panel.heading for panel in line)
        for panel in line:
            panel.draw(canvas, left, top + heading)
            left += panel.extent + GAP
        top += heading + max(panel.height for panel in line) + 0.3
    return canvas.finish(alt)


def rows_of(panels, columns, page=PAGE, gap=GAP):
    """The panels in rows: ``columns`` in each, or as many as the page's width takes.

    Parameters
    ----------
    panels : list of objects with an ``extent`` in inches
    columns : int or None

    Raises
    ------
    ValueError
        If ``columns`` is less than 1.
    """
    if columns is not None and columns < 1:
        raise ValueError(f"columns must be at least 1 (got {columns}).")
    rows, used = [], 0.0
    for panel in panels:
        full = rows and (
            len(rows[-1]) == columns if columns else used + gap + panel.extent > page
        )
        if not rows or full:
            rows.append([])
            used = 0.0
        used += panel.extent + (gap if rows[-1] else 0.0)
        rows[-1].append(panel)
    return rows


class _Panel:
    """One table with its title above."""

    def __init__(self, title, values, marked):
        self.texts = table(title, values)
        shape = self.texts.shape
        for row, column in marked:
            if not (-shape[0] <= row < shape[0] and -shape[1] <= column < shape[1]):
                raise ValueError(f"{title!r} of shape {shape} has no cell ({row}, {column}).")
        self.marked = [(row % shape[0], column % shape[1]) for row, column in marked]
        self.cell = cell_width(self.texts)
        self.width, self.height = self.texts.shape[1] * self.cell, len(self.texts) * CELL
        self.title = wrapped(title, max(self.width, 1.5))
        self.extent = max(self.width, text_width(self.title))
        self.heading = text_height(self.title) + 0.08

    def draw(self, canvas, left, top):
        start = left + (self.extent - self.width) / 2
        canvas.words(left + self.extent / 2, top - self.heading / 2, self.title)
        canvas.cells(start, top, self.texts, width=self.cell)
        for row, column in self.marked:
            x, y = start + column * self.cell, top + row * CELL
            canvas.tint(x, y, self.cell, CELL)
            canvas.outline(x, y, self.cell, CELL)
