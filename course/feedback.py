"""Turn what was found into feedback: a few lines of text and a small picture of the numbers."""

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

from course.panels import Panel

BELOW = ("try", "checked")


@dataclass(frozen=True)
class Likely:
    """A named mistake: what was done, its label, and a hint that leads on."""

    says: str
    name: str
    hint: str
    scope: str = ""
    """The aspect it explains, if not everything."""


@dataclass(frozen=True)
class Report:
    """Feedback on one exercise.

    Attributes
    ----------
    exercise : str
    headline : str
        "wrong on a 3x4 picture and an asymmetric 2x2 kernel."
    status : str
        "right", "partial", "wrong", "raised", "shortcut", "not checked" or "not
        attempted".
    facts : tuple of (label, text)
    likely : tuple of Likely
    hint : str
        Used where no mistake has a name.
    aspects : tuple of (name, points, maximum, passed, cases)
        For a graded exercise.
    panels : tuple of Panel
        For a visible case only.
    """

    exercise: str
    headline: str
    status: str
    facts: tuple[tuple[str, str], ...] = ()
    likely: tuple[Likely, ...] = ()
    hint: str = ""
    aspects: tuple = ()
    panels: tuple[Panel, ...] = ()

    def lines(self):
        """The report as (label, text) lines after the headline: the likely mistake first."""
        lines = []
        for likely in self.likely:
            scope = f"In the cases on {likely.scope}: " if likely.scope else ""
            lines.append(("likely", f"{scope}{likely.says}"))
            lines.append(("hint", likely.hint))
        if self.hint:
            lines.append(("hint", self.hint))
        return [*lines, *self.aspect_lines(), *self.facts]

    def above(self):
        """The lines that stand above the picture."""
        return [line for line in self.lines() if line[0] not in BELOW]

    def below(self):
        """Those below it: what to type next."""
        return [line for line in self.lines() if line[0] in BELOW]

    def groups(self):
        """The panels line by line: all in one, or, where arrays have planes, a line for each."""
        lines = [list(found) for _, found in groupby(self.panels, lambda panel: panel.group)]
        planes = any(panel.title == line[0].title for line in lines for panel in line[1:])
        return lines if planes else [list(self.panels)]

    def legend(self):
        """What the marks in the panels mean, of those that there are."""
        cells = [cell for panel in self.panels for row in panel.rows for cell in row]
        said = ["The blue frame is the window worked out above."] * any(
            cell.edges for cell in cells)
        said += ["Pale zeros are the padding."] * any(cell.faded for cell in cells)
        said += ["Bold numbers with an orange border differ."] * any(
            cell.differs for cell in cells)
        return " ".join(said)

    def aspect_lines(self):
        """Points per aspect, where there is more than one."""
        return [
            ("points", f"{name}: {_number(points)} of {_number(maximum)}")
            for name, points, maximum, *_ in self.aspects
            if len(self.aspects) > 1
        ]

    def text(self):
        """The report as plain text."""
        lines = [f"{self.exercise}: {self.headline}"]
        for label, text in self.lines():
            first, *more = text.split("\n")
            lines += [f"  {label:<8} {first}", *(f"  {'':<8} {line}" for line in more)]
        return "\n".join(lines)

    def html(self):
        """The report as HTML; everything that comes from a student is escaped."""
        return _template().render(report=self)


def _number(value):
    return f"{value:g}"


@cache
def _template():
    # here and not above: a notebook that never fails a check need not load jinja2
    import jinja2

    folder = Path(__file__).with_name("templates")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["coded"] = coded
    return environment.get_template("feedback.html")


def facts_of(verdict, *, reveal):
    """A verdict's facts as (label, text) pairs; without ``reveal`` as a hidden case tells them."""
    return tuple((fact.label, fact.shown(reveal)) for fact in verdict.facts)


def coded(text):
    """Words with `code` in backticks as HTML; all else is escaped."""
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escape(text))


def likely_of(twins, found):
    """Named mistakes as feedback; ``twins`` maps a name to its words."""
    return tuple(
        Likely(twins[name]["says"], name, twins[name]["hint"], ", ".join(aspects or ()))
        for name, aspects in found.items()
    )
