"""Huge, deep and odd submissions: a fair grade or one clear line, in bounded time and memory."""

import json
import os
import subprocess
import sys
import time

import pytest
from nbformat import NotebookNode

from autograder import gradebook
from autograder.contents import MAX_BYTES, Unreadable, contents, parsed
from autograder.demo.classroom import SOLUTION, Student, hand_in
from autograder.exercises import UNITS
from autograder.mend import NEEDS
from autograder.release import environment
from autograder.report import class_lines
from autograder.tidy import tidy

UNIT = UNITS[0]
FULL = sum(exercise.points for exercise in UNIT.exercises)
CELL = (
    '{"cell_type":"code","source":"1","metadata":{},"outputs":[],"execution_count":null,"id":"a"}'
)
SECONDS, MEGABYTES = 60, 900


def nested(depth):
    return "[" * depth + "]" * depth


def sparse(path):
    path.write_text("")
    os.truncate(path, 200_000_000)


def with_cells(cell, count):
    def damage(path):
        text = path.read_text()
        end = text.rindex("]")
        with open(path, "w") as file:
            file.write(text[:end])
            file.writelines(f",{cell}" for _ in range(count))
            file.write(text[end:])
    return damage


def with_key(key, value):
    def damage(path):
        text = path.read_text().rstrip()
        path.write_text(f'{text[:-1]}, "{key}": {value}}}')
    return damage


def in_every_cell(change):
    def damage(path):
        notebook = json.loads(path.read_text())
        for number, cell in enumerate(notebook["cells"]):
            change(cell, number)
        path.write_text(json.dumps(notebook).replace('"@deep@"', nested(300)))
    return damage


def deep_metadata(cell, number):
    cell["metadata"] |= {"x": "@deep@", "tags": "@deep@"}
    cell["metadata"].setdefault("nbgrader", {})["x"] = "@deep@"
    cell["attachments"] = {"a": {"image/png": "@deep@"}, "b": "@deep@"}


def huge_output(cell, number):
    if number == 5:
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["xyz\n"] * 10**6}]


def huge_metadata(cell, number):
    cell["metadata"]["x"] = {str(n): "y" * 100 for n in range(3000)}


def odd_names(path):
    for name in ("a\nb.ipynb", "conv1d\"'.ipynb", "$(evil).csv", "..x", "-rf", "c\n'd\".txt",
                 "\udcff.csv"):
        path.with_name(name).write_text("x")


GRADED = {
    "cells": with_cells(CELL, 200_000), "nothings": with_cells("{}", 1_000_000),
    "output": in_every_cell(huge_output), "metadata": in_every_cell(huge_metadata),
    "deep": in_every_cell(deep_metadata), "deeper": with_key("x", nested(800)),
    "bomb": with_key("x", f"[{'{},' * 2_000_000}{{}}]"), "names": odd_names,
    "language": with_key("metadata", '{"language": 1, "kernelspec": [], "language_info": 3}'),
    "infinite": with_key("x", "[NaN, 1e999]"),
}
REFUSED = {
    "huge": (sparse, "has 200 MB, more than 50"),
    "deepest": (with_key("x", nested(100_000)), "is nested too deeply"),
    "version": (with_key("nbformat", nested(500)), "format 4 but something else"),
    "digits": (with_key("x", "9" * 5000), "is no readable JSON"),
}


@pytest.fixture(scope="module")
def graded(own_release):
    """All of them handed in and graded at once, between two honest ones; (folder, cost)."""
    for name in ("aaa", "zzz", *GRADED, *REFUSED):
        hand_in(Student(name, "", SOLUTION, {}), UNIT, own_release)
    places = {
        name: own_release / "submitted" / name / UNIT.name / f"{UNIT.notebook}.ipynb"
        for name in (*GRADED, *REFUSED)
    }
    for name, place in places.items():
        (GRADED.get(name) or REFUSED[name][0])(place)
    process = subprocess.Popen(
        [sys.executable, "-m", "nbgrader", "autograde", UNIT.name], cwd=own_release,
        env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    yield own_release, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000
    for place in places.values():
        place.unlink()


@pytest.mark.attack
@pytest.mark.parametrize("name", ["aaa", "zzz", *GRADED])
def test_odd_submission_is_graded_by_what_is_in_it(name, graded):
    """Full points, for the honest ones before and after them, too."""
    of_student = gradebook.scores(graded[0], UNIT)[name]
    assert sum(of_student[f"test_{e.id}"] for e in UNIT.exercises) == FULL


@pytest.mark.attack
@pytest.mark.parametrize("name", REFUSED)
def test_unreadable_submission_gets_one_clear_line(name, graded):
    """In the report, beginning with what is to be done."""
    line = next(line for line in class_lines(graded[0], UNIT) if line.student == name)
    assert line.note.startswith("needs attention: conv1d.ipynb ")
    assert REFUSED[name][1] in line.note and line.total == 0


@pytest.mark.attack
def test_odd_submissions_take_bounded_processor_time_and_memory(graded):
    """Of all of them together; nbformat alone would take minutes and gigabytes."""
    _, seconds, megabytes = graded
    assert seconds < SECONDS and megabytes < MEGABYTES


def test_size_is_looked_at_before_a_file_is_read(tmp_path):
    """A file beyond the limit costs nothing."""
    path = tmp_path / "a.ipynb"
    sparse(path)
    started = time.process_time()
    with pytest.raises(Unreadable, match=f"more than {MAX_BYTES // 1_000_000}"):
        contents(path)
    assert time.process_time() - started < 0.1


def test_half_a_character_is_replaced_and_two_halves_are_one():
    """As an editor leaves an emoji that was cut through: nothing could store or show it."""
    found = parsed(b'{"nbformat": 4, "cells": [{"source": "x = 1  # \\ud83d\\ude00 \\ud83d"}], '
                   b'"metadata": {"\\udc80": ["\xed\xa0\x80"]}}')
    assert found["cells"] == [{"source": "x = 1  # \U0001f600 \ufffd"}]
    assert found["metadata"] == {"\ufffd": ["\ufffd"]}


@pytest.mark.parametrize("source", [{"0": "x = 1"}, 7, None, ["x = 1", 7]])
def test_text_that_is_none_is_said(source):
    """A person has to look: who wrote this cell wrote something."""
    notebook = NotebookNode(nbformat=4, nbformat_minor=5)
    dict.__setitem__(notebook, "cells", [
        {"cell_type": "code", "source": source, "metadata": {"nbgrader": {"grade_id": "conv1d"}}},
    ])
    (said,) = tidy(notebook)
    assert said.startswith(NEEDS) and "`conv1d`" in said
