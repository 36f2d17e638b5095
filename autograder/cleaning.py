"""Text that a browser may show: HTML, Markdown and TeX without anything that acts.

`bleach` does the HTML, by lists of what is allowed. Markdown stays Markdown: a tag that bleach
would not keep, or a link that leads somewhere odd, becomes plain text.
"""

import re
from functools import lru_cache
from html import unescape

import bleach

from autograder import svg


def _words(text):
    return frozenset(text.split())


TAGS = _words(
    "a b big blockquote br caption center code col colgroup dd del details div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre s samp small span strong sub "
    "summary sup table tbody td tfoot th thead tr tt u ul var wbr"
)
ATTRIBUTES = _words(
    "align alt border colspan height lang open rowspan scope span start style title valign "
    "width"
)
INSIDE_TABLES = _words("caption col colgroup tbody td tfoot th thead tr")
PROPERTIES = _words(
    "background background-color border border-bottom border-collapse border-color border-left "
    "border-radius border-right border-spacing border-style border-top border-width caption-side "
    "color display flex flex-direction flex-wrap font-family font-size font-style font-variant "
    "font-weight gap height line-height list-style-type margin margin-bottom margin-left "
    "margin-right margin-top max-width min-width opacity overflow overflow-x padding "
    "padding-bottom padding-left padding-right padding-top text-align text-decoration "
    "vertical-align white-space width word-break"
)
"""CSS that cannot lay one thing over another or fetch anything; functions are colours only."""

DECLARATION = re.compile(
    r"\s*(?P<name>[a-z-]+)\s*:\s*(?:[\w\s#%.,!-]|\b(?:rgba?|hsla?)\([\d\s.,%]*\))+", re.I
)
PNG = "data:image/png;base64,"
PICTURE = re.compile(PNG + r"[A-Za-z0-9+/=\s]*")
LONG = re.compile(rf"(?:{PNG}|{re.escape(svg.SVG)})[A-Za-z0-9+/=]{{200,}}")
ASIDE = re.compile(PNG + r"put/aside/(\d{1,4})=")
"""Long pictures are put aside while bleach works: they hold nothing that could act anywhere."""
ADDRESS = re.compile(r"(?:https?://|mailto:|#)[^\s\\]*", re.I)

WHOLE = re.compile(
    r"<(!--|(?:script|style|svg|math|template|noscript|title|textarea|iframe|object|button)\b)",
    re.I,
)
"""Comments, and elements whose inside is no text for readers either."""
MAX_TAGS = 5_000
"""More would keep the parser busy."""

TAG = re.compile(r"<(?=[A-Za-z/!?])(?:[^<>]*>)?")
OPENING = re.compile(r"<([a-z][a-z0-9]*)((?:[\s/][^<>]*)?)>", re.I)
CLOSING = re.compile(r"</([a-z0-9]+)\s*>", re.I)
TARGET = re.compile(
    r"\](?P<mark>[(:]\s*+<?+)"
    r"(?!(?:https?://|mailto:|#|attachment:[\w. -]+[)>\s]"
    r"|data:image/png;base64,[A-Za-z0-9+/=]+[)>\s]|[\w./ -]*[)>\n\"']|[\w./-]*$))", re.M | re.I,
)
"""The end of a link's or a reference's brackets before any address but the harmless ones."""
REMOTE = re.compile(
    r"!(?=\[[^\]\n]{0,300}\](?!\(\s*<?(?:attachment:|data:image/png;|[\w./ -]*[)>\"'])))", re.I
)
TEX = re.compile(
    r"\\(?=(?:href|url|require|style|cssId|class|data|html\w*|bbox|mmlToken|includegraphics|toggle|"
    r"mathtip|texttip|tooltip)(?![A-Za-z]))", re.I,
)
"""TeX that makes MathJax write links, attributes or styles."""
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]\w*);?", re.I)


