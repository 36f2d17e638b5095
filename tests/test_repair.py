"""Broken submissions become gradable, and what was done is said."""

import copy
import json
import random
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder import gradebook, notebooks
from autograder.demo.classroom import SOLUTION, Student, hand_in
from autograder.exercises import UNITS
from autograder.notebooks import grade_id
from autograder.release import environment
from autograder.released import released
from autograder.repair import LeavesFolder, Repair
from autograder.report import class_lines
from autograder.tidy import MAX_CELLS, MAX_SOURCE

UNIT = UNITS[0]
FULL = sum(exercise.points for exercise in UNIT.exercises)
ABOUT = {"student": "ann", "assignment": UNIT.name, "notebook": UNIT.notebook}


def place(notebook, name):
    return next(i for i, cell in enumerate(notebook.cells) if grade_id(cell) == name)


def cell_of(notebook, name):
    return notebook.cells[place(notebook, name)]


def duplicated(notebook):
    at = place(notebook, "conv1d")
    stub = copy.deepcopy(cell_of(notebook, "conv1d"))
    stub.id, stub.source = "other", "def conv1d(x, w): return 'a first try'"
    notebook.cells.insert(at, stub)
    blank = copy.deepcopy(stub)
    blank.id, blank.source = "another", "  \n"
    notebook.cells.append(blank)


def duplicated_test(notebook):
    twin = copy.deepcopy(cell_of(notebook, "test_conv1d"))
    twin.id = "other"
    notebook.cells.insert(3, twin)


def without(*names):
    def damage(notebook):
        notebook.cells = [cell for cell in notebook.cells if grade_id(cell) not in names]
    return damage


def moved(notebook):
    notebook.cells.append(notebook.cells.pop(place(notebook, "zero_pad1d")))


def shuffled(notebook):
    random.Random(1).shuffle(notebook.cells)


def retyped(notebook):
    cell = cell_of(notebook, "conv1d")
    cell.cell_type, cell.source = "markdown", f"```python\n{cell.source}\n```"
    cell_of(notebook, "explain_flip").cell_type = "code"


def without_marks(notebook):
    for cell in notebook.cells:
        cell.metadata.clear()


def without_marks_and_ids(notebook):
    for number, cell in enumerate(notebook.cells):
        cell.metadata.clear()
        cell.id = f"new-{number}"


def without_ids(notebook):
    for cell in notebook.cells:
        del cell["id"]
    notebook.nbformat_minor = 2


def points(notebook):
    cell_of(notebook, "test_conv1d").metadata.nbgrader.points = 500


def marks(notebook):
    cell_of(notebook, "test_conv1d").metadata.nbgrader.update(grade=False, solution=True)


def schema(version):
    def damage(notebook):
        for cell in notebook.cells:
            if grade_id(cell):
                cell.metadata.nbgrader = nbformat.from_dict(
                    {"grade_id": grade_id(cell), "schema_version": version}
                )
    return damage


def strange_marks(notebook):
    cell_of(notebook, "conv1d").metadata.nbgrader = "mine"
    notebook.cells[0].metadata.nbgrader = nbformat.from_dict({"grade_id": ["x"]})
    notebook.cells[2].metadata.nbgrader = nbformat.from_dict({"grade_id": "free_points", "x": 1})


def foreign_kernel(notebook):
    notebook.metadata.kernelspec = {"name": "ir", "language": "R", "display_name": "R"}


def outputs(notebook):
    cell_of(notebook, "conv1d").outputs = [
        nbformat.v4.new_output("stream", text="x" * 5_000_000), {"output_type": "strange"},
    ]


def long_source(notebook):
    notebook.cells.append(new_code_cell("#" * (MAX_SOURCE + 7)))


def many(notebook):
    notebook.cells = [new_code_cell("1") for _ in range(20_000)] + notebook.cells


def not_cells(notebook):
    notebook.cells = [3, None, {}, {"cell_type": "poem", "source": 3}, *notebook.cells]


def merged(notebook):
    cell = cell_of(notebook, "zero_pad1d")
    cell_of(notebook, "conv1d").source += "\n\n\n" + cell.source
    notebook.cells.remove(cell)


def version(major, minor):
    def damage(notebook):
        notebook.nbformat, notebook.nbformat_minor = major, minor
    return damage


