"""The downloads of the LMSs, as their own sources write them, become submissions or a sentence.

Read from the source: Moodle, ``mod/assign/classes/downloader.php`` (since 4.1) and the one before
it in ``mod/assign/locallib.php``; Canvas, ``lib/content_zipper.rb``. Not confirmed by anything that
the vendors publish: the names of Blackboard ("..._login_attempt_<time>_<file>"), Brightspace
("<number>-<number> - <name> - <time> - <file>", flat or as a folder) and Gradescope
("submission_<number>/<file>"), as public tools that read them describe them. Those are given to
students whom the roster has, and become an id of nobody else.
"""

import shutil
import zipfile

import pytest

from autograder import notebooks
from autograder.collect.run import CollectFailed, collect
from autograder.exercises import UNITS
from autograder.mend import NEEDS

UNIT = UNITS[0]
NAME = f"{UNIT.notebook}.ipynb"
ROSTER = """id,first_name,last_name,email,lms_user_id
jsmith,Jo,Smith,,501
zm,Zoe,Mueller,,502
mj,민준,김,,
"""


@pytest.fixture(scope="module")
def notebook(root):
    """A notebook that has the unit's cells."""
    return notebooks.source_path(root, UNIT).read_bytes()


@pytest.fixture
def course(root, tmp_path):
    """A course folder with a class list."""
    target = notebooks.source_path(tmp_path / "course", UNIT)
    target.parent.mkdir(parents=True)
    shutil.copy(notebooks.source_path(root, UNIT), target)
    (tmp_path / "course/students.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path / "course"


@pytest.fixture
def take(course, tmp_path, notebook):
    """Collect a zip of files: ``({student: Line}, [Line of nobody])``."""
    def run(*names, encoding=None, data=notebook, day=1):
        path = tmp_path / "all.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for number, name in enumerate(names):
                info = zipfile.ZipInfo(name, (2025, 3, day, number % 24, 0, 0))
                if encoding:
                    info = _in(name, encoding)
                archive.writestr(info, data + b"\n" * number)
        lines = collect(path, UNIT, course)
        found = {line.student: line for line in lines if line.student}
        return found, [line for line in lines if not line.student]
    return run


class _in(zipfile.ZipInfo):
    """An entry whose name is written in another encoding, and that does not say so."""

    def __init__(self, name, encoding):
        super().__init__(name)
        self.encoding = encoding

    def _encodeFilenameFlags(self):
        return self.filename.encode(self.encoding), self.flag_bits


def folders(course):
    return {path.name for path in (course / "submitted").glob("*")}


@pytest.mark.parametrize("names", [
    [f"Jo Smith_11_assignsubmission_file/{NAME}", f"Zoe Mueller_12_assignsubmission_file/{NAME}"],
    [f"Jo Smith_11_assignsubmission_file/w/{NAME}",
     f"Zoe Mueller_12_assignsubmission_file_/{NAME}"],
    [f"Unit 1/Jo Smith_11_assignsubmission_file/{NAME}",
     f"Unit 1/Zoe Mueller_12_assignsubmission_file/{NAME}"],
    [f"Jo Smith_11_assignsubmission_file_{NAME}", f"Zoe Mueller_12_assignsubmission_file_{NAME}"],
    [f"smithjo_501_9001_{NAME}", f"muellerzoe_LATE_502_9002_{NAME}"],
    [f"all/smithjo_501_9001_{NAME}", f"all/muellerzoe_502_9002_{NAME}"],
    [f"Unit_1_jsmith_attempt_2026-03-01-10-11-12_{NAME}",
     f"Unit_1_zm_attempt_2026-03-01-10-11-12_{NAME}",
     "Unit_1_zm_attempt_2026-03-01-10-11-12.txt"],
    [f"101-7 - Jo Smith - Mar 1, 2026 1159 PM - {NAME}",
     f"102-7 - Zoe Mueller - Mar 1, 2026 1159 PM/{NAME}"],
    [f"Unit1/jsmith/{NAME}", f"Unit1/zm/{NAME}"],
    [f"Group A/jsmith/{NAME}", f"Group B/zm/{NAME}"],
    [f"jsmith/{NAME}", f"zm/work/{NAME}"],
], ids=["moodle", "moodle-subfolder", "moodle-wrapped", "moodle-flat", "canvas", "canvas-wrapped",
        "blackboard", "brightspace", "wrapper", "groups", "logins"])
def test_downloads_are_given_to_whom_they_are_of(names, take, course):
    """Whatever the LMS, and with folders around."""
    found, nobody = take(*names)
    assert {*found} == {"jsmith", "zm"} == folders(course)
    assert not any(line.attention for line in (*found.values(), *nobody))
    assert (course / "submitted/jsmith" / UNIT.name / NAME).is_file()


@pytest.mark.parametrize("names", [
    [f"Ada Lovelace_1_assignsubmission_file_Eve_9_assignsubmission_file/{NAME}"],
    [f"Jo Smith_1_assignsubmission_file_Eve_9_assignsubmission_file_{NAME}"],
    [f"Default group_assignsubmission_file/{NAME}"],
    [f"eve_501_777_9001_{NAME}"],
    [f"501_777_{NAME}"],
    [f"Unit_1_eve_attempt_2026-03-01-10-11-12_{NAME}"],
    [f"103-7 - Eve Adams - Mar 1, 2026 1159 PM - {NAME}"],
    [f"submission_123/{NAME}", "submission_metadata.yml"],
    [f"assignment_7_export/submission_123/{NAME}", "assignment_7_export/submission_metadata.yml"],
    [f"Unit1/anna/{NAME}", f"Unit1/ben/{NAME}"],
], ids=["moodle-mark-twice", "moodle-mark-twice-flat", "moodle-no-team", "canvas-name-with-number",
        "canvas-number-for-a-name", "blackboard-unknown", "brightspace-unknown", "gradescope",
        "gradescope-wrapped", "wrapper-of-unknowns"])
def test_what_does_not_say_whose_it_is_becomes_nobodys(names, take, course):
    """Never guessed: a sentence, and a person looks at it."""
    found, nobody = take(
        *names, f"Zoe Mueller_12_assignsubmission_file/{NAME}")
    assert {*found} == {"zm"} == folders(course)
    assert nobody and all(line.attention or "list" in line.notes[0] for line in nobody)


@pytest.mark.attack
def test_name_of_digits_is_not_somebodys_number(take, course):
    """In Canvas a user called 501 hands in beside the user whose number is 501."""
    found, _ = take(f"501_777_9001_{NAME}", f"smithjo_501_9002_{NAME}")
    assert {*found} == {"501-777", "jsmith"} and found["501-777"].attention
    assert (course / "submitted/jsmith" / UNIT.name / NAME).stat().st_size == len(
        notebooks.source_path(course, UNIT).read_bytes()) + 1


def test_whoever_is_not_in_the_class_list_needs_a_person(take, course):
    """Placed, and said; without a list an id from the name is all there is, and no alarm."""
    name = f"Hana Sato_13_assignsubmission_file/{NAME}"
    found, _ = take(name)
    assert found["hana-sato"].notes[0].startswith(f"{NEEDS}not in the gradebook or students.csv")
    (course / "students.csv").unlink()
    found, _ = take(name)
    assert not found["hana-sato"].attention


def test_second_person_of_a_name_in_a_second_download_replaces_nobody(take, course, notebook):
    """Moodle's number is the person's for the whole assignment: another one is another person."""
    first, _ = take(f"김 민준_71_assignsubmission_file/{NAME}")
    assert first["mj"].status == "new"
    second, _ = take(f"김 민준_72_assignsubmission_file/{NAME}", data=notebook + b" ", day=2)
    assert second["mj"].status == "other" and second["mj"].attention
    assert (course / "submitted/mj" / UNIT.name / NAME).read_bytes() == notebook
    again, _ = take(f"김 민준_71_assignsubmission_file/{NAME}", data=notebook + b" ", day=3)
    assert again["mj"].status == "replaced"


def test_blind_marking_keeps_people_apart_by_number(take, course):
    """Moodle calls everybody "Participant" then."""
    found, _ = take(f"Participant_71_assignsubmission_file/{NAME}")
    assert {*found} == {"participant-71"}
    found, _ = take(f"Participant_72_assignsubmission_file/{NAME}",
                    f"Participant_73_assignsubmission_file/{NAME}")
    assert {*found} == {"participant-72", "participant-73"}
    assert all(line.attention for line in found.values())


def test_zip_of_korean_windows_is_read_in_korean(take, course):
    """Code page 949 without a word about it; UTF-8 without a word works, too."""
    found, _ = take(f"김 민준_71_assignsubmission_file_/{NAME}", encoding="cp949")
    assert {*found} == {"mj"} and not found["mj"].attention
    found, _ = take(f"김 민준_71_assignsubmission_file_/{NAME}", encoding="utf-8")
    assert {*found} == {"mj"}


def test_name_in_an_unknown_encoding_becomes_nobodys_id(take, course):
    """It would be misread; the student's own file names may be, and are said."""
    (course / "students.csv").unlink()
    found, nobody = take(f"Jörg Müller_1_assignsubmission_file_/{NAME}",
                         encoding="latin-1")
    assert not found and not folders(course)
    assert any(line.attention and "as UTF-8" in line.notes[0] for line in nobody)
    found, _ = take("Jo Smith_2_assignsubmission_file_/Übung.ipynb", encoding="latin-1")
    assert {*found} == {"jo-smith"}


@pytest.mark.attack
def test_folder_called_like_a_draft_stops_nobody(take, course):
    """A student's own conv1d.part/ beside a renamed notebook."""
    found, _ = take("Jo Smith_1_assignsubmission_file/mine.ipynb",
                    "Jo Smith_1_assignsubmission_file/conv1d.part/x.csv")
    assert (course / "submitted/jsmith" / UNIT.name / NAME).is_file()
    assert not found["jsmith"].attention


def test_download_of_nobody_says_what_was_seen(take):
    """Nothing is placed, and the sentence has the reason."""
    with pytest.raises(CollectFailed, match="whoever is in no team"):
        take(f"Default group_assignsubmission_file/{NAME}")
