"""Ready-made routines are seen at work, whatever way they are reached; what is harmless is not."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.execute import SandboxExecute
from autograder.grading import RECORD

MARKS = {"grade_id": "test_conv1d", "grade": True, "solution": False, "points": 5}
START = """
import numpy as np
def {name}:
    n, k = len(x), len(w)
    x = np.pad(np.asarray(x, float), padding)
    if k > len(x):
        raise ValueError(f"{{k}} values of w do not fit into {{n}} of x")
"""
CONV = START.format(name="conv1d(x, w, stride=1, padding=0)")
OWN = "    return np.array([x[i : i + k] @ np.asarray(w, float)\n" \
    "                     for i in range(0, len(x) - k + 1, stride)])\n"
RIGHT = CONV + OWN
VALID = "    return {}(x, np.asarray(w, float), 'valid')[::stride]\n"
NAME = "'corr' + 'elate'"
C_LEVEL = "    return {}(x, w, mode=0)[::stride]\n"
SCIPY = "getattr(__import__('sci' + 'py.nd' + 'image').ndimage, 'corr' + 'elate1d')"
PRIVATE = "getattr(__import__('sci' + 'py.nd' + 'image._nd_image').ndimage._nd_image, " \
    "'corr' + 'elate1d')"
ND = "    out = {}(x, np.asarray(w, float), mode='constant')\n" \
    "    return out[k // 2 : k // 2 + len(x) - k + 1][::stride]\n"
ND_C = "    out = np.zeros(len(x))\n" \
    "    {}(x, np.asarray(w, float), 0, out, 4, 0.0, 0)\n" \
    "    return out[k // 2 : k // 2 + len(x) - k + 1][::stride]\n"

UNSEEN_BY_READING = {
    "in a list": ("import numpy as np", f"t = [getattr(np, {NAME})]", CONV + VALID.format("t[0]")),
    "a partial": ("import functools, numpy as np",
                  f"t = functools.partial(getattr(np, {NAME}), mode='valid')",
                  CONV + "    return t(x, np.asarray(w, float))[::stride]\n"),
    "a default argument": (
        "import numpy as np",
        CONV.replace("padding=0", f"padding=0, do=getattr(np, {NAME})") + VALID.format("do")),
    "a closure": (
        f"import numpy as np\ndef make(do=getattr(np, {NAME})): return lambda *a: do(*a)\n"
        "t = make()", CONV + VALID.format("t")),
    "an instance": ("import numpy as np\nclass A: pass\nt = A()", f"t.c = getattr(np, {NAME})",
                    CONV + VALID.format("t.c")),
    "a map": (f"import numpy as np\nt = getattr(np, {NAME})",
              CONV + "    return next(map(t, [x], [np.asarray(w, float)], ['valid']))[::stride]\n"),
    "by code in a text": (CONV + "    return eval('np.cor' + 'relate')(x, w)[::stride]\n",),
    "NumPy's inner function": (
        f"import numpy as np\nt = getattr(np._core.multiarray, {NAME} + '2')",
        CONV + C_LEVEL.format("t")),
    "a partial of it": (
        f"import functools\nimport numpy as np\nt = functools.partial(getattr("
        f"np._core.multiarray, {NAME} + '2'), mode=0)",
        CONV + "    return t(x, w)[::stride]\n"),
    "what the recorder keeps": (
        f"import numpy as np\nt = getattr(np._core.multiarray, {NAME} + '2')\n"
        "kept = [c.cell_contents for c in t.__closure__ or ()]\n"
        "t = next((c for c in kept if type(c) is type(len)), t)", CONV + C_LEVEL.format("t")),
    "what NumPy's dispatcher keeps": (
        f"import numpy as np\nt = getattr(np, {NAME})._implementation",
        CONV + VALID.format("t")),
    "a thread": (
        "import numpy as np\nfrom concurrent.futures import ThreadPoolExecutor\n"
        "pool = ThreadPoolExecutor(1)", CONV + "    return pool.submit("
        f"getattr(np, {NAME}), x, w, 'valid').result()[::stride]\n"),
    "SciPy kept in a list": (f"t = [{SCIPY}]", CONV + ND.format("t[0]")),
    "SciPy in a partial": (
        f"import functools\nt = functools.partial({SCIPY})", CONV + ND.format("t")),
    "SciPy's private function": (f"t = [{PRIVATE}]", CONV + ND_C.format("t[0]")),
    "SciPy by its dictionary": (
        "import sys", f"{SCIPY}", CONV + ND.format(
            "vars(sys.modules['sci' + 'py.ndimage'])['corr' + 'elate1d']")),
    "SciPy in a thread": (
        f"from concurrent.futures import ThreadPoolExecutor\nt = {SCIPY}\n"
        "pool = ThreadPoolExecutor(1)",
        CONV + ND.replace("{}(", "pool.submit(t, ").replace("'constant')", "'constant').result()")),
    "SciPy by another thread's means": (
        "import sys", f"{SCIPY}", CONV + ND.format(
            "object.__getattribute__(sys.modules['sci' + 'py.ndimage'], 'corr' + 'elate1d')")),
}

READ = {
    "a cell that is not plain Python": (
        "from scipy.ndimage import _nd_image\nimport functools",
        "files = !ls\nt = functools.partial(_nd_image.correlate1d)", CONV + ND_C.format("t")),
    "a module beside the notebook": (
        "%%writefile helper.py\nfrom scipy.ndimage import correlate1d as fold",
        "import helper", CONV + ND.format("helper.fold")),
}

FOR_A_PERSON = {
    "a program": (
        "import subprocess, sys, json", CONV +
        "    return json.loads(subprocess.run([sys.executable, '-c', 'print([1])'],\n"
        "        capture_output=True).stdout or '[1]')\n",
        "another program"),
    "a program by the shell": (
        "import os", CONV + "    os.system('true')\n" + OWN, "another program"),
    "a process": (
        "import os", CONV + "    pid = os.fork()\n    if not pid: os._exit(0)\n"
        "    os.waitpid(pid, 0)\n" + OWN, "another program"),
    "the profile taken away": (
        "import sys, scipy.signal", CONV + "    sys.setprofile(None)\n" + OWN,
        "records the use"),
    "the recorder replaced": (
        "import numpy as np\nkept = np._core.multiarray.correlate",
        CONV + "    np._core.multiarray.correlate = print\n" + OWN, "records the use"),
    "the recorder's code replaced": (
        "import numpy as np",
        CONV + "    f = np._core.multiarray.correlate\n"
        "    f.__code__ = f.__code__.replace(co_firstlineno=7)\n" + OWN, "records the use"),
    "the memory looked through": ("import gc", CONV + "    gc.get_objects()\n" + OWN,
                                  "records the use"),
}

HARMLESS = {
    "compared with NumPy and SciPy": (
        "import numpy as np, scipy.signal\nfrom scipy import ndimage",
        RIGHT, "np.correlate([1, 2], [1]), scipy.signal.correlate([1, 2], [1])",
        "ndimage.correlate1d([1.0, 2.0], [1.0])"),
    "a picture inside": (
        "import matplotlib.pyplot as plt\nimport scipy", CONV
        + "    plt.figure()\n    plt.imshow(np.outer(x, x))\n    plt.plot(x)\n"
        "    import io\n    plt.savefig(io.BytesIO(), format='png')\n    plt.close()\n" + OWN),
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


@pytest.mark.parametrize("form", UNSEEN_BY_READING)
def test_routine_is_seen_at_work(form, execute):
    """However it was kept, and although the text does not show it."""
    record, said = judged(execute, UNSEEN_BY_READING[form])
    assert (record["status"], record["points"]) == ("shortcut", 0)
    assert "seen while it ran" in said


@pytest.mark.parametrize("form", READ)
def test_routine_is_read_where_it_stands(form, execute):
    """In a cell with IPython's own syntax, and in a module."""
    record, said = judged(execute, READ[form])
    assert record["status"] == "shortcut"
    assert "scipy.ndimage" in said and "line" in said


@pytest.mark.parametrize("form", FOR_A_PERSON)
def test_what_can_not_be_seen_waits_for_a_person(form, execute):
    """No points, no verdict, and the reason in words."""
    *cells, words = FOR_A_PERSON[form]
    record, said = judged(execute, cells)
    assert (record["status"], record["points"]) == ("needs attention", 0)
    assert words in said and "until a person has looked" in said


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
