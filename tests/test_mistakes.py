"""Mistakes declared as changes: edits of the solution's text, other arguments, other results."""

import subprocess
import sys

import numpy as np
import pytest

from autograder import notebooks
from autograder.declare.mistakes import Twin, after, before, edit
from autograder.declare.solutions import FOLDER, path_of
from autograder.exercises import EXERCISES, UNITS
from autograder.spec import Case, Exercise
from autograder.verify import prove
from course.outcome import call

WORDS = ("It was done.", "Look again.")


def throw(v, angle, g=9.81):
    """How far a throw goes; half of the text here would be found twice: v**2 / g."""
    return v**2 * np.sin(2 * np.radians(angle)) / g


def exercise(*twins, reference=throw, home=""):
    def hidden(draw):
        yield Case("a throw", (10.0, 30.0))
        yield Case("on the moon", (10.0, 40.0), {"g": 1.62})

    return Exercise("throw", reference, {"values": 1}, hidden, twins=twins, home=str(home))


@pytest.fixture
def home(tmp_path):
    """The file that declares an exercise, with the texts of two solutions beside it."""
    folder = tmp_path / FOLDER
    folder.mkdir()
    (folder / "throw.py").write_text(
        'def throw(v, angle, g=9.81):\n    """v squared."""\n'
        "    return squared(v) * slope(angle) / g\n")
    (folder / "squared.py").write_text("def squared(v):\n    return v * v\n")
    return tmp_path / "throws.py"


def slope(angle):
    return np.sin(2 * np.radians(angle))


def test_edit_changes_the_references_text_where_no_solution_is_kept():
    """One piece, or several at once; its docstring is no part of the text."""
    made = exercise(
        edit("radians", "np.radians(angle)", "angle", *WORDS),
        edit("both", ("v**2", "/ g"), ("v", "* g"), *WORDS),
    ).twin
    assert made["radians"].function(10.0, 0.5, g=1.0) == 100 * np.sin(1.0)
    assert made["both"].function(10.0, 45.0, g=2.0) == 20.0


def test_edit_changes_the_notebooks_solution_and_calls_the_other_ones(home):
    """A helper is the solution kept beside it, or what the reference's module knows by its name."""
    declared = exercise(edit("g-ignored", " / g", "", *WORDS), home=home)
    assert declared.twin["g-ignored"].function(3.0, 45.0, g=2.0) == 9.0
    assert declared.solution(3.0, 45.0, g=2.0) == 4.5


@pytest.mark.parametrize(("old", "count"), [("v**3", 0), ("angle", 2)])
def test_edit_refuses_a_piece_that_does_not_occur_once(old, count):
    """Exercise, mistake, piece and count are named; a changed solution orphans nothing silently."""
    declared = exercise(edit("cubed", old, "v", *WORDS))
    with pytest.raises(ValueError, match="throw: the mistake 'cubed' changes") as refused:
        _ = declared.twin["cubed"].function
    assert repr(old) in str(refused.value) and f"occurs {count} times" in str(refused.value)
    assert prove(declared).faults == [str(refused.value)]


def test_edit_that_makes_no_python_is_a_fault():
    """It would raise on every case, and so be refused and named by itself."""
    (fault,) = prove(exercise(edit("open", "/ g", "/ (g", *WORDS))).faults
    assert "the mistake 'open' makes of the solution's text what Python cannot read" in fault


def test_edit_that_calls_what_is_not_there_is_a_fault():
    """Likewise."""
    faults = prove(exercise(edit("lost", "np.radians", "radians", *WORDS))).faults
    assert faults == ["the twin 'lost' is incomplete: name 'radians' is not defined."]


def test_before_gives_the_right_function_other_arguments():
    """A value, or a function of the argument and of others, defaults among them."""
    made = exercise(
        before("g-ignored", {"g": 9.81}, *WORDS),
        before("mixed", {"v": lambda v, g: v + g, "g": lambda g: 2 * g}, *WORDS),
    ).twin
    assert made["g-ignored"].function(10.0, 30.0, g=1.62) == throw(10.0, 30.0)
    assert made["mixed"].function(10.0, 30.0) == throw(10.0 + 9.81, 30.0, g=2 * 9.81)


def test_before_refuses_an_argument_that_is_not_there():
    """The ones there are stand in the sentence."""
    with pytest.raises(ValueError, match=r"'height', but there are only v, angle, g\."):
        _ = exercise(before("tall", {"height": 2}, *WORDS)).twin["tall"].function


def test_after_changes_the_right_result():
    """A function of the result, and of arguments; a ufunc of NumPy's will do."""
    made = exercise(
        after("whole", np.trunc, *WORDS),
        after("per-speed", lambda y, v: y / v, *WORDS),
    ).twin
    assert made["whole"].function(10.0, 30.0) == 8.0
    assert made["per-speed"].function(v=10.0, angle=30.0) == throw(10.0, 30.0) / 10


def test_changed_function_keeps_the_parameters_names():
    """What a call changed is named as the student's own function would name it."""
    def spoil(y, x):
        x[0] = 0
        return y

    declared = Exercise("total", lambda x: sum(x), {"values": 1}, lambda draw: (),
                        twins=(after("spoilt", spoil, *WORDS),))
    assert call(declared.twin["spoilt"].function, ([1, 2],)).changed == ("x",)


def test_twin_shared_by_two_exercises_changes_each_ones_own():
    """A mistake that several exercises know is declared once."""
    doubled = after("doubled", lambda y: 2 * y, *WORDS)
    other = exercise(doubled, reference=lambda v, angle: v)
    assert exercise(doubled).twin["doubled"].function(10.0, 30.0) == 2 * throw(10.0, 30.0)
    assert other.twin["doubled"].function(10.0, 30.0) == 20.0
    with pytest.raises(ValueError, match="no exercise declares it"):
        _ = doubled.function
    assert Twin("own", slope, *WORDS).function is slope


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_kept_solutions_are_in_step_with_the_notebook(unit, root):
    """Those of the unit's exercises, each what `autograder refresh` would write; no others."""
    notebook = notebooks.read(notebooks.source_path(root, unit))
    fresh = notebooks.solutions(notebook, unit)
    assert {path for path in map(path_of, unit.exercises) if path} == set(fresh)
    for path, text in fresh.items():
        assert path.read_text(encoding="utf-8") == text
    for folder in {path.parent for path in fresh}:
        assert {path.stem for path in folder.glob("*.py")} <= set(EXERCISES)


def test_import_makes_no_mistake():
    """Texts are read and compiled when a mistake is first needed: an import stays as it was."""
    script = (
        "import sys\nseen = []\n"
        "sys.addaudithook(lambda event, args: seen.append(str(args[0]))\n"
        "    if event == 'open' and 'solutions' in str(args[0]) else None)\n"
        "import autograder.exercises\n"
        "print([name for name in seen if '/solutions/' in name])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr
