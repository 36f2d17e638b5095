"""One position of a sliding kernel: the window, the products, the output so far."""

import numpy as np

from course.figures import colours
from course.figures.canvas import CELL, Canvas, table, text_size
from course.figures.figure import drawn
from course.figures.letters import SMALL
from course.figures.numerals import listed, number, texts

STEP = CELL + 0.14
"""From one row of cells to the next in `window_1d`."""
GAP = 0.62
"""Between two tables of `window_2d`; the sign is in the middle."""


@drawn
def window_1d(x, w, at=0, stride=1, padding=0, *, alt=None):
    """A series with its padding, the kernel under one window, the products, the output so far.

    Parameters
    ----------
    x : (W,) array_like
    w : (K,) array_like
    at : int
        The number of the window, from 0.
    stride, padding : int
    alt : str, optional
        A description; by default one is made from the numbers.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If an array has not one axis, is too long to read, or there is no such window.
    """
    canvas = Canvas()
    words = draw_1d(canvas, x, w, at, stride, padding)
    return canvas.finish(alt or words)


def draw_1d(canvas, x, w, at, stride, padding):
    """Draw `window_1d` on a canvas; the description."""
    x, w = _numbers(x, 1, "series"), _numbers(w, 1, "kernel")
    (count,) = counts(x, w, stride, padding)
    if not 0 <= at < count:
        raise ValueError(f"There is no window {at}: the windows are numbered 0 to {count - 1}.")
    padded = np.pad(x, padding)
    products, so_far = _slide(padded[None], w[None], stride, at, count)
    series, kernel = table("padded series", padded), table("kernel", w)
    multiplied, output = table("products", products[0]), _partly(so_far, (1, count))
    rows = series, kernel, multiplied, output
    width, first = canvas.cell_width("rows", *rows), at * stride
    look = {"width": width, "size": text_size(width, *rows)}
    total = number(so_far[-1])
    canvas.cells(0, 0, series, faded=_is_padding((1, padded.size), (0, padding)), **look)
    canvas.outline(first * width, 0, w.size * width, CELL)
    canvas.cells(first * width, STEP, kernel, fill=colours.COOL, **look)
    canvas.cells(first * width, 2 * STEP, multiplied, **look)
    canvas.words((first + w.size) * width + 0.12, 2 * STEP + CELL / 2,
                 f"sum = {total} = y[{at}]", across="left", bold=True)
    last = 3 * STEP + 0.2
    canvas.cells(0, last, output, faded=np.arange(count)[None] > at, **look)
    canvas.outline(at * width, last, width, CELL)
    _indices(canvas, padding * width, -0.12, x.size, width)
    _indices(canvas, 0, last - 0.12, count, width)
    for name, y in (("series x", 0), ("× kernel w", STEP), ("= products", 2 * STEP),
                    ("output y", last)):
        canvas.words(-0.15, y + CELL / 2, name, across="right", colour=colours.GREY)
    canvas.words(0, -0.42, f"window {at} of 0 to {count - 1}{_settings(stride, padding)}",
                 across="left", size=SMALL + 1)
    return (
        f"The series {listed(x)}{_settings(stride, padding)}. Window {at} holds "
        f"{listed(padded[first: first + w.size])}; times the kernel {listed(w)} this gives the "
        f"products {listed(products)}; their sum {total} is output {at}. "
        f"Output so far: {listed(so_far)}."
    )


@drawn
def window_2d(x, w, row=0, column=0, stride=1, padding=0, *, alt=None):
    """A picture with one window outlined, the kernel, the products, the output so far.

    Parameters
    ----------
    x : (H, W) array_like
    w : (kH, kW) array_like
    row, column : int
        The position in the output, from 0.
    stride, padding : int
    alt : str, optional
        A description; by default one is made from the numbers.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If an array has not two axes, is too large to read, or there is no such window.
    """
    canvas = Canvas()
    words = draw_2d(canvas, x, w, row, column, stride, padding)
    return canvas.finish(alt or words)


