"""The worker's side: grade one submission from bytes to bytes, by the course's own settings."""

import gc
import os
import shutil
import tempfile
import threading
import time
from functools import lru_cache, partial
from pathlib import Path

import nbformat
from nbgrader import utils
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, GetGrades, SaveAutoGrades
from traitlets.utils.importstring import import_item

from autograder.classroom.course import code
from autograder.classroom.page import Page, made
from autograder.classroom.record import record_of
from autograder.classroom.task import Graded, Part
from autograder.contents import Unreadable
from autograder.draw import ENVIRONMENT
from autograder.execute import SandboxExecute
from autograder.intake import take
from autograder.mend import NEEDS
from autograder.notebooks import grade_id
from autograder.sandbox import SandboxUnavailable
from autograder.sandbox.child.channel import WireError
from autograder.settings import beside, environment, importable, settings
from autograder.tidy import HANDED_IN
from autograder.units import unit_of

ONE_AT_A_TIME = threading.Lock()
"""A worker grades one submission at a time, however many threads it has."""


class OtherVersion(RuntimeError):
    """The worker's autograder is not the coordinator's."""


def grade(course, task):
    """Grade one submission.

    Parameters
    ----------
    course : Course
    task : Task

    Returns
    -------
    Graded
        Whatever the submission holds: what cannot be graded is `Graded.trouble`.

    Raises
    ------
    OtherVersion
        If this worker has another autograder installed than the coordinator.
    OSError, WireError, SandboxUnavailable
        If something of the machine failed, which another try may not meet.
    """
    if course.code != code():
        raise OtherVersion(
            "This worker's autograder differs from the coordinator's: install the same version "
            f"(code {code()[:8]} here, {course.code[:8]} there)."
        )
    with ONE_AT_A_TIME:
        return desk(course, os.getpid()).grade(task)


@lru_cache(maxsize=12)
def desk(course, process):
    """The desk for a unit; made once per process: a fork needs its own."""
    return Desk(course)


