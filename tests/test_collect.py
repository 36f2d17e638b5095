"""A download from an LMS becomes submissions that nbgrader finds."""

import io
import json
import os
import shutil
import stat
import zipfile
from datetime import UTC, datetime

import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import parse_utc
from typer.testing import CliRunner

from autograder import notebooks
from autograder.cli import app
from autograder.collect.run import CollectFailed, collect
from autograder.collect.unpack import SafeExtractor
from autograder.exercises import UNITS
from autograder.mend import NEEDS

UNIT = UNITS[0]
NAME = f"{UNIT.notebook}.ipynb"
EARLY, LATER = (2025, 3, 1, 12, 0, 0), (2025, 3, 2, 12, 0, 0)
MOODLE = "Ada Lovelace_123456_assignsubmission_file_/"


def packed(path, entries):
    """A zip of ``(name or ZipInfo, content[, date])``."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, *date in entries:
            info = name
            if isinstance(name, str):
                info = zipfile.ZipInfo(name, *(date or [EARLY]))
                info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return path


def zipped(*entries):
    """The bytes of a zip."""
    buffer = io.BytesIO()
    packed(buffer, entries)
    return buffer.getvalue()


def link(name, target):
    info = zipfile.ZipInfo(name, EARLY)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target


@pytest.fixture
def course(root, tmp_path):
    """A course folder with one unit's source."""
    folder = tmp_path / "course"
    target = notebooks.source_path(folder, UNIT)
    target.parent.mkdir(parents=True)
    shutil.copy(notebooks.source_path(root, UNIT), target)
    return folder


@pytest.fixture(scope="module")
def notebook(root):
    """A notebook that has the unit's cells."""
    return notebooks.source_path(root, UNIT).read_bytes()


@pytest.fixture
def take(course, tmp_path):
    """Collect a zip of these entries: ``{student: Line}``; files of nobody under ""."""
    def run(*entries, **options):
        lines = collect(packed(tmp_path / "all.zip", entries), UNIT, course, **options)
        found = {line.student: line for line in lines if line.student}
        return found | {"": [line for line in lines if not line.student]}
    return run


def people(course, *rows):
    header = "id,first_name,last_name,email,lms_user_id"
    (course / "students.csv").write_text("\n".join((header, *rows)), encoding="utf-8")


def there(course):
    return {
        path.relative_to(course / "submitted").as_posix()
        for path in (course / "submitted").rglob("*") if path.is_file()
    }


def utc(date):
    return datetime(*date).astimezone(UTC)


def test_moodle_download_is_placed_with_its_time(take, course, notebook):
    """Folder and flat, a time in nbgrader's format, no junk, text typed into Moodle left out."""
    found = take(
        (MOODLE + NAME, notebook), (MOODLE + "data/a.csv", "1"), (MOODLE + ".DS_Store", "x"),
        ("__MACOSX/" + MOODLE + "._" + NAME, "x"),
        (MOODLE + ".ipynb_checkpoints/x-checkpoint.ipynb", "x"),
        ("김 민준_7_assignsubmission_file_mine.ipynb", notebook, LATER),
        ("김 민준_7_assignsubmission_onlinetext_onlinetext.html", "hello"),
    )
    assert there(course) == {
        f"ada-lovelace/{UNIT.name}/{name}" for name in (NAME, "data/a.csv", "timestamp.txt")
    } | {f"김-민준/{UNIT.name}/{name}" for name in ("mine.ipynb", NAME, "timestamp.txt")}
    stamp = (course / "submitted/김-민준" / UNIT.name / "timestamp.txt").read_text().strip()
    assert parse_utc(stamp) == utc(LATER).replace(tzinfo=None)
    assert "handed in as 'mine.ipynb'; graded as a copy" in found["김-민준"].notes[-1]
    assert not any(line.attention for line in (*found.pop(""), *found.values()))


