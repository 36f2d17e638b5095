"""Why an answer is not there when its test is reached."""

import ast
import difflib
import re
from dataclasses import replace

from autograder.leniency import line_of, lines_of, statements
from autograder.released import defines
from course.outcome import UNATTEMPTED, stub_left


def explained(examination, before, after):
    """The examination, with the reason where there is no answer; see `because`."""
    if not examination.outcomes:
        return examination
    words = because(examination.exercise.id, examination.outcomes[0], before, after)
    notes = (*examination.notes, ("because", words))
    return replace(examination, notes=notes) if words else examination


def because(name, outcome, before, after):
    """Why there is no answer, as a sentence; "" if there is one, or nothing is known.

    Parameters
    ----------
    name : str
        The exercise.
    outcome : Outcome
        Of its first case.
    before, after : sequence of notebook cells
        What stands before and after its test; the former have run.
    """
    unnamed = outcome.message == f"name {name!r} is not defined"
    if outcome.kind != UNATTEMPTED and not unnamed:
        return ""
    holders = [cell for cell in before if cell.cell_type == "code" and defines(cell.source, name)]
    if unnamed:
        for cell in reversed(holders):
            if stopped := _stopped(cell):
                return f"`{name}` is not defined, because its cell stopped before that: {stopped}"
            if cell.source.lstrip().startswith("%%"):
                magic = cell.source.split()[0]
                return f"`{name}` is not defined: what stands under `{magic}` stays in there"
    elif holders and (left := stub_left(_definition(holders[-1].source, name))):
        return left
    if any(cell.cell_type == "code" and defines(cell.source, name) for cell in after):
        return f"`{name}` is defined only after its test: move it into the cell above the test"
    if unnamed:
        text = "\n".join(cell.source for cell in before if cell.cell_type == "code")
        known = re.findall(r"^(?:def\s+)?(\w+)\s*[(=]", text, re.M)
        close = difflib.get_close_matches(name, sorted(set(known)), 1)
        return f"there is no `{name}`" + (f", but a `{close[0]}`" if close else "")
    return ""


def _stopped(cell):
    """The line at which a cell stopped, and its error; "" if it did not."""
    error = next((o for o in cell.get("outputs", ()) if o.output_type == "error"), None)
    if error is None:
        return ""
    lines, line = lines_of(cell.source), line_of(error)
    where = f"line {line}: {lines[line - 1].strip()}: " if 1 <= line <= len(lines) else ""
    return f"{where}{error.ename}: {error.evalue}"[:300]


def _definition(source, name):
    """The text of a function's last definition in a cell, or ""."""
    found = [n for n in statements(source) if isinstance(n, ast.FunctionDef) and n.name == name]
    return ast.get_source_segment(source, found[-1]) or "" if found else ""
