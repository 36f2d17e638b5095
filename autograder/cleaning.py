"""Text that a browser may show: HTML, Markdown and TeX of which all is known to be harmless.

What is not on a list does not stay. `nh3` reads HTML as browsers do and keeps tags and attributes
of the lists; Markdown stays as it is where every piece of it is plainly harmless, and becomes
harmless HTML where not.
"""

import re
from functools import lru_cache
from html import unescape

import nh3

from autograder import svg
from autograder.sanitize import styles


def _words(text):
    return frozenset(text.split())


TAGS = _words(
    "a b big blockquote br caption center code col colgroup dd del details div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre s samp small span strong sub "
    "summary sup table tbody td tfoot th thead tr tt u ul var wbr"
)
WITH_CONTENT = _words(
    "script style svg math template noscript title textarea iframe object button noembed noframes "
    "xmp select option audio video canvas"
)
"""Elements whose inside is no text for readers either."""
ATTRIBUTES = _words(
    "align alt border colspan height lang open rowspan scope span start style title valign width"
)
SIZE = re.compile(r"\d{1,4}(?:px|%)?|auto", re.I)
PNG = "data:image/png;base64,"
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
ADDRESS = re.compile(r"(?:https?://|mailto:|#)[^\s\\]*", re.I)
MAX_TAGS = 5_000
"""More would keep the parser busy."""
LONGEST_TAG = 20_000
"""Characters of one tag without its picture: the time for attributes grows with their square."""
WITHOUT_PICTURE = re.compile(r"<img(?![^<>]*\ssrc=)[^<>]*>")
VOID = _words("br col hr img wbr")

TAG = re.compile(r"<(?=[A-Za-z/!?])(?:[^<>]{0,20000}>)?")
OPENING = re.compile(r"<([a-z][a-z0-9]*)((?:[\s/][^<>]*)?)>", re.I)
CLOSING = re.compile(r"</([a-z0-9]+)\s*>", re.I)
IMAGE = re.compile(
    r"!\[(?![\w\s.,;:+()/-]{0,300}\]\((?:attachment:picture-\d+\.\w+"
    r"|data:image/png;base64,[A-Za-z0-9+/=]+)\))")
"""The beginning of any picture but of the harmless ones."""
TARGET = re.compile(
    r"\](?:\[|:(?!\s*\w+\])"
    r"|\((?!(?:(?:https?://|mailto:|#)[^\s\\<>()\[\]`]*(?:\([^\s\\<>()\[\]`]*\)[^\s\\<>()\[\]`]*)?"
    r"|attachment:picture-\d+\.\w+|data:image/png;base64,[A-Za-z0-9+/=]+|[\w./-]*)\)))", re.I)
"""The end of a link's brackets before anything but a harmless address; references."""
TEX = re.compile(
    r"\\(?=(?:href|url|require|style|cssId|class|data|html\w*|bbox|mmlToken|includegraphics|toggle|"
    r"mathtip|texttip|tooltip)(?![A-Za-z]))", re.I,
)
"""TeX that makes MathJax write links, attributes or styles."""
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]\w*);?", re.I)


def html(text, pictures=None, said=str):
    """HTML with tags, attributes and styles of the lists above only.

    Parameters
    ----------
    text : str
    pictures : Pictures, optional
        Where to look for a picture that is no ``data:`` address.
    said : callable, optional
        What becomes of an attribute's value.

    Returns
    -------
    str
        Whole: every tag in it is closed.
    """
    if "<" in text:
        if text.count("<") > MAX_TAGS:
            return f"<p>(not shown: more than {MAX_TAGS} tags)</p>"
        if len(text) > LONGEST_TAG and any(
                len(PICTURE.sub("", tag.partition(">")[0])) > LONGEST_TAG
                for tag in text.split("<") if len(tag) > LONGEST_TAG):
            return "<p>(not shown: a tag without end)</p>"
        if pictures is None and said is str:
            return _cleaned(text)
        return _clean(text, pictures, said)
    return tex(text)


