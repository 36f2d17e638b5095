"""Grade a class: find what is new, have it graded, and write each result as soon as it is there."""

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from autograder.classroom.book import Book
from autograder.classroom.course import course_of, digest_of
from autograder.classroom.crew import Lost, crew, work
from autograder.classroom.shelf import Shelf, alone, timestamp_of
from autograder.classroom.task import Graded, Task
from autograder.mend import NEEDS, mend
from autograder.mend import students as handed_in

ATTENTION = "needs attention"


class Stopped(RuntimeError):
    """Grading could not go on; what was written is complete, and the rest is still to do."""


@dataclass(frozen=True)
class Result:
    """What became of one submission.

    Attributes
    ----------
    unit, student : str
    state : {"full", "partial", "needs attention", "as before", "to do"}
    points, maximum : float
        Automatic points.
    note : str
    seconds : float
        In the worker.
    """

    unit: str
    student: str
    state: str
    points: float = 0.0
    maximum: float = 0.0
    note: str = ""
    seconds: float = 0.0


@dataclass
class Class:
    """A course folder in which submissions are graded.

    Attributes
    ----------
    root : Path
    units : sequence of Unit
    db_url : str
        nbgrader's gradebook.
    students : collection of str
        Only these; everybody if empty.
    force : bool
        Grade again what is graded already.
    """

    root: Path
    units: tuple
    db_url: str
    students: tuple = ()
    force: bool = False
    desks: dict = field(default_factory=dict)

    def grade(self, *, jobs=None, scheduler=None):
        """Grade all that is new or changed.

        Parameters
        ----------
        jobs, scheduler
            See `autograder.classroom.crew.crew`.

        Yields
        ------
        int or Result
            First how many there are, then one result for each, as they come.

        Raises
        ------
        Stopped
            If a result cannot be written, the gradebook is gone, or all workers are.
        NotReleased
            If the gradebook does not know a unit.
        Busy
            If another process is grading here.
        """
        with ExitStack() as stack:
            stack.enter_context(alone(self.root))
            results, tasks = self._open(stack)
            yield len(results) + len(tasks)
            yield from results
            if not tasks:
                return
            try:
                workers = crew(min(jobs, len(tasks)) if jobs else None, scheduler)
                stack.callback(workers.stop)
                for course, task, graded in work(workers, map(self._task, tasks)):
                    yield self._kept(course, task, graded)
            except Lost as error:
                raise Stopped(f"{error} Start workers and run the same command again.") from None

    def look(self):
        """What `grade` would do: a `Result` for each submission."""
        with ExitStack() as stack:
            results, tasks = self._open(stack)
            return [*results, *(Result(unit, student, "to do") for unit, student in tasks)]

    def _open(self, stack):
        """Results of submissions that need no work, and (unit, student) of those that do."""
        results, tasks = [], []
        for unit in self.units:
            everybody = [s for s in handed_in(self.root, unit)
                         if not self.students or s in self.students]
            if not everybody:
                continue
            mend(self.root, unit)
            course = self._write(course_of, self.root, unit, self.db_url)
            book = stack.enter_context(self._write(Book, self.db_url, unit))
            known, by_hand = self._write(book.students), self._write(book.by_hand)
            desk = _Desk(course, book, Shelf(self.root, unit), known, *by_hand)
            self.desks[unit.name] = desk
            for student in everybody:
                found = desk.before(student, self.force)
                if found is None:
                    tasks.append((unit.name, student))
                else:
                    results.append(found)
        return results, tasks

    def _task(self, named):
        unit, student = named
        return self.desks[unit].task(student)

    def _kept(self, course, task, graded):
        """Write what came of a task; its result."""
        desk = self.desks[course.unit]
        if isinstance(graded, Exception):
            graded = Graded(task.student, f"{NEEDS}{type(graded).__name__}: {graded}")
        if graded.trouble:
            return Result(course.unit, task.student, ATTENTION, note=graded.trouble)
        self._write(desk.book.write, graded, timestamp_of(task.files))
        self._write(desk.shelf.put, graded, task.files)
        return _result(course.unit, graded.record, graded.seconds)

    @staticmethod
    def _write(function, *args):
        try:
            return function(*args)
        except (OSError, SQLAlchemyError) as error:
            first = str(error).splitlines()[0]
            raise Stopped(
                f"{type(error).__name__}: {first}. All results so far are complete; run the same "
                "command again when this is mended."
            ) from error


@dataclass
class _Desk:
    """Everything the coordinator has of one unit."""

    course: object
    book: Book
    shelf: Shelf
    known: dict
    manual: dict
    comments: dict

    def before(self, student, force):
        """The result of a submission that cannot be graded, or was, as it is now; else None."""
        files, trouble = self.shelf.submission(student)
        if trouble:
            return Result(self.course.unit, student, ATTENTION, note=trouble)
        record = self.shelf.record(student)
        if force or record is None or student not in self.known:
            return None
        if (record["submission"], record["course"]) != (digest(files), self.course.digest):
            return None
        result = _result(self.course.unit, record, 0.0)
        return result if result.state == ATTENTION else replace(result, state="as before")

    def task(self, student):
        files, _ = self.shelf.submission(student)
        late = self.book.late(timestamp_of(files), self.known.get(student))
        return self.course, Task(student, files, digest(files), late,
                                 self.manual.get(student, {}), self.comments.get(student, {}))


def digest(files):
    """One digest for all files of a submission."""
    return digest_of("\n".join(f"{n}\0{digest_of(d)}" for n, d in sorted(files.items())).encode())


def _result(unit, record, seconds):
    exercises = record["result"]["exercises"].values()
    points = sum(exercise["points"] for exercise in exercises)
    maximum = sum(exercise["maximum"] for exercise in exercises)
    said = [s for s in record["result"]["repairs"] if s.startswith(NEEDS)]
    said += [f"{NEEDS}{e['exercise']} could not be judged" for e in exercises
             if e["status"] == "needs attention"]
    state = ATTENTION if said else "full" if points >= maximum else "partial"
    return Result(unit, record["student"], state, points, maximum, "; ".join(said), seconds)
