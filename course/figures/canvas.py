"""A sheet to draw cells and words on, measured in inches, that grows with what is drawn."""

import base64
import html
from collections import defaultdict

import numpy as np

from course.figures import colours, numerals
from course.figures.figure import DPI, Figure
from course.figures.letters import CAPITAL, FAMILY, FONT, LINE, text_height, text_width

CELL = 0.42
WIDEST = 0.72
PAGE = 10.5
"""Nothing is meant to be wider than this, in inches."""
SHARP = "image-rendering:optimizeSpeed;image-rendering:pixelated"
"""Pixels are enlarged without being mixed; the first name is for browsers that lack the second."""
MOST = 40
"""The longest side of a table that is drawn; more cells than this nobody reads."""
MOST_CELLS = 324
"""The most cells of a table: 18 by 18, for instance."""


class Canvas:
    """A white sheet; x goes right and y goes down, both in inches.

    Nothing drawn on it is cut off: the finished figure is as large as its contents. It becomes
    SVG text, in a small part of the time that matplotlib takes for the same.
    """

    def __init__(self):
        self.left = self.top = float("inf")
        self.right = self.bottom = float("-inf")
        self._layers = defaultdict(list)

    def reserve(self, x, y, width, height):
        """Keep room for a rectangle."""
        self.left, self.right = min(self.left, x), max(self.right, x + width)
        self.top, self.bottom = min(self.top, y), max(self.bottom, y + height)

    def cell_width(self, name, *tables):
        """A width for the cells of the tables that have this name on the sheet."""
        return cell_width(*tables)

    def box(self, x, y, width, height, *, fill="white", edge=colours.GREY, line=0.8, dashed=False,
            above=1):
        """A rectangle; of two that overlap the one with the larger ``above`` is in front."""
        self.reserve(x, y, width, height)
        dashes = ' stroke-dasharray="4 3"' if dashed else ""
        self._layers[above - 0.5 * dashed].append(
            f'<rect x="{_unit(x)}" y="{_unit(y)}" width="{_unit(width)}" height="{_unit(height)}" '
            f'fill="{fill}" stroke="{edge}" stroke-width="{_unit(line / 72)}"{dashes}/>'
        )

    def words(self, x, y, text, *, size=FONT, colour=colours.BLACK, across="center", bold=False):
        """Text around the height ``y``; ``across`` says which side of it is at ``x``."""
        if not text:
            return
        self.reserve_words(x, y, text, size, across, bold)
        anchor = {"left": "start", "center": "middle", "right": "end"}[across]
        weight = ' font-weight="bold"' if bold else ""
        lines = text.split("\n")
        first = y - (len(lines) - 1) / 2 * LINE * size + CAPITAL * size / 2
        for number, line in enumerate(lines):
            self._layers[5].append(
                f'<text x="{_unit(x)}" y="{_unit(first + number * LINE * size)}" '
                f'text-anchor="{anchor}" font-size="{_unit(size / 72)}" fill="{colour}"{weight}>'
                f"{html.escape(line)}</text>"
            )

    def reserve_words(self, x, y, text, size, across, bold):
        """Keep room for a text."""
        width = text_width(text, size, bold)
        height = text_height(text, size)
        shift = {"left": 0.0, "center": 0.5, "right": 1.0}[across]
        self.reserve(x - shift * width, y - height / 2, width, height)

    def line(self, *points, colour=colours.GREY, width=0.8, dashes="", above=0):
        """A line from point to point, by default a thin one behind everything else."""
        self._reserve_all(points)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._layers[above].append(
            f'<polyline points="{_points(points)}" fill="none" stroke="{colour}" '
            f'stroke-width="{_unit(width / 72)}" stroke-linejoin="round"{dashed}/>'
        )

    def shape(self, points, *, colour, above=0):
        """A filled polygon without an edge."""
        self._reserve_all(points)
        self._layers[above].append(f'<polygon points="{_points(points)}" fill="{colour}"/>')

    def _reserve_all(self, points):
        xs, ys = zip(*points, strict=True)
        self.reserve(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))

    def picture(self, x, y, width, height, png):
        """Pixels, each as sharp as it is."""
        self.reserve(x, y, width, height)
        data = base64.b64encode(png).decode("ascii")
        self._layers[1].append(
            f'<image x="{_unit(x)}" y="{_unit(y)}" width="{_unit(width)}" '
            f'height="{_unit(height)}" preserveAspectRatio="none" '
            f'style="{SHARP}" href="data:image/png;base64,{data}"/>'
        )

    def cells(self, x, y, texts, *, width=CELL, fill="white", faded=None, size=None):
        """A table of cells with texts in them.

        Parameters
        ----------
        x, y : float
            Its upper left corner.
        texts : (R, C) ndarray of str
        width : float
            Of a cell; its height is `CELL`.
        fill : str
        faded : (R, C) ndarray of bool, optional
            Cells drawn dashed on grey: padding, or outputs that do not exist yet.
        size : float, optional
            Of the texts; by default as large as fits.
        """
        size = size or text_size(width, texts)
        for (row, column), text in _entries(texts):
            pale = faded is not None and faded[row, column]
            self.box(x + column * width, y + row * CELL, width, CELL, dashed=pale,
                     fill=colours.PALE if pale else fill)
            if text:
                self.words(x + (column + 0.5) * width, y + (row + 0.5) * CELL, text, size=size,
                           colour=colours.GREY if pale else colours.BLACK)

    def outline(self, x, y, width, height):
        """A thick frame around the cells that are meant."""
        self.box(x, y, width, height, fill="none", edge=colours.VERMILION, line=2.6, above=3)

    def tint(self, x, y, width, height):
        """A warm background behind cells' texts."""
        self.box(x, y, width, height, fill=colours.TINT, above=2, edge=colours.GREY)

    @property
    def elements(self):
        """Pairs of depth and SVG element, those in the back first."""
        return [(above, element) for above in sorted(self._layers)
                for element in self._layers[above]]

    def finish(self, alt):
        """The sheet as a `Figure`."""
        box, width, height = box_of([self])
        size = f'width="{width * DPI:.0f}" height="{height * DPI:.0f}"'
        elements = "".join(element for _, element in self.elements)
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" {size} '
            f'font-family="{FAMILY}"><rect x="{box.split()[0]}" y="{box.split()[1]}" width="100%" '
            f'height="100%" fill="white"/>{elements}</svg>'
        )
        return Figure(svg, alt)


