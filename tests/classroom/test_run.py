"""A class is graded: what is new or changed, and nothing twice."""

from datetime import datetime

import pytest
from nbgrader.api import Gradebook

from autograder.classroom import register, shelf
from autograder.classroom.course import NotReleased
from autograder.classroom.run import Class, Stopped
from autograder.classroom.shelf import Busy, alone
from autograder.exercises import UNITS

UNIT = UNITS[0]


def test_class_is_graded_and_everybody_appears(classroom):
    """Right, wrong, blank and unreadable: each has a line; grades, page and record are there."""
    found = classroom.hand_in("ada", "goran", "emre", "lena").grade(jobs=2)
    assert {name: result.state for name, result in found.items()} == {
        "ada": "full", "goran": "partial", "emre": "partial", "lena": "needs attention",
    }
    assert found["ada"].points == found["ada"].maximum == sum(e.points for e in UNIT.exercises)
    assert "no readable JSON" in found["lena"].note
    given = classroom.scores()
    assert set(given) == {"ada", "goran", "emre"}
    for name in given:
        points = [p for cell, p in given[name].items() if cell.startswith("test_")]
        assert sum(points) == found[name].points
        page = classroom.root / "feedback" / name / UNIT.name / f"{UNIT.notebook}.html"
        assert "conv1d" in page.read_text(encoding="utf-8")
        record = classroom.record(name)["result"]
        assert record["scores"]["test_conv1d"] == given[name]["test_conv1d"]
    mistakes = classroom.record("goran")["result"]["exercises"]["conv1d_valid"]["mistakes"]
    assert [mistake["name"] for mistake in mistakes] == ["kernel-flipped"]


def test_only_what_is_new_or_changed_is_graded(classroom):
    """A second run does nothing; a changed notebook, a lost page or row, and force do."""
    classroom.hand_in("ada", "goran").grade()
    assert {r.state for r in classroom.grade().values()} == {"as before"}
    classroom.hand_in("emre")
    path = classroom.notebook("goran")
    path.write_text(path.read_text().replace("x[::-1]", "x"))
    path.write_bytes(path.read_bytes() + b"\n")
    states = {name: result.state for name, result in classroom.grade().items()}
    assert states == {"ada": "as before", "goran": "partial", "emre": "partial"}
    graded = classroom.notebook("ada", "autograded")
    graded.chmod(0o644)
    graded.write_text("{}")
    with Gradebook(classroom.db_url) as book:
        book.remove_submission(UNIT.name, "emre")
    states = {name: result.state for name, result in classroom.grade().items()}
    assert states == {"ada": "full", "goran": "as before", "emre": "partial"}
    assert {r.state for r in classroom.grade(force=True, students=("ada",)).values()} == {"full"}


def test_course_that_changed_grades_everybody_again(classroom):
    """Other settings, another notebook of the course: nobody is left with an older grade."""
    classroom.hand_in("emre").grade()
    with open(classroom.root / "nbgrader_config.py", "a") as file:
        file.write("\nc.SandboxExecute.shortcuts = 'flag'\n")
    assert classroom.grade()["emre"].state == "partial"


def test_due_date_and_extensions_that_changed_count(classroom):
    """Whom they make late or in time is graded again, and nobody else."""
    for name, day in (("emre", 1), ("ada", 3)):
        place = classroom.hand_in(name).notebook(name).parent
        (place / "timestamp.txt").write_text(f"2025-03-0{day} 10:00:00 UTC\n")
    classroom.grade()
    with Gradebook(classroom.db_url) as book:
        book.update_or_create_assignment(UNIT.name, duedate=datetime(2025, 3, 2))
    states = {name: result.state for name, result in classroom.grade().items()}
    assert states == {"ada": "full", "emre": "as before"}
    assert classroom.record("ada")["late"] == 34 * 3600
    with Gradebook(classroom.db_url) as book:
        book.grant_extension(UNIT.name, "ada", days=2)
    assert classroom.grade()["ada"].state == "full"
    assert {result.state for result in classroom.grade().values()} == {"as before"}


