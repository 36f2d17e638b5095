"""Fixtures that many tests share."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from autograder import notebooks
from autograder.exercises import UNITS
from autograder.release import build, environment

ROOT = Path(__file__).resolve().parents[1]

# on a busy machine an example takes as long as it takes; max_examples bounds the work
settings.register_profile("course", deadline=None)
settings.load_profile("course")


@pytest.fixture(scope="session")
def root():
    """The repository."""
    return ROOT


@pytest.fixture(autouse=True, scope="session")
def course_secret_of_the_tests(tmp_path_factory):
    """Tests never read or make the instructor's own course secret."""
    path = tmp_path_factory.mktemp("secret") / "course-secret"
    path.write_text("a secret for tests\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CNN_BY_HAND_SECRET_FILE", str(path))
        yield path


@pytest.fixture(autouse=True, scope="session")
def commands_are_found():
    """nbgrader calls `alembic` by its name, wherever the tests are started from."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", environment()["PATH"])
        yield


@pytest.fixture(scope="session")
def fresh_release(root, tmp_path_factory):
    """A course folder with a release built from source/ just now."""
    folder = tmp_path_factory.mktemp("course")
    for unit in UNITS:
        target = notebooks.source_path(folder, unit)
        target.parent.mkdir(parents=True)
        target.write_bytes(notebooks.source_path(root, unit).read_bytes())
    (folder / "nbgrader_config.py").write_bytes((root / "nbgrader_config.py").read_bytes())
    build(UNITS, folder)
    shutil.copy(folder / "gradebook.db", folder / "pristine.db")
    return folder


@pytest.fixture(scope="module")
def own_release(fresh_release, tmp_path_factory):
    """A copy of the release for a module that grades: its students are nobody else's."""
    folder = tmp_path_factory.mktemp("own")
    for name in ("source", "release"):
        shutil.copytree(fresh_release / name, folder / name)
    shutil.copy(fresh_release / "nbgrader_config.py", folder)
    shutil.copy(fresh_release / "pristine.db", folder / "gradebook.db")
    return folder