def box_of(canvases, margin=0.1):
    """The ``viewBox`` that holds all canvases, and its width and height in inches."""
    left = min(canvas.left for canvas in canvases) - margin
    top = min(canvas.top for canvas in canvases) - margin
    width = max(canvas.right for canvas in canvases) + margin - left
    height = max(canvas.bottom for canvas in canvases) + margin - top
    return " ".join(map(_unit, (left, top, width, height))), width, height


def _points(points):
    return " ".join(f"{_unit(x)},{_unit(y)}" for x, y in points)


def _unit(inches):
    """In SVG units, a hundred per inch, to a tenth of one."""
    return f"{inches * 100:.1f}".removesuffix(".0")


def cell_width(*tables):
    """A width for the cells of tables that share columns: from `CELL` to `WIDEST`.

    Long tables get narrower cells (and smaller texts), so that they fit on the page.
    """
    longest = max(text_width(text) for texts in tables for text in texts.ravel())
    most = max(texts.shape[1] for texts in tables)
    return min(max(CELL, longest + 0.14), max(PAGE / most, 0.24), WIDEST)


def text_size(width, *tables):
    """The size at which the longest text of the tables fits into cells of this width."""
    longest = max(text_width(text) for texts in tables for text in texts.ravel())
    return min(FONT, FONT * (width - 0.1) / longest) if longest else FONT


def _entries(table):
    rows, columns = table.shape
    return (((r, c), table[r, c]) for r in range(rows) for c in range(columns))


def table(name, values):
    """Values as an (R, C) table of texts; a single row where there is one axis only.

    Raises
    ------
    ValueError
        If there are no values, more than two axes, or too many cells to read.
    """
    shape = np.shape(values)
    if len(shape) not in (1, 2) or 0 in shape:
        raise ValueError(f"{name!r} has shape {shape}; a table needs rows and columns.")
    if max(shape) > MOST or np.prod(shape) > MOST_CELLS:
        raise ValueError(f"{name!r} has shape {shape}; at most {MOST} numbers side by side and "
                         f"{MOST_CELLS} in all can be read. Draw a part of it, or use "
                         "figures.pictures.")
    texts = numerals.texts(values)
    return texts.reshape(1, -1) if texts.ndim == 1 else texts
