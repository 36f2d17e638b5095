"""Which hidden cases a submission meets: those of its notebook's bytes, by every command."""

import hashlib
import json

import pytest

from autograder.classroom.appeal import again
from autograder.classroom.record import same
from autograder.classroom.task import BY_NOTEBOOK
from autograder.draw import draw
from autograder.exercises import UNITS
from autograder.notebooks import read
from autograder.release import nbgrader
from autograder.tidy import handed_in

UNIT = UNITS[0]
EXERCISE = next(one for one in UNIT.exercises if one.id == "conv1d_valid")


@pytest.fixture
def secret(course_secret_of_the_tests):
    """The course secret."""
    return course_secret_of_the_tests.read_text().strip()


def numbers(cases):
    return [[list(map(float, series)) for series in case.args] for case in cases]


def drawn(secret, by=""):
    """The inputs of goran's cases, drawn by a notebook's bytes or, without, for him alone."""
    return numbers(EXERCISE.hidden(draw(EXERCISE.id, "goran", secret, by)))


def regraded(classroom):
    """The record, what grading again gives, and the inputs that it used."""
    graded, record, examinations = again(classroom.root, UNIT, "goran", classroom.db_url)
    return record, graded.record, numbers(examinations[EXERCISE.id].trials)


def sha(classroom):
    return hashlib.sha256(classroom.notebook("goran").read_bytes()).hexdigest()


def test_cases_are_drawn_by_the_bytes_handed_in_and_by_nothing_beside_them(classroom, secret):
    """The same for `autograder grade` and `nbgrader autograde`; a forged note is not believed."""
    path = classroom.hand_in("goran").notebook("goran")
    notebook = json.loads(path.read_text())
    notebook["metadata"]["cnn_by_hand"] = {"handed_in": "0" * 64}
    path.write_text(json.dumps(notebook))
    classroom.grade()
    graded = classroom.notebook("goran", "autograded")
    assert handed_in(read(graded)) == sha(classroom)
    record, now, used = regraded(classroom)
    assert used == drawn(secret, sha(classroom)) != drawn(secret)
    assert record["rule"] == BY_NOTEBOOK and same(record, now)
    path.with_name("timestamp.txt").write_text("2026-01-01 12:00:00 UTC")
    path.with_name("notes.txt").write_text("mine")
    graded.chmod(0o644)
    graded.unlink()
    nbgrader(classroom.root, "autograde", UNIT.name, "--force")
    assert handed_in(read(graded)) == sha(classroom)


def test_record_without_a_rule_is_regraded_by_the_rule_of_then(classroom, secret):
    """Its cases were drawn for the student alone, and are so again."""
    classroom.hand_in("goran").grade()
    path = classroom.root / "records" / "goran" / f"{UNIT.name}.json"
    record = json.loads(path.read_text())
    del record["rule"]
    path.write_text(json.dumps(record))
    _, now, used = regraded(classroom)
    assert used == drawn(secret)
    assert now["result"]["scores"] == record["result"]["scores"]
