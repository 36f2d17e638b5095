"""Turn what was found into feedback: a few lines of text and a small picture of the numbers."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

MAX_CELLS = 8


@dataclass(frozen=True)
class Likely:
    """A named mistake: what was done, its label, and a hint that leads on."""

    says: str
    name: str
    hint: str
    scope: str = ""
    """The aspect it explains, if not everything."""


@dataclass(frozen=True)
class Panel:
    """A small table of numbers: one of the inputs, yours, or what was expected."""

    title: str
    note: str
    rows: tuple
    """Rows of ``(text, differs)`` cells."""


@dataclass(frozen=True)
class Report:
    """Feedback on one exercise.

    Attributes
    ----------
    exercise : str
    headline : str
        "wrong on a 3x4 picture and an asymmetric 2x2 kernel."
    status : str
        "right", "partial", "wrong", "raised" or "not attempted".
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
        """The report as (label, text) lines after the headline."""
        lines = [*self.aspect_lines(), *self.facts]
        for likely in self.likely:
            scope = f"In the cases on {likely.scope}: " if likely.scope else ""
            lines.append(("likely", f"{scope}{likely.says}  [{likely.name}]"))
            lines.append(("hint", likely.hint))
        if self.hint:
            lines.append(("hint", self.hint))
        return lines

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
        lines += [f"  {label:<8} {text}" for label, text in self.lines()]
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
    return environment.get_template("feedback.html")


def facts_of(verdict, *, reveal):
    """A verdict's facts as (label, text) pairs; without ``reveal`` as a hidden case tells them."""
    return tuple((fact.label, fact.shown(reveal)) for fact in verdict.facts)


def panels_of(arguments, verdict):
    """The pictures of a visible case: its inputs, yours, expected.

    Parameters
    ----------
    arguments : iterable of (name, value)
    verdict : Verdict

    Returns
    -------
    tuple of Panel
    """
    panels = [
        panel(name, np.asarray(value, dtype=float))
        for name, value in arguments
        if _drawable(value)
    ]
    if verdict.yours is not None:
        yours, expected = (
            np.asarray(a, dtype=float) for a in (verdict.yours, verdict.expected)
        )
        differs = None
        if yours.shape == expected.shape:
            scale = float(np.max(np.abs(expected), initial=0.0))
            differs = ~np.isclose(yours, expected, rtol=1e-6, atol=1e-6 * scale)
        panels.append(panel("yours", yours, differs))
        panels.append(panel("expected", expected, differs))
    return tuple(panels)


def _drawable(value):
    if isinstance(value, np.ndarray):
        return value.size > 0
    return isinstance(value, list) and bool(value) and all(
        isinstance(item, int | float) for item in value
    )


def panel(title, array, differs=None):
    """One table: at most 8 x 8 numbers of one plane, around the first difference."""
    array = np.asarray(array)
    if array.size == 0:
        return Panel(title, f"an empty array of shape {array.shape}", ())
    marks = np.zeros(array.shape, bool) if differs is None else differs
    first = tuple(np.argwhere(marks)[0]) if marks.any() else (0,) * array.ndim
    notes = []
    if array.ndim > 2:
        lead = first[:-2]
        notes.append("plane " + ", ".join(str(int(i)) for i in lead))
        array, marks, first = array[lead], marks[lead], first[-2:]
    array, marks = np.atleast_2d(array), np.atleast_2d(marks)
    first = (0,) * (2 - len(first)) + tuple(first)
    cuts = []
    for axis, name in enumerate(("rows", "columns")):
        length = array.shape[axis]
        start = max(0, min(int(first[axis]) - 2, length - MAX_CELLS))
        cuts.append(slice(start, start + MAX_CELLS))
        if length > MAX_CELLS:
            notes.append(f"{name} {start} to {start + MAX_CELLS - 1} of {length}")
    array, marks = array[tuple(cuts)], marks[tuple(cuts)]
    rows = tuple(
        tuple((f"{value:.5g}", bool(mark)) for value, mark in zip(row, marked, strict=True))
        for row, marked in zip(array, marks, strict=True)
    )
    return Panel(title, "; ".join(notes), rows)
