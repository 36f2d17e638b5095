"""The feedback page, faster: most of a class's cells are the same for everybody."""

import re
from functools import lru_cache
from html import escape

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'"
"""Nothing is fetched and no script runs, whatever is in a page."""
WITHOUT_ALT = re.compile(r"<img\b(?![^>]*\balt=)", re.I)
KEPT = 2000


class Page(HTMLExporter):
    """nbconvert's exporter, with nbgrader's template as it is configured.

    Cells are rendered once per process. nbconvert reads the finished page again to give pictures
    a description; here that is done only where one lacks it. The notebook's form is checked once
    after all steps, not after each of them.
    """

    def __init__(self, **kwargs):
        super().__init__(optimistic_validation=True, **kwargs)
        plain = super().markdown2html
        self._markdown = lru_cache(KEPT)(lambda source: plain({}, source))
        self._code = lru_cache(KEPT)(self._highlighted)

    @pass_context
    def markdown2html(self, context, source):
        """Markdown as HTML; from memory where it has no attached pictures."""
        if (context.get("cell") or {}).get("attachments"):
            return super().markdown2html(context, source)
        return self._markdown(source)

    def from_notebook_node(self, nb, resources=None, **kw):
        """The page and its resources."""
        resources = self._init_resources(resources)
        about = nb.metadata.get("language_info", {})
        lexer = about.get("pygments_lexer", about.get("name"))
        self.register_filter("highlight_code", lambda source, **settings: self._code(
            source, lexer, settings.get("language")))
        self.register_filter("filter_data_type", WidgetsDataTypeFilter(
            notebook_metadata=self._nb_metadata, parent=self, resources=resources))
        html, filled = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        if WITHOUT_ALT.search(html):
            return HTMLExporter.from_notebook_node(self, nb, resources, **kw)
        return html, filled

    def _highlighted(self, source, lexer, language):
        return Highlight2HTML(pygments_lexer=lexer, parent=self)(source, language=language)


def without_page(unit, points, maximum):
    """What a student gets whose page cannot be made.

    Parameters
    ----------
    unit : str
    points, maximum : float

    Returns
    -------
    bytes
    """
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(unit)}</title>
<meta http-equiv="Content-Security-Policy" content="{POLICY}"></head>
<body><h1>{escape(unit)}: {points:g} of {maximum:g} points</h1>
<p>Your notebook is graded; a page of it could not be made. Ask your instructor.</p></body></html>
""".encode()
