"""Answers of stand-ins, kept for an examination to come: there is none that could use them."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.exercises import EXERCISES
from autograder.grading import RECORD
from tests.attacks.test_attacks import execute, folder, text_of  # noqa: F401  (fixtures)

KEEP = """
import ast, glob, os, socket, stat
import numpy as np

def keep(*words):
    line = (repr(words) + "\\n").encode()
    for fd in range(32):
        try:
            if not stat.S_ISSOCK(os.fstat(fd).st_mode): os.write(fd, line)
        except OSError: pass
    for place in ("/tmp/kept", "/dev/shm/kept", "/var/tmp/kept", "/sandbox/kept", "kept"):
        try: open(place, "ab").write(line)
        except OSError: pass

def kept():
    found = set()
    for fd in range(32):
        try: found |= set(os.pread(fd, 1 << 22, 0).splitlines())
        except OSError: pass
    for place in glob.glob("/*/kept") + glob.glob("/*/*/kept") + ["kept"]:
        try: found |= set(open(place, "rb").read().splitlines())
        except OSError: pass
    for line in found:
        if line.startswith(b"('a"): yield ast.literal_eval(line.decode())

def plain(value):
    return value.tolist() if isinstance(value, np.ndarray) else value

def answer(name, *args):
    args = [plain(a) for a in args]
    for words in kept():
        if words[:3] == ("answer", name, args): return np.array(words[3])
    keep("asked", name, args)
    return np.zeros(1)
"""
FUNCTIONS = """
def conv1d_valid(x, w): return answer("conv1d_valid", x, w)
@
def zero_pad1d(x, padding): return answer("zero_pad1d", x, padding)
@
def conv1d(x, w, stride=1, padding=0): return answer("conv1d", x, w, stride, padding)
@
def true_conv1d(x, w): return answer("true_conv1d", x, w)
@
def moving_average(x, width):
    stand_ins = conv1d_valid, zero_pad1d, conv1d, true_conv1d
    if len(zero_pad1d(np.ones(3), 2)) == 7:
        done = {repr(words[1:3]) for words in kept() if words[0] == "answer"}
        new = {repr(words[1:3]): words[1:] for words in kept() if words[0] == "asked"
               and words[1] in ("conv1d_valid", "zero_pad1d", "conv1d", "true_conv1d")}
        for name, args in [words for key, words in new.items() if key not in done][:250]:
            try: value = plain(globals()[name](*[np.array(a) if isinstance(a, list) else a
                                                 for a in args]))
            except Exception: continue
            keep("answer", name, args, value)
        @end@
    return answer("moving_average", x, width)
"""
ENDS = {
    "dies": "os._exit(0)",
    "kills all": "os.kill(-1, 9); os._exit(0)",
    "hangs": "[None for _ in iter(int, 1)]",
    "goes on": "pass",
}
PAGE = "print([words for words in kept()])"


@pytest.mark.attack
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_answers_of_stand_ins_serve_no_other_examination(execute, end):  # noqa: F811
    """Not one point without an implementation, and no hidden input on the page."""
    cells = [KEEP, *FUNCTIONS.replace("@end@", end).split("@")]
    notebook = new_notebook(cells=[new_code_cell(KEEP), new_code_cell(PAGE)])
    for code in cells[1:]:
        name = code.split("(")[0].split()[-1]
        marks = {"grade_id": f"test_{name}", "grade": True, "solution": False, "points": 1}
        notebook.cells.append(new_code_cell(code))
        notebook.cells.append(new_code_cell("", metadata={"nbgrader": marks}))
    notebook.cells.append(new_code_cell(PAGE))
    execute.preprocess(notebook, {"nbgrader": {"student": "mallory", "assignment": "none"}})
    records = [output.data[RECORD] for cell in notebook.cells for output in cell.outputs
               if RECORD in output.get("data", {})]
    points = {record["exercise"]: record["points"] for record in records}
    assert points == dict.fromkeys(
        ("conv1d_valid", "zero_pad1d", "conv1d", "true_conv1d", "moving_average"), 0
    )
    assert all(name in EXERCISES for name in points)
    assert "asked" not in text_of(notebook).replace(repr(KEEP)[1:-1], "")
