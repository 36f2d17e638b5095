"""Grades leave the gradebook in the layouts that LMSs import."""

import csv
import io
import json
import shutil
from datetime import datetime

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin
from typer.testing import CliRunner

from autograder.cli import app
from autograder.export import table
from autograder.export.grades import ExportFailed, open_gradebook, read
from autograder.export.plugin import GradesExport
from autograder.export.write import write
from autograder.grading import RECORD

UNIT, OTHER = "01_conv1d", "02_conv2d"

# nbgrader makes its objects before it adds them to the session
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A gradebook of four: ada graded and late, bob waiting, cem not gradable, dan absent."""
    folder = tmp_path_factory.mktemp("book")
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        for name in (UNIT, OTHER):
            book.add_assignment(name, duedate=datetime(2025, 3, 1))
            book.add_notebook("conv1d", name)
            for cell, points, kind in (("test_conv1d", 4, "code"), ("explain", 2, "markdown")):
                book.add_grade_cell(cell, "conv1d", name, max_score=points, cell_type=kind)
        book.add_student("ada", first_name="Ada, Countess", last_name="Lovelace",
                         email="ada@uni.edu", lms_user_id="12345")
        book.add_student("bob", first_name="=HYPERLINK(1)", last_name="민준", email="-bob@uni.edu")
        book.add_student("cem", lms_user_id="x1")
        book.add_student("dan")
        for name, auto, manual, penalty in (("ada", 3.25, 1.5, 1.0), ("bob", -0.5, None, None)):
            book.add_submission(UNIT, name, timestamp=datetime(2025, 3, 2))
            book.find_submission_notebook("conv1d", UNIT, name).late_submission_penalty = penalty
            book.find_grade("test_conv1d", "conv1d", UNIT, name).auto_score = auto
            book.find_grade("test_conv1d", "conv1d", UNIT, name).needs_manual_grade = False
            book.find_grade("explain", "conv1d", UNIT, name).manual_score = manual
        book.add_submission(UNIT, "cem")
        book.db.commit()
    return folder


@pytest.fixture
def course(made, tmp_path):
    """A copy of the course folder."""
    folder = tmp_path / "course"
    shutil.copytree(made, folder)
    return folder


@pytest.fixture
def run(course):
    """`autograder export ...` in the course: ``(result, text of the file)``."""
    def call(*words):
        out = course / "out.csv"
        done = CliRunner().invoke(
            app, ["export", *words, "--out", str(out), "--root", str(course)]
        )
        return done, out.read_text(encoding="utf-8") if out.exists() else None
    return call


def rows(text):
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.attack
@pytest.mark.parametrize(("text", "safe"), [
    ("\xa0=1", "'\xa0=1"), ("＝1+1", "'＝1+1"), ("\u3000＋1", "'\u3000＋1"),
    ("\u200b@x", "'\u200b@x"),
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\t=1", "'\t=1"),
    (" =1", "' =1"), ("Ada-Mae", "Ada-Mae"), ("ada@uni.edu", "ada@uni.edu"), (None, ""),
])
def test_text_is_never_a_formula(text, safe):
    """An apostrophe, as spreadsheets write text."""
    assert table.cell(text) == safe


@pytest.mark.parametrize(("value", "text"), [(3.0, "3"), (-0.5, "-0.5"), (2 / 3, "0.6667")])
def test_numbers_stay_numbers(value, text):
    """Also negative ones."""
    assert table.number(value) == text


def test_canvas_layout_is_what_its_import_reads(run):
    """Header, points possible, then a row for who has a grade: an empty cell takes one away."""
    done, text = run(UNIT, "--to", "canvas")
    assert done.exit_code == 0, done.output
    assert rows(text) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", UNIT],
        ["    Points Possible", "", "", "", "", "6"],
        ["Lovelace, Ada, Countess", "12345", "", "ada", "", "3.75"],
        ["민준, =HYPERLINK(1)", "", "", "bob", "", "0"],
    ]


def test_moodle_layout_has_one_key_and_no_row_without_it(course, run):
    """Its import gives a row without a key to the student before, and "-" means no grade."""
    done, text = run("--to", "moodle")
    assert rows(text) == [
        ["Username", "First name", "Last name", UNIT, OTHER],
        ["ada", "Ada, Countess", "Lovelace", "3.75", "-"],
        ["bob", "'=HYPERLINK(1)", "민준", "0", "-"],
    ]
    assert "No row, because no grade: cem, dan." in done.stderr
    assert "A grade in some of these units only: ada, bob." in done.stderr
    done, text = run(UNIT, "--to", "moodle", "--key", "idnumber")
    assert [row[0] for row in rows(text)] == ["ID number", "12345"]
    assert "No row, because there is no ID number (lms_user_id): bob." in done.stderr
    done, text = run(UNIT, "--to", "moodle", "--key", "email")
    assert [row[0] for row in rows(text)] == ["Email address", "ada@uni.edu", "-bob@uni.edu"]


def test_moodle_layout_leaves_out_whose_login_was_made_up(course, run):
    """One user whom Moodle does not know ends its whole import."""
    record = course / "collected" / UNIT / "ada/record.json"
    record.parent.mkdir(parents=True)
    record.write_text(json.dumps({"person": ["moodle", "Ada", "7"], "made": True}))
    done, text = run(UNIT, "--to", "moodle")
    assert [row[0] for row in rows(text)] == ["Username", "bob"]
    assert "made from a name" in done.stderr and "ada. Enter them by hand" in done.stderr


def test_columns_can_be_named_as_the_lms_names_them(run):
    """Canvas finds an assignment by its title and number; a heading of no unit is refused."""
    heading = "Unit 1: lines (4711)"
    _, text = run(UNIT, "--to", "canvas", "--column", f"{UNIT}={heading}")
    assert rows(text)[0][-1] == heading
    done, _ = run(UNIT, "--to", "canvas", "--column", f"09_poetry={heading}")
    assert done.exit_code == 2 and "names '09_poetry', which is not exported" in done.stderr


@pytest.mark.parametrize("layout", ["nbgrader", "json"])
def test_who_handed_in_nothing_gradable_is_listed(layout, course, run):
    """Unknown to the gradebook, yet in submitted/: a row without a grade, or with 0, and a word.

    For Moodle and Canvas, whose imports would take a grade away, a word only.
    """
    (course / "submitted/eve" / UNIT).mkdir(parents=True)
    (course / "submitted/=fay" / OTHER).mkdir(parents=True)
    (course / "submitted/.ipynb_checkpoints").mkdir()
    done, text = run(UNIT, "--to", layout)
    assert f"{UNIT}: handed in and not graded: cem, eve." in done.stderr
    assert "6 students" in done.stdout
    if layout == "json":
        units = {one["id"]: one["units"] for one in json.loads(text)["students"]}
        assert units["eve"] == units["=fay"] == {UNIT: None} and len(units) == 6
        return
    (eve,) = [row for row in rows(text) if "eve" in row]
    assert eve[-2 if layout == "nbgrader" else -1] == "" and text.count("'=fay") >= 1
    (eve,) = [row for row in rows(run(UNIT, "--to", layout, "--missing", "0")[1]) if "eve" in row]
    assert eve[-2 if layout == "nbgrader" else -1] == "0"


def test_missing_grades_are_0_only_if_asked_for(run):
    """`--missing 0` for those who handed nothing in."""
    assert [row[-1] for row in rows(run(UNIT, "--to", "canvas", "--missing", "0")[1])][2:] == [
        "0", "0", "3.75", "0"]
    done, _ = run("--to", "canvas", "--missing", "none")
    assert done.exit_code == 2 and "--missing must be 0" in done.stderr


def test_nbgrader_layout_is_nbgraders_own(course, run):
    """Where no name needs quoting, the very same cells as `nbgrader export` writes."""
    with open_gradebook(course) as book:
        for name in ("ada", "bob"):
            book.update_or_create_student(name, first_name="A", last_name=name, email="a@b.c")
        book.find_grade("test_conv1d", "conv1d", UNIT, "bob").auto_score = 0.5
        book.db.commit()
        for plugin, out in ((CsvExportPlugin(), "own.csv"), (GradesExport(missing="0"), "our.csv")):
            plugin.to = str(course / out)
            plugin.export(book)
    own, our = (rows((course / name).read_text()) for name in ("own.csv", "our.csv"))

    def plain(table):
        return sorted([row[:7] + [float(x) for x in row[7:]] for row in table[1:]
                       if row[3] != "cem"])  # nbgrader gives who could not be graded 0 and a time

    assert own[0] == our[0] and plain(own) == plain(our)
    assert rows(run("--to", "nbgrader", "--missing", "0")[1]) == our


def test_json_has_points_penalties_and_named_mistakes(course, run):
    """Per student and unit; null where there is no grade."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(
        "", metadata={"nbgrader": {"grade_id": "test_conv1d"}},
        outputs=[nbformat.v4.new_output("display_data", data={RECORD: {
            "exercise": "conv1d", "mistakes": [{"name": "kernel-flipped"}]}})],
    )])
    path = course / "autograded/ada" / UNIT / "conv1d.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    broken = course / "autograded/bob" / UNIT / "conv1d.ipynb"
    broken.parent.mkdir(parents=True)
    broken.write_text("{")
    done, text = run("--to", "json")
    assert done.exit_code == 0, done.output
    found = json.loads(text)
    assert found["units"][0] == {"name": UNIT, "max": 6.0, "due": "2025-03-01T00:00:00Z"}
    students = {student["id"]: student for student in found["students"]}
    assert students["ada"]["units"][UNIT] == {
        "total": 3.75, "max": 6.0, "late_penalty": 1.0, "needs_manual_grade": False,
        "submitted": "2025-03-02T00:00:00Z",
        "exercises": {
            "explain": {"points": 1.5, "max": 2.0, "needs_manual_grade": False},
            "test_conv1d": {"points": 3.25, "max": 4.0, "needs_manual_grade": False},
        },
        "mistakes": [{"exercise": "conv1d", "name": "kernel-flipped"}],
    }
    bob = students["bob"]["units"][UNIT]
    assert bob["needs_manual_grade"] and bob["mistakes"] == []
    assert students["cem"]["units"] == {UNIT: None, OTHER: None}
    assert students["bob"]["first_name"] == "=HYPERLINK(1)", "JSON is no spreadsheet"


