"""How wide a text is, and where it is broken into lines."""

import functools

FAMILY = "DejaVu Sans, Verdana, sans-serif"
FONT = 11
SMALL = 9
LINE = 1.35 / 72
"""Height of a line of text in inches, per point of its size."""
CAPITAL = 0.73 / 72
"""Height of a capital letter, likewise."""


@functools.lru_cache(maxsize=4096)
def text_width(text, size=FONT, bold=False):
    """The width of a text in inches; of several lines, the widest one's."""
    lines = (sum(_advance(letter, bold) for letter in line) for line in text.split("\n"))
    return max(lines) * size / FONT


def text_height(text, size=FONT):
    """The height of a text in inches."""
    return LINE * size * (text.count("\n") + 1)


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
def _advance(letter, bold):
    """How far a letter at the size `FONT` moves the next one, in inches."""
    from matplotlib.ft2font import LoadFlags

    font = _font(bold)
    if not font.get_char_index(ord(letter)):  # in another font of the browser's: as wide as high
        return FONT / 72
    return font.load_char(ord(letter), LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / 72


@functools.cache
def _font(bold):
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    weight = "bold" if bold else "normal"
    font = FT2Font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))
    font.set_size(FONT, 72)
    return font
