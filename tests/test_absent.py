"""An answer that is not there: why, in words, and what is harmless is read as it was meant."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.execute import SandboxExecute
from autograder.grading import RECORD
from course.outcome import stub_left
from tests.attacks.attack import RIGHT

ANSWER = {"grade_id": "conv1d", "grade": False, "solution": True}
TEST = {"grade_id": "test_conv1d", "grade": True, "solution": False, "points": 5}
STUB = "def conv1d(x, w, stride=1, padding=0):\n    # YOUR CODE HERE\n" \
    "    raise NotImplementedError()\n"
UNDER = RIGHT.replace("padding=0):\n", "padding=0):\n    raise NotImplementedError()\n", 1)


@pytest.fixture(scope="module")
def execute():
    """The preprocessor with its defaults."""
    return SandboxExecute()


def judged(execute, *cells, answer, after=()):
    """The points, what is said, and the outputs of the answer's cell."""
    answer = new_code_cell(answer, metadata={"nbgrader": dict(ANSWER)})
    test = new_code_cell("", metadata={"nbgrader": dict(TEST)})
    notebook = new_notebook(cells=[
        *map(new_code_cell, cells), answer, test, *map(new_code_cell, after)])
    about = {"nbgrader": {"student": "somebody", "assignment": "none"}}
    execute.preprocess(notebook, about)
    data = test.outputs[0].data
    return data[RECORD]["points"], data["text/plain"], answer.outputs


@pytest.mark.parametrize("answer", [
    "from google.colab import drive\ndrive.mount('/content/drive')\n" + RIGHT,
    "import torch\nimport torch.nn as nn, tensorflow\nfrom keras import *\n" + RIGHT,
    RIGHT + "import torch\n",
    "%%timeit\n" + RIGHT,
    "%%timeit -n 1 -r 1\n" + RIGHT,
    "%%time\n" + RIGHT,
])
def test_harmless_lines_in_an_answer_cost_nothing(answer, execute):
    """A package that is not there, and a clock around the answer."""
    points, said, _ = judged(execute, answer=answer)
    assert points == 5, said


def test_passed_over_import_is_said(execute):
    """Beside the error, which stays."""
    _, _, outputs = judged(execute, answer="import torch\n" + RIGHT)
    assert [output.output_type for output in outputs] == ["error", "stream"]
    assert outputs[1].text == \
        "(torch is not installed here; the rest of the cell was run without it.)\n"


def test_package_that_the_answer_needs_is_named(execute):
    """Its function raises then, where the package is used."""
    points, said, _ = judged(
        execute, answer="import torch\ndef conv1d(*args, **kwargs):\n    return torch.ones(3)")
    assert points == 0 and "raised   NameError" in said and "torch.ones(3)" in said


@pytest.mark.parametrize(("answer", "after", "words"), [
    (UNDER, (), "`raise NotImplementedError()` still stands above your code"),
    (RIGHT.replace("    return", "    out =") + "    raise NotImplementedError()", (),
     "`raise NotImplementedError()` still stands below your code"),
    (STUB, (RIGHT,), "defined only after its test"),
    ("", (RIGHT,), "defined only after its test"),
    ("1 / 0\n" + RIGHT, (), "its cell stopped before that: line 1: 1 / 0: ZeroDivisionError"),
    ("import numpy as np\n%%time\n" + RIGHT, (), "its cell stopped before that: line 2: %%time"),
    (RIGHT.replace("conv1d", "conv_1d"), (), "there is no `conv1d`, but a `conv_1d`"),
    ("%%capture out\n1 / 0\n" + RIGHT, (), "`conv1d` is not defined"),
    ("x = 1", (), "there is no `conv1d`"),
])
def test_reason_of_a_missing_answer_is_said(answer, after, words, execute):
    """What happened to it, not only that it is not there."""
    points, said, _ = judged(execute, answer=answer, after=after)
    assert points == 0 and words in said


def test_untouched_stub_is_not_attempted_and_nothing_more(execute):
    """Nothing to explain."""
    assert judged(execute, answer=STUB)[1] == "conv1d: not attempted yet."


@pytest.mark.parametrize("source", [STUB, RIGHT, "x = 1", "def f(", ""])
def test_a_stub_that_stands_alone_or_is_gone_is_not_left(source):
    """Only beside code of the student's own it is in the way."""
    assert stub_left(source) == ""
