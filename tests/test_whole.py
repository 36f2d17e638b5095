"""From an LMS's download to the LMS's grades, as an instructor types it."""

import csv
import json
import shutil
import zipfile
from dataclasses import replace

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from autograder import gradebook
from autograder.cli import app
from autograder.demo.classroom import hand_in, students
from autograder.exercises import UNITS

UNIT = UNITS[0]
PEOPLE = {student.name: student for student in students()}
ROSTER = """id,first_name,last_name,email,lms_user_id
ada,Ada,Lovelace,ada@uni.edu,1
goran,Goran,Ivanov,goran@uni.edu,2
jan,Jan,Novak,jan@uni.edu,7002
zoe,Zoe,Zebra,zoe@uni.edu,7009
"""
MOODLE = "_assignsubmission_file_/"
FILES = (  # name in the zip, whose answers, day in March 2025
    (f"Ada Lovelace_11{MOODLE}conv1d.ipynb", "ada", 1),
    (f"Goran Ivanov_12{MOODLE}my homework.ipynb", "goran", 1),
    (f"Hana Sato_13{MOODLE}conv1d.ipynb", "ada", 3),  # late
    (f"Lena Kurz_14{MOODLE}conv1d.ipynb", "lena", 1),  # cut off
)
CANVAS = (
    ("novakjan_7002_81002_conv1d.ipynb", "emre", 1),
    ("novakjan_7002_81003_conv1d-1.ipynb", "hana", 1),  # the one that counts
    ("okaforngozi_7003_81004_conv1d.ipynb", "emre", 1),
)

# nbgrader makes its objects before it adds them to the session
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


@pytest.fixture
def course(own_release):
    """A released course with its students, a due date and a rule for late work."""
    with (own_release / gradebook.CONFIG).open("a") as settings:
        settings.write("c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    (own_release / "students.csv").write_text(ROSTER)
    with Gradebook(gradebook.default_url(own_release)) as book:
        book.update_or_create_assignment(UNIT.name, duedate="2025-03-02 12:00 UTC")
        for row in csv.DictReader(ROSTER.splitlines()):
            book.update_or_create_student(row.pop("id"), **row)
    return own_release


@pytest.fixture
def typed(course):
    """Type an `autograder` command in the course folder."""
    def typing(*words):
        return CliRunner().invoke(app, [*map(str, words), "--root", str(course)])

    return typing


def download(path, files, course):
    """A zip of notebooks as an LMS makes it."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, answers, day in files:
            hand_in(replace(PEOPLE[answers], name="made"), UNIT, course)
            made = course / "submitted/made"
            data = (made / UNIT.name / f"{UNIT.notebook}.ipynb").read_bytes()
            shutil.rmtree(made)
            archive.writestr(zipfile.ZipInfo(name, (2025, 3, day, 10, 0, 0)), data)
    return path


def test_download_becomes_grades_for_the_lms(course, typed, tmp_path):
    """Collect, grade, regrade, explain, export: everybody is there with what they are due."""
    moodle = download(tmp_path / "moodle.zip", FILES, course)
    canvas = download(tmp_path / "canvas.zip", CANVAS, course)
    assert typed("collect", moodle, UNIT.name, "--dry-run").exit_code == 1, "two are not listed"
    assert not (course / "submitted/ada").exists()
    done = typed("collect", moodle, UNIT.name)
    assert done.exit_code == 1 and "that need attention: 2." in done.stdout
    assert typed("collect", canvas, UNIT.name).exit_code == 1, "one is not listed"

    done = typed("grade", "all", "--jobs", "1", "--json")
    assert done.exit_code == 1
    assert {line["student"]: line["state"] for line in json.loads(done.stdout)} == {
        "ada": "full", "goran": "partial", "hana-sato": "full", "jan": "partial",
        "lena-kurz": "needs attention", "okaforngozi-7003": "partial",
    }
    assert "the same to the letter" in typed("regrade", UNIT.name, "--student", "jan").stdout
    assert "stride-ignored" in typed("explain", "jan", UNIT.name, "conv1d").stdout
    told = typed("explain", "jan", UNIT.name, "conv1d", "--wrong").stdout
    assert ": WRONG" in told and ": right" not in told
    assert "kernel-flipped" in typed("report", UNIT.name).stdout

    out = tmp_path / "grades.csv"
    done = typed("export", "--to", "canvas", "--out", out, UNIT.name)
    assert done.exit_code == 0 and "handed in and not graded: lena-kurz." in done.stderr
    grades = {row["SIS Login ID"]: row[UNIT.name] for row in csv.DictReader(out.open())}
    full = sum(exercise.points for exercise in UNIT.exercises)
    assert grades["ada"] == str(full) and 0 < float(grades["goran"]) < full
    assert grades["hana-sato"] == "0", "late"
    assert 0 < float(grades["jan"]) < full and grades["okaforngozi-7003"] == "0"
    assert not {"lena-kurz", "zoe"} & grades.keys(), "an empty cell would take a grade away"
    done = typed("export", "--to", "moodle", "--out", out, UNIT.name)
    assert done.exit_code == 0 and "does not know ends its import: hana-sato" in done.stderr
    assert {row["Username"]: row[UNIT.name] for row in csv.DictReader(out.open())} == {
        name: grades[name] for name in ("ada", "goran", "jan")
    }
    assert typed("export", "--to", "json", "--out", out).exit_code == 0
    told = {one["id"]: one["units"][UNIT.name] for one in json.loads(out.read_text())["students"]}
    assert {"exercise": "conv1d", "name": "stride-ignored"} in told["jan"]["mistakes"]
    assert told["hana-sato"]["late_penalty"] == full and told["zoe"] is None
