"""SVG pictures that hold shapes, words and pixels, and nothing that could act.

A browser runs nothing inside a picture; opened by itself, though, an SVG file is a page. So the
text of one has to be made of these tags and attributes from beginning to end.
"""

import base64
import binascii
import re

from course.figures.canvas import SHARP
from course.figures.figure import SVG

ATTRIBUTE = (
    rf'\s++(?:style="{re.escape(SHARP)}"|xmlns="http://www\.w3\.org/2000/svg"'
    r'|href="data:image/png;base64,[A-Za-z0-9+/=]*+"'
    r"|(?:viewBox|width|height|x|y|points|fill|stroke|stroke-width|stroke-dasharray|stroke-linejoin"
    r"|font-family|font-size|font-weight|text-anchor|preserveAspectRatio)"
    r'="[\w\s#%.,-]*+")'
)
HARMLESS = re.compile(
    rf"(?:</?(?:svg|rect|text|polyline|polygon|image)(?:{ATTRIBUTE})*+\s*+/?>"
    r"|[^<>&]++|&(?:amp|lt|gt|quot|\#x27);)*+"
)


def harmless(address):
    """Whether this is the ``data:`` address of such a picture.

    Parameters
    ----------
    address : str

    Returns
    -------
    bool
    """
    if not address.startswith(SVG):
        return False
    try:
        text = base64.b64decode(address.removeprefix(SVG), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return False
    return text.startswith("<svg ") and bool(HARMLESS.fullmatch(text))