class Styles:
    """What bleach asks about a ``style`` attribute."""

    def sanitize_css(self, style):
        """The declarations that are allowed."""
        found = (DECLARATION.fullmatch(part) for part in style.split(";"))
        kept = [one[0].strip() for one in found if one and one["name"].lower() in PROPERTIES]
        return "; ".join(kept)


def _allowed(tag, name, value):
    if tag == "img" and name == "src":
        return bool(PICTURE.fullmatch(value)) or svg.harmless(value)
    if tag == "a" and name == "href":
        return bool(ADDRESS.fullmatch(unescape(value)))
    return name in ATTRIBUTES


CLEANER = bleach.Cleaner(
    tags=TAGS, attributes=_allowed, protocols={"http", "https", "mailto", "data"}, strip=True,
    strip_comments=True, css_sanitizer=Styles(),
)


def html(text):
    """HTML with tags, attributes and styles of the lists above only."""
    if "<" in text:
        text = _without(text)
        if text.count("<") > MAX_TAGS:
            return f"<p>(not shown: more than {MAX_TAGS} tags)</p>"
        pictures = []

        def put_aside(found):
            if not (found[0].startswith(PNG) or svg.harmless(found[0])):
                return found[0]
            pictures.append(found[0])
            return f"{PNG}put/aside/{len(pictures) - 1}="

        text = _cleaned(LONG.sub(put_aside, text))
        return ASIDE.sub(lambda found: _again(pictures, int(found[1])), text)
    return tex(text)


def _again(pictures, number):
    return pictures[number] if number < len(pictures) else f"{PNG}put/aside/{number}="


@lru_cache(500)
def _cleaned(text):
    return tex(CLEANER.clean(text))


def tex(text):
    r"""The text without TeX that acts; ``\href{...}{...}`` loses its backslash."""
    plain = _plain(text)
    return TEX.sub("", plain) if TEX.search(plain) else text


def markdown(text):
    """Markdown that renders to nothing that `html` would take out."""
    text = _without(text, ("!--",))
    text = TAG.sub(_tag if text.count("<") <= MAX_TAGS else _apart, text)
    text = REMOTE.sub("", text)
    return tex(TARGET.sub(r"] \g<mark>", text))


def _tag(found):
    """A tag as bleach keeps it; one that it would not keep with a space, which makes it text."""
    return _kept(found[0]) or _apart(found)


def _apart(found):
    return f"< {found[0][1:]}"


@lru_cache(1000)
def _kept(tag):
    closing = CLOSING.fullmatch(tag)
    if closing:
        return tag if closing[1].lower() in TAGS else ""
    opening = OPENING.fullmatch(tag)
    if not opening or opening[1].lower() not in TAGS:
        return ""
    inside = opening[1].lower() in INSIDE_TABLES  # where bleach would not know them alone
    cleaned = CLEANER.clean(f"<{'div' if inside else opening[1]}{opening[2]}>")
    cleaned = re.sub(r"</[a-z0-9]+>\Z", "", cleaned)
    return re.sub(r"\A<div", f"<{opening[1].lower()}", cleaned) if inside else cleaned


def _plain(text):
    """Entities that stand for letters, digits or a backslash written out, nested ones too."""
    def letter(found):
        character = unescape(found[0])
        known = len(character) == 1 and character.isascii()
        return character if known and (character.isalnum() or character == "\\") else found[0]

    for _ in range(4):
        once = ENTITY.sub(letter, text)
        if once == text:
            return text
        text = once
    return text.replace("&", "&amp;")


def _without(text, names=None):
    """The text without comments and, unless ``names`` are given, the elements in `WHOLE`."""
    kept, at, open_ended = [], 0, set()
    for found in WHOLE.finditer(text):
        name = found[1].lower()
        if found.start() < at or name in open_ended or (names and name not in names):
            continue
        ends = "-->" if name == "!--" else rf"</{name}\s*>"
        end = re.compile(ends, re.I).search(text, found.end())
        if end is None:
            open_ended.add(name)  # bleach takes what is left of it
            continue
        kept.append(text[at : found.start()])
        at = end.end()
    return "".join((*kept, text[at:]))
