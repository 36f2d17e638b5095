"""nbgrader's gradebook, as the coordinator of a class reads and writes it: a few rows at a time."""

from collections import defaultdict

from nbgrader.api import Base, Gradebook, new_uuid
from sqlalchemy import bindparam, insert, or_, select, update

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
        It must have been released; its notebooks are those that the gradebook knows.
    """

    def __init__(self, db_url, unit):
        self.gradebook = Gradebook(db_url)
        self.engine = self.gradebook.engine
        with self.engine.connect() as connection:
            assignment = connection.execute(
                select(TABLE["assignment"]).where(TABLE["assignment"].c.name == unit.name)
            ).mappings().one()
            self.assignment, self.due = assignment["id"], assignment["duedate"]
            table = TABLE["notebook"]
            self.notebooks = dict(connection.execute(
                select(table.c.name, table.c.id).where(table.c.assignment_id == self.assignment)
            ).all())
            self.scored = self._cells(connection, "GradeCell")
            self.tasks = self._cells(connection, "TaskCell")
            self.solved = self._cells(connection, "SolutionCell")

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
            ``{student: {notebook: {cell: (points or None, extra credit)}}}``
        comments : dict
            ``{student: {notebook: {cell: text}}}``
        """
        grade, comment = TABLE["grade"], TABLE["comment"]
        points, comments = (defaultdict(lambda: defaultdict(dict)) for _ in range(2))
        with self.engine.connect() as connection:
            for student, notebook, name, given, extra in connection.execute(
                self._of_everybody(grade, grade.c.manual_score, grade.c.extra_credit)
                .where(or_(grade.c.manual_score.is_not(None), grade.c.extra_credit.is_not(None)))
            ):
                points[student][notebook][name] = (given, extra or 0.0)
            for student, notebook, name, text in connection.execute(
                self._of_everybody(comment, comment.c.manual_comment)
                .where(comment.c.manual_comment.is_not(None))
            ):
                comments[student][notebook][name] = text
        return _plain(points), _plain(comments)

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

        There are rows for all that can be graded, as with nbgrader: a notebook that was not handed
        in counts 0, a task waits for a person. What a person has given and written stays; as with
        nbgrader, such a grade is then marked as one to look at again.
        """
        also = {"timestamp": timestamp} if timestamp is not None else {}
        with self.engine.begin() as connection:
            submission, held = self._held(connection, graded.student)
            submission = _put(connection, "submitted_assignment", submission, also, {
                "assignment_id": self.assignment, "student_id": graded.student,
            })
            for name, notebook in self.notebooks.items():
                part, there = graded.parts.get(name), notebook in held
                marked = {"late_submission_penalty": part.penalty} if part else {}
                row = _put(connection, "submitted_notebook", held.get(notebook), marked, {
                    "assignment_id": submission, "notebook_id": notebook,
                })
                self._grades(connection, row, there, name, part)
                self._comments(connection, row, there, name, part)

    def _held(self, connection, student):
        """The id of a student's submission, or None, and those of its notebooks."""
        rows = connection.execute(
            _HELD, {"student": student, "assignment": self.assignment}
        ).all()
        if not rows and connection.execute(_STUDENT, {"student": student}).first() is None:
            connection.execute(INSERT["student"], {"id": student})
        return rows[0][0] if rows else None, {model: row for _, model, row in rows if row}

    def _grades(self, connection, row, there, name, part):
        rows = connection.execute(_GRADES, {"notebook": row}) if there else ()
        known = {cell: (grade, auto, manual is not None) for grade, cell, auto, manual in rows}
        values = []
        for cell_name, cell in (self.scored[name] | self.tasks[name]).items():
            _, auto, manual = known.get(cell, (None, None, False))
            if part is None:
                score, waits = 0.0, False
            elif cell_name in part.scores:
                score = part.scores[cell_name]
                waits = score is None or manual
            elif cell not in known or (auto is not None and not manual):
                score, waits = None, True
            else:
                continue  # a task on which nothing is to be said but by a person
            values.append((cell, {"auto_score": score, "needs_manual_grade": waits}))
        _rows(connection, "grade", row, {cell: known[cell][0] for cell in known}, values)

    def _comments(self, connection, row, there, name, part):
        rows = connection.execute(_COMMENTS, {"notebook": row}) if there else ()
        known = {cell: comment for comment, cell in rows}
        said = part.comments if part else {}
        _rows(connection, "comment", row, known, [
            (cell, {"auto_comment": said.get(cell_name)})
            for cell_name, cell in (self.solved[name] | self.tasks[name]).items()
            if cell_name in said or cell not in known
        ])

    def _cells(self, connection, kind):
        """Ids of cells by notebook and name; a cell that is graded and commented has two."""
        table, found = TABLE["base_cell"], {name: {} for name in self.notebooks}
        for name, notebook in self.notebooks.items():
            found[name].update(connection.execute(
                select(table.c.name, table.c.id)
                .where(table.c.notebook_id == notebook, table.c.type == kind)
            ).all())
        return found

    def _of_everybody(self, table, *columns):
        """A query of this unit's rows, with the student and the names of notebook and cell."""
        notebook, submission = TABLE["submitted_notebook"], TABLE["submitted_assignment"]
        cell, model = TABLE["base_cell"], TABLE["notebook"]
        return (
            select(submission.c.student_id, model.c.name, cell.c.name, *columns)
            .join_from(table, notebook, table.c.notebook_id == notebook.c.id)
            .join(model, notebook.c.notebook_id == model.c.id)
            .join(submission, notebook.c.assignment_id == submission.c.id)
            .join(cell, table.c.cell_id == cell.c.id)
            .where(submission.c.assignment_id == self.assignment)
        )


def _held():
    submission, notebook = TABLE["submitted_assignment"], TABLE["submitted_notebook"]
    return (
        select(submission.c.id, notebook.c.notebook_id, notebook.c.id)
        .join_from(submission, notebook, notebook.c.assignment_id == submission.c.id, isouter=True)
        .where(submission.c.assignment_id == bindparam("assignment"),
               submission.c.student_id == bindparam("student"))
    )


def _plain(found):
    return {student: dict(of_student) for student, of_student in found.items()}


def _of_notebook(table, *columns):
    return select(table.c.id, *columns).where(table.c.notebook_id == bindparam("notebook"))


_HELD = _held()
_STUDENT = select(TABLE["student"].c.id).where(TABLE["student"].c.id == bindparam("student"))
_GRADES = _of_notebook(TABLE["grade"], TABLE["grade"].c.cell_id, TABLE["grade"].c.auto_score,
                       TABLE["grade"].c.manual_score)
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
