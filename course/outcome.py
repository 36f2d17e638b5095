"""Call a student's function once and record what happened, whatever it does."""

import ast
import contextlib
import copy
import inspect
import io
import linecache
import os
import textwrap
import traceback
import warnings
from dataclasses import dataclass

import numpy as np

from course import notebook

VALUE, RAISED, UNATTEMPTED = "value", "raised", "unattempted"
OURS = os.path.join(os.path.dirname(__file__), "")


@dataclass(frozen=True)
class Outcome:
    """What one call did.

    Attributes
    ----------
    kind : {"value", "raised", "unattempted"}
    value : object
        The returned value, where there is one.
    error, message : str
        Name and text of the exception.
    line : str
        The student's own line that raised, as ``line 3 of `conv1d`, cell [7]: out[i] = ...``.
    changed : tuple of str
        Names of the arguments that the call changed.
    printed : str
        The beginning of what the call printed.
    """

    kind: str
    value: object = None
    error: str = ""
    message: str = ""
    line: str = ""
    changed: tuple[str, ...] = ()
    printed: str = ""


def attempted(answer):
    """Whether a hand-worked answer was filled in at all (the blank is ``...``)."""
    if isinstance(answer, dict):
        return any(attempted(part) for part in answer.values())
    return answer is not ... and answer is not None


def answered(answer):
    """The outcome of a hand-worked answer: the value itself."""
    return Outcome(VALUE, answer) if attempted(answer) else Outcome(UNATTEMPTED)


def call(function, args=(), kwargs=None):
    """Call ``function`` on copies of the arguments and record the outcome.

    Prints and NumPy warnings inside the function never cost points: warnings are swallowed, of
    the prints the beginning is kept.

    Parameters
    ----------
    function : callable
    args : tuple
    kwargs : dict, optional

    Returns
    -------
    Outcome
        ``NotImplementedError`` counts as "not attempted yet", every other exception as raised.
    """
    if not callable(function):
        return Outcome(RAISED, error="TypeError", message=f"{function!r} is not a function")
    kwargs = dict(kwargs or {})
    given = [_own(argument) for argument in args]
    given_kw = {name: _own(argument) for name, argument in kwargs.items()}
    printed = Printed()
    try:
        with (
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            value = function(*given, **given_kw)
    except NotImplementedError:
        return Outcome(UNATTEMPTED)
    except (Exception, SystemExit) as error:
        return Outcome(
            RAISED, error=type(error).__name__, message=str(error), line=raising_line(error),
            printed=printed.text(),
        )
    changed = [i for i in range(len(args)) if not unchanged(args[i], given[i])]
    names = parameter_names(function, len(args)) if changed else ()
    changed = [names[i] for i in changed]
    changed += [name for name in kwargs if not unchanged(kwargs[name], given_kw[name])]
    return Outcome(VALUE, value, changed=tuple(changed), printed=printed.text())


class Printed(io.TextIOBase):
    """Takes whatever is printed and keeps the beginning."""

    LINES, CHARACTERS = 6, 600

    def __init__(self):
        self.kept, self.length = [], 0

    def writable(self):
        return True

    def write(self, text):
        if self.length <= self.CHARACTERS:
            self.kept.append(text[: self.CHARACTERS + 1])
        self.length += len(text)
        return len(text)

    def text(self):
        """The beginning; if there is more, the last line says so."""
        whole = "".join(self.kept)
        lines = whole[: self.CHARACTERS].rstrip("\n").split("\n")
        more = self.length > self.CHARACTERS or len(lines) > self.LINES
        return "\n".join([*lines[: self.LINES], *["... and more"] * more])


def stub_left(source):
    """What to say if the stub's own line still stands in a function that has code; else "".

    Parameters
    ----------
    source : str or function
        The function, or its text.
    """
    try:
        source = source if isinstance(source, str) else inspect.getsource(source)
        body = ast.parse(textwrap.dedent(source)).body[0].body
    except (OSError, TypeError, SyntaxError, ValueError, IndexError, AttributeError,
            RecursionError):
        return ""
    stubs = [s for s in body if isinstance(s, ast.Raise) and "NotImplementedError" in ast.dump(s)]
    work = [
        s for s in body if s not in stubs and not isinstance(s, ast.Pass)
        and not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
    ]
    if not stubs or not work:
        return ""
    where = "above" if stubs[0].lineno < work[0].lineno else "below"
    return f"the line `raise NotImplementedError()` still stands {where} your code: delete it"


def parameter_names(function, count):
    """Names of the first ``count`` parameters, or ``argument 1`` ... where they can't be read."""
    try:
        names = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        names = []
    return (names + [f"argument {i + 1}" for i in range(len(names), count)])[:count]


def _own(argument):
    """A private copy that keeps what matters about an array: strides order, read-only flag."""
    if isinstance(argument, np.ndarray):
        own = argument.copy(order="K")
        if not argument.flags.c_contiguous:
            own = np.repeat(argument, 2, axis=-1)[..., ::2] if argument.ndim else own
        own.flags.writeable = argument.flags.writeable
        return own
    return copy.deepcopy(argument)


def unchanged(before, after):
    """Whether an argument is after a call what it was before."""
    if isinstance(before, np.ndarray):
        if not isinstance(after, np.ndarray) or before.shape != after.shape:
            return False
        if before.dtype == after.dtype and before.tobytes() == after.tobytes():
            return True  # found out much faster than below
        return np.array_equal(before, after, equal_nan=before.dtype.kind == "f")
    if callable(before):
        return True
    return before == after


def raising_line(error):
    """The last line of student code in the traceback (library frames and ours skipped)."""
    frames = traceback.extract_tb(error.__traceback__)[1:]
    own = [
        f for f in frames if f.lineno is not None
        and "site-packages" not in f.filename and not f.filename.startswith(OURS)
    ]
    if not own:
        return ""
    last = own[-1]
    text = last.line or linecache.getline(last.filename, last.lineno).strip()
    place = f"line {last.lineno}" + (f" of `{last.name}`" if last.name.isidentifier() else "")
    cell = notebook.cell_of(last.filename)
    place += "" if cell is None else f", cell [{cell}]"
    return f"{place}: {text}" if text else place
