"""The notebook that is running: its cells as they ran, and from which of them an answer comes."""

import ast
import inspect
import re
from dataclasses import dataclass
from pathlib import Path

from course.shortcuts.cells import UNREADABLE, python

OLD_NAME = re.compile(r"<ipython-input-(\d+)-")


def shell():
    """IPython's shell, or None outside of one."""
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    return get_ipython()


def in_notebook():
    """Whether somebody looks at displayed outputs."""
    return shell() is not None


def cells():
    """The sources that ran so far, by their number; number 0 is empty."""
    manager = getattr(shell(), "history_manager", None)
    return list(getattr(manager, "input_hist_raw", ()))


def cell_of(filename):
    """The number of the cell that was compiled under this name, or None."""
    compiler = getattr(shell(), "compile", None)
    named = getattr(compiler, "format_code_name", lambda name: None)(filename)
    number = re.search(r"\d+", named[1]) if named else OLD_NAME.match(filename)
    return int(number[number.lastindex or 0]) if number else None


def home_of(function):
    """The number of the cell that holds a function's text, or None."""
    code = getattr(inspect.unwrap(function), "__code__", None) if callable(function) else None
    return cell_of(code.co_filename) if code else None


@dataclass(frozen=True)
class Stale:
    """Why an answer is not the newest one.

    Attributes
    ----------
    cell : int
        The number of a newer cell that was to define it.
    why : str
        What happened there, as the end of a sentence.
    """

    cell: int
    why: str


def stale(name, answer):
    """Whether a newer cell was to define an answer and did not get to it.

    Parameters
    ----------
    name : str
    answer : callable, or the value of a hand-worked answer

    Returns
    -------
    Stale or None
    """
    home = home_of(answer)
    if callable(answer) and home is None:  # from a module, say: nothing is known of it
        return None
    written = re.compile(rf"^\s*(?:d\w*\s+{re.escape(name)}\b|{re.escape(name)}\s*=(?!=))", re.M)
    earlier = cells()[:-1]  # the last one is running
    for number in range(len(earlier) - 1, home or 0, -1):
        if not written.search(earlier[number]):
            continue
        try:
            tree = ast.parse(python(earlier[number]))
        except SyntaxError as error:
            return Stale(number, f"has a syntax error in line {error.lineno}: {error.msg}")
        except UNREADABLE:
            return None
        bound = [_kind(node, name) for node in tree.body]
        if ast.Assign in bound or not callable(answer):
            return None
        if ast.FunctionDef in bound:
            return Stale(number, f"stopped with an error before it came to `def {name}`")
    return None


def _kind(node, name):
    """How a statement binds a name, or None."""
    if isinstance(node, ast.FunctionDef) and node.name == name:
        return ast.FunctionDef
    if isinstance(node, ast.Assign) and any(
        isinstance(inner, ast.Name) and inner.id == name
        for target in node.targets for inner in ast.walk(target)
    ):
        return ast.Assign
    return None


def files():
    """The modules beside the notebook: ``{name: bytes}``."""
    return {path.name: path.read_bytes() for path in sorted(Path.cwd().glob("*.py"))}
