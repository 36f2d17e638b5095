"""Read a class's grades from nbgrader's gradebook."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import selectinload

from autograder.gradebook import url_of
from autograder.mend import everybody
from autograder.reading import shown


class ExportFailed(RuntimeError):
    """The grades cannot be read or written."""


@dataclass(frozen=True)
class Grade:
    """One student's result in one assignment.

    Attributes
    ----------
    raw, penalty, maximum : float
        Points before the late penalty, the penalty, and the most there is.
    points : dict
        ``{grade_id: (points, maximum, waiting)}``.
    submitted : datetime or None
        In UTC, if nbgrader knows it.
    """

    raw: float
    penalty: float
    maximum: float
    points: dict
    submitted: datetime | None

    @property
    def total(self):
        """The points that count."""
        return max(0.0, self.raw - self.penalty)

    @property
    def waiting(self):
        """Whether an answer waits for manual grading."""
        return any(waiting for _, _, waiting in self.points.values())


@dataclass(frozen=True)
class Student:
    """A student as the gradebook has one; text that is not there is ""."""

    id: str
    first_name: str
    last_name: str
    email: str
    lms_user_id: str


@dataclass(frozen=True)
class Grades:
    """What the gradebook says about a class.

    Attributes
    ----------
    students : tuple of Student
        By last name, first name and id.
    maxima : dict
        ``{assignment: most points}`` of the assignments that are exported, in order.
    due : dict
        ``{assignment: datetime or None}``.
    given : dict
        ``{(student id, assignment): Grade}``; nothing for those who have no grade.
    ungraded : tuple of (student id, assignment)
        Submissions that nbgrader knows and could not grade: they have no grade, rather than 0.
    """

    students: tuple
    maxima: dict
    due: dict
    given: dict
    ungraded: tuple


def open_gradebook(root, db=None):
    """nbgrader's Gradebook at a URL; see `autograder.gradebook.url_of`.

    Raises
    ------
    ExportFailed
        If there is none, or the database cannot be reached.
    """
    try:
        url = make_url(url_of(root, db))
        file = url.database if url.drivername.startswith("sqlite") else None
        if file and file != ":memory:" and not Path(file).exists():
            raise ExportFailed(f"There is no gradebook {file}: grade with `nbgrader autograde`.")
        return Gradebook(url)
    except (SQLAlchemyError, ArgumentError, ImportError) as error:
        raise _unreadable(error) from None


def read(book, names=(), root=None):
    """The grades of the named assignments, or of all.

    Everybody in the gradebook is listed, as by nbgrader's exporter. That one gives 0 to whoever has
    no grade; here there is none, so that an LMS leaves what it has and nobody is failed by a
    notebook that could not be read.

    Parameters
    ----------
    book : Gradebook
    names : sequence of str
    root : Path, optional
        A course folder: who has a folder in its ``submitted/`` is listed, too, though nothing of
        theirs could be graded and the gradebook does not know them.

    Raises
    ------
    ExportFailed
        If an assignment is not in the gradebook, or the gradebook cannot be read.
    """
    try:
        return _read(book, names, root)
    except SQLAlchemyError as error:
        raise _unreadable(error) from None


def _read(book, names, root):
    known = {assignment.name: assignment for assignment in book.assignments}
    for name in names:
        if name not in known:
            there = ", ".join(sorted(known)) or "none"
            raise ExportFailed(f"There is no assignment {name!r} in the gradebook; there are: "
                               f"{there}. Grade it first with `nbgrader autograde {name}`.")
    chosen = list(dict.fromkeys(names)) or sorted(known)
    given, ungraded = {}, []
    for name in chosen:
        for submission in _submissions(book, name):
            key = submission.student_id, name
            points = {
                grade.name: (grade.score, grade.max_score, _waits(grade))
                for notebook in submission.notebooks for grade in notebook.grades
            }
            if not _graded(submission):
                ungraded.append(key)
                continue
            given[key] = Grade(
                submission.score, submission.late_submission_penalty or 0.0,
                known[name].max_score, points, submission.timestamp,
            )
    fields = ("id", "first_name", "last_name", "email", "lms_user_id")
    students = [Student(*(getattr(one, field) or "" for field in fields)) for one in book.students]
    students += [
        Student(name, "", "", "", "") for name in _handed_in(root) - {one.id for one in students}
    ]
    return Grades(
        tuple(sorted(students, key=lambda one: (one.last_name, one.first_name, one.id))),
        {name: known[name].max_score for name in chosen},
        {name: known[name].duedate for name in chosen}, given, tuple(ungraded),
    )


def _handed_in(root):
    """Names of the folders in ``submitted/``."""
    if root is None:
        return set()
    return {shown(name) for name in everybody(root) if not name.startswith(".")}


def _submissions(book, name):
    """All submissions, with their grades in three queries instead of two per student."""
    return (
        book.db.query(SubmittedAssignment)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .filter(Assignment.name == name)
        .options(selectinload(SubmittedAssignment.notebooks).selectinload(SubmittedNotebook.grades))
        .all()
    )


def _graded(submission):
    """Whether there is any score: nbgrader lists the cells of what it could not run, too."""
    return any(
        score is not None for notebook in submission.notebooks for grade in notebook.grades
        for score in (grade.auto_score, grade.manual_score)
    )


def _waits(grade):
    return bool(grade.needs_manual_grade and grade.manual_score is None)


def _unreadable(error):
    return ExportFailed(f"The gradebook cannot be read: {str(error).splitlines()[0]}")
