"""Errors carried forward: a helper's mistake costs points once."""

import re

import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder import carry as carrying
from autograder.draw import draw
from autograder.execute import SandboxExecute
from autograder.exercises import EXERCISES, UNITS
from autograder.grading import EXAMINED, RECORD, grade, judged
from course.shortcuts import reached

ONE_SIDED = "def zero_pad1d(x, padding): return np.concatenate([x, np.zeros(2 * padding)])"
FLIPPED = (
    "def conv1d_valid(x, w):\n"
    "    return np.array([np.dot(x[i : i + len(w)], w[::-1]) for i in range(len(x) - len(w) + 1)])"
)
TRUE = "def true_conv1d(x, w): return conv1d_valid(x, w[::-1])"
MEAN = "def moving_average(x, width): return true_conv1d(x, np.arange(width) / width)"
CONV1D = """
def conv1d(x, w, stride=1, padding=0):
    padded = zero_pad1d(x, padding)
    if len(w) > len(padded):
        raise ValueError(f"{len(w)} of w, {len(x)} of x")
    return [np.dot(padded[i : i + len(w)], w) for i in range(0, len(padded) - len(w) + 1, stride)]
"""
CONV1D_TOO = """
def conv1d(x, w, stride=1, padding=0):
    return conv1d_valid(zero_pad1d(x, padding), w)[::stride]
"""
NO_STRIDE = CONV1D.replace("+ 1, stride)", "+ 1)")
ALONE = CONV1D.replace("zero_pad1d(x, padding)", "np.concatenate([x, np.zeros(2 * padding)])")
SHORT = "def zero_pad1d(x, padding): return np.convolve(x, np.ones(1), 'full')"


@pytest.fixture(scope="module")
def execute():
    """The preprocessor with its defaults."""
    preprocessor = SandboxExecute()
    preprocessor.runner()
    yield preprocessor


@pytest.fixture
def batteries(monkeypatch):
    """The exercises that are examined, one entry for each time."""
    seen, original = [], SandboxExecute._examined

    def examined(self, one, helpers=None, **settings):
        seen.append((one.exercise.id, sorted(helpers or ())))
        return original(self, one, helpers, **settings)

    monkeypatch.setattr(SandboxExecute, "_examined", examined)
    return seen


def test_cell(name):
    marks = {"grade_id": f"test_{name}", "grade": True, "solution": False, "points": 1}
    return new_code_cell("", metadata={"nbgrader": marks})


test_cell.__test__ = False


def name_of(code):
    return re.search(r"def (\w+)", code)[1]


def graded(execute, *functions):
    """The test cells' displays by exercise: each function is followed by its test cell."""
    cells = [new_code_cell("import numpy as np")]
    for code in functions:
        cells += [new_code_cell(code), test_cell(name_of(code))]
    notebook = new_notebook(cells=cells)
    about = {"nbgrader": {"student": "somebody", "assignment": UNITS[0].name}}
    execute.preprocess(notebook, about)
    return {
        name_of(code): cell.outputs[0].data
        for code, cell in zip(functions, notebook.cells[2::2], strict=True)
    }


def points(shown):
    return {name: data[RECORD]["points"] for name, data in shown.items()}


def in_kernel(*functions):
    """The same in this process."""
    space, examined = {"np": np}, {}
    for code in functions:
        exec(code, space)
        name = name_of(code)
        judged(EXERCISES[name], space[name], "somebody", examined)
    return {name: found.record() for name, found in examined.items()}


def test_function_gets_its_points_when_only_the_helper_is_wrong(execute, batteries):
    """All of them; the helper keeps the points that it has."""
    found = points(graded(execute, ONE_SIDED, CONV1D))
    alone = points(graded(execute, ONE_SIDED))
    assert found["conv1d"] == EXERCISES["conv1d"].points
    assert found["zero_pad1d"] == alone["zero_pad1d"] < EXERCISES["zero_pad1d"].points
    assert batteries.count(("conv1d", ["zero_pad1d"])) == 1


def test_feedback_and_record_say_that_an_error_was_carried(execute):
    """In text and HTML, with the points that it would have been; nothing of the hidden cases."""
    shown = graded(execute, ONE_SIDED, CONV1D)["conv1d"]
    (note,) = shown[RECORD]["notes"]
    assert note.startswith("your zero_pad1d is not right yet and lost points of its own.")
    assert note.endswith("with yours, conv1d would have 3 of 5 points.")
    assert f"carried forward {note}" in shown["text/plain"]
    assert "carried forward" in shown["text/html"] and "zero_pad1d" in shown["text/html"]
    for case in EXERCISES["conv1d"].hidden(draw("conv1d", "somebody")):
        if len(case.args[0]) > 2:
            assert ", ".join(f"{value:g}" for value in case.args[0]) not in repr(shown)


def test_note_names_every_helper_that_was_asked(execute):
    """And in the plural."""
    shown = graded(execute, FLIPPED, ONE_SIDED, CONV1D_TOO)["conv1d"]
    (note,) = shown[RECORD]["notes"]
    assert note.startswith("your conv1d_valid and zero_pad1d are not right yet and lost points")


def test_own_mistake_still_costs_its_points(execute):
    """A stride that is ignored, on top of a wrong helper: only the padding comes back."""
    record = graded(execute, ONE_SIDED, NO_STRIDE)["conv1d"][RECORD]
    lost = {a["name"] for a in record["aspects"] if a["points"] < a["maximum"]}
    assert lost == {"stride"} and record["notes"]
    assert [mistake["name"] for mistake in record["mistakes"]] == ["stride-ignored"]


