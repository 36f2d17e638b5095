"""The record of one graded submission: enough to reproduce the grade and to appeal it."""

import hashlib
import json
from functools import lru_cache

from autograder.classroom.course import versions
from autograder.gradebook import examinations
from autograder.tidy import OURS


def record_of(course, task, notebook, scores):
    """The record of a graded notebook.

    Parameters
    ----------
    course : Course
    task : Task
    notebook : NotebookNode
        With the outputs of grading.
    scores : dict of str to float or None

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
        "result": {
            "scores": dict(sorted(scores.items())),
            "exercises": examinations(notebook),
            "repairs": list(notebook.metadata.get(OURS, {}).get("repairs", ())),
        },
    }


@lru_cache(4)
def fingerprint(secret):
    """Eight digits that tell course secrets apart and give nothing away."""
    return hashlib.scrypt(secret.encode(), salt=b"seed", n=2**10, r=8, p=1, dklen=4).hex()


def same(one, other):
    """Whether two records tell of the same grading of the same submission, to the letter."""
    return _plain(one["result"]) == _plain(other["result"])


def _plain(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
