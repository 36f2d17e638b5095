"""The little that we ask of nbgrader's gradebook."""

import json
from pathlib import Path

from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook, MissingEntry

from autograder.extras import need
from autograder.grading import RECORD
from autograder.mend import NEEDS
from autograder.notebooks import grade_id, read
from autograder.settings import CONFIG, settings
from autograder.tidy import OURS

DRIVER = "postgresql+psycopg://"
POSTGRESQL = ("postgresql://", "postgresql+psycopg2://", DRIVER)
"""What a PostgreSQL gradebook's URL may begin with: the second was ours in version 0.1."""


def url_of(root, given=None):
    """The gradebook's URL: the given one, the configured one, or nbgrader's default.

    Parameters
    ----------
    root : Path
        The course folder; its ``nbgrader_config.py`` may set ``c.CourseDirectory.db_url``.
    given : str, optional
        What the instructor asked for.
    """
    root = Path(root).resolve()
    configured = None if given else settings(root).get("CourseDirectory", {}).get("db_url")
    return _with_driver(given or configured or default_url(root))


def _with_driver(url):
    """The URL with our driver, psycopg 3, for every form that a PostgreSQL gradebook's may have."""
    for form in POSTGRESQL:
        if url.startswith(form):
            need("psycopg", "A gradebook in PostgreSQL")
            return f"{DRIVER}{url.removeprefix(form)}"
    return url


def default_url(root):
    """Where nbgrader keeps its gradebook if nothing else is configured."""
    return f"sqlite:///{Path(root).resolve() / 'gradebook.db'}"


def copy_settings(root, folder):
    """Copy ``nbgrader_config.py`` to a course folder that has a gradebook of its own.

    Whatever gradebook the course is configured to use, it is left alone.
    """
    text = (Path(root) / CONFIG).read_text(encoding="utf-8").rstrip("\n")
    pinned = f"{text}\n\nc.CourseDirectory.db_url = {default_url(folder)!r}\n"
    (Path(folder) / CONFIG).write_text(pinned, encoding="utf-8")


def scores(root, unit, db=None):
    """Automatic and manual points of one unit.

    Parameters
    ----------
    root : Path
        The course folder.
    unit : Unit
    db : str, optional
        See `url_of`.

    Returns
    -------
    dict
        ``{student: {cell: points or None}}``, by `Unit.key`; None waits for manual grading.
    """
    found = {}
    with Gradebook(url_of(root, db)) as book:
        try:
            submissions = book.assignment_submissions(unit.name)
        except MissingEntry:
            return {}
        for submission in submissions:
            of_student = found.setdefault(submission.student.id, {})
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    waiting = grade.needs_manual_grade and grade.manual_score is None
                    key = unit.key(notebook.name, grade.name)
                    of_student[key] = None if waiting else grade.score
    return found


def roster(root, db=None):
    """Everybody whom the gradebook knows, by id; see `url_of` for `db`."""
    with Gradebook(url_of(root, db)) as book:
        return [student.id for student in book.students]


def maxima(root, unit, db=None):
    """Points of the cells that no person grades: ours in their order, then an instructor's own.

    Returns
    -------
    dict of str to float
        By exercise, and by an instructor's own cell (`Unit.key`). Where the gradebook does not
        know the unit, what is declared.
    """
    found = {exercise.id: float(exercise.points) for exercise in unit.exercises}
    ours = {f"test_{name}" for name in found}
    with Gradebook(url_of(root, db)) as book:
        try:
            notebooks = book.find_assignment(unit.name).notebooks
        except MissingEntry:
            return found
        for notebook in sorted(notebooks, key=lambda one: one.name != unit.notebook):
            by_hand = {cell.name for cell in notebook.solution_cells}
            for cell in notebook.grade_cells:
                key = unit.key(notebook.name, cell.name)
                if cell.name not in by_hand and key not in ours and cell.max_score:
                    found[key] = cell.max_score
    return found


def is_graded(root, unit, student):
    """Whether there is an autograded notebook of a student's."""
    folder = Path(root) / "autograded" / student / unit.name
    return any((folder / f"{name}.ipynb").exists() for name in unit.notebooks)


def released_as(db_url, assignment, notebook):
    """What the gradebook knows of a notebook: the names of all its cells, and its kernel.

    Returns
    -------
    names : frozenset of str
    kernel : dict
        nbgrader's ``kernelspec``.
    """
    with Gradebook(db_url) as book:
        try:
            found = book.find_notebook(notebook, assignment)
        except MissingEntry:
            return frozenset(), {}
        kernel = json.loads(found.kernelspec) if found.kernelspec else {}
        return frozenset(cell.name for cell in found.source_cells), kernel


def records(root, unit, student):
    """Our examination records in a student's autograded notebook: ``{exercise id: record}``."""
    return examinations(_autograded(root, unit, student))


def examinations(notebook):
    """Our examination records in a graded notebook: ``{exercise id: record}``."""
    found = {}
    for cell in notebook.cells:
        if (grade_id(cell) or "").startswith("test_"):
            for output in cell.get("outputs", ()):
                record = output.get("data", {}).get(RECORD)
                if record:
                    found[record["exercise"]] = record
    return found


def repairs(root, unit, student):
    """What `autograder.repair.Repair` noted in a student's autograded notebooks, in sentences."""
    folder = Path(root) / "autograded" / student / unit.name
    paths = {name: folder / f"{name}.ipynb" for name in unit.notebooks}
    return tuple(repairs_of(
        unit, {name: read(path) for name, path in paths.items() if path.exists()}
    ))


def repairs_of(unit, notebooks):
    """What was done to a submission's notebooks, in sentences.

    Parameters
    ----------
    unit : Unit
    notebooks : dict of str to NotebookNode
        Graded ones, by name; one of the unit's that is missing was not handed in.

    Returns
    -------
    list of str
        With the notebook's name where it is not the one that holds the exercises.
    """
    found = []
    for name in unit.notebooks:
        if name not in notebooks:
            found.append(f"{NEEDS}there is no {name}.ipynb; it counts 0 points")
            continue
        for said in notebooks[name].metadata.get(OURS, {}).get("repairs", ()):
            about = "" if name == unit.notebook else f"{name}: "
            urgent = NEEDS if said.startswith(NEEDS) else ""
            found.append(f"{urgent}{about}{said.removeprefix(NEEDS)}")
    return found


def _autograded(root, unit, student):
    """The notebook; one without cells if there is none."""
    path = Path(root) / "autograded" / student / unit.name / f"{unit.notebook}.ipynb"
    return read(path) if path.exists() else new_notebook()
