"""Attacks on errors carried forward: the reference of a helper must not become an oracle."""

import re
import time

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.exercises import EXERCISES
from autograder.grading import RECORD
from tests.attacks.test_attacks import SECONDS, execute, folder  # noqa: F401  (fixtures)

PAD = """
import numpy as np, os
def zero_pad1d(x, padding):
    return np.concatenate([x, np.zeros(2 * padding)])
"""
ASKER = """
import gc, os, sys, threading
import numpy as np
def ask(name, args, kwargs={}):
    from autograder.sandbox.child.asking import Asker
    own = next(o for o in gc.get_objects() if isinstance(o, Asker))
    return own.ask(name, args, kwargs).value
"""
CALL = "def conv1d(x, w, stride=1, padding=0):\n    zero_pad1d\n    "
ATTACKS = {
    "asks for itself": CALL + "return ask('conv1d', (x, w, stride, padding))",
    "asks for a later one": CALL + "return ask('true_conv1d', (x, w[::-1]))[::stride]",
    "asks for one that lost no points": CALL + (
        "return ask('conv1d_valid', (np.pad(x, padding), w))[::stride]"
    ),
    "names itself as a helper": CALL + "return conv1d(x, w, stride, padding)",
    "asks without end": CALL + "while True: zero_pad1d([1.0], 1)",
    "asks in threads": CALL + (
        "work = lambda: [zero_pad1d([1.0], 1) for _ in range(10**6)]\n"
        "    for _ in range(8): threading.Thread(target=work).start()\n    work()"
    ),
    "huge padding": CALL + "return zero_pad1d(x, 10**9)",
    "huge padding in an array": CALL + "return zero_pad1d(x, np.array([10**9]))",
    "huge empty array": CALL + "return zero_pad1d(np.zeros((2**31, 0)), 1)",
    "huge array": CALL + "return zero_pad1d(np.zeros(5 * 10**7), 1)",
    "deep list": CALL + (
        "x = []\n    for _ in range(10**5): x = [x]\n    return zero_pad1d(x, 1)"
    ),
    "wide list": CALL + "return zero_pad1d([1.0] * 10**6, 1)",
    "pickle bomb": CALL + (
        "class P:\n        def __reduce__(self): return (open, ('@folder@/pwned', 'w'))\n"
        "    return zero_pad1d(P(), P())"
    ),
    "does not read the answers": CALL + (
        "from autograder.sandbox.child.asking import Asker\n"
        "    own = next(o for o in gc.get_objects() if isinstance(o, Asker))\n"
        "    while True: own.channel.send({'id': own.number, 'ask': 'zero_pad1d', 'args': "
        "[['list', [1.0] * 4000], 1], 'names': []})"
    ),
    "keeps the answers in a file": CALL + (
        "open('/tmp/kept', 'a').write(repr(zero_pad1d(x, padding).tolist()) + '\\n')\n"
        "    return np.zeros(3)"
    ),
    "asks in a child process": CALL + (
        "if os.fork() == 0:\n        zero_pad1d([1.0], 1)\n        os._exit(0)\n    os.wait()\n"
        "    return zero_pad1d(x, padding)"
    ),
}


def test_cell(name):
    marks = {"grade_id": f"test_{name}", "grade": True, "solution": False, "points": 1}
    return new_code_cell("", metadata={"nbgrader": marks})


test_cell.__test__ = False


def graded(execute, *cells):  # noqa: F811
    """Points by exercise; each definition of an exercise's function is followed by its test."""
    notebook = new_notebook(cells=[])
    for code in cells:
        notebook.cells.append(new_code_cell(code))
        notebook.cells += [test_cell(n) for n in re.findall(r"^def (\w+)", code, re.M)
                           if n in EXERCISES]
    execute.preprocess(notebook, {"nbgrader": {"student": "mallory", "assignment": "none"}})
    records = [o.data[RECORD] for c in notebook.cells for o in c.outputs if RECORD in
               o.get("data", {})]
    return {record["exercise"]: record["points"] for record in records}


@pytest.mark.attack
@pytest.mark.parametrize("code", ATTACKS.values(), ids=ATTACKS)
def test_attack_through_a_helper_gains_nothing(code, execute, folder):  # noqa: F811
    """No unearned point, bounded work, nothing changed outside; the helper keeps its points."""
    before = sorted(folder.rglob("*"))
    alone = graded(execute, PAD)
    started = time.process_time()
    found = graded(execute, ASKER, PAD, code.replace("@folder@", str(folder)))
    assert found == {**alone, "conv1d": 0}
    assert time.process_time() - started < SECONDS
    assert sorted(folder.rglob("*")) == before


@pytest.mark.attack
def test_answers_kept_in_a_file_help_no_helper(execute):  # noqa: F811
    """A helper was judged before anybody could ask for it, and is not judged again."""
    reader = (
        "import numpy as np, os\ndef zero_pad1d(x, padding):\n"
        "    if os.path.exists('/tmp/kept'):\n"
        "        for line in open('/tmp/kept'):\n"
        "            if len(eval(line)) == len(x) + 2 * padding: return eval(line)\n"
        "    return np.zeros(len(x) + 2 * padding)\n"
    )
    without = graded(execute, reader)
    found = graded(execute, ASKER, reader, ATTACKS["keeps the answers in a file"], reader)
    assert found["zero_pad1d"] == without["zero_pad1d"] < EXERCISES["zero_pad1d"].points
