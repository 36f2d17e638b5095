"""What was handed in is looked at before it is graded."""

import io
import os
import shutil

import pytest
from rich.console import Console
from typer.testing import CliRunner

from autograder import notebooks
from autograder.cli import app
from autograder.demo.classroom import SOLUTION, Student, hand_in
from autograder.exercises import UNITS
from autograder.mend import NEEDS, look, mend, students
from autograder.report import Line, class_lines, class_table

UNIT = UNITS[0]
NAME = f"{UNIT.notebook}.ipynb"


@pytest.fixture
def course(fresh_release, tmp_path):
    """A course folder of its own with one right submission, by ann."""
    shutil.copytree(fresh_release / "source", tmp_path / "source")
    shutil.copytree(fresh_release / "release", tmp_path / "release")
    shutil.copy(fresh_release / "gradebook.db", tmp_path)
    hand_in(Student("ann", "", SOLUTION, {}), UNIT, tmp_path)
    return tmp_path


@pytest.fixture
def bob(course):
    """Another student's folder with the same notebook."""
    shutil.copytree(course / "submitted/ann", course / "submitted/bob")
    return course / "submitted/bob" / UNIT.name


def renamed(folder):
    (folder / NAME).rename(folder / "conv1d (1) final.ipynb")


def in_a_folder(folder):
    (folder / "work").mkdir()
    (folder / NAME).rename(folder / "work" / NAME)


def as_text(folder):
    (folder / NAME).rename(folder / f"{NAME}.txt")


def twice(folder):
    shutil.copy(folder / NAME, folder / "a.ipynb")
    renamed(folder)


def two_versions(folder):
    notebook = notebooks.read(folder / NAME)
    notebook.cells.pop()
    notebooks.write(notebook, folder / "other.ipynb")
    renamed(folder)


def another_unit(folder):
    root = folder.parents[2]
    shutil.copy(notebooks.source_path(root, UNITS[1]), folder / "unit.ipynb")
    (folder / NAME).unlink()


def empty_folder(folder):
    (folder / NAME).unlink()


def empty_file(folder):
    (folder / NAME).write_bytes(b"")


def cut_off(folder):
    (folder / NAME).write_bytes((folder / NAME).read_bytes()[:3000])


def binary(folder):
    (folder / NAME).write_bytes(os.urandom(1000))


def nested(folder):
    (folder / NAME).write_text("[" * 100_000)


def a_list(folder):
    (folder / NAME).write_text("[1, 2]")


def without_cells(folder):
    (folder / NAME).write_text('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}')


def format_5(folder):
    (folder / NAME).write_text('{"nbformat": 5, "cells": [{}]}')


def enormous(folder):
    with (folder / NAME).open("r+b") as file:
        file.truncate(101_000_000)


def link(folder):
    (folder / NAME).rename(folder.parents[2] / "elsewhere.ipynb")
    (folder / NAME).symlink_to(folder.parents[2] / "elsewhere.ipynb")


def linked_folder(folder):
    folder.rename(folder.parents[2] / "elsewhere")
    folder.symlink_to(folder.parents[2] / "elsewhere")


def link_to_itself(folder):
    (folder / NAME).unlink()
    (folder / NAME).symlink_to(NAME)


def linked_data(folder):
    (folder / "data.csv").symlink_to("/etc/hostname")


FOUND = [
    (renamed, "handed in as 'conv1d (1) final.ipynb'; graded as a copy with the right name"),
    (in_a_folder, f"handed in as 'work/{NAME}'; graded as a copy in the right place"),
    (as_text, f"handed in as '{NAME}.txt'; graded as a copy"),
    (twice, "handed in as 'a.ipynb'; graded as a copy"),
]
BROKEN = [
    (two_versions, "there is no conv1d.ipynb, and any of 'conv1d (1) final.ipynb', 'other.ipynb'"),
    (another_unit, "there is no conv1d.ipynb"),
    (empty_folder, "there is no conv1d.ipynb, and nothing else that could be it"),
    (empty_file, "conv1d.ipynb is empty"),
    (cut_off, "conv1d.ipynb is no readable JSON: cut off or damaged"),
    (binary, "conv1d.ipynb is no readable JSON: cut off or damaged"),
    (nested, "conv1d.ipynb is nested too deeply"),
    (a_list, "conv1d.ipynb is not a notebook: it has no list of cells"),
    (without_cells, "conv1d.ipynb is a notebook without cells"),
    (format_5, "conv1d.ipynb is not a notebook of format 4 but '5'"),
    (enormous, "conv1d.ipynb has 101 MB, more than 50"),
    (link, "conv1d.ipynb is a link that leaves the folder; it is not followed"),
    (linked_folder, "the folder is a link that leaves the folder; it is not followed"),
    (link_to_itself, "conv1d.ipynb"),
    (linked_data, "data.csv is a link that leaves the folder; it is not followed"),
]