DAMAGES = [
    (duplicated, "`conv1d` was there 3 times; the last one with work in it is graded"),
    (duplicated_test, "`test_conv1d` was there 2 times; one is graded"),
    (without("test_conv1d"), "`test_conv1d` was missing; it was put back"),
    (without("setup"), "`setup` was missing; it was put back"),
    (without("test_conv1d", "test_zero_pad1d"), "`test_zero_pad1d` was missing; it was put back"),
    (moved, "cells were moved; they are graded in the course's order"),
    (shuffled, "cells were moved; they are graded in the course's order"),
    (retyped, "`conv1d` was a markdown cell; read as code again"),
    (without_marks, "`conv1d` had lost its marks; recognised by its id"),
    (without_marks_and_ids, "`conv1d` had lost its marks; recognised by its content"),
    (without_ids, ""),
    (points, "the points of `test_conv1d` were changed to 500; set back"),
    (marks, "the marks of `test_conv1d` were changed; set back"),
    (schema(1), "the marks of `conv1d` were changed; set back"),
    (schema(99), "the marks of `conv1d` were changed; set back"),
    (strange_marks, "`conv1d` had lost its marks; recognised by its id"),
    (foreign_kernel, "the notebook asked for the kernel 'ir'; it is graded with Python"),
    (outputs, ""),
    (long_source, f"needs attention: a cell of {MAX_SOURCE + 7} characters was cut to"),
    (many, "needs attention: the notebook has 20"),
    (not_cells, "things that are no cells were left out"),
    (merged, "`zero_pad1d` was missing; it was put back empty: its code stands in another cell"),
    (version(4, 99), ""),
    (version(4, 0), ""),
]
NAMES = [f"{number}-{damage.__qualname__.split('.')[0]}" for number, (damage, _) in
         enumerate(DAMAGES)]


@pytest.fixture(scope="module")
def course(fresh_release):
    """A course folder with a right submission of unit 01."""
    hand_in(Student("ann", "", SOLUTION, {}), UNIT, fresh_release)
    return fresh_release


@pytest.fixture
def honest(course):
    """The right submission."""
    path = course / "submitted/ann" / UNIT.name / f"{UNIT.notebook}.ipynb"
    return notebooks.read(path)


@pytest.fixture
def repair(course, monkeypatch):
    """Repair a notebook; gives it and the sentences."""
    monkeypatch.chdir(course)

    def run(notebook, about=ABOUT):
        notebook, _ = Repair().preprocess(notebook, {"nbgrader": about})
        nbformat.validate(notebook)
        return notebook, notebook.metadata.cnn_by_hand.repairs

    return run


@pytest.mark.parametrize(("damage", "sentence"), DAMAGES, ids=NAMES)
def test_repair_gives_every_marked_cell_once_in_order_and_says_so(
    damage, sentence, honest, repair, course
):
    """Whatever was done to it: the course's cells, marks and order, with the student's work."""
    work = {grade_id(cell): cell.source for cell in honest.cells if grade_id(cell)}
    damage(honest)
    notebook, said = repair(honest)
    unit = released(course, UNIT.name)
    marked = [cell for cell in notebook.cells if grade_id(cell)]
    assert [grade_id(cell) for cell in marked] == unit.names
    for cell in marked:
        model = unit.marked[grade_id(cell)]
        assert (cell.metadata, cell.cell_type) == (model.metadata, model.cell_type)
        assert cell.id == grade_id(cell)
        assert not cell.get("outputs")
        if model.metadata.nbgrader.solution and damage is not merged:
            assert cell.source == work[grade_id(cell)], grade_id(cell)
    if sentence:
        assert any(line.startswith(sentence) for line in said), said
    else:
        assert list(said) == []
    assert len(notebook.cells) < 2 * MAX_CELLS


def test_honest_submission_is_left_alone(honest, repair):
    """No sentence, and no cell differs in what is run."""
    before = [(cell.id, cell.cell_type, cell.source) for cell in honest.cells]
    notebook, said = repair(honest)
    assert list(said) == []
    assert [(cell.id, cell.cell_type, cell.source) for cell in notebook.cells] == before


def test_students_own_cells_stay_where_they_were(honest, repair):
    """An added helper runs before the function that uses it."""
    at = place(honest, "conv1d")
    honest.cells.insert(at, new_code_cell("def helper(): return 1", id="mine"))
    notebook, said = repair(honest)
    assert [cell.id for cell in notebook.cells[at : at + 2]] == ["mine", "conv1d"]
    assert list(said) == []


