"""What is harmless is not taken for a ready-made routine; how one is seen, tests/attacks shows."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.execute import SandboxExecute
from autograder.grading import RECORD
from tests.attacks.reaching import CONV, OWN, RIGHT

MARKS = {"grade_id": "test_conv1d", "grade": True, "solution": False, "points": 5}
HARMLESS = {
    "compared with NumPy and SciPy": (
        "import numpy as np, scipy.signal\nfrom scipy import ndimage",
        RIGHT, "np.correlate([1, 2], [1]), scipy.signal.correlate([1, 2], [1])",
        "ndimage.correlate1d([1.0, 2.0], [1.0])"),
    "a picture inside": (
        "import matplotlib.pyplot as plt\nimport scipy", CONV
        + "    plt.figure()\n    plt.imshow(np.outer(x, x))\n    plt.plot(x)\n"
        "    import io\n    if stride == 3: plt.savefig(io.BytesIO(), format='png')\n"
        "    plt.close()\n" + OWN),
    "PIL for a picture of one's own": (
        "from PIL import Image\nx = Image.new('L', (2, 2)).resize((3, 3))\nx", RIGHT),
    "pandas, if it is there": (
        "try:\n    import pandas\nexcept ImportError:\n    pass", RIGHT),
    "a class with an unused method": (
        "from scipy import signal\nclass Layers:\n    def check(self, x, w):\n"
        "        return signal.correlate(x, w)\n    def run(self, f, *a): return f(*a)",
        RIGHT.replace("def conv1d", "def mine"),
        "def conv1d(x, w, stride=1, padding=0): return Layers().run(mine, x, w, stride, padding)"),
}


@pytest.fixture(scope="module")
def execute():
    """The preprocessor with its defaults."""
    return SandboxExecute()


def judged(execute, cells):
    """The record of conv1d."""
    notebook = new_notebook(cells=[
        *map(new_code_cell, cells), new_code_cell("", metadata={"nbgrader": dict(MARKS)}),
    ])
    about = {"nbgrader": {"student": "somebody", "assignment": "none"}}
    output = execute.preprocess(notebook, about)[0].cells[-1].outputs[0]
    return output.data[RECORD], output.data["text/plain"]


@pytest.mark.parametrize("form", HARMLESS)
def test_harmless_use_costs_nothing(form, execute):
    """Comparisons, pictures, imports and names."""
    record, said = judged(execute, HARMLESS[form])
    assert (record["status"], record["points"]) == ("right", 5), said


def test_endless_recursion_is_an_exception_not_a_trick(execute):
    """It ends a profile, too."""
    record, said = judged(
        execute, ("import scipy.signal", "def conv1d(*a, **k): return conv1d(*a, **k)"))
    assert record["status"] == "raised" and "RecursionError" in said
