"""The record of one graded submission: enough to reproduce the grade and to appeal it."""

import hashlib
import json
from functools import lru_cache

from nbgrader.utils import is_grade, is_solution

from autograder.classroom.course import versions
from autograder.gradebook import examinations, repairs_of
from autograder.notebooks import grade_id


def record_of(course, task, unit, notebooks, parts):
    """The record of a graded submission.

    Parameters
    ----------
    course : Course
    task : Task
    unit : Unit
    notebooks : dict of str to NotebookNode
        With the outputs of grading, by name.
    parts : dict of str to Part

    Returns
    -------
    dict
        JSON-able. ``result`` is what grading the same submission again gives again, to the
        letter; it holds no hidden input.
    """
    return {
        "student": task.student,
        "unit": course.unit,
        "submission": task.submission,
        "late": task.late,
        "rule": task.rule,
        "course": course.digest,
        "code": course.code,
        "versions": versions(),
        "seed": fingerprint(course.secret),
        "maxima": _sorted(
            (unit.key(name, grade_id(cell)), float(cell.metadata.nbgrader["points"]))
            for name, notebook in notebooks.items() for cell in notebook.cells
            if is_grade(cell) and not is_solution(cell)
        ),
        "result": {
            "scores": _sorted(
                (unit.key(name, cell), score)
                for name, part in parts.items() for cell, score in part.scores.items()
            ),
            "exercises": {
                exercise: found for notebook in notebooks.values()
                for exercise, found in examinations(notebook).items()
            },
            "repairs": repairs_of(unit, notebooks),
        },
    }


def _sorted(pairs):
    return dict(sorted(pairs))


@lru_cache(4)
def fingerprint(secret):
    """Eight digits that tell course secrets apart and give nothing away."""
    return hashlib.scrypt(secret.encode(), salt=b"seed", n=2**10, r=8, p=1, dklen=4).hex()


def same(one, other):
    """Whether two records tell of the same grading of the same submission, to the letter."""
    return _plain(one["result"]) == _plain(other["result"])


def _plain(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
