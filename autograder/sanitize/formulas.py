"""Formulas: found in Markdown before anything else reads it, shown as MathML without a script."""

import re
from functools import lru_cache
from html import escape
from xml.etree import ElementTree


def _words(text):
    return frozenset(text.split())


OPENS = re.compile(r"(?P<code>`+|~{3,})|(?P<math>\$\$|\$|\\\\[(\[]|\\begin\{([a-zA-Z]{1,20}\*?)\})"
                   r"|\\.", re.S)
LONGEST = 2000
"""Characters of one formula."""
FARTHEST = 20_000
"""Characters of one piece of code."""
MOST = 300
"""Formulas of one text."""
LEFT, RIGHT = "\ue000", "\ue001"
"""Around the number of a formula, while other readers are at work."""
MARK = re.compile(f"{LEFT}(\\d+){RIGHT}")
ACTS = re.compile(
    r"\\(?=(?:href|url|require|style|cssId|class|data|html\w*|bbox|mmlToken|includegraphics|toggle|"
    r"mathtip|texttip|tooltip|def|let|newcommand|renewcommand|newenvironment|unicode)(?![A-Za-z]))",
    re.I,
)
MATHML = "{http://www.w3.org/1998/Math/MathML}"
ELEMENTS = _words(
    "math mrow mi mo mn ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover "
    "munderover mtable mtr mtd mstyle mpadded mphantom menclose mmultiscripts mprescripts none"
)
ATTRIBUTES = _words(
    "display mathvariant stretchy fence form lspace rspace separator accent accentunder "
    "linethickness columnalign displaystyle scriptlevel largeop movablelimits symmetric minsize "
    "maxsize"
)
SPACE = re.compile(r"[\w. -]{0,30}")


def taken_out(text):
    """Markdown with a mark in each formula's place.

    Parameters
    ----------
    text : str

    Returns
    -------
    text : str
    formulas : list of (tex, block)
    """
    text = text.replace(LEFT, "").replace(RIGHT, "")
    parts, formulas, at, missing = [], [], 0, {}
    position = 0
    while len(formulas) < MOST and (found := OPENS.search(text, position)):
        position = found.end()
        if found["code"]:
            end = text.find(found[0], position, position + FARTHEST)
            position = position if end < 0 else end + len(found[0])
        elif found["math"]:
            tex, end = _formula(text, found, missing)
            if end:
                parts += text[at : found.start()], f"{LEFT}{len(formulas)}{RIGHT}"
                formulas.append((tex, found[0] not in ("$", "\\\\(")))
                at = position = end
    return "".join((*parts, text[at:])), formulas


def _formula(text, found, missing):
    """The formula that opens here, and where it ends; ("", 0) if it is none."""
    opens, start = found[0], found.end()
    closes = {"$": "$", "$$": "$$", "\\\\(": "\\\\)", "\\\\[": "\\\\]"}.get(
        opens, f"\\end{{{found[3]}}}")
    if missing.get(closes, -1) >= start:
        return "", 0
    end = text.find(closes, start, start + LONGEST)
    while end > 0 and opens in ("$", "$$") and text[end - 1] == "\\":
        end = text.find(closes, end + 1, start + LONGEST)
    if end < 0:
        missing[closes] = start + LONGEST - len(closes)
        return "", 0
    tex = text[start:end]
    if not tex.strip() or "\n\n" in tex:
        return "", 0
    after = text[end + 1 : end + 2]
    if opens == "$" and (tex[0].isspace() or tex[-1].isspace() or after.isdigit() or "`" in tex):
        return "", 0  # an amount of money, not a formula
    return (tex, end + len(closes)) if "begin" not in opens else (
        f"{opens}{tex}{closes}", end + len(closes))


def as_tex(tex, block):
    """The formula as MathJax reads it, as HTML; commands that act lose their backslash."""
    tex = escape(ACTS.sub("", tex), quote=False)
    return f"$${tex}$$" if block else f"${tex}$"


@lru_cache(5000)
def as_mathml(tex, block):
    """The formula as MathML; as code, if it cannot be read."""
    try:
        return _mathml(tex, block)
    except Exception:  # of a converter that was written for formulas, not for everything
        return f"<code>{escape(tex)}</code>"


def _mathml(tex, block):
    from latex2mathml.converter import convert

    if ACTS.search(tex) or len(tex) > LONGEST or tex.count("{") + tex.count("\\left") > 200:
        raise ValueError(tex)
    tex = re.sub(r"\\(begin|end)\{(align|equation|gather)\}", r"\\\1{\2*}", tex)  # without numbers
    root = ElementTree.fromstring(convert(tex.strip(), display="block" if block else "inline"))
    for element in root.iter():
        element.tag = element.tag.removeprefix(MATHML)
        if element.tag not in ELEMENTS:
            raise ValueError(element.tag)
        element.attrib = {name: value for name, value in element.attrib.items()
                          if name in ATTRIBUTES and SPACE.fullmatch(value)}
    return ElementTree.tostring(root, encoding="unicode")
