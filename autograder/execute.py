"""nbgrader preprocessor that runs submissions in the sandbox and judges our exercises outside it.

It takes the place of nbgrader's `Execute` in `Autograde.autograde_preprocessors`.
"""

import atexit
import os
from contextlib import nullcontext
from functools import cache

from nbconvert.exporters import Exporter
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Dict, Enum

from autograder import leniency, notebooks
from autograder.absent import explained
from autograder.carry import carry, may_be_carried, suspects
from autograder.disclosure import raising, with_familiar_lines
from autograder.draw import draw
from autograder.ending import ended_by
from autograder.examine import examine
from autograder.exercises import EXERCISES
from autograder.grading import outputs_of, unjudged
from autograder.refuse import without_shortcut
from autograder.released import released
from autograder.sandbox import SLEPT, Limits, Runner, SandboxUnavailable
from autograder.sandbox.answers import UNSEEN
from autograder.sanitize import allowance
from autograder.settings import timeout
from autograder.tidy import handed_in, note
from autograder.waiting import Waiting
from course.outcome import parameter_names
from course.policy import FLAG, REFUSE
from course.shortcuts import ROUTINES, reached

ORDER = list(EXERCISES)


class SandboxExecute(NbGraderPreprocessor):
    """Run a submission's cells in the sandbox; judge its exercises by calls from outside.

    Attributes
    ----------
    examinations : dict of str to Examination or None
        Of the last notebook, by exercise; with hidden inputs, for the instructor.
    """

    alone, slept = True, False  # nothing else is graded now; the last one slept: see Budget

    mode = Enum(
        ("auto", "required", "off"), "auto",
        help="required: refuse to grade without bubblewrap; off: limits only, silently",
    ).tag(config=True)

    figures = Enum(
        ("manual", "all", "none"), "manual",
        help="Which cells keep their pictures: those that a person grades or the student added or "
        "changed, all, or none; in the others the course's figures are not even computed",
    ).tag(config=True)

    shortcuts = Enum(
        (REFUSE, FLAG), REFUSE,
        help="A function that uses a ready-made routine gets no automatic points, or a note",
    ).tag(config=True)

    limits = Dict(
        help="Fields of autograder.sandbox.Limits that differ from their defaults, and from what "
        "nbgrader's own Execute.timeout says"
    ).tag(config=True)
    fields = None

    runners = {}  # noqa: RUF012  (shared on purpose: one warm parent for a process's notebooks)

    def preprocess(self, nb, resources):
        """Fill in the outputs of every code cell; if it slept while alone, once more."""
        self._run(nb, resources)
        if self.slept and self.alone:
            self._run(nb, resources)
        if self.slept:
            note(nb, SLEPT)
        return nb, resources

    def _run(self, nb, resources):
        about = resources.get("nbgrader", {})
        unit = released(self._root(), about.get("assignment", ""), about.get("notebook"))
        sources = {cell.id: cell.source for cell in unit.cells} if unit else {}
        folder = resources.get("metadata", {}).get("path") or None
        waiting, count = [], 0
        with self.runner().session(folder) as session:
            for place, cell in enumerate(nb.cells):
                if cell.cell_type != "code":
                    continue
                count += 1
                cell.execution_count = count
                exercise = exercise_of(cell)
                if exercise is not None:
                    kept = session.value(exercise.id) if exercise.answer else session.snapshot()
                    who = about.get("student", ""), handed_in(nb)
                    waiting.append(Waiting(
                        cell, exercise, *who, kept, [*session.cells], session.files,
                        (nb.cells[:place], nb.cells[place + 1 :])))
                    continue
                cell.outputs = leniency.run(session, cell, self._shown(cell, sources))
                for output in cell.outputs:
                    if output.output_type == "execute_result":
                        output.execution_count = count
            session.finish()
            self._judge(waiting)
            about[allowance.LEFT] = session.budget.left()
            self.examinations = {one.exercise.id: one.found for one in waiting}
            self.slept = session.budget.slept

    def _judge(self, waiting):
        """Examine what waits, then again what an earlier mistake may have spoilt."""
        examined = {}
        for one in waiting:
            last = not suspects(one.exercise, examined)
            one.found = self._tried(
                one, lambda one=one, last=last: self._examined(one, last=last)[0], None
            )
            if one.found is not None:
                examined[one.exercise.id] = one.found
            if one.found is None or not may_be_carried(one.found):
                one.close()
        # in the order of the unit, whatever order the cells are in: see autograder.carry
        for one in sorted(waiting, key=lambda one: ORDER.index(one.exercise.id)):
            if one.found is not None:
                one.found = self._tried(
                    one, lambda one=one: self._carried(one, examined), one.found
                )
                examined[one.exercise.id] = one.found
                one.found = self._tried(
                    one, lambda one=one: explained(self._located(one), *one.around), one.found
                )
            shown = one.found and self._tried(one, lambda one=one: outputs_of(one.found), None)
            one.cell.outputs = shown or unjudged(one.exercise)
            one.close()

    def _tried(self, one, work, otherwise):
        """What ``work`` returns; a hostile answer that breaks it must not stop the others."""
        try:
            return work()
        except Exception as error:
            self.log.warning("%s: %s: not judged: %r", one.student, one.exercise.id, error)
            return otherwise

    def _examined(self, one, helpers=None, last=False):
        """An examination, and which of the helpers were asked for; ``last``: no second is due."""
        exercise = one.exercise  # the questions of an answer are its student's, whatever comes
        drawn = draw(exercise.id, one.student, None, "" if exercise.answer else one.handed_in)
        if exercise.answer:
            return examine(exercise, lambda args, kwargs: one.kept, drawn), ()
        battery = one.kept.battery(watch=True, helpers=helpers, last=last)
        found = examine(exercise, caller(exercise, battery), drawn)
        if found.status != "not attempted":
            unseen = [UNSEEN[why] for why in sorted(battery.unseen)]
            found = without_shortcut(
                found, one.cells, one.files, battery.used, unseen, self.shortcuts == FLAG)
        return found, battery.asks.asked

    def _carried(self, one, examined):
        if not may_be_carried(one.found):
            return one.found
        return carry(
            one.found, examined, lambda helpers: self._examined(one, helpers),
            reached(one.cells, one.exercise.id),
        )

    def _located(self, one):
        """With the lines that may be told: see `with_familiar_lines`."""
        if not (may_be_carried(one.found) and raising(one.found)):
            return one.found
        return with_familiar_lines(one.found, caller(one.exercise, one.kept.battery()))

    def _shown(self, cell, sources):
        """Whether somebody will look at a cell's pictures; ``sources`` are the course's cells."""
        if self.figures != "manual":
            return self.figures == "all"
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade_id"):
            return bool((marks.get("grade") and marks.get("solution")) or marks.get("task"))
        return sources.get(cell.get("id")) != cell.source

    def _root(self):
        return self.config.get("CourseDirectory", {}).get("root") or os.getcwd()

    def runner(self):
        """The runner that all notebooks of this process share."""
        if self.fields is None:
            self.fields = timeout(self.config) | self.limits
        key = (os.getpid(), self.mode, tuple(sorted(self.fields.items())))  # a fork needs its own
        if key not in self.runners:
            # nbgrader would go on with the next submission, which has no other sandbox
            under_nbgrader = isinstance(self.parent, Exporter)
            with ended_by(SandboxUnavailable) if under_nbgrader else nullcontext():
                self.runners[key] = Runner(Limits(**self.fields), self.mode, ROUTINES)
            atexit.register(self.runners[key].close)
        return self.runners[key]


def exercise_of(cell):
    """The exercise that a test cell of ours is about, or None.

    An instructor's own cell may have a name like ours; its text calls neither `check` nor `grade`.
    """
    name = (notebooks.grade_id(cell) or "").removeprefix("test_")
    if notebooks.grade_id(cell) != f"test_{name}" or not cell.metadata["nbgrader"].get("grade"):
        return None
    ours = any(f'{call}("{name}"' in cell.source for call in ("check", "grade"))
    return EXERCISES.get(name) if ours or not cell.source.strip() else None


def caller(exercise, battery):
    """How `examine` reaches the student's function."""
    names = cache(lambda count: parameter_names(exercise.reference, count))
    return lambda args, kwargs: battery.call(exercise.id, args, kwargs, names(len(args)))
