"""nbgrader's gradebook, as the coordinator of a class reads and writes it: a few rows at a time."""

from collections import defaultdict

from nbgrader.api import Base, Gradebook, new_uuid
from sqlalchemy import and_, bindparam, insert, or_, select, update

TABLE = Base.metadata.tables
INSERT = {name: insert(table) for name, table in TABLE.items()}
UPDATE = {name: update(table).where(table.c.id == bindparam("row"))
          for name, table in TABLE.items() if "id" in table.c}
"""Made once: to make and compare statements takes longer than SQLite does."""


class Book:
    """One unit's part of the gradebook.

    Parameters
    ----------
    db_url : str
        ``sqlite:///...`` or ``postgresql://...``
    unit : Unit
        It must have been released.
    """

    def __init__(self, db_url, unit):
        self.gradebook = Gradebook(db_url)
        self.engine = self.gradebook.engine
        with self.engine.connect() as connection:
            assignment = connection.execute(
                select(TABLE["assignment"]).where(TABLE["assignment"].c.name == unit.name)
            ).mappings().one()
            self.assignment, self.due = assignment["id"], assignment["duedate"]
            notebook = TABLE["notebook"]
            self.notebook = connection.execute(select(notebook.c.id).where(
                notebook.c.assignment_id == self.assignment, notebook.c.name == unit.notebook,
            )).scalar_one()
            self.graded = self._cells(connection, "GradeCell", "TaskCell")
            self.commented = self._cells(connection, "SolutionCell", "TaskCell")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.gradebook.close()

    def students(self):
        """Everybody with a submission of the unit: ``{student: (timestamp, extension)}``."""
        table = TABLE["submitted_assignment"]
        with self.engine.connect() as connection:
            return {student: (timestamp, extension) for student, timestamp, extension in (
                connection.execute(
                    select(table.c.student_id, table.c.timestamp, table.c.extension)
                    .where(table.c.assignment_id == self.assignment)
                )
            )}

    def by_hand(self):
        """What people have given and written.

        Returns
        -------
        points : dict
            ``{student: {cell: (points or None, extra credit)}}``
        comments : dict
            ``{student: {cell: text}}``
        """
        grade, comment = TABLE["grade"], TABLE["comment"]
        points, comments = defaultdict(dict), defaultdict(dict)
        with self.engine.connect() as connection:
            for student, name, given, extra in connection.execute(
                self._of_everybody(grade, grade.c.manual_score, grade.c.extra_credit)
                .where(or_(grade.c.manual_score.is_not(None), grade.c.extra_credit.is_not(None)))
            ):
                points[student][name] = (given, extra or 0.0)
            for student, name, text in connection.execute(
                self._of_everybody(comment, comment.c.manual_comment)
                .where(comment.c.manual_comment.is_not(None))
            ):
                comments[student][name] = text
        return points, comments

    def late(self, timestamp, known=None):
        """Seconds after the due date; 0 without a date or a time.

        Parameters
        ----------
        timestamp : datetime or None
            Of the submission; without one, that in the gradebook stays.
        known : (datetime or None, timedelta or None), optional
            What `students` says of the student.
        """
        before, extension = known or (None, None)
        timestamp = timestamp or before
        if timestamp is None or self.due is None:
            return 0.0
        due = self.due + extension if extension is not None else self.due
        return max((timestamp - due).total_seconds(), 0.0)

    def write(self, graded, timestamp):
        """Write one student's automatic grades and comments, all or nothing.

        What a person has given and written stays; as with nbgrader, such a grade is then marked
        as one to look at again.
        """
        also = {"timestamp": timestamp} if timestamp is not None else {}
        marked = {"late_submission_penalty": graded.penalty}
        with self.engine.begin() as connection:
            submission, notebook = self._held(connection, graded.student)
            submission = _put(connection, "submitted_assignment", submission, also, {
                "assignment_id": self.assignment, "student_id": graded.student,
            })
            there = notebook is not None
            notebook = _put(connection, "submitted_notebook", notebook, marked, {
                "assignment_id": submission, "notebook_id": self.notebook,
            })
            self._grades(connection, notebook, there, graded.scores)
            self._comments(connection, notebook, there, graded.comments)

    def _held(self, connection, student):
        """Ids of a student's submission and of its notebook; None for what there is not."""
        found = connection.execute(_HELD, {
            "student": student, "assignment": self.assignment, "notebook": self.notebook,
        }).first()
        if found is None and connection.execute(_STUDENT, {"student": student}).first() is None:
            connection.execute(INSERT["student"], {"id": student})
        return found or (None, None)

    def _grades(self, connection, notebook, there, scores):
        rows = connection.execute(_GRADES, {"notebook": notebook}) if there else ()
        known = {cell: (row, manual is not None) for row, cell, manual in rows}
        _rows(connection, "grade", notebook, {cell: row for cell, (row, _) in known.items()}, [
            (cell, {
                "auto_score": score,
                "needs_manual_grade": score is None or known.get(cell, (None, False))[1],
            })
            for name, score in scores.items() if (cell := self.graded.get(name))
        ])

    def _comments(self, connection, notebook, there, comments):
        rows = connection.execute(_COMMENTS, {"notebook": notebook}) if there else ()
        _rows(connection, "comment", notebook, {cell: row for row, cell in rows}, [
            (cell, {"auto_comment": text})
            for name, text in comments.items() if (cell := self.commented.get(name))
        ])

    def _cells(self, connection, *types):
        """Ids of cells by name; a cell that is graded and commented has two."""
        table = TABLE["base_cell"]
        return dict(connection.execute(
            select(table.c.name, table.c.id)
            .where(table.c.notebook_id == self.notebook, table.c.type.in_(types))
        ).all())

    def _of_everybody(self, table, *columns):
        """A query of rows that belong to this unit, with the student and the cell's name."""
        notebook, submission = TABLE["submitted_notebook"], TABLE["submitted_assignment"]
        cell = TABLE["base_cell"]
        return (
            select(submission.c.student_id, cell.c.name, *columns)
            .join_from(table, notebook, table.c.notebook_id == notebook.c.id)
            .join(submission, notebook.c.assignment_id == submission.c.id)
            .join(cell, table.c.cell_id == cell.c.id)
            .where(submission.c.assignment_id == self.assignment)
        )


