"""What `check` says to the answers that students give, in a notebook."""

import re
import signal

import pytest
from IPython.core.interactiveshell import InteractiveShell

from course import checking, deadline
from course.attempt import ENDLESS

CONV2D = """def conv2d(x, w, stride=1, padding=0):
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    x = np.pad(x, padding)
    kh, kw = w.shape
    out = np.zeros(((x.shape[0] - kh) // stride + 1, (x.shape[1] - kw) // stride + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(x[i*stride:i*stride+kh, j*stride:j*stride+kw] * w)
    return out"""
VALID = """def conv1d_valid(x, w):
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    y = np.zeros(len(x) - len(w) + 1)
    for i in range(len(y)):
        y[i] = np.dot(x[i : i + len(w)], w)
    return y"""
LAYER = """def conv_layer(x, w, b, stride=1, padding=0):
    x = np.pad(np.asarray(x, float), ((0, 0), (padding, padding), (padding, padding)))
    w = np.asarray(w, dtype=float)
    F, C, kh, kw = w.shape
    out = np.zeros((F, (x.shape[1] - kh) // stride + 1, (x.shape[2] - kw) // stride + 1))
    for f in range(F):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                part = x[:, i*stride:i*stride+kh, j*stride:j*stride+kw]
                out[f, i, j] = np.sum(part * w[f]) + b[f]
    return out"""
POOL = """def max_pool2d(x, size=2, stride=None):
    kh, kw = size if isinstance(size, tuple) else (size, size)
    sh, sw = (kh, kw) if stride is None else stride if isinstance(stride, tuple) else (stride,) * 2
    shape = ((x.shape[-2] - kh) // sh + 1, (x.shape[-1] - kw) // sw + 1)
    out = np.zeros((*x.shape[:-2], *shape))
    for i in range(shape[0]):
        for j in range(shape[1]):
            out[..., i, j] = x[..., i*sh:i*sh+kh, j*sw:j*sw+kw].max(axis=(-2, -1))
    return out"""
BACKWARD = """def conv1d_backward(dout, x, w):
    dx, dw = np.zeros(len(x)), np.zeros(len(w))
    for i in range(len(dout)):
        dx[i : i + len(w)] += dout[i] * w
        dw += dout[i] * x[i : i + len(w)]
    return dx, dw"""
RGB = """def conv2d_rgb(x, w, b=0.0):
    total = np.zeros((x.shape[1] - w.shape[1] + 1, x.shape[2] - w.shape[2] + 1))
    for i in range(total.shape[0]):
        for j in range(total.shape[1]):
            total[i, j] = np.sum(x[:, i:i+w.shape[1], j:j+w.shape[2]] * w) + b
    return total"""


def changed(text, *pairs):
    """A right function with a mistake: ``old`` replaced by ``new``, pair by pair."""
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text, old
        text = text.replace(old, new)
    return text