def test_gradebook_and_students_csv_name_the_students(take, course, notebook):
    """Both are read; the gradebook is not written to."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        book.add_student("al", first_name="Ada", last_name="Lovelace")
    before = (course / "gradebook.db").read_bytes()
    people(course, "gh,Grace,Hopper,,42")
    found = take((MOODLE + NAME, notebook), ("x_42_1_" + NAME, notebook, LATER))
    assert {*found} == {"al", "gh", ""}
    assert (course / "gradebook.db").read_bytes() == before


@pytest.mark.parametrize("late", ["LATE", "late"])
def test_canvas_resubmission_counts_and_lateness_is_kept(late, take, course, notebook):
    """By Canvas' number, not by the date in the zip, which is the download's."""
    found = take(
        ("lovelaceada_1_12_conv1d-2.ipynb", notebook + b"\n\n", EARLY),
        ("lovelaceada_1_11_conv1d-1.ipynb", notebook + b"\n", LATER),
        ("lovelaceada_1_10_conv1d.ipynb", notebook, LATER),
        (f"hoppergrace_{late}_2_13_conv1d.ipynb", notebook, LATER),
    )
    home = course / "submitted/lovelaceada-1" / UNIT.name
    assert (home / NAME).read_bytes() == notebook + b"\n\n"
    assert "conv1d.ipynb was handed in 3 times; resubmission 2 counts" in found[
        "lovelaceada-1"].notes
    assert len([*(course / "collected" / UNIT.name / "lovelaceada-1").rglob(NAME)]) == 2
    assert not (home / "timestamp.txt").exists(), "in time, says Canvas: no penalty by accident"
    stamp = course / "submitted/hoppergrace-2" / UNIT.name / "timestamp.txt"
    assert parse_utc(stamp.read_text().strip()) == utc(LATER).replace(tzinfo=None)


def test_newer_replaces_and_older_stays_and_nothing_is_lost(take, course, notebook):
    """The same again changes nothing; a replaced submission is kept where nbgrader isn't."""
    home = course / "submitted/ada-lovelace" / UNIT.name
    assert take((MOODLE + NAME, notebook, LATER))["ada-lovelace"].status == "new"
    assert take((MOODLE + NAME, notebook, LATER))["ada-lovelace"].status == "same"
    old = take((MOODLE + NAME, notebook + b"\n", EARLY))["ada-lovelace"]
    assert old.status == "older" and not old.attention
    assert (home / NAME).read_bytes() == notebook
    new = take((MOODLE + NAME, notebook + b"\n\n", (2025, 3, 3, 0, 0, 0)))["ada-lovelace"]
    assert new.status == "replaced" and (home / NAME).read_bytes() == notebook + b"\n\n"
    kept = [*(course / "collected").rglob(NAME)]
    assert [path.read_bytes() for path in kept] == [notebook]
    forced = take((MOODLE + NAME, notebook + b"\n", EARLY), force=True)["ada-lovelace"]
    assert forced.status == "replaced" and len([*(course / "collected").rglob(NAME)]) == 2
    assert not [*course.rglob(".draft-*")]


def test_what_was_placed_by_hand_is_not_replaced_without_force(take, course, notebook):
    """Its time is unknown, so it can't be told which is newer."""
    home = course / "submitted/ada-lovelace" / UNIT.name
    home.mkdir(parents=True)
    (home / NAME).write_bytes(notebook + b"\n")
    line = take((MOODLE + NAME, notebook))["ada-lovelace"]
    assert line.status == "unsure" and "--force replaces it" in line.notes[1] and line.attention
    assert (home / NAME).read_bytes() == notebook + b"\n"


def test_graded_submission_that_is_replaced_is_said(take, course, notebook):
    """`autograder grade` sees it; nbgrader would keep the grade of the older one."""
    take((MOODLE + NAME, notebook))
    (course / "autograded/ada-lovelace" / UNIT.name).mkdir(parents=True)
    line = take((MOODLE + NAME, notebook + b"\n", LATER))["ada-lovelace"]
    said = f"was graded before; `autograder grade {UNIT.name}` grades it again"
    assert line.notes[-1].startswith(said) and not line.attention


@pytest.mark.attack
def test_attacks_are_refused_one_by_one(take, course, notebook, tmp_path):
    """A line each; the others are collected, and nothing appears outside."""
    found = take(
        (MOODLE + NAME, notebook),
        (MOODLE + "../../evil.ipynb", "x"), ("/tmp/evil.ipynb", "x"), ("C:\\evil.ipynb", "x"),
        ("Eve_6_assignsubmission_file_\\..\\..\\evil.ipynb", "x"),
        link("Eve_6_assignsubmission_file_/link.ipynb", "/etc/passwd"),
        (MOODLE + "timestamp.txt", "2001-01-01 00:00:00 UTC"),
        (MOODLE + "b.ipynb", notebook),
    )
    assert sum(line.attention for line in found[""]) == 2
    assert sum(note.startswith(NEEDS) for note in found["eve"].notes) == 2
    assert any("it is a link" in note for note in found["eve"].notes)
    assert found["ada-lovelace"].status == "new"
    assert "leads out of the folder by '..'" in " ".join(found["ada-lovelace"].notes)
    assert not [*tmp_path.rglob("evil*")] and not [*course.rglob("link.ipynb")]
    home = course / "submitted/ada-lovelace" / UNIT.name
    assert "2025" in (home / "timestamp.txt").read_text(), "nobody dates their own submission"
    assert (home / "timestamp.handed-in.txt").exists()


