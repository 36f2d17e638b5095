"""A small class that hands in unit 01."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.classroom.run import Class
from autograder.demo.classroom import hand_in, students
from autograder.exercises import UNITS
from autograder.gradebook import scores

UNIT = UNITS[0]
PEOPLE = {student.name: student for student in students()}


class Classroom:
    """A course folder with a release, and what is asked of it in these tests."""

    def __init__(self, root, release):
        self.root = Path(root)
        for name in ("source", "release"):
            shutil.copytree(release / name, self.root / name)
        shutil.copy(release / "nbgrader_config.py", self.root)
        shutil.copy(release / "pristine.db", self.root / "gradebook.db")
        self.db_url = f"sqlite:///{self.root / 'gradebook.db'}"

    def hand_in(self, *names):
        """The demo's students hand in their notebooks; ``ada-2`` is another one like ``ada``."""
        for name in names:
            student = replace(PEOPLE[name.partition("-")[0]], name=name)
            hand_in(student, UNIT, self.root)
        return self

    def notebook(self, student, place="submitted"):
        """The path of a student's notebook."""
        return self.root / place / student / UNIT.name / f"{UNIT.notebook}.ipynb"

    def record(self, student):
        """A student's record."""
        path = self.root / "records" / student / f"{UNIT.name}.json"
        return json.loads(path.read_text(encoding="utf-8"))

    def lesson(self, **settings):
        """A `Class` of this folder."""
        return Class(self.root, (UNIT,), self.db_url, **settings)

    def grade(self, jobs=1, scheduler=None, **settings):
        """Grade; ``{student: result}``."""
        _, *results = self.lesson(**settings).grade(jobs=jobs, scheduler=scheduler)
        return {result.student: result for result in results}

    def scores(self):
        """``{student: {grade_id: points}}`` of the gradebook."""
        return scores(self.root, UNIT)


@pytest.fixture
def classroom(fresh_release, tmp_path):
    """An empty class."""
    return Classroom(tmp_path / "course", fresh_release)
