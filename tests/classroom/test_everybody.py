"""Nobody who hands in something odd stops the others, and everybody has a row."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder.classroom.result import ATTENTION
from autograder.mend import look, mend
from autograder.report import class_lines
from tests.classroom.conftest import UNIT, Classroom

NAME = f"{UNIT.notebook}.ipynb"
LOOK = (
    "import json, sys\nfrom pathlib import Path\nfrom autograder.exercises import UNITS\n"
    "root, unit = Path(sys.argv[1]), UNITS[0]\n"
    "from autograder.classroom.run import Class\n"
    "from autograder.gradebook import default_url\n"
    "seen = Class(root, (unit,), default_url(root)).look()\n"
    "print(json.dumps({one.student: [one.state, one.note] for one in seen}))\n"
)
"""What there is to do, as JSON."""
RIGHTS = "-dac_override,-dac_read_search"
AS_USER = ("setpriv", "--bounding-set", RIGHTS, "--inh-caps", RIGHTS) if os.getuid() == 0 else ()
"""Root without the right to read everything."""


def latin_file(folder):
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.csv")).write_text("1,2")


def latin_folder(folder):
    os.rename(folder.parent, os.fsencode(folder.parents[1]) + b"/z\xe9")


def deep(folder):
    here = os.open(folder, os.O_RDONLY)
    for _ in range(1100):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


def part_folder(folder):
    (folder / NAME).rename(folder / "mine.ipynb")
    (folder / "conv1d.part").mkdir()


def our_folder(folder):
    (folder / "handed-in").mkdir()
    (folder / "handed-in/data.csv").write_text("1,2")


def closed(folder):
    folder.chmod(0)


def closed_student(folder):
    folder.parent.chmod(0)


def closed_file(folder):
    (folder / NAME).chmod(0)


ODD = {
    "latin-file": (latin_file, ""),
    "latin-folder": (latin_folder, "the name of the folder 'z\\xe9' is not UTF-8: rename it"),
    "deep": (deep, "has folders that are nested more than 32 deep"),
    "part-folder": (part_folder, ""),
    "our-folder": (our_folder, ""),
    "closed": (closed, "the folder cannot be read: Permission denied"),
    "closed-student": (closed_student, "cannot be read: Permission denied"),
    "closed-file": (closed_file, f"'{NAME}' cannot be read: Permission denied"),
}
"""What is handed in, and what is said; nothing, where it can be graded."""
UNREADABLE = ("closed", "closed-student", "closed-file")
"""To root everything is readable."""


@pytest.fixture(scope="module")
def odd_class(fresh_release):
    """A class with one student of each kind, and ada."""
    with tempfile.TemporaryDirectory(prefix="cnn-by-hand-everybody-") as folder:
        made = Classroom(Path(folder) / "course", fresh_release).hand_in("ada")
        for name, (change, _) in ODD.items():
            shutil.copytree(made.notebook("ada").parents[1], made.root / "submitted" / name)
            change(made.root / "submitted" / name / UNIT.name)
        yield made
        (made.root / "submitted/closed-student").chmod(0o755)
        subprocess.run(["chmod", "-R", "u+rwx", made.root / "submitted"], check=True)
        subprocess.run(["rm", "-r", made.root / "submitted"], check=True)  # however deep


def expected(name):
    change, said = ODD[name]
    return "z\\xe9" if change is latin_folder else name, said


@pytest.mark.skipif(bool(AS_USER) and not shutil.which("setpriv"), reason="root reads everything")
def test_everybody_has_a_row_and_a_reason(odd_class):
    """`grade --dry-run` as an ordinary user: one line for each student."""
    done = subprocess.run(
        [*AS_USER, sys.executable, "-c", LOOK, odd_class.root], capture_output=True, text=True,
        check=False, cwd=odd_class.root,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen.pop("ada") == ["to do", ""]
    assert seen.keys() == {expected(name)[0] for name in ODD}
    for name in ODD:
        shown, said = expected(name)
        state, note = seen[shown]
        assert state == (ATTENTION if said else "to do") and said in note, (name, note)


@pytest.fixture(scope="module")
def graded(odd_class):
    """What became of everybody, and the report's lines."""
    results = odd_class.grade(jobs=2)
    return results, {line.student: line for line in class_lines(odd_class.root, UNIT)}


@pytest.mark.attack
@pytest.mark.parametrize("name", [*ODD])
def test_odd_submission_is_graded_or_said_and_stops_nobody(name, odd_class, graded):
    """What can be graded is; the report has a line for the others, too."""
    results, lines = graded
    shown, said = expected(name)
    fine = not said or (name in UNREADABLE and os.getuid() == 0)
    assert (results[shown].state != ATTENTION) == fine, results[shown]
    assert shown in lines and results["ada"].state != ATTENTION
    assert results.keys() == {expected(name)[0] for name in ODD} | {"ada"}


def test_folders_that_are_too_deep_are_said_everywhere(odd_class, graded):
    """By `grade`, in the report, and by `mend`."""
    results, lines = graded
    assert all(ODD["deep"][1] in said for said in
               (results["deep"].note, lines["deep"].note, look(odd_class.root, UNIT, "deep")[0]))
    assert mend(odd_class.root, UNIT)["deep"] == look(odd_class.root, UNIT, "deep")