@pytest.mark.attack
def test_refused_names_are_printable(tmp_path):
    """What is said about an entry holds nothing that a terminal obeys."""
    file = packed(tmp_path / "all.zip", [("../\x1b[2J" + "a" * 999, "x")])
    extractor = SafeExtractor()
    assert extractor.unpack(file, tmp_path / "out") == []
    ((path, _),) = extractor.troubles
    assert path.isprintable() and len(path) <= 200


@pytest.mark.attack
def test_bombs_stop_at_the_limits(tmp_path):
    """What comes out is counted, not what the zip says; others of the class are unpacked."""
    file = packed(tmp_path / "all.zip", [
        ("eve/big.ipynb", b"0" * 5000), *((f"eve/{n}.ipynb", b"0" * 900) for n in range(5)),
        ("eve/more.zip", zipped(("x.ipynb", b"0" * 5000))), ("ada/a.ipynb", b"0" * 900),
    ])
    extractor = SafeExtractor(max_bytes=1000, max_student=2000)
    found = extractor.unpack(file, tmp_path / "out")
    assert {item.path for item in found} == {"eve/0.ipynb", "eve/1.ipynb", "ada/a.ipynb"}
    said = " ".join(why for _, why in extractor.troubles)
    assert "more than 0.001 MB" in said and "the student's files" in said
    assert {path.name for path in (tmp_path / "out").rglob("*") if path.is_file()} == {
        "0.ipynb", "1.ipynb", "a.ipynb"}


def test_zip_in_the_zip_is_unpacked_once(take, course, notebook):
    """As students upload them; a damaged one and one deeper are kept as files, and said."""
    found = take(
        (MOODLE + "homework.zip",
         zipped(("w/" + NAME, notebook), ("deep.zip", zipped(("a", "b"))))),
        ("hoppergrace_1_2_all.zip", zipped((NAME, notebook), ("__MACOSX/._" + NAME, "x"))),
        ("Bo_3_assignsubmission_file_/b.zip", zipped((NAME, notebook))[:-30]),
        ("Cy_4_assignsubmission_file_/c.rar", "Rar!"),
    )
    assert f"ada-lovelace/{UNIT.name}/homework/w/{NAME}" in there(course)
    assert f"ada-lovelace/{UNIT.name}/{NAME}" in there(course), "mended"
    assert f"hoppergrace-1/{UNIT.name}/{NAME}" in there(course)
    assert f"bo/{UNIT.name}/b.zip" in there(course)
    said = {student: " ".join(found[student].notes) for student in ("ada-lovelace", "bo", "cy")}
    assert "a zip in a zip" in said["ada-lovelace"]
    assert "damaged zip" in said["bo"] and ".rar archive" in said["cy"]
    assert not found["hoppergrace-1"].attention


def test_damaged_entry_stops_nobody(course, tmp_path, notebook):
    """A wrong checksum costs that file only."""
    file = packed(tmp_path / "all.zip", [(MOODLE + NAME, notebook), ("Bo_2_assignsubmission_file_/"
                                         + NAME, os.urandom(5000))])
    data = bytearray(file.read_bytes())
    data[data.rindex(b"Bo_2", 0, data.index(b"PK\1\2")) + 2000] ^= 255
    file.write_bytes(data)
    lines = {line.student: line for line in collect(file, UNIT, course)}
    assert lines["ada-lovelace"].status == "new"
    assert lines["bo"].notes[0].startswith(NEEDS) and "damaged" in lines["bo"].notes[0]


