"""Shortcuts are found where they are used."""

import contextlib
import time

import pytest

from course.shortcuts import TooMuch, find

IMPORTS = "import numpy as np\nimport scipy.signal\nfrom scipy import ndimage as nd\n"


@pytest.mark.parametrize(("cells", "routine", "line"), [
    ((IMPORTS, "def f(x, w):\n    return np.convolve(x, w)"), "numpy.convolve", 2),
    ((IMPORTS, "def f(x, w):\n    return scipy.signal.correlate(x, w)"),
     "scipy.signal.correlate", 2),
    ((IMPORTS, "def f(x, w):\n    return nd.correlate1d(x, w)"), "scipy.ndimage.correlate1d", 2),
    (("def f(x):\n    import torch\n    return torch.tensor(x)",), "torch.tensor", 3),
    (("def f(x):\n    from numpy import correlate as c\n    return c(x, x)",),
     "numpy.correlate", 3),
    ((IMPORTS, "def g(x):\n    return np.correlate(x, x)", "def f(x): return g(x)"),
     "numpy.correlate", 2),
    ((IMPORTS, "fold = np.convolve", "f = lambda x: fold(x, x)"), "numpy.convolve", 1),
    ((IMPORTS, "%matplotlib inline\nf = np.convolve"), "numpy.convolve", 2),
    ((IMPORTS, "files = !ls\ndef f(x): return nd.correlate1d(x, x)"),
     "scipy.ndimage.correlate1d", 2),
    ((IMPORTS, "%%time\ndef f(x): return nd.correlate1d(x, x)"), "scipy.ndimage.correlate1d", 2),
    ((IMPORTS, "def f(x, do=np.convolve): return do(x, x)"), "numpy.convolve", 1),
    ((IMPORTS, "def f(x):\n    def g(np): return np\n    return np.convolve(x, x)"),
     "numpy.convolve", 3),
    ((IMPORTS, "def f(x):\n    return [np for np in [np.correlate(x, x)]]"), "numpy.correlate", 2),
    ((IMPORTS, "t = {}\nt['c'] = np.convolve\ndef f(x): return t['c'](x, x)"),
     "numpy.convolve", 2),
    ((IMPORTS, "a, b = 1, np.convolve\ndef f(x): return b(x, x)"), "numpy.convolve", 1),
    ((IMPORTS, "class A:\n  def go(self, x): return np.convolve(x, x)\na = A()",
      "def f(x): return a.go(x)"), "numpy.convolve", 2),
    ((IMPORTS, "class A:\n  def __call__(self, x): return np.convolve(x, x)\nf = A()"),
     "numpy.convolve", 2),
    (("try:\n    from numpy import convolve as c\nexcept ImportError:\n    c = None",
      "f = lambda x: c(x, x)"), "numpy.convolve", 1),
    ((IMPORTS, "%%writefile m.py\nimport numpy\ndef g(x): return numpy.convolve(x, x)",
      "import m\nf = m.g"), "numpy.convolve", 3),
])
def test_use_in_the_function_or_its_helpers_is_found(cells, routine, line):
    """With the line, whatever it is called."""
    found = find(cells, "f")
    assert (found.routine, found.line) == (routine, line)
    assert routine in found.sentence()


@pytest.mark.parametrize("cells", [
    (IMPORTS, "def f(x): return x"),
    (IMPORTS, "def f(x): return x", "np.convolve(f([1]), [2])"),
    (IMPORTS, "def g(x): return np.convolve(x, x)", "def f(x): return x"),
    (IMPORTS, "def f(x): return np.convolve(x, x)", "def f(x): return x"),
    ("def convolve(x): return x", "def f(x): return convolve(x)"),
    ("this is ( no Python", "def f(x): return x"),
    (IMPORTS, "out = np.convolve([1, 2], [1])", "def f(x):\n    out = x\n    return out"),
    (IMPORTS, "x = scipy.signal.sawtooth([1])", "def f(x): return x"),
    ("from PIL import Image\nx = Image.new('L', (2, 2))", "f = lambda x: x"),
    (IMPORTS, "x = np.convolve([1], [1])", "def f(w): return [x for x in w]"),
    (IMPORTS, "x = np.convolve([1], [1])", "def f(w):\n    for x in w: return x"),
    (IMPORTS, "class A:\n  def mine(self, x): return x\n"
              "  def theirs(self, x): return np.convolve(x, x)", "def f(x): return A().mine(x)"),
    (IMPORTS, "def f(np): return np.convolve(np)"),
    (IMPORTS, "%%timeit\nf = np.convolve", "def f(x): return x"),
    (),
])
def test_imports_and_comparisons_cost_nothing(cells):
    """Only what the function itself uses counts, in its last definition."""
    assert find(cells, "f") is None


