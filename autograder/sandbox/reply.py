"""What came back from inside as the outcome of a call; believed in nothing."""

import builtins
from functools import cache

import numpy as np

from autograder.sandbox.child.channel import TimedOut, WireError
from autograder.sandbox.child.wire import decoded
from course.outcome import RAISED, UNATTEMPTED, Outcome, answered

UNREADABLE = (WireError, RecursionError, MemoryError, OverflowError)
"""What reading an answer can raise."""

MAX_MESSAGE = 2000
OWN = "an exception of your own"


def outcome_of(header, data, cells, finish):
    """The outcome that an answer tells.

    Parameters
    ----------
    header : dict
    data : bytes
    cells : list of str
        The cells that were sent, to look up the line that raised.
    finish : callable
        ``finish(values) -> Outcome`` for an answer with values.

    Returns
    -------
    Outcome

    Raises
    ------
    UNREADABLE
    """
    match header.get("kind"):
        case "value":
            return finish(decoded(header.get("values"), data))
        case "unattempted":
            return Outcome(UNATTEMPTED)
        case "raised":
            return _raised(header, cells)
    raise WireError("an answer of no known kind")


def alone(values):
    """The outcome of one value, to `finish` an answer.

    Raises
    ------
    WireError
        If there are none or several.
    """
    if len(values) != 1:
        raise WireError("an answer with parts missing or too many")
    return answered(values[0])


def missing(error, wall):
    """The outcome where there was no answer within ``wall`` seconds, or none that is readable."""
    if isinstance(error, TimedOut):
        why = f"no answer within {wall:.3g} s"
    else:
        why = "no readable answer" + (f" ({error})" if isinstance(error, WireError) else "")
    return Outcome(RAISED, error=why)


def _raised(header, cells):
    name, message = header.get("error"), header.get("message")
    known = isinstance(name, str) and name in known_errors()
    message = message[:MAX_MESSAGE] if isinstance(message, str) else ""
    message = message.encode("utf-8", "replace").decode("utf-8")
    line = _line(header.get("place"), cells)
    return Outcome(RAISED, error=name if known else OWN, message=message, line=line)


def _line(place, cells):
    """The student's line, looked up in the cell that was sent."""
    match place:
        case [int(cell), int(line)] if 0 <= cell < len(cells):
            lines = cells[cell].split("\n")
            while lines and not lines[0].strip():  # IPython counts from the first full line
                lines.pop(0)
            if 1 <= line <= len(lines):
                return f"line {line}: {lines[line - 1].strip()[:200]}"
    return ""


@cache
def known_errors():
    """Names of exceptions that say nothing but what they are: Python's and NumPy's."""
    import numpy._core._exceptions as inner

    places = (builtins, np.exceptions, np.linalg, inner)
    return {
        name for place in places for name, kind in vars(place).items()
        if isinstance(kind, type) and issubclass(kind, BaseException)
    }
