"""Look into a folder that somebody handed in, whatever is in it, and say in words what fails."""

import os
import stat
from pathlib import Path

from autograder.contents import Unreadable

DEEPEST = 32
"""So many folders inside each other: Python's own walk ends in an error at about a thousand."""
LONGEST = 1000
"""Bytes in the name of a file within the folder: elsewhere it has to fit behind another path."""


def shown(name):
    """A file's name as it can be printed and stored: bytes that are no UTF-8 as ``\\xe9``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def quoted(name):
    """The same in quotes, for a sentence."""
    return f"'{shown(name)}'"


def told(error):
    """What went wrong with somebody's files, in a few words."""
    if isinstance(error, Unreadable):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        name = Path(os.fsdecode(error.filename)).name if error.filename else ""
        return f"{quoted(name)} cannot be read: {error.strerror}" if name else error.strerror
    first = (str(error).strip().splitlines() or [""])[0][:300]
    return f"cannot be read: {type(error).__name__}: {shown_text(first)}"


def shown_text(text):
    """A sentence without characters that cannot be encoded."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def walk(folder, without=()):
    """Everything in a folder but the folders themselves, by name; links are not followed.

    Parameters
    ----------
    folder : Path
    without : container of str
        Names that are left out with all below them.

    Yields
    ------
    path : Path
    found : os.stat_result
        Of the file or link itself.

    Raises
    ------
    Unreadable
        If a part of it cannot be read, is nested too deeply or has too long a name.
    """
    waiting = [(Path(folder), 0)]
    while waiting:
        here, depth = waiting.pop()
        if depth > DEEPEST:
            raise Unreadable(f"has folders that are nested more than {DEEPEST} deep")
        try:
            names = sorted(os.listdir(here))
        except OSError as error:
            said = shown(here.relative_to(folder)) if here != Path(folder) else "the folder"
            raise Unreadable(f"{said} cannot be read: {error.strerror}") from None
        below = []
        for name in names:
            if name in without:
                continue
            path = here / name
            if len(os.fsencode(path.relative_to(folder))) > LONGEST:
                raise Unreadable(f"has names of more than {LONGEST} bytes")
            try:
                found = path.lstat()
            except OSError as error:
                raise Unreadable(f"{shown(name)} cannot be read: {error.strerror}") from None
            if stat.S_ISDIR(found.st_mode):
                below.append((path, depth + 1))
            else:
                yield path, found
        waiting += reversed(below)
