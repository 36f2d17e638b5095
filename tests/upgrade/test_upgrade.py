"""A course folder as version 0.1.0 (commit cdaed87) left it goes on working with today's code.

`course.tar.xz` is such a folder: settings, secret, gradebook, records, six notebooks that were
handed out, filled in and graded, and the files of the student kit that others rely on. It was made
once, by that version, and is never made again.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from autograder.classroom.appeal import again, differences
from autograder.classroom.record import fingerprint, same
from autograder.draw import ENVIRONMENT
from autograder.exercises import unit_named
from autograder.gradebook import scores, url_of
from autograder.release import environment

ARCHIVE = Path(__file__).with_name("course.tar.xz")
GRADED = {
    "01_conv1d": "goran", "02_conv2d": "boris", "03_filters": "goran", "04_pooling": "jonas",
    "05_shapes": "mina", "06_backprop": "jonas",
}
CORRECTED = {
    ("01_conv1d", "test_conv1d_valid"): (1.0, 0.0, "a series and kernel of 8 bits overflow in it"),
    ("01_conv1d", "test_conv1d"): (3.0, 4.0, "types of numbers became an aspect of their own"),
    ("02_conv2d", "test_conv1x1"): (3.0, 2.0, "pictures and weights of 8 bits overflow in it"),
    ("03_filters", "test_filter_image"): (4.0, 3.0, "pictures and weights of 8 bits overflow, too"),
}
"""(unit, test cell): (points then, points now, why), where a right answer got too little or a
wrong one too much."""


def unpacked(folder):
    """The old course folder."""
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    return folder


def old_record(folder, unit):
    """The record that the old version wrote."""
    path = folder / "records" / GRADED[unit] / f"{unit}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def points_due(record, unit):
    """The points by cell that today's code has to give."""
    return {
        name: CORRECTED.get((unit, name), (points, points))[1]
        for name, points in record["result"]["scores"].items()
    }


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """The folder as it was left; nothing is written there."""
    return unpacked(tmp_path_factory.mktemp("old"))


@pytest.fixture(scope="module")
def upgraded(root, tmp_path_factory):
    """The same clone with today's packages in place of the old ones, and all of it graded.

    Returns
    -------
    folder : Path
    done : subprocess.CompletedProcess
        Of ``autograder grade all --force``.
    """
    folder = unpacked(tmp_path_factory.mktemp("upgraded"))
    for package in root.iterdir():
        if (package / "__init__.py").exists():
            shutil.copytree(package, folder / package.name,
                            ignore=shutil.ignore_patterns("__pycache__"))
    settings = environment() | {"PYTHONPATH": str(folder)}
    settings.pop(ENVIRONMENT, None)
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "grade", "all", "--force"], cwd=folder, env=settings,
        capture_output=True, text=True, check=False,
    )
    return folder, done


def test_old_settings_run(upgraded):
    """The configuration of then names steps that are still there; nobody needs attention."""
    _, done = upgraded
    assert done.returncode == 0, done.stdout + done.stderr
    assert "6 graded" in done.stdout


def test_old_secret_is_found_beside_the_package(upgraded):
    """Hidden cases still come from the secret that was made then, where it was made."""
    folder, _ = upgraded
    secret = (folder / ".course-secret").read_text().strip()
    assert [path.name for path in folder.glob("**/.course-secret")] == [".course-secret"]
    for unit, student in GRADED.items():
        path = folder / "records" / student / f"{unit}.json"
        assert json.loads(path.read_text())["seed"] == fingerprint(secret)


@pytest.mark.parametrize("unit", GRADED)
def test_old_notebook_gets_the_same_points(upgraded, old, unit):
    """What was handed out then and filled in is worth what it was, in record and gradebook."""
    folder, _ = upgraded
    due = points_due(old_record(old, unit), unit)
    new = json.loads((folder / "records" / GRADED[unit] / f"{unit}.json").read_text())
    assert new["result"]["scores"] == due
    assert scores(folder, unit_named(unit))[GRADED[unit]] == due


@pytest.mark.parametrize("unit", GRADED)
def test_old_record_regrades_or_says_why_not(old, unit, monkeypatch):
    """An appeal against a grade of then finds the same points and says what changed since."""
    monkeypatch.setenv(ENVIRONMENT, str(old / ".course-secret"))
    monkeypatch.setenv("PATH", environment()["PATH"])
    graded, record, _ = again(old, unit_named(unit), GRADED[unit], url_of(old))
    said = list(differences(record, graded.record))
    assert said or same(record, graded.record)
    corrected = [name for where, name in CORRECTED if where == unit]
    assert [one for one in said if " points before, " in one] == [
        f"{name}: {CORRECTED[unit, name][0]} points before, {CORRECTED[unit, name][1]} now"
        for name in sorted(corrected)
    ]


def test_old_notebooks_import_what_there_is(old):
    """Every line by which a notebook or the kit imports from `course` works today."""
    lines = set()
    for path in (old / "release").glob("*/*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            lines |= set(re.findall(r"^(?:from course|import course).*$", "".join(cell["source"]),
                                    flags=re.MULTILINE))
    lines |= {"from course import check", "from course import figures"}
    assert len(lines) > 5
    for line in lines:
        exec(line, {})  # the notebooks' own lines, as a kernel runs them


def test_old_kit_knows_the_exercises_of_today(old, root):
    """A kit that was handed out then checks exercises that are still graded."""
    name = "course/data/visible/05_shapes.json"
    entries = json.loads((old / "kit/cnn-by-hand" / name).read_text(encoding="utf-8"))
    assert set(entries) <= {exercise.id for exercise in unit_named("05_shapes").exercises}


def test_fixture_stays_small():
    """It is cloned by everybody."""
    assert os.path.getsize(ARCHIVE) < 500_000