def test_same_name_twice_keeps_the_newer(take, course, notebook):
    """Zips may hold a name twice."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        found = take((MOODLE + NAME, notebook, LATER), (MOODLE + NAME, b"old", EARLY))
    assert (course / "submitted/ada-lovelace" / UNIT.name / NAME).read_bytes() == notebook
    assert "twice in the zip" in " ".join(found["ada-lovelace"].notes)


def test_time_of_the_download_makes_nobody_late(take, course, notebook):
    """Files of several students packed in one go just now have no time of their own."""
    now = datetime.now().timetuple()[:6]
    found = take((MOODLE + NAME, notebook, now), ("Bo_2_assignsubmission_file_/" + NAME,
                                                  notebook, now))
    assert not [*course.rglob("timestamp.txt")]
    assert "the time of the download" in found["bo"].notes[-1]


def test_two_people_are_never_one_student(take, course, notebook):
    """By name both would be ada: neither is collected; made ids get a number each."""
    people(course, "ada,Ada,Lovelace,,", "bob,Bob,Smith,,")
    found = take(
        ("Ada Lovelace_1_assignsubmission_file_/" + NAME, notebook),
        ("Lovelace Ada_2_assignsubmission_file_/" + NAME, notebook, LATER),
        ("Al Kim_3_assignsubmission_file_/" + NAME, notebook),
        ("Al Kim_4_assignsubmission_file_/" + NAME, notebook, LATER),
    )
    assert {*found} == {"", "al-kim-3", "al-kim-4"}
    assert all("2 people of the LMS would be 'ada'" in line.notes[0] for line in found[""])


def test_folder_around_the_download_and_other_units_are_recognised(take, course, notebook):
    """As some programs pack it again, and a whole submitted/ folder."""
    assert "ada-lovelace" in take(("all/" + MOODLE + NAME, notebook),
                                  ("all/Bo_2_assignsubmission_file_/" + NAME, notebook, LATER))
    found = take((f"submitted/kim/{UNIT.name}/{NAME}", notebook),
                 (f"submitted/kim/{UNITS[1].name}/conv2d.ipynb", "x"))
    assert found["kim"].status == "new"
    assert found[""][0].notes == [f"handed in to {UNITS[1].name}"] and not found[""][0].attention


def test_dry_run_changes_nothing(take, course, notebook):
    """It says the same."""
    before = sorted(course.rglob("*"))
    assert take((MOODLE + NAME, notebook), dry_run=True)["ada-lovelace"].status == "new"
    assert sorted(course.rglob("*")) == before


def test_broken_downloads_change_nothing_and_exit_with_2(course, tmp_path):
    """One sentence on stderr."""
    (tmp_path / "text.zip").write_text("hello")
    packed(tmp_path / "cut.zip", [(MOODLE + NAME, os.urandom(5000))])
    (tmp_path / "cut.zip").write_bytes((tmp_path / "cut.zip").read_bytes()[:3000])
    packed(tmp_path / "nobody.zip", [("conv1d.ipynb", "x")])
    packed(tmp_path / "empty.zip", [])
    before = sorted(course.rglob("*"))
    for name in ("text", "cut", "nobody", "empty", "missing"):
        done = CliRunner().invoke(
            app, ["collect", str(tmp_path / f"{name}.zip"), UNIT.name, "--root", str(course)]
        )
        assert done.exit_code == 2, done.output
        assert f"{name}.zip" in done.stderr and not done.stdout
    assert sorted(course.rglob("*")) == before


def test_unreadable_roster_is_said(take, course, notebook):
    """Before anybody is placed under a wrong id."""
    (course / "students.csv").write_bytes(b"id,first_name\n\xff\xfe,x\n")
    with pytest.raises(CollectFailed, match=r"students\.csv cannot be read as UTF-8"):
        take((MOODLE + NAME, notebook))
    (course / "students.csv").write_text("login,name\nada,Ada\n")
    with pytest.raises(CollectFailed, match=r"no column 'id'"):
        take((MOODLE + NAME, notebook))
    (course / "students.csv").unlink()
    (course / "gradebook.db").write_text("no database")
    with pytest.raises(CollectFailed, match="gradebook cannot be read"):
        take((MOODLE + NAME, notebook))


def test_command_prints_json_and_exits_with_1_if_a_person_is_needed(course, tmp_path, notebook):
    """`autograder collect all.zip 01_conv1d --json` in a script."""
    words = ["--root", str(course), "--json"]
    good = packed(tmp_path / "good.zip", [(MOODLE + NAME, notebook)])
    done = CliRunner().invoke(app, ["collect", str(good), UNIT.name, *words])
    (line,) = json.loads(done.stdout)["lines"]
    assert done.exit_code == 0 and line["student"] == "ada-lovelace" and not line["attention"]
    bad = packed(tmp_path / "bad.zip", [(MOODLE + NAME, "cut off", LATER)])
    done = CliRunner().invoke(app, ["collect", str(bad), UNIT.name, *words])
    assert done.exit_code == 1 and "no readable JSON" in done.stdout
    done = CliRunner().invoke(app, ["collect", str(bad), UNIT.name, "--root", str(course)])
    assert done.exit_code == 1 and "ada-lovelace" in done.stdout


def test_nbgraders_own_command_knows_the_names(course, root, notebook, monkeypatch):
    """`nbgrader zip_collect` with the plugins that nbgrader_config.py names."""
    from nbgrader.apps.zipcollectapp import ZipCollectApp

    shutil.copy(root / "nbgrader_config.py", course)
    archive = course / "downloaded" / UNIT.name / "archive"
    archive.mkdir(parents=True)
    people(course, "ada,Ada,Lovelace,,")
    packed(archive / "all.zip", [(MOODLE + NAME, notebook), (MOODLE + "../../evil.ipynb", "x")])
    monkeypatch.chdir(course)
    application = ZipCollectApp()
    application.initialize([UNIT.name])
    application.start()
    assert f"ada/{UNIT.name}/{NAME}" in there(course)
