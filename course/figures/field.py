"""The receptive field: which inputs one output sees."""

from course.figures import colours
from course.figures.canvas import CELL, Canvas
from course.figures.figure import drawn
from course.figures.letters import SMALL

PAGE = 9.0
GAP = 0.5
MOST = 300
"""The widest receptive field that is drawn."""


@drawn
def receptive_field(layers, *, alt=None):
    """One output at the top and, layer by layer down to the input, the cells it sees.

    Parameters
    ----------
    layers : list of (kernel, stride) or (kernel, stride, dilation)
        From the input to the output.
    alt : str, optional
        A description; by default one is made from the numbers.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If there is no layer, a number in one is less than 1, or the field is too wide to draw.
    """
    layers = [_layer(layer) for layer in layers]
    if not layers:
        raise ValueError("A receptive field needs at least one layer (kernel, stride).")
    seen = [{0}]
    for layer in reversed(layers):
        seen.insert(0, {below for index in seen[0] for below in _below(index, layer)})
        if max(seen[0]) >= MOST:
            raise ValueError(f"One output sees more than {MOST} cells; that is too wide to draw.")
    places = _places(layers, seen)
    width = min(CELL, PAGE / (max(seen[0]) + 1))
    side = 0.84 * width
    canvas = Canvas()
    for depth, cells in enumerate(seen):
        top = (len(layers) - depth) * (side + GAP)
        for index in range(max(cells) + 1):
            canvas.box(places[depth](index) * width - side / 2, top, side, side,
                       fill=colours.SKY if index in cells else "white",
                       line=0.8 if width > 0.1 else 0.3, dashed=index not in cells)
        if depth:
            for index in cells:
                for below in _below(index, layers[depth - 1]):
                    canvas.line((places[depth](index) * width, top + side),
                                (places[depth - 1](below) * width, top + side + GAP),
                                width=0.8 if width > 0.1 else 0.4)
        _label(canvas, -0.5 * width - 0.15, top + side / 2, depth, layers, cells)
    return canvas.finish(alt or _words(layers, seen))


def _below(index, layer):
    """The cells of the layer below that the cell with this index sees."""
    kernel, stride, dilation = layer
    return [stride * index + dilation * tap for tap in range(kernel)]


def _layer(layer):
    layer = tuple(layer)
    if len(layer) not in (2, 3) or any(int(part) != part or part < 1 for part in layer):
        raise ValueError(f"A layer is (kernel, stride) or (kernel, stride, dilation), whole "
                         f"numbers of at least 1 (got {layer}).")
    return (*layer, 1)[:3]


def _places(layers, seen):
    """For each depth, a function from a cell's index to its middle, in cells of the input."""
    places, start, jump = [lambda index: float(index)], 0.0, 1
    for kernel, stride, dilation in layers:
        start += jump * dilation * (kernel - 1) / 2
        jump *= stride
        places.append(lambda index, start=start, jump=jump: start + jump * index)
    return places


def _label(canvas, x, y, depth, layers, cells):
    name = f"layer {depth}" if depth else "input"
    canvas.words(x, y - (0.09 if depth else 0), f"{name}: {_count(cells)}", across="right",
                 size=SMALL + 1)
    if depth:
        canvas.words(x, y + 0.1, _settings(layers[depth - 1]), across="right", size=SMALL - 1,
                     colour=colours.GREY)


def _count(cells):
    """How many cells are seen, and of how many side by side where there are gaps."""
    seen, wide = len(cells), max(cells) + 1
    if seen < wide:
        return f"{seen} of {wide} cells"
    return "1 cell" if seen == 1 else f"{seen} cells"


def _settings(layer):
    kernel, stride, dilation = layer
    more = f", dilation {dilation}" if dilation > 1 else ""
    return f"kernel {kernel}, stride {stride}{more}"


def _words(layers, seen):
    steps = [
        f"{_count(seen[depth - 1])} of {f'layer {depth - 1}' if depth > 1 else 'the input'} "
        f"({_settings(layers[depth - 1])})"
        for depth in range(len(layers), 0, -1)
    ]
    return f"One output of layer {len(layers)} sees {', these see '.join(steps)}."
