"""Grade a class: find what is new, have it graded, and write each result as soon as it is there."""

from collections import deque
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from autograder.classroom.crew import Lost, crew, work
from autograder.classroom.register import Register
from autograder.classroom.result import ATTENTION, Result
from autograder.classroom.shelf import alone
from autograder.classroom.task import Graded
from autograder.mend import NEEDS, renamed, settle
from autograder.mend import students as handed_in
from autograder.reading import shown, told
from autograder.sandbox import SandboxUnavailable


class Stopped(RuntimeError):
    """Grading could not go on; what was written is complete, and the rest is still to do."""


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
    registers: dict = field(default_factory=dict)

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
            If a result cannot be written, the gradebook is gone, all workers are, or there is no
            sandbox where one is required.
        NotReleased
            If the gradebook does not know a unit.
        Busy
            If another process is grading here.
        """
        with ExitStack() as stack:
            stack.enter_context(alone(self.root))
            everybody = self._open(stack)
            yield len(everybody)
            settled = deque()
            tasks = self._tasks(everybody, settled)
            first = list(islice(tasks, jobs or 1))
            yield from _taken(settled)
            if not first:
                return
            try:
                workers = crew(jobs and len(first), scheduler)
                stack.callback(workers.stop)
                for course, task, graded in work(workers, chain(first, tasks)):
                    yield from _taken(settled)
                    if isinstance(graded, SandboxUnavailable):  # it is so for everybody
                        raise Stopped(str(graded))
                    yield self._kept(course, task, graded)
            except Lost as error:
                raise Stopped(f"{error} Start workers and run the same command again.") from None
            yield from _taken(settled)

    def look(self):
        """What `grade` would do: a `Result` for each submission; nothing is changed."""
        with ExitStack() as stack:
            return [self._guarded(self._seen, register, student)
                    for register, student in self._open(stack)]

    def _open(self, stack):
        """Open the units' registers; all submissions as (register, student)."""
        found = []
        for unit in self.units:
            everybody = [s for s in handed_in(self.root, unit)
                         if not self.students or s in self.students]
            if everybody:
                register = self._write(Register, self.root, unit, self.db_url)
                self.registers[unit.name] = stack.enter_context(register)
                found += [(register, student) for student in everybody]
        return found

    def _tasks(self, everybody, settled):
        """What workers have to do; the results of those who need none go to `settled`."""
        for register, student in everybody:
            entry = self._guarded(self._entry, register, student)
            if isinstance(entry, Result):
                settled.append(entry)
            else:
                yield register.course, entry

    def _guarded(self, work, register, student):
        """What ``work`` finds out; everything that belongs to one student is read in here.

        Whatever it is, it stops nobody else: only a gradebook that is gone does.
        """
        try:
            return work(register, student)
        except SQLAlchemyError as error:
            raise _stopped(error) from error
        except Exception as error:
            return Result(register.unit.name, shown(student), ATTENTION, note=NEEDS + told(error))

    def _entry(self, register, student):
        settle(self.root, register.unit, student)
        return register.entry(student, self.force)

    def _seen(self, register, student):
        to_do = Result(register.unit.name, student, "to do")
        if renamed(self.root, register.unit, student) is not None:
            return to_do
        entry = register.entry(student, self.force)
        return entry if isinstance(entry, Result) else to_do

    def _kept(self, course, task, graded):
        """Write what came of a task; its result."""
        if isinstance(graded, Exception):
            graded = Graded(task.student, f"{NEEDS}{type(graded).__name__}: {graded}")
        return self._write(self.registers[course.unit].keep, task, graded)

    @staticmethod
    def _write(function, *args):
        try:
            return function(*args)
        except (OSError, SQLAlchemyError) as error:
            raise _stopped(error) from error


def _stopped(error):
    first = str(error).splitlines()[0]
    return Stopped(
        f"{type(error).__name__}: {first}. All results so far are complete; run the same "
        "command again when this is mended."
    )


def _taken(results):
    while results:
        yield results.popleft()