def test_what_is_left_to_do_is_said_on_stderr(course, run):
    """Waiting for a person, handed in and not graded, unknown to the LMS."""
    (course / "submitted/dan" / UNIT).mkdir(parents=True)
    done, _ = run(UNIT, "--to", "canvas")
    assert f"{UNIT}: 1 submission waits for manual grading" in done.stderr
    assert f"{UNIT}: handed in and not graded: cem, dan." in done.stderr
    assert "1 student has no lms_user_id" in done.stderr
    assert "out.csv: 4 students" in done.stdout


@pytest.mark.parametrize(("words", "sentence"), [
    (["09_poetry"], "There is no assignment '09_poetry' in the gradebook; there are: 01_conv1d"),
    (["--db", "sqlite:////nowhere/gradebook.db"], "There is no gradebook /nowhere/gradebook.db"),
    (["--db", "no url"], "The gradebook cannot be read"),
])
def test_command_exits_with_2_and_leaves_the_file(words, sentence, course, run):
    """An earlier export stays as it was."""
    (course / "out.csv").write_text("before")
    done, text = run("--to", "canvas", *words)
    assert done.exit_code == 2 and sentence in done.stderr, done.output
    assert text == "before"


def test_file_that_is_no_database_is_said(tmp_path):
    """One sentence, no traceback."""
    (tmp_path / "gradebook.db").write_text("not a database, whatever its name says")
    with pytest.raises(ExportFailed, match="The gradebook cannot be read"):
        open_gradebook(tmp_path)


def test_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    """A full disk leaves the earlier file, and no draft."""
    path = tmp_path / "grades.csv"
    write(path, "before")
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "disk full")))
    with pytest.raises(ExportFailed, match="disk full"):
        write(path, "after")
    assert [p.name for p in tmp_path.iterdir()] == ["grades.csv"]
    assert path.read_text() == "before"
    with pytest.raises(ExportFailed, match="cannot be written"):
        write(tmp_path / "nowhere" / "grades.csv", "x")


def test_students_are_in_the_order_of_their_names(course):
    """As class lists are."""
    with open_gradebook(course) as book:
        assert [student.id for student in read(book).students] == ["cem", "dan", "ada", "bob"]