@lru_cache(500)
def _cleaned(text):
    return _clean(text, None, str)


def _clean(text, pictures, said):
    missing = []

    def attribute(tag, name, value):
        value = said(value)
        if name == "style":
            return styles.harmless(value) or None
        if tag == "img" and name == "src":
            if PICTURE.fullmatch(value) or svg.harmless(value):
                return value
            data, why = pictures.find(value) if pictures else (None, "")
            if data is None:
                missing.append(why)
            return data
        if tag == "a" and name == "href":
            return value if ADDRESS.fullmatch(unescape(value)) else None
        if name in ("width", "height", "border"):
            return value if SIZE.fullmatch(value) else None
        return value if name in ATTRIBUTES else None

    allowed = {"*": set(ATTRIBUTES), "a": {"href"}, "img": {"src"}}
    text = nh3.clean(
        text, tags=set(TAGS), clean_content_tags=set(WITH_CONTENT), attributes=allowed,
        attribute_filter=attribute, strip_comments=True, link_rel=None,
        url_schemes={"http", "https", "mailto", "data"},
    )
    if WITHOUT_PICTURE.search(text):
        text = WITHOUT_PICTURE.sub("<em>(picture not shown)</em>", text)
    return tex(text)


def tex(text):
    r"""The text without TeX that acts; ``\href{...}{...}`` loses its backslash."""
    plain = _plain(text)
    return TEX.sub("", plain) if TEX.search(plain) else text


def markdown(text, pictures=None):
    """Markdown that renders to nothing that `html` would take out, and in a moment.

    Parameters
    ----------
    text : str
    pictures : Pictures, optional

    Returns
    -------
    str
        The text itself, where all of it is plainly harmless.
    """
    from autograder.sanitize import prose

    text = TAG.sub(_apart, _without_comments(text))
    if prose.light(text) and harmless(text):
        return text
    return prose.hardened(prose.html(text, pictures))


def latex(text):
    """A formula by itself, as an output; it is no Markdown."""
    return tex(re.sub(r"<(?=[A-Za-z/!?])", "< ", text))


def _without_comments(text):
    kept, at = [], 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin + 2)) >= 0:
        kept.append(text[at:begin])
        at = end + 3
    return "".join((*kept, text[at:]))


def _apart(found):
    """What opens no element that is known gets a space, and is text to every reader: ``d< k``."""
    name = re.match(r"</?([a-z][a-z0-9-]*)", found[0], re.I)
    if name and name[1].lower() in TAGS | WITH_CONTENT:
        return found[0]
    return f"< {found[0][1:]}"


def harmless(text):
    """Whether Markdown holds nothing but what is known to be harmless, whoever reads it."""
    if IMAGE.search(text) or TARGET.search(text) or TEX.search(_plain(text)):
        return False
    if text.count("<") > MAX_TAGS:
        return False
    opened = []
    for found in TAG.finditer(text):
        tag = found[0]
        if _kept(tag) != tag:
            return False
        name = re.match(r"</?([a-z0-9]+)", tag, re.I)[1].lower()
        if tag.startswith("</"):
            if not opened or opened.pop() != name:
                return False
        elif name not in VOID:
            opened.append(name)
    return not opened


@lru_cache(1000)
def _kept(tag):
    """A tag as `html` would write it; an empty text if it would not."""
    closing = CLOSING.fullmatch(tag)
    if closing:
        return tag if closing[1].lower() in TAGS - VOID else ""
    opening = OPENING.fullmatch(tag)
    if not opening or opening[1].lower() not in TAGS:
        return ""
    name = opening[1].lower()
    if not opening[2].strip("/ "):
        return "" if name == "img" else tag
    alone = name if name in ("a", "img") else "div"  # parts of tables are nothing by themselves
    cleaned = _cleaned(f"<{alone}{opening[2]}>").removesuffix(f"</{alone}>")
    return re.sub(rf"\A<{alone}", f"<{opening[1]}", cleaned).replace(' open=""', " open")


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
