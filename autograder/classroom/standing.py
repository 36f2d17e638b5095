"""What the gradebook says of a unit's submissions now: points, comments and penalties by cell."""

from collections import defaultdict
from dataclasses import dataclass, field

from nbgrader.api import Base, Gradebook
from sqlalchemy import select

TABLE = Base.metadata.tables


@dataclass
class Standing:
    """One notebook of one student in the gradebook.

    Attributes
    ----------
    grades : dict of str to (float or None, float or None, float)
        Automatic points, points given by a person, extra credit, by cell.
    comments : dict of str to str
        A person's comment, else nbgrader's own, by cell.
    penalty : float
        For being late.
    """

    grades: dict = field(default_factory=dict)
    comments: dict = field(default_factory=dict)
    penalty: float = 0.0


def standings(db_url, unit):
    """Everybody's: ``{student: {notebook: Standing}}``.

    Parameters
    ----------
    db_url : str
    unit : str
        The assignment's name.
    """
    found = defaultdict(lambda: defaultdict(Standing))
    notebook, grade, comment = (TABLE[n] for n in ("submitted_notebook", "grade", "comment"))
    with Gradebook(db_url) as book, book.engine.connect() as connection:
        for student, name, penalty in connection.execute(
            _of(unit, notebook.c.late_submission_penalty)
        ):
            found[student][name].penalty = penalty or 0.0
        for student, name, cell, auto, manual, extra in connection.execute(
            _of_cells(unit, grade, grade.c.auto_score, grade.c.manual_score, grade.c.extra_credit)
        ):
            found[student][name].grades[cell] = (auto, manual, extra or 0.0)
        for student, name, cell, auto, manual in connection.execute(
            _of_cells(unit, comment, comment.c.auto_comment, comment.c.manual_comment)
        ):
            found[student][name].comments[cell] = manual or auto
    return {student: dict(notebooks) for student, notebooks in found.items()}


def _of(unit, *columns):
    submission, submitted = TABLE["submitted_assignment"], TABLE["submitted_notebook"]
    assignment, notebook = TABLE["assignment"], TABLE["notebook"]
    return (
        select(submission.c.student_id, notebook.c.name, *columns)
        .join_from(submission, submitted, submitted.c.assignment_id == submission.c.id)
        .join(notebook, submitted.c.notebook_id == notebook.c.id)
        .join(assignment, submission.c.assignment_id == assignment.c.id)
        .where(assignment.c.name == unit)
    )


def _of_cells(unit, table, *columns):
    cell = TABLE["base_cell"]
    return (
        _of(unit, cell.c.name, *columns)
        .join(table, table.c.notebook_id == TABLE["submitted_notebook"].c.id)
        .join(cell, table.c.cell_id == cell.c.id)
    )