def test_helpers_own_sentences_earn_nobody_points(execute):
    """A function that leaves the check of sizes to its helper does not get the reference's."""
    shown = graded(execute, FLIPPED, ONE_SIDED, CONV1D_TOO)
    aspects = {a["name"]: a["points"] for a in shown["conv1d"][RECORD]["aspects"]}
    assert aspects == {"values": 1, "inputs": 1, "stride": 1, "padding": 1, "no fit": 0}


def test_function_that_does_not_use_the_helper_is_examined_once(execute, batteries):
    """And so is everything that is right."""
    found = graded(execute, ONE_SIDED, ALONE)
    assert "notes" not in found["conv1d"][RECORD]
    assert batteries == [("zero_pad1d", []), ("conv1d", [])]
    del batteries[:]
    right = ONE_SIDED.replace("[x, np.zeros(2 * padding)]", "[np.zeros(padding), x, "
                              "np.zeros(padding)]")
    graded(execute, right, CONV1D, NO_STRIDE.replace("conv1d(", "true_conv1d("))
    assert [helpers for _, helpers in batteries] == [[], [], []]


def test_helper_that_is_repaired_by_a_helper_counts_as_right(execute, batteries):
    """A chain: only its first link is wrong, and only that one is answered by the course."""
    shown = graded(execute, FLIPPED, TRUE, MEAN.replace("np.arange(width)", "np.ones(width)"))
    full = {name: EXERCISES[name].points for name in ("true_conv1d", "moving_average")}
    assert points(shown) == {"conv1d_valid": points(shown)["conv1d_valid"], **full}
    assert ("moving_average", ["conv1d_valid", "true_conv1d"]) not in batteries


def test_earlier_function_is_never_answered_by_a_later_one(execute, batteries):
    """Whatever the order of the cells; nor by itself."""
    circle = "def conv1d_valid(x, w): return conv1d(x, w)"
    wrong = CONV1D.replace("np.dot(", "-np.dot(")
    shown = graded(execute, wrong.replace("zero_pad1d(x, padding)", "np.pad(x, padding)"), circle)
    assert "notes" not in shown["conv1d_valid"][RECORD]
    assert batteries == [("conv1d", []), ("conv1d_valid", [])]


def test_blank_helper_is_no_mistake(execute, batteries):
    """What was not attempted is not answered."""
    graded(execute, "def zero_pad1d(x, padding): raise NotImplementedError()", CONV1D)
    assert batteries == [("zero_pad1d", []), ("conv1d", [])]


def test_shortcut_stays_refused(execute, batteries):
    """In the helper, and in what calls it."""
    shown = graded(execute, SHORT, CONV1D)
    assert {data[RECORD]["status"] for data in shown.values()} == {"shortcut"}
    assert points(shown) == {"zero_pad1d": 0, "conv1d": 0}
    assert batteries == [("zero_pad1d", []), ("conv1d", [])]
    own = CONV1D.replace("np.dot(padded[i : i + len(w)], w)",
                         "np.correlate(padded[i : i + len(w)], w)[0]")
    assert graded(execute, ONE_SIDED, own)["conv1d"][RECORD]["status"] == "shortcut"


def test_answering_a_helper_is_not_the_students_use_of_scipy(execute):
    """The course's own functions are made of it."""
    assert graded(execute, FLIPPED, TRUE)["true_conv1d"][RECORD]["status"] == "right"


@pytest.mark.parametrize("functions", [
    (ONE_SIDED, CONV1D), (ONE_SIDED, NO_STRIDE), (ONE_SIDED, ALONE), (FLIPPED, TRUE, MEAN),
    (FLIPPED, ONE_SIDED, CONV1D_TOO, TRUE),
    ("def zero_pad1d(x, padding): return 1 / 0", CONV1D),
    ("def zero_pad1d(x, padding): raise ValueError(f'{len(x)} and {padding}')", CONV1D, TRUE),
], ids=range(7))
def test_notebooks_own_kernel_gives_the_same(functions, execute):
    """Record by record."""
    shown = graded(execute, *functions)
    assert {name: data[RECORD] for name, data in shown.items()} == in_kernel(*functions)


def test_grade_remembers_earlier_exercises_of_a_student(capsys):
    """And leaves the notebook's names as they were."""
    space = {"np": np}
    for code in (ONE_SIDED, CONV1D):
        exec(code, space)
    before = dict(space)
    try:
        grade("zero_pad1d", space["zero_pad1d"], "somebody")
        assert grade("conv1d", space["conv1d"], "another") == 3
        assert grade("conv1d", space["conv1d"], "somebody") == 5
    finally:
        EXAMINED.pop("somebody"), EXAMINED.pop("another")
    assert space == before
    assert "carried forward" in capsys.readouterr().out


def test_suspects_are_earlier_functions_of_the_unit():
    """Not the function itself, no later one, no hand-worked answer, none of another unit."""
    examined = in_examinations("hand_valid", "conv1d_valid", "conv1d", "true_conv1d", "conv2d")
    assert list(carrying.suspects(EXERCISES["conv1d"], examined)) == ["conv1d_valid"]
    assert list(carrying.suspects(EXERCISES["true_conv1d"], examined)) == ["conv1d_valid", "conv1d"]


def in_examinations(*names):
    examined = {}
    for name in names:
        wrong = 0 if EXERCISES[name].answer else lambda *args, **kwargs: 0
        judged(EXERCISES[name], wrong, "somebody", examined)
    return examined


def test_reached_names_go_through_the_students_own_functions():
    """Transitively, through aliases, and past cells that don't parse."""
    cells = ["a = b\ndef f(x): return g(x)", "def g(x):\n    return [a(v) for v in x]", "def (",
             "h()"]
    assert {"g", "a", "b"} <= reached(cells, "f")
    assert "h" not in reached(cells, "f") and reached(cells, "nothing") == set()
