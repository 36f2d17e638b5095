"""The little that we ask of nbgrader's gradebook."""

from pathlib import Path

from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook, MissingEntry
from traitlets.config import PyFileConfigLoader

from autograder.extras import need
from autograder.grading import RECORD
from autograder.notebooks import grade_id, read
from autograder.tidy import OURS

CONFIG = "nbgrader_config.py"
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
    configured = None
    if not given and (root / CONFIG).exists():
        config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
        configured = config.CourseDirectory.get("db_url")
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
        ``{student: {grade_id: points or None}}``; None waits for manual grading.
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
                    of_student[grade.name] = None if waiting else grade.score
    return found


def roster(root, db=None):
    """Everybody whom the gradebook knows, by id; see `url_of` for `db`."""
    with Gradebook(url_of(root, db)) as book:
        return [student.id for student in book.students]


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
    """What `autograder.repair.Repair` noted in a student's autograded notebook, in sentences."""
    return tuple(_autograded(root, unit, student).metadata.get(OURS, {}).get("repairs", ()))


def _autograded(root, unit, student):
    """The notebook; one without cells if there is none."""
    path = Path(root) / "autograded" / student / unit.name / f"{unit.notebook}.ipynb"
    return read(path) if path.exists() else new_notebook()
