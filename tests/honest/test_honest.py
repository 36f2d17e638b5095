"""A class of honest students gets the points that grading in the notebook's own kernel gives."""

import json
import subprocess
import sys

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.execute import SandboxExecute
from autograder.grading import RECORD
from tests.honest.submissions import CLASS

MARKS = {"grade_id": "test_conv1d", "grade": True, "solution": False, "points": 5}


@pytest.fixture(scope="module")
def execute():
    """The preprocessor with its defaults."""
    return SandboxExecute()


@pytest.fixture(scope="module")
def due(root):
    """The points of everybody, found without the sandbox in one process."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.honest.reference"], cwd=root, capture_output=True, text=True,
        check=True,
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


@pytest.mark.parametrize("submission", CLASS, ids=lambda one: one.name)
def test_honest_student_gets_the_points_of_the_notebooks_own_kernel(
    submission, execute, due, tmp_path
):
    """The same points, or more for a reason that is written down; nothing is refused."""
    for name, data in submission.files.items():
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data)
    notebook = new_notebook(cells=[
        *((new_markdown_cell if cell.startswith("![") else new_code_cell)(cell)
          for cell in submission.cells),
        new_code_cell("", metadata={"nbgrader": dict(MARKS)}),
    ])
    execute.preprocess(notebook, {
        "nbgrader": {"student": "somebody", "assignment": "none"},
        "metadata": {"path": str(tmp_path)},
    })
    record = notebook.cells[-1].outputs[0].data[RECORD]
    assert record["status"] not in ("shortcut", "needs attention"), record["notes"]
    if submission.why:
        assert record["points"] == 5 > due[submission.name]
    else:
        assert record["points"] == due[submission.name]


def test_the_class_is_large_and_mostly_right(due):
    """Thirty, each with a name of its own; without the mistakes and the passed over all right."""
    assert len({one.name for one in CLASS}) == len(CLASS) == 30
    less = {name for name, points in due.items() if points < 5}
    assert less == {"Colab in the answer", "torch in the answer", "stride forgotten",
                    "kernel reversed"}
