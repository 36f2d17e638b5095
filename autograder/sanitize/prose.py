"""Markdown as HTML that is harmless, within bounds: one way for notebooks and for pages."""

import re
from functools import cache
from html import escape

from markdown_it import MarkdownIt

from autograder import cleaning
from autograder.sanitize import formulas
from autograder.sanitize.pictures import Pictures

LONG = 10_000
"""Characters of one text; of more only what is light, see `light`."""
LONGEST = 50_000
ACTIVE = re.compile(r"[][\\*_`$<>|~#=&!()-]|^[ \t]*[-+\d:]|\n", re.M)
BLANKS = re.compile(r"[ \t]{200}")
HEAVY = re.compile(r"\\\\[(\[]|\\begin")
MARKDOWN = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\\$*_`[]~|"})
EMPTY_LINE = re.compile(r"\n(?=[ \t]*(?:\n|\Z))")


def light(text):
    """Whether every reader of Markdown is done with a text in a moment.

    Readers look for the end of each thing that could begin: their work is the length times the
    number of such beginnings.
    """
    if len(text) > LONGEST or BLANKS.search(text) or len(HEAVY.findall(text)) > 200:
        return False
    return len(text) <= LONG or work(text) <= 50_000_000


def work(text):
    """How long readers are busy with a text, at most: some 2 seconds for 1e9."""
    return len(ACTIVE.findall(text)) * len(text)


def html(text, pictures=None, formula=formulas.as_tex):
    """Markdown as harmless HTML.

    Parameters
    ----------
    text : str
    pictures : Pictures, optional
    formula : callable
        ``formula(tex, block)``, the HTML of a formula.

    Returns
    -------
    str
    """
    if not light(text):
        return plain(text)
    pictures = pictures or Pictures()
    text, found = formulas.taken_out(text)

    def back(mark, write):
        number = int(mark[1])
        return write(*found[number]) if number < len(found) else ""

    rendered = _reader().render(text, {"pictures": pictures})
    cleaned = cleaning.html(
        rendered, pictures,
        lambda value: formulas.MARK.sub(lambda mark: back(mark, lambda tex, block: tex), value),
    )
    return formulas.MARK.sub(lambda mark: back(mark, formula), cleaned)


def plain(text):
    """Text as it is, letter by letter; of a very long one the beginning."""
    shown = BLANKS.sub(" ", text[:LONGEST])
    more = len(text) - LONGEST
    said = f"\n(and {more} characters more, which are not shown)" if more > 0 else ""
    return f'<pre style="white-space: pre-wrap">{escape(shown + said, quote=False)}</pre>'


def hardened(html):
    """HTML as a piece of Markdown that every reader of Markdown gives back as it is.

    Parameters
    ----------
    html : str
        What `html` returned.
    """
    return EMPTY_LINE.sub("&#10;", f"<div>{html.translate(MARKDOWN)}</div>")


@cache
def _reader():
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

    def image(self, tokens, index, options, env):
        token = tokens[index]
        alt = self.renderInlineAsText(token.children, options, env)
        data, why = env["pictures"].find(token.attrGet("src") or "")
        if data is None:
            return f"<em>(picture not shown: {escape(why)})</em>"
        return f'<img src="{data}" alt="{escape(alt)}">'

    def fence(self, tokens, index, options, env):
        return f"<pre><code>{escape(tokens[index].content, quote=False)}</code></pre>\n"

    reader.add_render_rule("image", image)
    reader.add_render_rule("fence", fence)
    reader.validateLink = lambda address: True  # what cleans the HTML decides, for tags as well
    return reader
