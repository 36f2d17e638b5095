"""Corrections after grading are made in daylight: what would change is said before it does."""

import json

import nbformat
import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from autograder.agreement import Disagreement
from autograder.classroom.course import course_of
from autograder.cli import app
from autograder.exercises import UNITS
from autograder.notebooks import grade_id, read, source_path, write
from autograder.release import build

UNIT = UNITS[0]


def own_cell(name, source, points=4):
    """A test of an instructor's own, with a plain assert."""
    cell = nbformat.v4.new_code_cell(source, id=name)
    cell.metadata["nbgrader"] = {
        "grade": True, "grade_id": name, "locked": True, "points": points, "schema_version": 3,
        "solution": False, "task": False,
    }
    return cell


def edit(root, change):
    """Change the cells of the source notebook."""
    path = source_path(root, UNIT)
    notebook = read(path)
    change(notebook.cells)
    write(notebook, path)


def cell_of(cells, name):
    """The cell with this grade_id."""
    return next(cell for cell in cells if grade_id(cell) == name)


def typed(classroom, *words):
    """Exit code and output of a command in this course."""
    done = CliRunner().invoke(app, [*words, "--root", str(classroom.root)])
    return done.exit_code, done.output


def test_corrected_test_is_told_then_graded(classroom):
    """A wrong assert is added, graded, corrected, released: who changes by how much; then it is so.

    The class was graded before the cell was there: it is taken in, and no grade is lost.
    """
    classroom.hand_in("ada", "emre").grade()
    with Gradebook(classroom.db_url) as book:
        grade = book.find_grade("explain_flip", UNIT.notebook, UNIT.name, "ada")
        grade.manual_score = 2
        book.db.commit()
    before = classroom.scores()
    edit(classroom.root, lambda cells: cells.append(own_cell("q1", "assert 2 + 2 == 5")))
    said, = build([UNIT], classroom.root)
    assert "`q1` (4 points)" in said and "2 submissions" in said
    assert classroom.scores()["ada"]["explain_flip"] == before["ada"]["explain_flip"] == 2
    assert {result.state for result in classroom.grade().values()} == {"partial"}, "q1 counts"
    assert classroom.scores()["ada"] == before["ada"] | {"q1": 0}
    edit(classroom.root, lambda cells: setattr(cell_of(cells, "q1"), "source", "assert 4 == 4"))
    assert build([UNIT], classroom.root) == ()
    code, said = typed(classroom, "grade", UNIT.name, "--dry-run", "--diff", "--json")
    changes = {one["student"]: one for one in json.loads(said)}
    assert code == 0 and {one["points"] for one in changes.values()} == {4}
    assert changes["ada"]["cells"] == {"q1": [0, 4]}
    assert classroom.scores()["ada"] == before["ada"] | {"q1": 0}, "nothing was written"
    classroom.grade()
    assert classroom.scores()["ada"] == before["ada"] | {"q1": 4}


def test_diff_says_that_nothing_changes_and_who_is_new(classroom):
    """In words; and without --dry-run it is refused."""
    classroom.hand_in("emre").grade()
    classroom.hand_in("emre-2")
    code, said = typed(classroom, "grade", UNIT.name, "--dry-run", "--diff", "--force")
    assert code == 0 and "emre-2" in said and "not graded yet" in said
    assert "0 of 1 that were graded before would change, by +0 points" in said
    assert set(classroom.scores()) == {"emre"}
    assert typed(classroom, "grade", UNIT.name, "--diff")[0] == 2


def test_points_that_disagree_are_refused_with_both_numbers(classroom):
    """Declaration, source notebook and gradebook: whoever differs is told, and nobody is graded."""
    edit(classroom.root, lambda cells: cell_of(cells, "test_conv1d").metadata.nbgrader.update(
        points=99))
    for function in (lambda: course_of(classroom.root, UNIT, classroom.db_url),
                     lambda: build([UNIT], classroom.root)):
        with pytest.raises(Disagreement, match=r"`test_conv1d` has 99 points.* \d+ are declared"):
            function()
    code, said = typed(classroom.hand_in("emre"), "grade", UNIT.name)
    assert code == 2 and "autograder refresh" in " ".join(said.split())


def test_points_of_an_own_cell_are_those_that_were_released(classroom):
    """Changed in source/ only: the gradebook has others, and a release is asked for."""
    edit(classroom.root, lambda cells: cells.append(own_cell("q1", "assert True")))
    build([UNIT], classroom.root)
    edit(classroom.root, lambda cells: cell_of(cells, "q1").metadata.nbgrader.update(points=10))
    with pytest.raises(Disagreement, match=r"10 points.*, 4 in the gradebook.*autograder release"):
        course_of(classroom.root, UNIT, classroom.db_url)


def test_cell_with_grades_cannot_go_and_the_release_stays(classroom):
    """It is said what to do; neither the release nor the gradebook is touched."""
    edit(classroom.root, lambda cells: cells.append(own_cell("q1", "assert True")))
    build([UNIT], classroom.root)
    classroom.hand_in("emre").grade()
    edit(classroom.root, lambda cells: cells.pop())
    there = classroom.notebook("emre").read_bytes()
    with pytest.raises(Disagreement, match=r"`q1` is in the gradebook with 1 submissions"):
        build([UNIT], classroom.root)
    assert (classroom.root / "release" / UNIT.name).is_dir()
    assert classroom.notebook("emre").read_bytes() == there


def test_pages_are_written_again_after_grading_by_hand(classroom):
    """Points and comment of a person are on the page; no grade changes, no warning is printed."""
    classroom.hand_in("ada").grade()
    page = classroom.root / "feedback/ada" / UNIT.name / f"{UNIT.notebook}.html"
    with Gradebook(classroom.db_url) as book:
        book.find_grade("explain_flip", UNIT.notebook, UNIT.name, "ada").manual_score = 1.25
        book.find_comment("explain_flip", UNIT.notebook, UNIT.name, "ada").manual_comment = "Neat!"
        book.db.commit()
    before, record = classroom.scores(), classroom.record("ada")
    assert "Neat!" not in page.read_text()
    code, said = typed(classroom, "feedback", UNIT.name)
    assert (code, said.strip()) == (0, "1 pages written in feedback/")
    assert "Neat!" in page.read_text() and "1.25" in page.read_text()
    assert (classroom.scores(), classroom.record("ada")) == (before, record)
    assert typed(classroom, "feedback", UNIT.name, "--student", "nobody")[0] == 1
