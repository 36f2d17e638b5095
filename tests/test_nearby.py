"""An answer beside its box is not "No response": a person is pointed to it."""

import copy

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.utils import compute_checksum, determine_grade

from autograder.exercises import UNITS
from autograder.notebooks import grade_id
from autograder.released import released
from autograder.repair import repaired

UNIT, NAME = UNITS[0], "explain_flip"


@pytest.fixture
def handed_in(root):
    """The unit as students get it, nbgrader's checksum on the answer's box; its place; the unit."""
    unit = released(root, UNIT.name)
    cells = copy.deepcopy(list(unit.cells))
    at = next(place for place, cell in enumerate(cells) if grade_id(cell) == NAME)
    unit.marked[NAME].metadata.nbgrader["checksum"] = compute_checksum(cells[at])
    yield cells, at, unit
    del unit.marked[NAME].metadata.nbgrader["checksum"]


def graded(cells, unit):
    """nbgrader's points for the answer, its text, and what was said about it."""
    said = []
    cells = repaired(cells, unit, said)
    box = next(cell for cell in cells if grade_id(cell) == NAME)
    return determine_grade(box, None)[0], box.source, [one for one in said if NAME in one]


@pytest.mark.parametrize("cell, offset, where", [
    (new_markdown_cell("Because the kernel is rotated."), 1, "below"),
    (new_code_cell("# my answer: it is rotated"), 1, "below"),
    (new_markdown_cell("Because the kernel is rotated."), 0, "above"),
])
def test_answer_in_a_new_cell_waits_for_a_person(handed_in, cell, offset, where):
    """The box points to it, it is said as attention, and the grade is open."""
    cells, at, unit = handed_in
    cells.insert(at + offset, copy.deepcopy(cell))
    points, source, said = graded(cells, unit)
    assert points is None
    assert source.endswith(f"*Nothing was written here; read the new cells {where} as the answer.*")
    assert said == [f"needs attention: `{NAME}` is untouched; new cells {where} hold something: "
                    "read them as its answer"]


@pytest.mark.parametrize("cell", [None, new_code_cell("  \n"), new_markdown_cell("")])
def test_untouched_box_without_company_is_no_response(handed_in, cell):
    """Nothing, or nothing but blanks: 0 points as before, and nobody is called."""
    cells, at, unit = handed_in
    if cell:
        cells.insert(at + 1, copy.deepcopy(cell))
    points, source, said = graded(cells, unit)
    assert (points, said) == (0, []) and "Nothing was written" not in source


def test_box_with_an_answer_is_left_alone(handed_in):
    """Whatever else stands below it."""
    cells, at, unit = handed_in
    cells[at].source = "It is rotated."
    cells.insert(at + 1, new_markdown_cell("More thoughts."))
    assert graded(cells, unit) == (None, "It is rotated.", [])
