"""The course's own cells of a unit, to compare a submission with."""

import copy
import re
from dataclasses import dataclass
from functools import cache, cached_property

from nbgrader.preprocessors import ClearSolutions

from autograder.exercises import UNITS
from autograder.notebooks import grade_id, read, source_path
from autograder.plugins import AnswerStubs, without_hidden


@dataclass(frozen=True)
class Released:
    """A unit's cells as students got them.

    Attributes
    ----------
    cells : tuple of NotebookNode
        In order; hidden tests and solutions are taken out.
    """

    cells: tuple

    @cached_property
    def names(self):
        """The grade_ids, in order."""
        return [name for cell in self.cells if (name := grade_id(cell))]

    @cached_property
    def known(self):
        """Ids and grade_ids."""
        return {cell.id for cell in self.cells} | set(self.names)

    @cached_property
    def marked(self):
        """The cells that nbgrader knows: ``{grade_id: cell}``."""
        return {grade_id(cell): cell for cell in self.cells if grade_id(cell)}

    @cached_property
    def order(self):
        """``{cell id: place}``."""
        return {cell.id: place for place, cell in enumerate(self.cells)}


def released(root, assignment, notebook=None):
    """The cells of a unit, read from its source notebook.

    Parameters
    ----------
    root : Path
        The course folder.
    assignment : str
    notebook : str, optional
        By default the one that holds the unit's exercises.

    Returns
    -------
    Released or None
        None where nothing is declared: in another assignment or another notebook.
    """
    for unit in UNITS:
        path = source_path(root, unit)
        if unit.name == assignment and notebook in (None, unit.notebook) and path.exists():
            return _released(path, path.stat().st_mtime_ns)
    return None


@cache
def _released(path, changed):
    notebook, resources = copy.deepcopy(read(path)), {"language": "python"}
    for step in (ClearSolutions(), AnswerStubs()):
        notebook, resources = step.preprocess(notebook, resources)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = without_hidden(cell.source)
    return Released(tuple(notebook.cells))


def is_work(source, stub):
    """Whether a cell holds more than blanks and what was there from the start."""
    return bool(source.strip()) and _bare(source) != _bare(stub)


def _bare(source):
    return [line.rstrip() for line in source.split("\n") if line.strip()]


def defines(source, name):
    """Whether Python code binds this name at its top level, judged by a line's beginning."""
    word = re.escape(name)
    return bool(re.search(rf"^(?:def\s+{word}\s*\(|{word}\s*=(?!=))", source, re.M))
