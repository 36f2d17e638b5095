"""The coordinator's register of one unit: who handed in, what is graded already, what is to do."""

import os
from dataclasses import replace

from autograder.classroom.book import Book
from autograder.classroom.course import course_of, digest_of
from autograder.classroom.result import ATTENTION, Result, result_of
from autograder.classroom.shelf import Shelf, timestamp_of
from autograder.classroom.task import Task
from autograder.contents import Unreadable, parsed
from autograder.mend import NEEDS
from autograder.reading import shown
from autograder.settings import beside, settings


class Register:
    """Everything the coordinator has of one unit.

    Parameters
    ----------
    root : Path
        The course folder.
    unit : Unit
    db_url : str
        nbgrader's gradebook.

    Raises
    ------
    NotReleased
        If the gradebook does not know the unit.
    """

    def __init__(self, root, unit, db_url):
        self.unit = unit
        self.notebooks = [f"{name}.ipynb" for name in unit.notebooks]
        self.course = course_of(root, unit, db_url)
        self.settings = settings(root)
        self.shelf = Shelf(root, unit)
        self.book = Book(db_url, unit)
        self.known = self.book.students()
        self.points, self.comments = self.book.by_hand()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.book.gradebook.close()

    def entry(self, student, force=False):
        """What is to be done about a student, whose files are read here once.

        Parameters
        ----------
        student : str
        force : bool
            Also if it was done.

        Returns
        -------
        Task or Result
            The task of grading; or what came of it already, or why it cannot be done.
        """
        files, trouble = self.shelf.submission(student)
        if trouble:
            return Result(self.unit.name, shown(student), ATTENTION, note=trouble)
        submission = digest(files)
        late = self.book.late(timestamp_of(files), self.known.get(student))
        record = None if force else self._graded(student, submission, late)
        if record is not None:
            result = result_of(self.unit.name, record)
            return result if result.state == ATTENTION else replace(result, state="as before")
        for name in self.notebooks:
            try:
                if name in files:
                    parsed(files[name])
            except Unreadable as why:
                return Result(self.unit.name, student, ATTENTION, note=f"{NEEDS}{name} {why}")
        return Task(student, files, submission, late, self.points.get(student, {}),
                    self.comments.get(student, {}))

    def keep(self, task, graded):
        """Write what came of a task; its `Result`."""
        if graded.trouble:
            return Result(self.unit.name, task.student, ATTENTION, note=graded.trouble)
        self.book.write(graded, timestamp_of(task.files))
        self.shelf.put(graded, beside(
            self.settings, self.unit.name, task.files, self.course.beside,
        ))
        return result_of(self.unit.name, graded.record, graded.seconds)

    def _graded(self, student, submission, late):
        """The record of these files, as late as this, graded in this course; else None."""
        record = self.shelf.record(student) if student in self.known else None
        if record is None or record["course"] != self.course.digest:
            return None
        same = (record["submission"], record.get("late", late)) == (submission, late)
        return record if same else None


def digest(files):
    """One digest for all files of a submission."""
    lines = (os.fsencode(f"{n}\0{digest_of(d)}") for n, d in sorted(files.items()))
    return digest_of(b"\n".join(lines))