FLIPPED = "You rotated the kernel by 180 degrees first"
ANSWERS = {
    "right": ([CONV2D], "right", ["12 of 12 visible cases pass.", "as cell [2] defines it"]),
    "flipped": ([changed(CONV2D, "* w)", "* w[::-1, ::-1])")], "wrong",
                [FLIPPED, "0 of 12 visible cases pass", "= −16; yours −12"]),
    "mirrored": ([changed(CONV2D, "* w)", "* w[:, ::-1])")], "wrong",
                 ["The kernel lies mirrored left to right."]),
    "off by one": ([changed(CONV2D, "stride + 1", "stride")], "wrong",
                   ["The last row and the last column of the output are missing",
                    "yours has no number for it"]),
    "no return": ([changed(CONV2D, "return out", "out = out")], "wrong",
                  ["returned None: did you forget `return`?"]),
    "print instead of return": ([changed(CONV2D, "return out", "print(out)")], "wrong",
                                ["`print` only shows a result, `return` hands it on",
                                 "printed  [[-16."]),
    "int type": ([changed(CONV2D, "stride + 1))", "stride + 1), dtype=int)")], "wrong",
                 ["digits behind the decimal point are cut off"]),
    "wrong shape": ([changed(CONV2D, "return out", "return out.ravel()")], "wrong",
                    ["shape    yours (4,), expected (2, 2)"]),
    "ragged list": ([changed(CONV2D, "return out", "return [[1.0], [1.0, 2.0]]")], "wrong",
                    ["the rows do not all have the same length"]),
    "list": ([changed(CONV2D, "return out", "return out.tolist()")], "right", []),
    "exception": ([changed(CONV2D, "out[i, j]", "out[i, j + 9]")], "raised",
                  ["raised IndexError", "your line 8 of `conv2d`, cell [2]: out[i, j + 9]",
                   "an index ran past the end"]),
    "unknown name": ([changed(CONV2D, "* w)", "* kernel)")], "raised",
                     ["NameError: name 'kernel' is not defined"]),
    "endless loop": ([changed(CONV2D, "    return out", "    while True:\n        kh += 1")],
                     "raised", ["did not end within", "line 9 of `conv2d`, cell [2]: while True:",
                                "Which loop goes on for ever?"]),
    "endless and catching all": (
        ["def conv2d(x, w, stride=1, padding=0):\n    n = 0\n    while True:\n        try:\n"
         "            n += 1\n        except Exception:\n            pass"],
        "raised", ["did not end within"]),
    "name of the notebook": (
        ["k = np.array([1, 2, 3])", changed(VALID, "len(w)", "len(k)")], "raised",
        ["reads the notebook's `k` where `w` belongs", "an array of shape (3,)"]),
    "length of the notebook": (
        ["n = 3", changed(VALID, "len(w)", "n")], "raised",
        ["reads the notebook's `n` where `len(w)` belongs"]),
    "name of the notebook in a helper": (
        ["k = np.array([1, 2, 3])", "def part(x, i):\n    return x[i : i + len(k)]",
         changed(VALID, "x[i : i + len(w)]", "part(x, i)")], "raised",
        ["reads the notebook's `k` where `w` belongs"]),
    "name of the notebook among others": (
        ["k = np.array([1, 2, 3])", changed(VALID, "np.dot(", "1 + len(k) * np.dot(")], "wrong",
        ["reads `k` (an array of shape (3,)) from the notebook, not from its arguments"]),
    "syntax error above": ([CONV2D, changed(CONV2D, "return out", "return out)")], "not checked",
                           ["cell [3] has a syntax error in line 9: unmatched ')'",
                            "still what an earlier cell made of it"]),
    "error above": ([CONV2D, "no_such_name\n" + CONV2D], "not checked",
                    ["cell [3] stopped with an error before it came to `def conv2d`"]),
    "syntax error mended": ([CONV2D, changed(CONV2D, "return out", "return out)"), CONV2D + "\n"],
                            "right", ["as cell [4] defines it"]),
    "syntax error elsewhere": ([CONV2D, "conv2d(1, 2"], "right", []),
    "ready-made routine": (["def conv1d_valid(x, w):\n    return np.correlate(x, w) * 1.0"],
                           "shortcut",
                           ["uses numpy.correlate (line 2: return np.correlate(x, w) * 1.0), which "
                            "does what you were to work out yourself"]),
    "comparison only": ([VALID, "np.correlate([1, 2, 3], [1, 0])"], "right", []),
    "padding once": ([changed(CONV2D, "np.pad(x, padding)", "np.pad(x, (padding, 0))")], "wrong",
                     ["padding counted once"]),
    "stride ignored": ([changed(CONV2D, "i*stride:i*stride", "i:i", "j*stride:j*stride", "j:j")],
                       "wrong", []),
    "bias per channel": ([changed(RGB, "+ b", "+ len(x) * b")], "wrong",
                         ["The bias was added once for every channel",
                          "channel by channel 6.5 + 90 + 1300 + bias 7 = 1403.5"]),
    "filters summed": ([changed(LAYER, "return out", "return out.sum(axis=0)")], "wrong", []),
    "max from zero": ([changed(POOL, ".max(axis=(-2, -1))", ".max(axis=(-2, -1), initial=0)")],
                      "wrong", ["Negative maxima came out as 0",
                                "largest of −5, −1, −3, −2 = −1; yours 0"]),
    "overlap overwritten": ([changed(BACKWARD, "+= dout[i] * w", "= dout[i] * w")], "wrong", []),
    "[p:-p]": (["def zero_pad1d(x, padding):\n    y = np.zeros(len(x) + 2 * padding)\n"
                "    y[padding:-padding] = x\n    return y"], "raised", []),
    "swapped results": ([changed(BACKWARD, "return dx, dw", "return dw, dx")], "wrong", []),
    "changed input": ([changed(VALID, "np.asarray(x, dtype=float)", "x",
                               "return y", "x[0] = 9\n    return y")], "wrong",
                      ["changed its input `x`"]),
    "tuple returned": ([changed(CONV2D, "return out", "return out, kh")], "wrong",
                       ["returned several values (a tuple); expected one array"]),
    "scalar": ([changed(CONV2D, "return out", "return out.sum()")], "wrong",
               ["yours a single number, expected (2, 2)"]),
    "string": ([changed(CONV2D, "return out", "return str(out)")], "wrong",
               ["returned str; expected numbers"]),
    "transposed": ([changed(CONV2D, "return out", "return out.T")], "wrong", []),
    "float32": ([changed(CONV2D, "return out", "return out.astype(np.float32)")], "right", []),
    "not attempted": (["def conv2d(x, w, stride=1, padding=0):\n    raise NotImplementedError()"],
                      "not attempted", []),
    "stub left": ([CONV2D + "\n    raise NotImplementedError()"], "right", []),
    "too many arguments": ([changed(CONV2D, "stride=1, padding=0", "stride, padding")], "raised",
                           ["TypeError: "]),
    "recursion": (["def conv2d(x, w, stride=1, padding=0):\n    return conv2d(x, w)"], "raised",
                  ["raised RecursionError"]),
    "prints a lot": ([changed(CONV2D, "return out", "for i in range(999): print(i)\n"
                              "    return 2 * out")], "wrong", ["... and more"]),
    "all right but one number": (["hand_valid = [8, 11, -2, 1, 12, 1]"], "wrong",
                                 ["5 of 6 numbers are right."]),
    "no function": (["conv2d = 3"], "raised", ["3 is not a function"]),
}


