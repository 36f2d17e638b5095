"""What is compared: nbgrader's own converter with its own steps, and `autograder grade`."""

import shutil
import time
import warnings
from contextlib import contextmanager

from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning

from autograder import gradebook
from autograder.classroom.book import Book
from autograder.classroom.course import course_of
from autograder.classroom.desk import Desk
from autograder.classroom.register import digest
from autograder.classroom.shelf import Shelf
from autograder.classroom.task import Task
from autograder.demo.classroom import hand_in
from autograder.execute import SandboxExecute
from autograder.sandbox import Battery, Session
from autograder.settings import settings

STOCK = "nbgrader"
TIMED = {
    "student": ((Session, "run_cell"), (Battery, "call"), (Session, "value"),
                (Session, "snapshot")),
    "execute": ((SandboxExecute, "preprocess"),),
    "page": ((Desk, "page"),),
}


class BenchFailed(RuntimeError):
    """A submission was not graded at all."""


class Stock:
    """nbgrader as it comes: its own converter with its own steps, one submission at a time.

    Parameters
    ----------
    template : Path
        A course folder with a release; this side works on a copy.
    root : Path
        Where the copy goes.
    """

    def __init__(self, template, root):
        shutil.copytree(template, root)
        self.root = root
        config = stock_settings(root)
        self.course = CourseDirectory(config=config)
        self.converter = Autograde(coursedir=self.course, config=config)

    def grade(self, submission):
        """Grade one submission.

        Returns
        -------
        dict
            Seconds: "all" of it.

        Raises
        ------
        BenchFailed
            If nbgrader gives the submission up.
        """
        unit, student = submission.unit, submission.student
        hand_in(student, unit, self.root)
        self.course.assignment_id, self.course.student_id = unit.name, student.name
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", category=SAWarning)  # nbgrader's, a page each time
            started = time.perf_counter()
            try:
                self.converter.start()
            except NbGraderException as error:
                raise BenchFailed(f"{submission}, {self.root.name}: {error}") from error
            return {"all": time.perf_counter() - started}

    def graded_path(self, submission):
        """The autograded notebook."""
        unit = submission.unit
        folder = self.root / "autograded" / submission.student.name / unit.name
        return folder / f"{unit.notebook}.ipynb"

    def scores(self, unit):
        """``{student: {grade_id: points}}`` of this side's gradebook."""
        return gradebook.scores(self.root, unit)


class Ours:
    """What `autograder grade` does with one submission: notebook, page, gradebook and record.

    Parameters
    ----------
    template, root : Path
        See `Stock`.
    figures : str
        `SandboxExecute.figures`.
    """

    def __init__(self, template, root, figures):
        shutil.copytree(template, root)
        self.root = root
        with open(root / "nbgrader_config.py", "a") as file:
            file.write(f"\nc.SandboxExecute.figures = {figures!r}\n")
        self.desks = {}

    def grade(self, submission):
        """Grade one submission.

        Returns
        -------
        dict
            Seconds: "all" of it but the feedback page, which nbgrader does not write either;
            "execute", the step with the sandbox; "student", waiting for cells and calls in the
            sandbox; "write", the coordinator's part; and "page".

        Raises
        ------
        BenchFailed
            If there is no grade.
        """
        unit, student = submission.unit, submission.student
        hand_in(student, unit, self.root)
        desk, book, shelf = self._opened(unit)
        with stopwatch() as seconds:
            started = time.perf_counter()
            files, _ = shelf.submission(student.name)
            graded = desk.grade(Task(student.name, files, digest(files)))
            if graded.trouble:
                raise BenchFailed(f"{submission}, {self.root.name}: {graded.trouble}")
            written = time.perf_counter()
            book.write(graded, None)
            shelf.put(graded, files)
            ended = time.perf_counter()
            taken = ended - started - seconds["page"]
            return seconds | {"all": taken, "write": ended - written}

    def scores(self, unit):
        """``{student: {grade_id: points}}`` of this side's gradebook."""
        return gradebook.scores(self.root, unit)

    def _opened(self, unit):
        if unit.name not in self.desks:
            url = f"sqlite:///{self.root / 'gradebook.db'}"
            self.desks[unit.name] = (
                Desk(course_of(self.root, unit, url)), Book(url, unit), Shelf(self.root, unit)
            )
        return self.desks[unit.name]


def course_settings(root):
    """The course's nbgrader_config.py, for this folder."""
    config = settings(root)
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.db_url = gradebook.default_url(root)  # never the instructor's own
    return config


def stock_settings(root):
    """The course's settings with nbgrader's own steps of autograding."""
    config = course_settings(root)
    config.Execute.extra_arguments = ["--IPKernelApp.log_level=ERROR"]  # no warning per kernel
    config.pop("Autograde", None)
    return config


@contextmanager
def stopwatch():
    """Adds up how long the steps in `TIMED` take, seen from outside the sandbox."""
    seconds = dict.fromkeys(TIMED, 0.0)

    def timed(part, function):
        def measure(*args, **kwargs):
            started = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                seconds[part] += time.perf_counter() - started

        return measure

    originals = [
        (part, owner, name, getattr(owner, name))
        for part, steps in TIMED.items() for owner, name in steps
    ]
    try:
        for part, owner, name, function in originals:
            setattr(owner, name, timed(part, function))
        yield seconds
    finally:
        for _, owner, name, function in originals:
            setattr(owner, name, function)
