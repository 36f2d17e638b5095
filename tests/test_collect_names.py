"""Paths in a download say whose a file is, or nothing."""

import struct
import zipfile
from datetime import UTC, datetime

import pytest

from autograder.collect import names
from autograder.collect.entries import name_of, parts_of, time_of
from autograder.collect.roster import Person, Roster, Unknown, is_id
from autograder.exercises import UNITS

UNIT = UNITS[0]
EARLY = (2025, 3, 1, 12, 0, 0)
MOODLE = "Ada Lovelace_123456_assignsubmission_file_/"


@pytest.mark.parametrize(("path", "layout", "name", "file"), [
    (MOODLE + "conv1d.ipynb", "moodle", "Ada Lovelace", "conv1d.ipynb"),
    (MOODLE + "part/a.ipynb", "moodle", "Ada Lovelace", "part/a.ipynb"),
    ("Zoë O'Brien-Kim_7_assignsubmission_file_a_b.ipynb", "moodle", "Zoë O'Brien-Kim", "a_b.ipynb"),
    ("김 민준_12_assignsubmission_file_/conv1d.ipynb", "moodle", "김 민준", "conv1d.ipynb"),
    ("lovelaceada_12345_67890_conv1d.ipynb", "canvas", "lovelaceada", "conv1d.ipynb"),
    ("lovelaceada_LATE_12345_67890_conv1d-2.ipynb", "canvas", "lovelaceada", "conv1d.ipynb"),
    ("kim민준_late_1_2_my_file.ipynb", "canvas", "kim민준", "my_file.ipynb"),
    ("LATE_anon_aB3xY_67890_conv1d.ipynb", "canvas", "", "conv1d.ipynb"),
    ("submitted/ada/01_conv1d/conv1d.ipynb", "nbgrader", "ada", "conv1d.ipynb"),
    ("ada/01_conv1d/conv1d.ipynb", "nbgrader", "ada", "conv1d.ipynb"),
    ("ada/anything.ipynb", "plain", "ada", "anything.ipynb"),
    ("ada_conv1d.ipynb", "plain", "ada", "conv1d.ipynb"),
    ("2025_01_02_ada/conv1d.ipynb", "plain", "2025_01_02_ada", "conv1d.ipynb"),
])
def test_names_of_moodle_canvas_and_folders_are_read(path, layout, name, file):
    """The layouts of the LMSs, with names as people have them."""
    match = names.read(path, UNIT)
    assert (match.layout, match.name, match.file_id) == (layout, name, file)
    assert match.late == ("late" in path.lower() and layout == "canvas")
    assert match.attempt == (2 if "-2" in path else 0)


@pytest.mark.parametrize("path", ["conv1d.ipynb", "01_conv1d/conv1d.ipynb", "ada_homework.ipynb"])
def test_names_that_say_nothing_are_not_guessed(path):
    """A file with nobody's name on it is nobody's."""
    assert names.read(path, UNIT) is None


@pytest.mark.attack
@pytest.mark.parametrize("path", [
    MOODLE + "Bob Smith_2_assignsubmission_file_/conv1d.ipynb",
    MOODLE + "bob_2_3_conv1d.ipynb",
    MOODLE + "submitted/bob/01_conv1d/conv1d.ipynb",
    "adalovelace_1_2_Bob Smith_3_assignsubmission_file_x.ipynb",
])
def test_names_inside_a_students_files_count_for_nothing(path):
    """Nobody can hand in for somebody else by a folder's name."""
    assert "lovelace" in names.read(path, UNIT).name.lower()


@pytest.mark.parametrize("name", [
    "../evil.ipynb", "a/../../evil.ipynb", "/etc/evil.ipynb", "C:/evil.ipynb", "c:evil",
    "a\\..\\..\\evil.ipynb", "\\\\host\\share\\evil.ipynb", "", "./",
])
def test_entries_that_lead_out_are_refused(name):
    """Whatever the separator."""
    with pytest.raises(ValueError, match="it"):
        parts_of(name)