@pytest.fixture
def shell(monkeypatch):
    """A notebook's shell with NumPy, in cell 1."""
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    shell.run_cell("import numpy as np", store_history=True)
    yield shell
    InteractiveShell.clear_instance()


def asked(shell, cells):
    """The Report on what some cells define."""
    for cell in cells:
        shell.run_cell(cell, store_history=True)
    (*_, name) = re.findall(r"^(?:def )?(conv\w*|max_pool2d|zero_pad1d|hand_valid)(?:\(.*:$| = )",
                            "\n".join(cells), re.M)
    shell.run_cell("from course.checking import inspect_answer", store_history=True)
    shell.run_cell(f"report = inspect_answer({name!r}, {name})", store_history=True)
    return shell.user_ns["report"]


@pytest.mark.parametrize("name", ANSWERS)
def test_check_says_what_happened(name, shell, monkeypatch, capsys):
    """Status and words for each answer; at most six lines stand above the picture."""
    monkeypatch.setattr(deadline, "SECONDS", 0.3)
    cells, status, words = ANSWERS[name]
    report = asked(shell, cells)
    capsys.readouterr()
    assert report.status == status, report.text()
    for word in words:
        assert word in report.text(), report.text()
    above = [label for label, _ in report.above() if label != "printed"]
    assert len(above) <= 6 and "`" not in re.sub(r"<code>.*?</code>", "", report.html())
    assert not any(one.name in report.text() for one in report.likely)


def test_check_of_the_name_of_the_notebook_names_no_other_mistake(shell, capsys):
    """A wrong name is worse than none."""
    cells, *_ = ANSWERS["name of the notebook"]
    report = asked(shell, cells)
    assert [one.name for one in report.likely] == ["name-of-the-notebook"]
    assert shell.user_ns["k"].tolist() == [1, 2, 3]


def test_check_of_more_code_than_is_read_goes_by_the_numbers(shell, monkeypatch):
    """A long day's history is no mistake of the student's."""
    monkeypatch.setattr("course.shortcuts.reading.MAX_CODE", 10)
    cells, *_ = ANSWERS["ready-made routine"]
    assert asked(shell, cells).status == "right"


def test_check_tries_names_of_the_notebook_for_a_bounded_time(shell, monkeypatch, capsys):
    """Another value in the place of a name may make a loop endless: the search ends as a whole."""
    monkeypatch.setattr(deadline, "SECONDS", 0.3)
    wrong = VALID.replace("    return y", "    i = 0\n    while i != n:\n        i += 1\n"
                          "    return 2 * y")
    report = asked(shell, ["n = 2.0", wrong])
    assert report.status == "wrong" and "reads `n` (2.0)" in report.text()


def test_check_outside_the_main_thread_ends_a_loop_too(monkeypatch):
    """Where there is no timer, a thread watches."""
    import threading

    said = []

    def work():
        try:
            with deadline.deadline(0.2):
                while True:
                    pass
        except deadline.TookTooLong:
            said.append(ENDLESS)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)
    assert said == [ENDLESS]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no timers here")
def test_check_leaves_no_timer_that_rings_later():
    """A signal may arrive when all is over already: it ends nothing else then."""
    before = [signal.getsignal(number) for _, number in deadline._timers()]
    with deadline.deadline(60):
        ring = signal.getsignal(signal.SIGPROF)
    with pytest.raises(deadline.TookTooLong), deadline.deadline(60):
        signal.raise_signal(signal.SIGPROF)
    assert ring(signal.SIGPROF, None) is None
    assert [signal.getitimer(timer)[0] for timer, _ in deadline._timers()] == [0, 0]
    assert [signal.getsignal(number) for _, number in deadline._timers()] == before


def test_check_is_quiet_about_what_is_not_attempted(shell, capsys):
    """A grey line and no error, but for nbgrader's Validate."""
    shell.run_cell("from course import check\ndef conv2d(x, w):\n    raise NotImplementedError()",
                   store_history=True)
    assert shell.run_cell('check("conv2d", conv2d)', store_history=True).error_in_exec is None
    shell.run_cell("import os; os.environ['NBGRADER_EXECUTION'] = 'validate'")
    try:
        found = shell.run_cell('check("conv2d", conv2d)', store_history=True)
    finally:
        shell.run_cell("del os.environ['NBGRADER_EXECUTION']")
    assert isinstance(found.error_in_exec, checking.NotAttempted)
