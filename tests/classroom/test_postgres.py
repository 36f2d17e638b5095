"""A class whose gradebook is a PostgreSQL server, which may go away."""

import json

import pytest
from typer.testing import CliRunner

from autograder import gradebook
from autograder.classroom.book import Book
from autograder.classroom.run import Class
from autograder.cli import app
from autograder.demo.classroom import hand_in, students
from autograder.exercises import UNITS
from autograder.release import build

UNIT = UNITS[0]
PEOPLE = [one for one in students() if one.name in ("ada", "goran", "hana", "kofi")]


def command(*words):
    """What an `autograder` command ends with."""
    return CliRunner().invoke(app, [str(word) for word in words])


def records(root):
    """What every record says of the grading."""
    return {
        path.parent.name: json.loads(path.read_text())["result"]
        for path in sorted((root / "records").glob(f"*/{UNIT.name}.json"))
    }


@pytest.fixture(scope="module")
def undisturbed(copy_of):
    """Scores and records of the same class, graded with SQLite."""
    root = copy_of("undisturbed")
    for student in PEOPLE:
        hand_in(student, UNIT, root)
    list(Class(root, (UNIT,), gradebook.default_url(root)).grade(jobs=1))
    return gradebook.scores(root, UNIT), records(root)


@pytest.fixture
def course(request, copy_of, server):
    """A course whose settings name a database of the server."""
    name = request.node.originalname.split("_")[1]
    url = server.new(name)
    root = copy_of(name, f"c.CourseDirectory.db_url = {url!r}")
    (root / "gradebook.db").unlink()
    build([UNIT], root)
    for student in PEOPLE:
        hand_in(student, UNIT, root)
    yield root
    server.start()


def test_whole_course_lives_in_postgresql(course, undisturbed, tmp_path):
    """Grade, regrade, explain, report and export read the configured database, none another."""
    done = command("grade", UNIT.name, "--root", course, "--jobs", 2)
    assert done.exit_code == 0, done.output
    assert (gradebook.scores(course, UNIT), records(course)) == undisturbed
    done = command("regrade", UNIT.name, "--student", "hana", "--root", course)
    assert done.exit_code == 0 and "the same to the letter" in done.output
    done = command("explain", "hana", UNIT.name, "conv1d", "--root", course)
    assert done.exit_code == 0, done.output
    assert "stride-ignored" in command("report", UNIT.name, "--root", course).output
    out = tmp_path / "grades.json"
    assert command("export", "--to", "json", "--out", out, "--root", course).exit_code == 0
    assert {one["id"] for one in json.loads(out.read_text())["students"]} == undisturbed[0].keys()
    assert not (course / "gradebook.db").exists()


def test_stopped_server_stops_the_run_and_the_same_command_goes_on(
    course, undisturbed, server, monkeypatch
):
    """Exit code 2 and a sentence; what is there is complete; the rest comes after a restart."""
    write, written = Book.write, []

    def last_breath(book, graded, timestamp):
        if len(written) == 2:
            server.stop()
        write(book, graded, timestamp)
        written.append(graded.student)

    monkeypatch.setattr(Book, "write", last_breath)
    done = command("grade", UNIT.name, "--root", course, "--jobs", 1)
    assert done.exit_code == 2 and isinstance(done.exception, SystemExit)
    assert "All results so far are complete" in done.output and "Traceback" not in done.output
    scores, found = undisturbed
    assert len(written) == 2, done.output
    assert records(course) == {name: found[name] for name in written}
    monkeypatch.undo()
    server.start()
    assert gradebook.scores(course, UNIT) == {name: scores[name] for name in written}
    done = command("grade", UNIT.name, "--root", course, "--json")
    assert done.exit_code == 0, done.output
    assert sum(line["state"] == "as before" for line in json.loads(done.stdout)) == 2
    assert (gradebook.scores(course, UNIT), records(course)) == undisturbed


def test_unreachable_server_is_said_in_a_sentence(course, server):
    """Every command that needs the gradebook ends with 2 and no traceback."""
    server.stop()
    for words in (
        ("grade", UNIT.name), ("grade", UNIT.name, "--dry-run"), ("explain", "ada", UNIT.name),
        ("regrade", UNIT.name, "--student", "ada"), ("report", UNIT.name),
        ("export", "--to", "json", "--out", course / "grades.json"),
    ):
        done = command(*words, "--root", course)
        assert done.exit_code == 2 and isinstance(done.exception, SystemExit), words
        assert "onnection" in done.output and "refused" in done.output, words