FILES = {
    "helper.py": b"import numpy as np\nfrom parts.one import fold\ndef right(x): return x\n"
                 b"def wrong(x):\n    return np.convolve(x, x)",
    "parts/one.py": b"from .two import fold",
    "parts/two.py": b"from scipy.ndimage import convolve as fold",
    "scipy.py": b"def mine(x): return x",
}


@pytest.mark.parametrize(("cells", "routine", "module", "line"), [
    (("from helper import *\nf = wrong",), "numpy.convolve", "helper.py", 5),
    (("import helper as h\ndef f(x): return h.wrong(x)",), "numpy.convolve", "helper.py", 5),
    (("%run helper.py", "def f(x): return wrong(x)"), "numpy.convolve", "helper.py", 5),
    (("from helper import fold\ndef f(x): return fold(x, x)",),
     "scipy.ndimage.convolve", "", 2),
    (("from helper import *\ndef f(x): return np.convolve(x, x)",), "numpy.convolve", "", 2),
])
def test_modules_beside_the_notebook_are_read(cells, routine, module, line):
    """With the file and the line."""
    found = find(cells, "f", files=FILES)
    assert (found.routine, found.module, found.line) == (routine, module, line)
    assert not module or f"({module}, line {line}: " in found.sentence()


def test_modules_beside_the_notebook_are_the_students_own():
    """What is not used costs nothing; a module of the student's may be called like a package."""
    for cell in ("from helper import *\nf = right", "import scipy\nf = scipy.mine"):
        assert find((cell,), "f", files=FILES) is None


LARGE = 100_000
"""Characters: a cell may have twice as many."""


def many(form, start="", most=LARGE):
    """As many lines of a form as fit into a cell."""
    lines, size = [start], len(start)
    while size < most:
        lines.append(form.format(n=len(lines), next=len(lines) + 1))
        size += len(lines[-1])
    return "".join(lines)


ENDLESS = {
    "a name in each line": (many("    np\n", "def f(x, w):\n"),),
    "statements": (many("1\n"),),
    "names": (many("    a{n}\n", "def f():\n"),),
    "methods, each asks for the next": (
        many(" def a{n}(s): s.a{next}()\n", "class f:\n def __init__(s): s.a1()\n"),),
    "functions in one line": (many("lambda:a{n};", "f=1;"),),
    "attributes": (many(".a", "def f(): x"),),
    "a way to each of many imports": (
        many("if 1: import a{n} as b\n", most=LARGE // 2),
        many("    b.a{n}\n", "def f():\n", LARGE // 2)),
    "blank lines": ("\n" * LARGE + "!ls",),
    "blanks": ("%%writefile a" + " " * LARGE + '" b',),
    "lines of IPython's": (many("!ls\n"),),
    "brackets": ("f = " + "(" * LARGE,),
    "lists in lists": (many("[", "f = "),),
    "modules in a row": (*(f"%%writefile a{n}.py\nfrom a{n + 1} import *\n" for n in range(900)),
                         "from a0 import *\ndef f(): return x"),
    "many such cells": (*(many("    a{n}\n", f"def f{n}():\n") for n in range(12)),),
}


@pytest.mark.attack
@pytest.mark.parametrize("form", ENDLESS)
def test_reading_takes_bounded_time(form):
    """Or says that there is too much."""
    started = time.process_time()
    with contextlib.suppress(TooMuch):
        find(ENDLESS[form], "f")
    assert time.process_time() - started < 10


def test_what_is_not_read_is_said():
    """Half a million characters of code is nobody's homework."""
    with pytest.raises(TooMuch):
        find(["# " + "x" * 300_000, "def f(): return 1\n" + "# x\n" * 50_000], "f")
