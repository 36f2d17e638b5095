"""What the course makes of ready-made routines; the kit carries it in a file."""

import json
from functools import cache
from pathlib import Path

from course import notebook
from course.shortcuts import ROUTINES, TooMuch, find

FILE = Path(__file__).with_name("data") / "policy.json"
REFUSE, FLAG = "refuse", "flag"
"""No points for an answer by a ready-made routine, or a note to whoever grades."""


@cache
def policy():
    """``shortcuts``: refuse or flag; ``routines``: what is a shortcut."""
    stated = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return {"shortcuts": REFUSE, "routines": list(ROUTINES), **stated}


def shortcut_in(name):
    """A ready-made routine in a function of the running notebook, in the grader's words.

    Parameters
    ----------
    name : str
        The function's name.

    Returns
    -------
    str or None, str
        The sentence, None if there is none or there is too much to read; what follows from it.
    """
    try:
        found = find(notebook.cells(), name, policy()["routines"], notebook.files())
    except TooMuch:  # a long day's history, say; the grader reads one run of the notebook
        found = None
    return found and found.sentence(), policy()["shortcuts"]
