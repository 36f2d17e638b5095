"""The commands `autograder grade`, `regrade` and `explain`, as typed."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from autograder.classroom.command import _db
from autograder.classroom.stranger import stranger
from autograder.cli import app
from autograder.exercises import UNITS

UNIT = UNITS[0].name


@pytest.fixture
def typed(classroom):
    """Type a command in the course folder: exit code and what it prints."""
    def typing(*words):
        done = CliRunner().invoke(app, [*words, "--root", str(classroom.root)])
        return done.exit_code, done.output

    return typing


def test_grade_says_what_it_did(classroom, typed):
    """0 if all are graded, 1 if some need attention; a table for people, JSON for scripts."""
    classroom.hand_in("emre")
    code, printed = typed("grade", UNIT, "--jobs", "1")
    assert code == 0 and "01_conv1d" in printed and "1 graded in" in printed
    classroom.hand_in("lena")
    code, printed = typed("grade", "all", "--jobs", "1", "--json")
    assert code == 1
    assert {r["student"]: r["state"] for r in json.loads(printed)} == {
        "emre": "as before", "lena": "needs attention",
    }
    code, printed = typed("grade", UNIT, "--dry-run", "--force", "--student", "emre")
    assert code == 0 and "to do" in printed


def test_grade_that_cannot_run_ends_with_2(classroom, typed, tmp_path):
    """No such unit, no course folder, no release: a sentence each."""
    classroom.hand_in("emre")
    assert typed("grade", "99_nothing")[0] == 2
    code, printed = typed("grade", UNIT, "--db", f"sqlite:///{tmp_path / 'other.db'}")
    assert code == 2 and "autograder release" in printed
    done = CliRunner().invoke(app, ["grade", UNIT, "--root", str(tmp_path)])
    assert done.exit_code == 2 and "no course folder" in done.output


def test_student_whom_nobody_knows_is_said(classroom, typed):
    """2 and a sentence with those who are there; 1 if others were asked for, too."""
    classroom.hand_in("emre", "goran")
    for words in (("grade", UNIT), ("grade", "all"), ("grade", UNIT, "--dry-run", "--json"),
                  ("regrade", UNIT)):
        code, printed = typed(*words, "--student", "Emre")
        assert code == 2, words
        assert "'Emre' handed nothing in for" in printed and "these did: emre, goran." in printed
        assert "mean points" not in printed
    code, printed = typed("explain", "Emre", UNIT)
    assert code == 2 and "these did: emre, goran." in printed
    code, printed = typed("grade", UNIT, "--student", "Emre", "--student", "emre", "--jobs", "1")
    assert code == 1 and "'Emre' handed nothing in" in printed and "1 graded in" in printed
    assert set(classroom.scores()) == {"emre"}


def test_stranger_in_a_large_class_is_told_who_is_alike(classroom):
    """Not everybody is listed."""
    for number in range(20):
        (classroom.root / "submitted" / f"student-{number}" / UNIT).mkdir(parents=True)
    said = stranger(classroom.root, UNITS[:1], "student7")
    assert "20 others did, among them student-7, " in said and "student-12" not in said
    assert stranger(classroom.root, UNITS, "zz") == (
        "'zz' handed nothing in for any unit; 20 others did.")
    assert stranger(classroom.root, UNITS[1:2], "zz").endswith("and nobody else did.")


def test_plain_postgresql_address_names_the_installed_driver(tmp_path):
    """What the help promises for --db, whichever driver SQLAlchemy would choose."""
    for form in ("postgresql", "postgresql+psycopg2", "postgresql+psycopg"):
        assert _db(tmp_path, f"{form}://me@host/course") == "postgresql+psycopg://me@host/course"
    assert _db(tmp_path, "sqlite:///other.db") == "sqlite:///other.db"


def test_regrade_reproduces_a_grade_to_the_letter(classroom, typed):
    """The same record again; and if the submission was changed, that is said."""
    classroom.hand_in("goran")
    assert typed("regrade", UNIT, "--student", "goran")[0] == 2
    classroom.grade()
    code, printed = typed("regrade", UNIT, "--student", "goran")
    assert code == 0 and "the same to the letter" in printed
    path = classroom.notebook("goran")
    path.write_text(path.read_text().replace("[::-1]", ""))
    code, printed = typed("regrade", UNIT, "--student", "goran")
    assert code == 1
    assert "the submission was changed since" in printed
    assert "test_conv1d_valid: 1.0 points before, 4.0 now" in printed


def test_explain_shows_the_instructor_everything(classroom, typed):
    """Hidden inputs, what was expected, what came back, and why."""
    classroom.hand_in("goran").grade()
    code, printed = typed("explain", "goran", UNIT, "conv1d_valid")
    assert code == 0
    for words in ("[kernel-flipped]", "call      conv1d_valid(array([", "expected  array([",
                  "got       array([", "WRONG"):
        assert words in printed
    assert "true_conv1d:" not in printed
    assert typed("explain", "goran", UNIT, "conv9d")[0] == 2
    assert typed("explain", "nobody", UNIT)[0] == 2


def test_ctrl_c_stops_cleanly_and_the_command_goes_on(classroom):
    """What is graded stays; it is said how to go on; nobody is left behind."""
    names = ["emre", *(f"emre-{n}" for n in range(30))]
    classroom.hand_in(*names)
    command = [sys.executable, "-m", "autograder", "grade", UNIT, "--jobs", "1"]
    process = subprocess.Popen(command, cwd=classroom.root, stderr=subprocess.PIPE, text=True,
                               start_new_session=True)
    deadline = time.monotonic() + 60
    while not list(classroom.root.glob("records/*/*.json")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert "the same command goes on" in said and "Traceback" not in said
    done = len(list(classroom.root.glob("records/*/*.json")))
    assert 0 < done < len(names)
    states = [result.state for result in classroom.grade(jobs=2).values()]
    assert states.count("as before") == done and len(states) == len(names)
