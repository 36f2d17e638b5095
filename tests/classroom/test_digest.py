"""Everything that a grade depends on is in the course's digest: what changes, is graded again."""

import pytest
from nbgrader.api import Gradebook

from autograder.classroom import course
from autograder.draw import ENVIRONMENT
from autograder.exercises import UNITS
from autograder.notebooks import read, source_path, write

UNIT = UNITS[0]


def longer(root, source):
    """Add a text to the source notebook."""
    path = source_path(root, UNIT)
    notebook = read(path)
    notebook.cells[-1].source += source
    write(notebook, path)


def gradebook(change):
    """A change of what the gradebook keeps of the unit's cells."""
    def changing(room, patch):
        with Gradebook(room.db_url) as book:
            change(book.find_notebook(UNIT.notebook, UNIT.name))
            book.db.commit()

    return changing


def another_test(notebook):
    """A locked cell's text."""
    next(cell for cell in notebook.source_cells if cell.locked).source += "\nassert f(1) == 10"


def other_points(notebook):
    """A graded cell's maximum."""
    notebook.grade_cells[0].max_score += 1


def another_type(notebook):
    """Code or words."""
    cell = notebook.source_cells[0]
    cell.cell_type = "code" if cell.cell_type == "markdown" else "markdown"


def another_lock(notebook):
    """Whether students can change it."""
    notebook.source_cells[0].locked = not notebook.source_cells[0].locked


def one_less(notebook):
    """A cell was taken out."""
    notebook.source_cells.pop()


def settings(room, patch):
    """Limits, policy and steps are all in this file."""
    with open(room.root / "nbgrader_config.py", "a") as file:
        file.write("\nc.SandboxExecute.limits = {'cell': 7}\n")


def secret(room, patch):
    """Hidden cases come from it."""
    path = room.root / "another-secret"
    path.write_text("another\n")
    patch.setenv(ENVIRONMENT, str(path))


def plugin(room, patch):
    """The settings may import it."""
    (room.root / "late.py").write_text("FACTOR = 0.1\n")


def unrefused(change):
    """A change that is refused, because ``source/`` says something else, until that agrees."""
    def changing(room, patch):
        gradebook(change)(room, patch)
        patch.setattr(course, "check_gradebook", lambda *_: None)

    return changing


CHANGES = {
    "a test": gradebook(another_test),
    "points": unrefused(other_points),
    "a cell's type": gradebook(another_type),
    "a cell's lock": gradebook(another_lock),
    "a cell is gone": gradebook(one_less),
    "the source notebook": lambda room, patch: longer(room.root, "\nmore"),
    "a file beside it": lambda room, patch: (
        source_path(room.root, UNIT).with_name("data.csv").write_text("1,2\n")),
    "settings and limits": settings,
    "a plugin beside the settings": plugin,
    "the course secret": secret,
    "the autograder": lambda room, patch: patch.setattr(course, "code", lambda: "other"),
    "a package's version": lambda room, patch: patch.setattr(
        course, "versions", lambda: {"numpy": "0"}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_digest_changes_with_everything_that_changes_grades(classroom, monkeypatch, change):
    """Tests, points, files, settings, plugins, secret, code, versions: one at a time."""
    before = course.course_of(classroom.root, UNIT, classroom.db_url).digest
    change(classroom, monkeypatch)
    assert course.course_of(classroom.root, UNIT, classroom.db_url).digest != before


def test_digest_stays_where_nothing_changed(classroom, fresh_release):
    """Another folder, other row ids, a student, a due date: nobody is graded again for that."""
    before = course.course_of(classroom.root, UNIT, classroom.db_url).digest
    with Gradebook(classroom.db_url) as book:
        book.add_student("ada")
        book.update_or_create_assignment(UNIT.name, duedate="2030-01-01 00:00 UTC")
        for number, cell in enumerate(book.find_notebook(UNIT.notebook, UNIT.name).source_cells):
            cell.id = f"{number:032}"
        book.db.commit()
    assert course.course_of(classroom.root, UNIT, classroom.db_url).digest == before


def test_versions_name_python_and_what_answers_are_computed_with():
    """Answers depend on them, so grades do."""
    assert {"python", "numpy", "scipy", "nbgrader", "ipython"} <= course.versions().keys()