def test_earlier_copy_with_work_still_runs(honest, repair):
    """A solution split in two parts: the first part is an ordinary cell before the second."""
    cell = cell_of(honest, "conv1d")
    part = copy.deepcopy(cell)
    part.id, part.source = "part", "def window(x, s): return x[s:]"
    honest.cells.insert(place(honest, "conv1d"), part)
    notebook, _ = repair(honest)
    at = place(notebook, "conv1d")
    assert notebook.cells[at].source == cell.source
    assert notebook.cells[at - 1].source == part.source
    assert "nbgrader" not in notebook.cells[at - 1].metadata


def test_deleted_answer_in_words_needs_attention(honest, repair):
    """An empty answer is 0 points without a person's look: it is said loudly."""
    without("explain_flip")(honest)
    notebook, said = repair(honest)
    assert cell_of(notebook, "explain_flip").source == "YOUR ANSWER HERE"
    assert "needs attention: `explain_flip` was missing; it was put back" in said


def test_answer_in_words_without_marks_is_found_after_its_question(honest, repair):
    """A new markdown cell in the place of the answer cell is the answer."""
    at = place(honest, "explain_flip")
    honest.cells[at] = new_markdown_cell("My own words.", id="new")
    notebook, said = repair(honest)
    assert cell_of(notebook, "explain_flip").source == "My own words."
    assert list(said) == ["`explain_flip` had lost its marks; recognised by its content"]


def test_forged_notes_are_replaced(honest, repair):
    """What stands in the notes is ours, whatever came in."""
    honest.metadata.cnn_by_hand = {"repairs": ["give this student full marks"]}
    assert list(repair(honest)[1]) == []


def test_unknown_unit_gets_the_form_only(honest, repair):
    """An assignment of the instructor's own: duplicates are resolved, nothing else is touched."""
    duplicated(honest)
    notebook, said = repair(honest, {"student": "ann", "assignment": "mine", "notebook": "x"})
    names = [grade_id(cell) for cell in notebook.cells if grade_id(cell)]
    assert len(names) == len(set(names)) and len(said) == 2


def test_linked_notebook_is_refused_and_linked_files_are_taken_back(course, tmp_path, repair):
    """nbgrader copies what links lead to; nothing of it stays."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the gradebook")
    folder, copied = course / "submitted/eve" / UNIT.name, course / "autograded/eve" / UNIT.name
    folder.mkdir(parents=True)
    copied.mkdir(parents=True)
    (folder / "data.txt").symlink_to(secret)
    (copied / "data.txt").write_text("the gradebook")
    about = ABOUT | {"student": "eve"}
    _, said = repair(nbformat.v4.new_notebook(), about)
    assert said[0].startswith("needs attention: data.txt is a link")
    assert not (copied / "data.txt").exists() and secret.exists()
    (folder / f"{UNIT.notebook}.ipynb").symlink_to(secret)
    with pytest.raises(LeavesFolder):
        repair(nbformat.v4.new_notebook(), about)


def autograde(folder):
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", UNIT.name], cwd=folder,
        env=environment(), capture_output=True, text=True, check=False,
    )


def test_damaged_class_is_graded_and_everybody_is_in_the_report(tmp_path, course):
    """nbgrader's own command over ten damaged submissions and an honest one."""
    for name in ("source", "gradebook.db", "nbgrader_config.py"):
        (tmp_path / name).symlink_to(course / name)
    home = course / "submitted/ann" / UNIT.name / f"{UNIT.notebook}.ipynb"
    chosen = [duplicated, duplicated_test, without("test_conv1d"), moved, retyped, without_marks,
              points, schema(99), foreign_kernel, strange_marks]
    people = {"honest": lambda notebook: None} | {
        f"student{number}": damage for number, damage in enumerate(chosen)
    }
    for name, damage in people.items():
        notebook = notebooks.read(home)
        damage(notebook)
        path = tmp_path / "submitted" / name / UNIT.name / home.name
        path.parent.mkdir(parents=True)
        # as a student's editor would: nbformat's own writer repairs some of it
        path.write_text(json.dumps(notebook))
    cut = tmp_path / "submitted/cut" / UNIT.name / home.name
    cut.parent.mkdir(parents=True)
    cut.write_text(home.read_text()[:5000])
    done = autograde(tmp_path)
    lines = {line.student: line for line in class_lines(tmp_path, UNIT)}
    assert lines.keys() == {*people, "cut"}, done.stderr
    assert lines["honest"].total == FULL and lines["honest"].note == ""
    for name in people:
        assert lines[name].total == FULL, (name, lines[name])
        assert name == "honest" or lines[name].note
        assert gradebook.scores(tmp_path, UNIT)[name]["explain_flip"] is None
    assert lines["cut"].note == (
        "needs attention: conv1d.ipynb is no readable JSON: cut off or damaged"
    )
