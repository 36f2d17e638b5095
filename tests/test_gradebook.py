"""Where the gradebook is."""

import shutil
import sys

import pytest
from sqlalchemy import create_engine
from typer.testing import CliRunner

from autograder import gradebook
from autograder.bench.sides import course_settings
from autograder.cli import app
from autograder.collect.roster import roster_of
from autograder.exercises import UNITS
from autograder.export.grades import open_gradebook

# nbgrader makes its objects before it adds them to the session
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


@pytest.fixture
def course(root, tmp_path):
    """A course folder whose settings name a gradebook elsewhere."""
    folder = tmp_path / "course"
    folder.mkdir()
    shutil.copy(root / gradebook.CONFIG, folder)
    with (folder / gradebook.CONFIG).open("a") as settings:
        settings.write(f"c.CourseDirectory.db_url = 'sqlite:///{tmp_path}/elsewhere.db'\n")
    return folder


def test_gradebook_is_the_given_the_configured_or_nbgraders_own(course, tmp_path):
    """In this order; a folder without settings has nbgrader's default."""
    assert gradebook.url_of(course, "sqlite:///given") == "sqlite:///given"
    assert gradebook.url_of(course) == f"sqlite:///{tmp_path}/elsewhere.db"
    assert gradebook.url_of(tmp_path) == f"sqlite:///{tmp_path}/gradebook.db"


def test_postgresql_url_names_the_driver_that_is_installed(tmp_path):
    """Whatever SQLAlchemy takes by default, and whatever driver the URL of version 0.1 names."""
    for form in ("postgresql", "postgresql+psycopg2"):
        url = gradebook.url_of(tmp_path, f"{form}://ada:secret@db.example/course")
        assert url == "postgresql+psycopg://ada:secret@db.example/course"
        assert create_engine(url).dialect.driver == "psycopg"


@pytest.mark.parametrize("words, package, line", [
    (("grade", "01_conv1d", "--scheduler", "local"), "distributed", ".[cluster]"),
    (("report", "01_conv1d", "--db", "postgresql://db.example/course"), "psycopg", ".[postgresql]"),
])
def test_command_without_its_extra_says_how_to_install_it(
    course, monkeypatch, words, package, line
):
    """Exit code 2 and one line, before anything else is done."""
    monkeypatch.setitem(sys.modules, package, None)
    done = CliRunner().invoke(app, [*words, "--root", str(course)])
    printed = "".join(done.output.replace("│", "").split())
    assert done.exit_code == 2
    assert f"needsthepackage{package}" in printed and line in printed


def test_configured_gradebook_is_the_one_everybody_reads(course, tmp_path):
    """Report, export and collect follow the settings, and make no second gradebook."""
    with gradebook.Gradebook(f"sqlite:///{tmp_path}/elsewhere.db") as book:
        book.add_assignment(UNITS[0].name)
        book.add_student("ada", first_name="Ada")
        book.add_submission(UNITS[0].name, "ada")
    assert gradebook.scores(course, UNITS[0]) == {"ada": {}}
    with open_gradebook(course) as book:
        assert [student.id for student in book.students] == ["ada"]
    assert [person.first_name for person in roster_of(course).people] == ["Ada"]
    assert not (course / "gradebook.db").exists()


def test_report_reads_the_given_gradebook_and_says_if_it_cannot(course, tmp_path):
    """`--db` goes before the settings; one that cannot be read is a sentence and exit code 2."""
    with gradebook.Gradebook(f"sqlite:///{tmp_path}/given.db") as book:
        book.add_assignment(UNITS[0].name)
        book.add_student("bob")
        book.add_submission(UNITS[0].name, "bob")
    words = ["report", UNITS[0].name, "--root", str(course), "--db"]
    done = CliRunner().invoke(app, [*words, f"sqlite:///{tmp_path}/given.db"])
    assert done.exit_code == 0 and "bob" in done.output
    done = CliRunner().invoke(app, [*words, "sqlite:////nowhere/gradebook.db"])
    assert done.exit_code == 2 and "The gradebook cannot be read" in done.output


def test_demo_and_benchmark_leave_the_configured_gradebook_alone(course, tmp_path):
    """Their folders have gradebooks of their own, whatever the settings say."""
    (tmp_path / "copy").mkdir()
    gradebook.copy_settings(course, tmp_path / "copy")
    own = f"sqlite:///{tmp_path}/copy/gradebook.db"
    assert gradebook.url_of(tmp_path / "copy") == own
    assert course_settings(course).CourseDirectory.db_url == gradebook.default_url(course)