class Desk:
    """A unit's cells and settings in a private folder, and nbgrader's steps ready to go."""

    def __init__(self, course):
        self.course = course
        self.holder = tempfile.TemporaryDirectory(prefix=f"cnn-by-hand-{os.getpid()}-desk-")
        self.root = Path(self.holder.name)
        for name, data in {**course.files, "gradebook.db": course.book,
                           ".secret": course.secret.encode()}.items():
            place = self.root / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        self.config = config = settings(self.root)
        config.CourseDirectory.root = str(self.root)
        config.CourseDirectory.db_url = f"sqlite:///{self.root / 'gradebook.db'}"
        self.unit = unit_of(course.unit, self.root, config.CourseDirectory.db_url)
        self.directory = CourseDirectory(config=config)
        with importable(self.root):
            autograde = Autograde(coursedir=self.directory, config=config)
            self.steps = [
                step(parent=autograde)
                for step in map(_class, (*autograde.sanitize_preprocessors,
                                         *autograde.autograde_preprocessors))
                if step not in (SaveAutoGrades, AssignLatePenalties)
            ]
            self.executes = [one for one in self.steps if isinstance(one, SandboxExecute)]
            for one in self.executes:
                one.alone = False
            self.late = AssignLatePenalties(parent=autograde)
            self.late.init_plugin()
            self.exporter = self._exporter(config)
        gc.collect()
        gc.freeze()  # all this stays: looking for garbage in it takes a tenth of the time

    def _exporter(self, config):
        converter = GenerateFeedback(coursedir=self.directory, config=config)
        exporter = Page(parent=converter, config=converter.config)
        for step in map(_class, converter.preprocessors):
            if step is not GetGrades:
                exporter.register_preprocessor(step)
        return exporter

    def grade(self, task):
        """See `grade`; what sleeps, the coordinator has graded again."""
        started, notebooks, parts, trouble = time.monotonic(), {}, {}, {}
        there = [name for name in self.unit.notebooks if f"{name}.ipynb" in task.files]
        if not there:
            return Graded(task.student, f"{NEEDS}there is no {self.unit.notebook}.ipynb")
        folder = self.root / "autograded" / task.student / self.course.unit
        self.examined, self.slept = {}, False
        try:
            self._lay_out(task, folder)
            for name in there:
                notebooks[name], resources = self._run(task, name, folder)
                parts[name], page = self._marked(task, name, notebooks[name], resources)
                trouble |= page
            record = record_of(self.course, task, self.unit, notebooks, parts)
            graded = {"parts": parts, "record": record | trouble, "slept": self.slept}
        except (OSError, WireError, SandboxUnavailable):
            raise  # of the machine, not of the submission: to be tried again
        except Unreadable as error:
            graded = {"trouble": f"{NEEDS}{name}.ipynb {error}"}
        except Exception as error:  # whatever a submission can be: it must not stop the others
            first = (str(error).strip().splitlines() or [""])[0]
            graded = {"trouble": f"{NEEDS}{name}.ipynb: {type(error).__name__}: {first[:300]}"}
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return Graded(task.student, seconds=time.monotonic() - started, **graded)

    def _run(self, task, name, folder):
        """One notebook after all steps, and nbgrader's resources."""
        filed = f"{name}.ipynb"
        resources = self._resources(task.student, name, folder)
        notebook, said = take(task.files[filed], self.root, self.course.unit, name)
        resources["nbgrader"].update({"tidied": said, HANDED_IN: task.drawn_by(filed)})
        with environment(NBGRADER_EXECUTION="autograde",
                         **{ENVIRONMENT: str(self.root / ".secret")}):
            for step in self.steps:
                notebook, resources = step(notebook, resources)
        for one in self.executes:
            self.examined |= one.examinations
            self.slept |= one.slept
        return notebook, resources

    def examinations(self):
        """Those of the last submission, with everything that only the instructor may see."""
        return self.examined

    def _lay_out(self, task, folder):
        """The submission's other files, the course's own instead of theirs, as nbgrader does."""
        files = beside(self.config, self.course.unit, task.files, self.course.beside)
        folder.mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            place = folder / path
            if place.resolve().is_relative_to(folder.resolve()):
                try:
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(data)
                except (FileExistsError, NotADirectoryError, IsADirectoryError):
                    continue  # a file of the student's where the course has a folder

    def _resources(self, student, notebook, folder):
        return {
            "unique_key": notebook,
            "output_files_dir": f"{notebook}_files",
            "metadata": {"name": notebook, "path": str(folder)},
            "nbgrader": {
                "student": student, "assignment": self.course.unit, "notebook": notebook,
                "db_url": self.directory.db_url,
            },
        }

    def _marked(self, task, name, notebook, resources):
        """Points as nbgrader reads them from the cells, and the page; why it has none."""
        scores, comments, maximum = {}, {}, 0.0
        manual, written = task.manual.get(name, {}), task.comments.get(name, {})
        for cell in notebook.cells:
            if utils.is_grade(cell):
                scores[grade_id(cell)] = utils.determine_grade(cell, self.late.log)[0]
            if utils.is_grade(cell) or utils.is_task(cell):
                maximum += float(cell.metadata.nbgrader["points"])
            if utils.is_solution(cell) or utils.is_task(cell):
                blank = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
                silent = blank and not utils.is_task(cell)
                comments[grade_id(cell)] = "No response." if silent else None
        counted = {cell: counts(score, *manual.get(cell, ())) for cell, score in
                   {**dict.fromkeys(manual), **scores}.items()}
        total = sum(counted.values())
        penalty = self._penalty(task, total)
        late = penalty or 0
        resources["nbgrader"].update(score=total - late, max_score=maximum, late_penalty=late)
        said = {cell: written.get(cell) or comments[cell] for cell in comments}
        page = partial(self.page, notebook, resources, counted, said)
        feedback, trouble = made(page, self.unit.name, total - late, maximum)
        notebook = (nbformat.v4.writes(notebook) + "\n").encode()
        return Part(notebook, feedback, scores, comments, penalty), trouble

    def page(self, notebook, resources, points, comments):
        """The feedback page, as bytes, with these points and comments by cell."""
        page = nbformat.from_dict(notebook)
        for cell in page.cells:
            name = grade_id(cell)
            if name in comments:
                cell.metadata.nbgrader["comment"] = comments[name]
            if utils.is_grade(cell) or utils.is_task(cell):
                cell.metadata.nbgrader["score"] = points.get(name, 0.0)
        html, _ = self.exporter.from_notebook_node(page, resources)
        return html.encode("utf-8", "replace")

    def _penalty(self, task, total):
        """By nbgrader's plugin, within nbgrader's bounds."""
        if task.late <= 0:
            return None
        penalty = self.late.plugin_inst.late_submission_penalty(task.student, total, task.late)
        return None if penalty is None else min(max(penalty, 0), total)


def counts(automatic, manual=None, extra=0.0):
    """What a cell counts in the end: a person's points before ours, extra credit on top."""
    points = automatic if manual is None else manual
    return 0.0 if points is None else float(points) + extra


def _class(step):
    return import_item(step) if isinstance(step, str) else step