def contents(folder):
    return {
        path: path.read_bytes() for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


@pytest.mark.parametrize(("change", "sentence"), FOUND, ids=lambda p: getattr(p, "__name__", ""))
def test_misplaced_notebook_is_copied_to_its_name(change, sentence, bob, course):
    """Recognised by its cells, said, and the student's own files as they were."""
    right = (bob / NAME).read_bytes()
    change(bob)
    before = contents(bob)
    assert look(course, UNIT, "bob")[0].startswith(NEEDS + "handed in as")
    assert contents(bob) == before, "looking changes nothing"
    said = mend(course, UNIT)["bob"]
    assert said[0].startswith(sentence)
    assert (bob / NAME).read_bytes() == right
    assert contents(bob) == before | {bob / NAME: right}
    assert mend(course, UNIT)["bob"] == said, "a second time it says the same"


@pytest.mark.parametrize(("change", "sentence"), BROKEN, ids=lambda p: getattr(p, "__name__", ""))
def test_broken_submission_needs_attention(change, sentence, bob, course):
    """One clear line, nothing changed, and the same line in the class report."""
    change(bob)
    before = contents(bob)
    found = mend(course, UNIT)
    assert found["bob"][0].startswith(NEEDS + sentence), found["bob"]
    assert contents(bob) == before
    assert found["ann"] == ()
    notes = {line.student: line.note for line in class_lines(course, UNIT)}
    assert notes["bob"] == "; ".join(found["bob"])
    assert notes["ann"] == NEEDS + "could not be graded"


def test_another_version_beside_the_notebook_is_said(course, bob):
    """As browsers name a second download; the one with the right name counts."""
    other = (bob / NAME).read_text() + "\n"
    (bob / "conv1d (1).ipynb").write_text(other)
    (bob / "notes.txt").write_text("nothing of the unit")
    assert mend(course, UNIT)["bob"] == (
        f"'conv1d (1).ipynb' is another version; {NAME} is the one that counts",)


def test_long_names_and_mistakes_fit_the_terminal():
    """Ids made from names are long; nothing is cut off at 80 columns."""
    name = "bartholomew-featherstonehaugh"
    for unit in UNITS:
        line = Line(name, dict.fromkeys((e.id for e in unit.exercises), 1.0),
                    ("conv1d_valid: kernel-flipped", "conv1d: stride-ignored"))
        file = io.StringIO()
        Console(width=80, file=file).print(class_table(unit, [line]))
        shown = file.getvalue()
        assert max(map(len, shown.splitlines())) <= 80
        first = [words[0] for words in map(str.split, shown.splitlines()) if words]
        assert "".join(word for word in first if word in name) == name
        for word in ("kernel-flipped", "stride-ignored", *(e.id for e in unit.exercises)):
            assert word in shown, (unit.name, word)


def test_nbgraders_timestamp_is_no_notebook(course, bob):
    """It is not named among what could be the missing notebook."""
    (bob / NAME).unlink()
    (bob / "timestamp.txt").write_text("2025-03-01 12:00:00 UTC")
    assert "timestamp" not in mend(course, UNIT)["bob"][0]


def test_everybody_appears(course, bob):
    """Also who handed in another unit only."""
    (course / "submitted/cem" / UNITS[1].name).mkdir(parents=True)
    assert {*mend(course, UNIT)} == {"ann", "bob", "cem"}
    assert mend(course, UNIT)["cem"] == ("handed nothing in",)
    assert students(course, UNIT) == ["ann", "bob"]


@pytest.mark.parametrize(("change", "code"), [(renamed, 0), (cut_off, 1)])
def test_command_exits_with_1_if_a_person_is_needed(change, code, course, bob):
    """`autograder mend 01_conv1d` in a script."""
    change(bob)
    done = CliRunner().invoke(app, ["mend", UNIT.name, "--root", str(course)])
    assert done.exit_code == code, done.output
    assert "in order" in done.output and "bob" in done.output


@pytest.mark.parametrize("name", ["01_Conv1d", "1_conv1d", "01-conv1d", "conv1d", "Conv 1D"])
def test_folder_that_is_nearly_the_units_is_said(name, course):
    """nbgrader looks for the exact name only: nobody would hear of it."""
    (course / "submitted/yun" / name).mkdir(parents=True)
    (course / "submitted/zed" / "02_conv2d").mkdir(parents=True)
    found = mend(course, UNIT)
    (said,) = found["yun"]
    assert said.startswith(f"{NEEDS}submitted/yun/{name} looks like this unit")
    assert found["zed"] == ("handed nothing in",)


def test_folder_of_a_students_own_in_the_way_stops_nobody(bob, course):
    """A renamed notebook is copied, whatever else is called like a draft of it."""
    renamed(bob)
    (bob / "conv1d.part").mkdir()
    assert mend(course, UNIT)["bob"][0].startswith("handed in as")
    assert (bob / NAME).is_file() and (bob / "conv1d.part").is_dir()
