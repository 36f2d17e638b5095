"""Notebooks in source/ and release/: in step, lint-clean, and working."""

import re

import pytest
from nbclient import NotebookClient

from autograder import notebooks, visible
from autograder.exercises import UNITS
from autograder.release import release_path

UNIT = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)


@UNIT
def test_source_is_in_step_with_the_declarations(unit, root):
    """Points, test cells and hints are what `autograder refresh` would write."""
    notebook = notebooks.read(notebooks.source_path(root, unit))
    assert notebooks.stamp(notebook, unit) == notebook


@UNIT
def test_visible_cases_are_in_step_with_the_declarations(unit, root):
    """The kit's data are what `autograder refresh` would write, but for floats' last digits."""
    path = visible.visible_path(root, unit)
    assert visible.in_step(path.read_text(encoding="utf-8"), visible.visible_unit(unit))


@UNIT
def test_release_equals_a_fresh_build(unit, root, fresh_release):
    """A change of source/ without its release/ does not get in."""
    assert notebooks.read(release_path(root, unit)) == notebooks.read(
        release_path(fresh_release, unit)
    )


@UNIT
def test_source_stores_outputs_only_as_tested_claims(unit, root):
    """Outputs and execution counts stand on tagged cells, and there without exception."""
    for cell in notebooks.read(notebooks.source_path(root, unit)).cells:
        if cell.cell_type != "code":
            continue
        if notebooks.CHECK_OUTPUT in cell.metadata.get("tags", []):
            assert cell.execution_count and cell.outputs, cell.id
            for output in cell.outputs:
                assert output.output_type != "error", cell.id
                assert set(output.get("data", {})) <= {"text/plain"}, cell.id
        else:
            assert cell.execution_count is None and not cell.outputs, cell.id


@UNIT
def test_source_cells_have_ids_that_are_words(unit, root):
    """An id says what the cell is, and equals its grade_id where it has one."""
    for cell in notebooks.read(notebooks.source_path(root, unit)).cells:
        assert re.search(r"[a-z]{2}", cell.id) and not re.fullmatch(r"[0-9a-f]{8}", cell.id)
        if notebooks.grade_id(cell):
            assert cell.id == notebooks.grade_id(cell)


@UNIT
def test_source_prose_never_states_points(unit, root):
    """Points are declared in one place; a rubric speaks of shares of them."""
    for cell in notebooks.read(notebooks.source_path(root, unit)).cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"[\d½] points?\b(?! (?:of|in|on))", cell.source), cell.id


@UNIT
def test_source_announces_each_exercise_by_its_name(unit, root):
    """One heading per exercise, of one form in all units, and none of another form."""
    cells = notebooks.read(notebooks.source_path(root, unit)).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    headings = re.findall(r"^#+ Exercise\b.*", prose, re.MULTILINE)
    named = [re.match(r"### Exercise: `(\w+)`(?:, on paper)?$", line) for line in headings]
    assert all(named), headings
    assert [match[1] for match in named] == [exercise.id for exercise in unit.exercises]


@UNIT
def test_source_numbers_units_as_their_folders_do(unit, root):
    """Unit 01, not unit 1."""
    for cell in notebooks.read(notebooks.source_path(root, unit)).cells:
        assert not re.search(r"\bunits? (?:\d\d and )?\d\b", cell.source, re.IGNORECASE), cell.id


def run_blank(unit, root, monkeypatch, execution):
    """A release notebook, run as it is; None: as a student runs it."""
    if execution is None:
        monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    else:
        monkeypatch.setenv("NBGRADER_EXECUTION", execution)
    notebook = notebooks.read(release_path(root, unit))
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", allow_errors=True,
        resources={"metadata": {"path": str(release_path(root, unit).parent)}},
    ).execute()
    return {
        cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"
    }


@UNIT
def test_blank_release_raises_nothing_and_says_what_is_not_attempted(unit, root, monkeypatch):
    """A student who runs everything at once sees no error."""
    outputs = run_blank(unit, root, monkeypatch, None)
    assert not [one for found in outputs.values() for one in found if one.output_type == "error"]
    for exercise in unit.exercises:
        (said,) = outputs[f"test_{exercise.id}"]
        assert said.data["text/plain"] == f"{exercise.id}: not attempted yet."


def test_blank_release_is_not_valid_for_nbgrader(root, monkeypatch):
    """Validate says what is not attempted: there it is an error."""
    outputs = run_blank(UNITS[0], root, monkeypatch, "validate")
    errors = {cell: one.ename for cell, found in outputs.items() for one in found
              if one.output_type == "error"}
    assert errors == {f"test_{one.id}": "NotAttempted" for one in UNITS[0].exercises}