def test_look_changes_nothing(classroom):
    """What is to do is told, and nothing is written."""
    classroom.hand_in("ada", "lena")
    before = sorted(classroom.root.rglob("*"))
    found = {result.student: result.state for result in classroom.lesson().look()}
    assert found == {"ada": "to do", "lena": "needs attention"}
    assert [p for p in sorted(classroom.root.rglob("*")) if ".grading" not in p.parts] == before


def test_renamed_notebook_is_graded(classroom):
    """A notebook that can only be this unit's is graded under its right name, and that is said."""
    path = classroom.hand_in("goran").notebook("goran")
    path.rename(path.with_name("my homework.ipynb"))
    assert [result.state for result in classroom.lesson().look()] == ["to do"]
    assert not path.exists(), "looking changes nothing"
    assert classroom.grade()["goran"].state == "partial"
    assert path.exists()


def test_submission_is_read_once(classroom, monkeypatch):
    """By the coordinator, whether it has to be graded, is graded already, or cannot be."""
    classroom.hand_in("emre", "lena")
    read, original = [], shelf.Path.read_bytes

    def reading(path):
        if "submitted" in path.parts:
            read.append(path.parts[-3])
        return original(path)

    monkeypatch.setattr(shelf.Path, "read_bytes", reading)
    for state in ("partial", "as before"):
        assert classroom.grade()["emre"].state == state
        assert sorted(read) == ["emre", "lena"]
        read.clear()


def test_two_gradings_at_once_are_refused(classroom):
    """The second one is told so and changes nothing."""
    classroom.hand_in("emre")
    with alone(classroom.root), pytest.raises(Busy, match="another grading is running"):
        classroom.grade()


def test_unit_that_was_not_released_is_said(classroom, tmp_path):
    """The gradebook has to know the unit's cells first."""
    classroom.hand_in("emre")
    lesson = Class(classroom.root, (UNIT,), f"sqlite:///{tmp_path / 'other.db'}")
    with pytest.raises(NotReleased, match="autograder release"):
        list(lesson.grade())


@pytest.mark.parametrize("place", [(shelf.Path, "write_bytes"), (register.Book, "write")])
def test_full_disk_stops_and_loses_nothing(classroom, monkeypatch, place):
    """Whatever cannot be written: what came before is complete, and the same command goes on."""
    classroom.hand_in("ada", "goran", "emre")
    original, left = getattr(*place), [3 if place[1] == "write_bytes" else 1]

    def failing(self, *args, **kwargs):
        if str(classroom.root) in str(self) or place[1] == "write":
            left[0] -= 1
            if left[0] < 0:
                raise OSError(28, "No space left on device")
        return original(self, *args, **kwargs)

    monkeypatch.setattr(*place, failing)
    with pytest.raises(Stopped, match=r"No space left.*run the same command"):
        classroom.grade()
    monkeypatch.undo()
    assert [r.state for r in classroom.grade().values()].count("as before") == 1
    assert set(classroom.scores()) == {"ada", "goran", "emre"}
    assert {r.state for r in classroom.grade().values()} == {"as before"}
    assert [p for p in (classroom.root / ".grading").iterdir() if p.is_dir()] == []


def test_links_are_not_followed(classroom, tmp_path):
    """A link to somebody else's notebook earns nothing."""
    classroom.hand_in("ada")
    folder = classroom.root / "submitted" / "mallory" / UNIT.name
    folder.mkdir(parents=True)
    (folder / f"{UNIT.notebook}.ipynb").symlink_to(classroom.notebook("ada"))
    found = classroom.grade()
    assert found["mallory"].state == "needs attention"
    assert set(classroom.scores()) == {"ada"}


def test_class_is_graded_by_forks_of_a_process_that_grades_itself(classroom):
    """Workers share no sandbox with the process they are forked from, nor with each other."""
    from autograder.classroom.course import course_of
    from autograder.classroom.desk import Desk
    from autograder.classroom.task import Task

    classroom.hand_in("ada", "boris", "chen", "dana")
    files = {f"{UNIT.notebook}.ipynb": classroom.notebook("ada").read_bytes()}
    desk = Desk(course_of(classroom.root, UNIT, classroom.db_url))
    assert desk.grade(Task("ada", files, "")).trouble == ""
    assert {result.state for result in classroom.grade(jobs=2).values()} == {"full"}
    assert desk.grade(Task("ada", files, "")).trouble == ""
