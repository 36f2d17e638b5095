"""Pictures side by side, in grey, in colour, or with a sign."""

import io
from dataclasses import dataclass

import numpy as np

from course.figures import colours
from course.figures.canvas import PAGE, Canvas
from course.figures.figure import DPI, drawn
from course.figures.grids import rows_of
from course.figures.letters import SMALL, text_height, text_width, wrapped
from course.figures.numerals import number

SIDE = 240
"""The longest side of a picture on the page, about, in pixels of the screen."""
GAP = 0.35
MOST = 1000


@drawn
def pictures(images, *, signed=False, columns=None, alt):
    """Pictures side by side, every pixel of a picture drawn alike.

    Grey and colour values are shown from 0 (dark) to 1 (light), bytes from 0 to 255. Where grey
    values go beyond, the picture is scaled to its own least and largest value, and a note below
    says so; colours that go beyond are cut off, and a note says that.

    Parameters
    ----------
    images : dict of str to (H, W), (1, H, W) or (3, H, W) array_like
        Title and picture.
    signed : bool or collection of str
        Show values by a map that is white at zero, orange below and purple above, the same for
        all signed pictures, with a colour bar; nothing is cut off. Titles: only these pictures.
    columns : int, optional
        Pictures in a row; by default as many as fit on the page.
    alt : str
        What the figure shows.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If a picture's shape is none of the above, or it is too large, or has values that are not
        finite.
    """
    if not images:
        raise ValueError("There is nothing to draw: give at least one title and picture.")
    titles = set(images) if signed is True else set(signed or ())
    if titles - set(images):
        raise ValueError(f"signed names {sorted(titles - set(images))}; "
                         f"the titles are {list(images)}.")
    arrays = {title: _picture(title, image, title in titles) for title, image in images.items()}
    limit = max((float(np.abs(arrays[title]).max()) for title in titles), default=0.0) or 1.0
    mixed = len(titles) < len(images)
    panels = [_panel(title, image, limit if title in titles else None, mixed)
              for title, image in arrays.items()]
    rows = rows_of(panels, columns, PAGE, GAP)
    widths = [sum(panel.extent + GAP for panel in row) - GAP for row in rows]
    heights = [max(panel.heading for panel in row) + max(panel.height for panel in row)
               + max(panel.footing for panel in row) for row in rows]
    canvas, top = Canvas(), 0.0
    for row, height in zip(rows, heights, strict=True):
        left, heading = 0.0, max(panel.heading for panel in row)
        for panel in row:
            _draw(canvas, panel, left, top + heading)
            left += panel.extent + GAP
        top += height
    if titles:
        _draw_bar(canvas, max(widths) + 0.2, sum(heights), limit)
    return canvas.finish(alt)


@dataclass(frozen=True)
class _Panel:
    """One picture, ready to be placed; sizes in inches."""

    title: str
    image: np.ndarray
    low: float
    high: float
    note: str
    signed: bool
    scale: int

    @property
    def width(self):
        return self.image.shape[1] * self.scale / DPI

    @property
    def height(self):
        return self.image.shape[0] * self.scale / DPI

    @property
    def extent(self):
        return max(self.width, text_width(self.title), text_width(self.note, SMALL))

    @property
    def heading(self):
        return text_height(self.title) + 0.04

    @property
    def footing(self):
        return text_height(self.note, SMALL) + 0.08


def _draw(canvas, panel, left, top):
    """Title, picture and note, one above the other."""
    middle, start = left + panel.extent / 2, left + (panel.extent - panel.width) / 2
    canvas.words(middle, top - panel.heading / 2, panel.title)
    colormap = colours.DIVERGING if panel.signed else "gray"
    pixels = _png(panel.image, panel.low, panel.high, colormap)
    canvas.picture(start, top, panel.width, panel.height, pixels)
    canvas.box(start, top, panel.width, panel.height, fill="none", edge=colours.BLACK, above=2)
    canvas.words(middle, top + panel.height + 0.03 + panel.footing / 2, panel.note, size=SMALL,
                 colour=colours.GREY)


def _draw_bar(canvas, left, height, limit):
    """Which colour is which value."""
    tall = min(height - 0.7, 2.2)
    top = (height - tall) / 2
    values = np.linspace(limit, -limit, 128)[:, None]
    canvas.picture(left, top, 0.16, tall, _png(values, -limit, limit, colours.DIVERGING))
    canvas.box(left, top, 0.16, tall, fill="none", edge=colours.BLACK, above=2)
    for value, y in ((limit, top), (0.0, top + tall / 2), (-limit, top + tall)):
        canvas.line((left, y), (left + 0.21, y))
        canvas.words(left + 0.25, y, number(value), size=SMALL, across="left")


def _png(image, low, high, colormap):
    from matplotlib.image import imsave

    file = io.BytesIO()
    imsave(file, image, vmin=low, vmax=high, cmap=colormap, format="png", origin="upper",
           pil_kwargs={"compress_level": 1})  # a third of the time of the usual 6, no larger
    return file.getvalue()


def _panel(title, image, limit, mixed):
    height, width = image.shape[:2]
    scale = max(1, round(SIDE / max(height, width)))
    if limit is None:
        low, high, note = _range(image)
    else:
        low, high, note = -limit, limit, "colours: see the bar" if mixed else ""
    if image.ndim == 3:
        image = np.clip(image / high, 0, 1)
    room = max(width * scale / DPI, 1.5)
    lines = [f"{height} × {width}", *([wrapped(note, max(room, 1.9), SMALL)] if note else [])]
    return _Panel(wrapped(title, room), image, low, high, "\n".join(lines), limit is not None,
                  scale)


def _range(image):
    """What is black, what is white, and a note where that is not as usual."""
    low, high = float(image.min()), float(image.max())
    if image.dtype.kind in "iu" and low >= 0 and 1 < high <= 255:
        return 0.0, 255.0, "" if high > 127 else "black is 0, white is 255"
    slack = 1e-9
    if low >= -slack and high <= 1 + slack:
        return 0.0, 1.0, ""
    if image.ndim == 3:
        return 0.0, 1.0, f"values {number(low)} to {number(high)}, cut off to 0 to 1"
    if low == high:
        return low - 1.0, high + 1.0, f"every value is {number(low)}"
    return low, high, f"black is {number(low)}, white is {number(high)}"


def _picture(title, image, signed):
    """The picture as (H, W) or (H, W, 3), checked."""
    array = np.asarray(image)
    shape = array.shape
    colour = array.ndim == 3 and shape[0] == 3 and not signed
    if array.ndim == 3 and shape[0] == 1:
        array = array[0]
    if not (array.ndim == 2 or colour) or 0 in shape:
        expected = "(H, W)" if signed else "(H, W) or (3, H, W)"
        raise ValueError(f"{title!r} has shape {shape}; a picture has shape {expected}.")
    if max(shape) > MOST:
        raise ValueError(f"{title!r} has shape {shape}; at most {MOST} pixels side by side.")
    if array.dtype.kind not in "biuf" or not np.all(np.isfinite(array)):
        raise ValueError(f"{title!r} of shape {shape} holds values that are not finite numbers.")
    if array.dtype.kind == "b":
        array = array.astype(float)
    return np.moveaxis(array, 0, -1) if colour else array
