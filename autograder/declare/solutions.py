"""The texts of the notebooks' solutions, kept beside the exercises, and what is run of them."""

import ast
import inspect
import textwrap
from functools import cache
from pathlib import Path

FOLDER = "solutions"
"""Where `autograder refresh` keeps them, beside the file that declares the exercise."""


def path_of(exercise):
    """Where the text of an exercise's solution is kept; None if the exercise names no home."""
    if exercise.answer or not exercise.home:
        return None
    return Path(exercise.home).with_name(FOLDER) / f"{exercise.id}.py"


def code_of(exercise):
    """The right solution as Python text without its docstring.

    It is the notebook's, where one is kept, or else the reference's own source.
    """
    path = path_of(exercise)
    if path and path.exists():
        return _without_docstring(path.read_text(encoding="utf-8"))
    return _without_docstring(textwrap.dedent(inspect.getsource(exercise.reference)))


def run(exercise, code, title):
    """The function that such a text defines.

    What it calls besides is another solution that is kept in the same folder, or else what the
    reference's module knows by this name.

    Parameters
    ----------
    exercise : Exercise
    code : str
        See `code_of`.
    title : str
        What a traceback calls it.
    """
    path = path_of(exercise)
    kept = path and path.exists()
    around = dict(getattr(exercise.reference, "__globals__", {}))
    if kept:
        for text in _texts(path.parent):
            exec(text, around)
    exec(compile(code, f"<{title}>", "exec"), around)
    return around[exercise.id if kept else exercise.reference.__name__]


@cache
def _texts(folder):
    return tuple(
        compile(path.read_text(encoding="utf-8"), str(path), "exec")
        for path in sorted(folder.glob("*.py"))
    )


@cache
def _without_docstring(text):
    function = next(n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef))
    if ast.get_docstring(function) is None:
        return text
    lines, doc = text.split("\n"), function.body[0]
    return "\n".join(lines[: doc.lineno - 1] + lines[doc.end_lineno :])
