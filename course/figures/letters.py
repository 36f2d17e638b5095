"""How wide a text is, and where it is broken into lines."""

import functools

from course.figures.figure import DPI

FAMILY = "DejaVu Sans, Verdana, sans-serif"
FONT = 11
SMALL = 9
LINE = 1.35 / 72
"""Height of a line of text in inches, per point of its size."""
CAPITAL = 0.73 / 72
"""Height of a capital letter, likewise."""


def text_width(text, size=FONT, bold=False):
    """The width of a text in inches; of several lines, the widest one's."""
    return max(_width(line, bold) for line in text.split("\n")) * size / FONT


def wrapped(text, width, size=FONT, bold=False):
    """The text in lines no wider than ``width`` inches, broken between words."""
    lines = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


@functools.lru_cache(maxsize=4096)
def _width(text, bold):
    from matplotlib.font_manager import FontProperties

    if not text:
        return 0.0
    font = FontProperties(family="DejaVu Sans", size=FONT, weight="bold" if bold else "normal")
    return _renderer().get_text_width_height_descent(text, font, False)[0] / DPI


@functools.cache
def _renderer():
    from matplotlib.backends.backend_agg import RendererAgg

    return RendererAgg(1, 1, DPI)
