"""Attacks on who reads a page: it acts, it fetches, it covers what is beside it, it takes for ever.

What is handed in as words, and what a cell displays, comes to the page by the same way.
"""

from tests.attacks.attack import RIGHT, Attack
from tests.test_neutralise import HTML, MARKDOWN, TEX

SHOW = "from IPython.display import display, Markdown, HTML, Latex\n"
COVERS = tuple(
    f'<div style="{style}">22.0 / 22.0</div>' for style in (
        "margin: -40px 0 0", "margin-top: calc(0px - 40px)", "position: fixed; top: 0",
        "transform: translateY(-40px)", "opacity: 0", "width: 99999px", "mar\\gin-top: -4px")
)


def displayed(kind, texts):
    """A cell that displays them."""
    return f"{SHOW}for text in {[*texts]!r}:\n    display({kind}(text))"


SHOWING = (
    Attack("page: tags-that-act", "what is known to be harmless stays",
           (RIGHT, displayed("HTML", HTML)), earns=5, words=tuple(HTML)),
    Attack("page: markdown-that-fetches", "nothing is fetched from elsewhere",
           (RIGHT, displayed("Markdown", MARKDOWN)), earns=5, words=tuple(MARKDOWN)),
    Attack("page: formulas-that-act", "formulas are formulas",
           (RIGHT, displayed("Latex", TEX)), earns=5, words=tuple(TEX)),
    Attack("page: styles-that-cover-the-score", "a style moves and hides nothing",
           (RIGHT, displayed("HTML", COVERS)), earns=5, words=COVERS),
    *(Attack(f"page: {name}", "cleaning and rendering have their part of the budget",
             (RIGHT,), earns=5, words=(text,))
      for name, text in (
          ("199,000-blanks", "x" + " " * 199_000 + "x"),
          ("12,000-attributes", "<b " + "a=1 " * 12_000 + ">x</b>"),
          ("tags-in-tags", "<b><p>" * 30_000), ("formulas-without-end", "\\\\(" * 60_000),
          ("environments-without-end", "\\begin{a}" * 20_000), ("brackets", "![" * 100_000),
          ("quotes-in-quotes", "> " * 90_000), ("lists-in-lists", "- " * 90_000))),
)
