"""The feedback page: no script, nothing fetched; formulas as MathML, pictures in the page itself.

Most of a class's cells are the same for everybody: they are rendered once.
"""

import re
import time
from functools import lru_cache
from html import escape

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

from autograder.sanitize import allowance, prose
from autograder.sanitize.formulas import as_mathml
from autograder.sanitize.pictures import Pictures

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'"
"""Nothing is fetched and no script runs, whatever is in a page."""
CSP = "Content-Security-Policy"
STYLE = ".rendered_html td, .rendered_html th { padding: 2px 8px }"
HEAD = re.compile(r"<head>")
SCRIPT = re.compile(r"<script\b.*?</script>", re.S)
WITHOUT_ALT = re.compile(r"<img\b(?![^>]*\balt=)", re.I)
KEPT = 2000


class Page(HTMLExporter):
    """nbconvert's exporter, with nbgrader's template as it is configured.

    Cells are rendered once per process. The notebook's form is checked once after all steps, not
    after each of them.
    """

    def __init__(self, **kwargs):
        super().__init__(optimistic_validation=True, **kwargs)
        self._prose = lru_cache(KEPT)(lambda source: prose.html(source, formula=as_mathml))
        self._code = lru_cache(KEPT)(self._highlighted)
        self.until = 0.0

    @pass_context
    def markdown2html(self, context, source):
        """Markdown as harmless HTML; from memory where it has no attached pictures."""
        if time.thread_time() > self.until:
            return prose.plain(source)
        attachments = (context.get("cell") or {}).get("attachments")
        if attachments:
            return prose.html(source, Pictures(attachments), as_mathml)
        return self._prose(source)

    def from_notebook_node(self, nb, resources=None, **kw):
        """The page and its resources; what takes too long is shown letter by letter."""
        resources = self._init_resources(resources)
        self.until = allowance.deadline(resources)
        about = nb.metadata.get("language_info", {})
        lexer = about.get("pygments_lexer", about.get("name"))
        self.register_filter("highlight_code", lambda source, **settings: self._code(
            source, lexer, settings.get("language")))
        self.register_filter("filter_data_type", WidgetsDataTypeFilter(
            notebook_metadata=self._nb_metadata, parent=self, resources=resources))
        html, filled = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        head, body, rest = html.partition("<body")
        head = HEAD.sub(r'\g<0>' + f'\n<meta http-equiv="{CSP}" content="{POLICY}">',
                        SCRIPT.sub("", head), count=1)
        head = head.replace("</head>", f"<style>{STYLE}</style>\n</head>")
        head = head.replace("<html>", '<html lang="en">', 1)
        return WITHOUT_ALT.sub('<img alt="a picture of this notebook"', head + body + rest), filled

    def _highlighted(self, source, lexer, language):
        if len(source) > prose.LONG or time.thread_time() > self.until:
            return prose.plain(source)
        return Highlight2HTML(pygments_lexer=lexer, parent=self)(source, language=language)


def made(make, unit, points, maximum):
    """A page; where it cannot be made, one without the notebook: the grade stands all the same.

    Parameters
    ----------
    make : callable
    unit : str
    points, maximum : float

    Returns
    -------
    page : bytes
    trouble : dict
        For the record: why there is none.
    """
    try:
        return make(), {}
    except Exception as error:  # whatever a notebook is made of
        page = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(unit)}</title>
<meta http-equiv="{CSP}" content="{POLICY}"></head>
<body><h1>{escape(unit)}: {points:g} of {maximum:g} points</h1>
<p>Your notebook is graded; a page of it could not be made. Ask your instructor.</p></body></html>
"""
        why = f"the feedback page could not be made: {type(error).__name__}"
        return page.encode("utf-8", "replace"), {"page": why}