def test_entries_lose_control_characters_and_length():
    """Nothing that a terminal obeys, nothing too long for a file system; the ending stays."""
    assert parts_of("a\x1b[31m/b.ipynb") == ("a_[31m", "b.ipynb")
    (long,) = parts_of("é" * 300 + ".ipynb")
    assert len(long.encode()) <= 200 and long.endswith(".ipynb")


def test_entries_without_the_utf8_mark_are_read_as_utf8_if_they_are():
    """As Info-ZIP writes them; else code page 437, and that is said."""
    info = zipfile.ZipInfo("김.ipynb".encode().decode("cp437"))
    assert name_of(info) == ("김.ipynb", False)
    info = zipfile.ZipInfo("M\u2592ller.ipynb")
    assert name_of(info) == ("M\u2592ller.ipynb", True)


def test_time_is_utc_where_the_zip_says_so():
    """The extended timestamp has a zone; the zip's own date is this machine's."""
    info = zipfile.ZipInfo("a", EARLY)
    assert time_of(info) == datetime(*EARLY).astimezone(UTC)
    info.extra = struct.pack("<HHBl", 0x5455, 5, 1, 1_700_000_000)
    assert time_of(info) == datetime.fromtimestamp(1_700_000_000, UTC)
    assert time_of(zipfile.ZipInfo("a")) is None, "1980 is no date"


@pytest.mark.parametrize(("text", "right"), [
    ("ada", True), ("ada@uni.edu", True), ("김민준", True), ("a b", True), ("..", False),
    ("a/b", False), ("a*", False), ("a+b", False), ("[a]", False), (".a", False), ("-a", False),
    ("", False), (" a", False), ("a\n", False),
])
def test_ids_are_names_of_folders(text, right):
    """No path, nothing that nbgrader expands, no plus sign, which its exchange separates by."""
    assert is_id(text) == right


@pytest.mark.parametrize(("path", "student"), [
    ("lovelaceada_12345_1_x.ipynb", "ada"),
    ("somebody_12345_1_x.ipynb", "ada"),
    ("hoppergrace_777_1_x.ipynb", "grace"),
    ("lovelaceada_999_1_x.ipynb", "lovelaceada-999"),
    (MOODLE + "x.ipynb", "ada"),
    ("Lovelace Ada_4_assignsubmission_file_/x.ipynb", "ada"),
    ("Ada King_12345_assignsubmission_file_/x.ipynb", "ada-king"),
    ("Mu\u0308ller, Jörg_3_assignsubmission_file_/x.ipynb", "jm"),
    ("김 민준_3_assignsubmission_file_/x.ipynb", "kim"),
    ("Jean-Luc d'Arc_3_assignsubmission_file_/x.ipynb", "jean-luc-darc"),
    ("kim/x.ipynb", "kim"),
])
def test_students_are_found_by_number_or_name(path, student):
    """Canvas' number counts; Moodle's is another one in each assignment and doesn't."""
    roster = Roster((
        Person("ada", "Ada", "Lovelace", "12345"), Person("grace", "Grace", "Hopper"),
        Person("jm", "Jörg", "Müller"), Person("kim", "민준", "김"),
    ))
    found, note = roster.id_of(names.read(path, UNIT))
    assert found == student
    assert bool(note) == (student in {"lovelaceada-999", "ada-king", "jean-luc-darc"})


def test_namesakes_are_not_guessed():
    """Two students of one name need a number; Moodle has none that lasts."""
    roster = Roster((Person("k1", "Min", "Kim", "1"), Person("k2", "Min", "Kim", "2")))
    with pytest.raises(Unknown, match="could be any of k1, k2"):
        roster.id_of(names.read("Min Kim_9_assignsubmission_file_/x.ipynb", UNIT))
    with pytest.raises(Unknown, match="must differ in the LMS and"):
        roster.id_of(names.read("Min Kim_2_assignsubmission_file_/x.ipynb", UNIT))
    assert roster.id_of(names.read("kimmin_1_2_x.ipynb", UNIT))[0] == "k1"