def _held():
    submission, notebook = TABLE["submitted_assignment"], TABLE["submitted_notebook"]
    of_it = and_(notebook.c.assignment_id == submission.c.id,
                 notebook.c.notebook_id == bindparam("notebook"))
    return (
        select(submission.c.id, notebook.c.id)
        .join_from(submission, notebook, of_it, isouter=True)
        .where(submission.c.assignment_id == bindparam("assignment"),
               submission.c.student_id == bindparam("student"))
    )


def _of_notebook(table, *columns):
    return select(table.c.id, *columns).where(table.c.notebook_id == bindparam("notebook"))


_HELD = _held()
_STUDENT = select(TABLE["student"].c.id).where(TABLE["student"].c.id == bindparam("student"))
_GRADES = _of_notebook(TABLE["grade"], TABLE["grade"].c.cell_id, TABLE["grade"].c.manual_score)
_COMMENTS = _of_notebook(TABLE["comment"], TABLE["comment"].c.cell_id)


def _put(connection, table, row, values, held):
    """The id of a row with these values; it is made if there is none."""
    if row is None:
        row = new_uuid()
        connection.execute(INSERT[table], {"id": row, **held, **values})
    elif values:
        connection.execute(UPDATE[table], {"row": row, **values})
    return row


def _rows(connection, table, notebook, there, rows):
    """Update the rows of these cells, and insert those that are missing."""
    known = [{"row": there[cell], **values} for cell, values in rows if cell in there]
    new = [
        {"id": new_uuid(), "notebook_id": notebook, "cell_id": cell, **values}
        for cell, values in rows if cell not in there
    ]
    if known:
        connection.execute(UPDATE[table], known)
    if new:
        connection.execute(INSERT[table], new)
