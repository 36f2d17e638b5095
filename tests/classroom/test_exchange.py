"""Submissions that come by nbgrader's exchange are graded as any others."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import CollectApp, FetchAssignmentApp, ReleaseAssignmentApp, SubmitApp
from typer.testing import CliRunner

from autograder import gradebook
from autograder.cli import app
from autograder.demo.classroom import hand_in, students
from autograder.exercises import UNITS

UNIT = UNITS[0]
PEOPLE = {student.name: student for student in students()}
ZERO = "c.LateSubmissionPlugin.penalty_method = 'zero'"

# nbgrader makes its objects before it adds them to the session
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


@pytest.fixture
def course(copy_of):
    """A course in which late work counts nothing."""
    return copy_of("exchange", ZERO)


@pytest.fixture
def nbgrader(tmp_path, monkeypatch):
    """An `nbgrader` command about the unit, in a folder; the exchange is the tests' own."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))

    def typing(folder, command, *words):
        with monkeypatch.context() as patch:
            patch.chdir(folder)
            command.launch_instance([
                UNIT.name, *words, "--course=cnn_by_hand", "--Exchange.timezone=UTC",
                f"--Exchange.root={tmp_path / 'exchange'}",
            ])
        command.clear_instance()

    return typing


@pytest.fixture
def submit(nbgrader, course, tmp_path):
    """A student fetches the unit into a folder of their own, works, and submits."""
    def submitting(name, answers):
        home = tmp_path / "homes" / name
        if not home.exists():
            home.mkdir(parents=True)
            nbgrader(home, FetchAssignmentApp, f"--student={name}")
        fetched = home / UNIT.name / f"{UNIT.notebook}.ipynb"
        hand_in(replace(PEOPLE[answers], name="done"), UNIT, course)
        done = course / "submitted/done"
        shutil.copy(done / UNIT.name / fetched.name, fetched)
        shutil.rmtree(done)
        nbgrader(home, SubmitApp, f"--student={name}")

    return submitting


def grade(root):
    """What `autograder grade` says of everybody."""
    done = CliRunner().invoke(app, ["grade", UNIT.name, "--root", str(root), "--jobs", "1",
                                    "--json"])
    assert done.exit_code == 0, done.output
    return {line["student"]: line["state"] for line in json.loads(done.stdout)}


def points(root):
    """``{student: (points that count, late penalty)}``."""
    with Gradebook(gradebook.default_url(root)) as book:
        return {one.student.id: (one.score - one.late_submission_penalty,
                                 one.late_submission_penalty)
                for one in book.assignment_submissions(UNIT.name)}


def test_exchange_is_graded_with_its_times_and_resubmissions(course, nbgrader, submit):
    """Released, fetched, submitted, collected; who came late is late, who came again is new."""
    nbgrader(course, ReleaseAssignmentApp)
    submit("ada", "goran")
    with Gradebook(gradebook.default_url(course)) as book:
        book.find_assignment(UNIT.name).duedate = datetime.now(UTC).replace(tzinfo=None)
        book.db.commit()
    submit("emre", "ada")
    nbgrader(course, CollectApp)
    assert grade(course) == {"ada": "partial", "emre": "full"}
    first = points(course)
    assert first["ada"][0] > 0 and first["ada"][1] == 0
    assert first["emre"][0] == 0 < first["emre"][1], "late, by the time of the exchange"
    assert grade(course) == {"ada": "as before", "emre": "as before"}
    submit("ada", "ada")
    nbgrader(course, CollectApp, "--update")
    assert grade(course) == {"ada": "full", "emre": "as before"}
    assert points(course)["ada"] == (0, first["emre"][1]), "the later one counts, and is late"