def draw_2d(canvas, x, w, row, column, stride, padding):
    """Draw `window_2d` on a canvas; the description."""
    x, w = _numbers(x, 2, "input"), _numbers(w, 2, "kernel")
    rows, columns = counts(x, w, stride, padding)
    if not (0 <= row < rows and 0 <= column < columns):
        raise ValueError(
            f"There is no output ({row}, {column}): the output has shape ({rows}, {columns})."
        )
    padded = np.pad(x, padding)
    pixels = table("padded input", padded)
    products, so_far = _slide(padded, w, stride, row * columns + column, columns)
    total, output = number(so_far[-1]), _partly(so_far, (rows, columns))
    panels = (
        ("input", "×", pixels, _is_padding(padded.shape, (padding,) * 2),
         (row * stride, column * stride, *w.shape)),
        ("kernel", "=", table("kernel", w), None, None),
        ("products", "→", table("products", products), None, None),
        ("output", "", output, np.arange(output.size).reshape(output.shape) >= so_far.size,
         (row, column, 1, 1)),
    )
    left = 0.0
    middle = max(len(cells) for _, _, cells, _, _ in panels) * CELL / 2
    for title, sign, cells, faded, frame in panels:
        width, height = canvas.cell_width(title, cells), len(cells) * CELL
        extent, top = max(cells.shape[1] * width, 0.72), middle - height / 2
        start = left + (extent - cells.shape[1] * width) / 2
        canvas.cells(start, top, cells, width=width, faded=faded,
                     fill=colours.COOL if title == "kernel" else "white")
        if frame:
            canvas.outline(start + frame[1] * width, top + frame[0] * CELL, frame[3] * width,
                           frame[2] * CELL)
        canvas.words(left + extent / 2, top - 0.17, title, colour=colours.GREY)
        if title == "products":
            canvas.words(left + extent / 2, top + height + 0.2, f"sum = {total}", bold=True)
        canvas.words(left + extent + GAP / 2, middle, sign, size=15, colour=colours.GREY)
        left += extent + GAP
    canvas.words(0, -0.5, f"output ({row}, {column}){_settings(stride, padding)}", across="left",
                 size=SMALL + 1)
    window = padded[row * stride:, column * stride:][: w.shape[0], : w.shape[1]]
    return (
        f"A {x.shape[0]} by {x.shape[1]} input{_settings(stride, padding)}; the window of output "
        f"({row}, {column}) is outlined and holds {_rows(window)}. Times the kernel {_rows(w)} "
        f"this gives the products {_rows(products)}; their sum is {total}. The {rows} by "
        f"{columns} output so far: {listed(so_far)}."
    )


def _slide(padded, w, stride, last, columns):
    """The products of window number ``last``, and the sums of all windows up to it."""
    sums = []
    for place in range(last + 1):
        top, left = np.array(divmod(place, columns)) * stride
        products = padded[top: top + w.shape[0], left: left + w.shape[1]] * w
        sums.append(products.sum())
    return products, np.array(sums)


def _numbers(values, axes, name):
    array = np.asarray(values)
    if array.ndim != axes or array.dtype.kind not in "biuf" or not array.size:
        due = "one axis" if axes == 1 else "two axes"
        raise ValueError(f"The {name} must be numbers with {due}; its shape is {array.shape}.")
    return array if array.dtype.kind == "f" else array.astype(int)


def counts(x, w, stride, padding):
    """How many windows there are along each axis.

    Raises
    ------
    ValueError
        If there are none, or stride or padding make no sense.
    """
    if stride < 1 or padding < 0:
        raise ValueError(f"stride must be at least 1 and padding at least 0 "
                         f"(got {stride} and {padding}).")
    found = [(size + 2 * padding - kernel) // stride + 1
             for size, kernel in zip(x.shape, w.shape, strict=True)]
    if min(found) < 1:
        raise ValueError(f"The kernel of shape {w.shape} is larger than the input of shape "
                         f"{x.shape} with padding {padding}.")
    return found


def _partly(so_far, shape):
    """A table of texts with the outputs so far, the rest empty."""
    cells = np.full(shape, "", dtype=object)
    cells.ravel()[: so_far.size] = texts(so_far)
    return table("output", cells)


def _is_padding(shape, padding):
    faded = np.ones(shape, dtype=bool)
    rows, columns = (slice(size, length - size)
                     for size, length in zip(padding, shape, strict=True))
    faded[rows, columns] = False
    return faded


def _indices(canvas, left, y, count, width):
    for index in range(count):
        canvas.words(left + (index + 0.5) * width, y, str(index), size=SMALL - 1,
                     colour=colours.GREY)


def _settings(stride, padding):
    return f", stride {stride}, padding {padding}"


def _rows(values):
    return "; ".join(" ".join(line) for line in texts(values))
