"""What a notebook file holds, read with bounds: the first look at anything handed in."""

import json
import re

HALVES = re.compile(rb"\\u[dD][89a-fA-F]|\xed[\xa0-\xbf]")
"""Half of a character, as JSON or as bytes; two of them in a row are one."""
MAX_BYTES = 50_000_000
"""Of one notebook file; small pieces can take thirty times as much memory once they are read."""


class Unreadable(ValueError):
    """A file that cannot be graded as a notebook; the message says why."""


def contents(path):
    """A notebook as plain data; its size is looked at before anything is read.

    Parameters
    ----------
    path : Path

    Returns
    -------
    dict
        With a list of ``cells``; what is in it can be anything.

    Raises
    ------
    Unreadable
    """
    try:
        _bounded(path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from None
    return parsed(data)


def parsed(data):
    """A notebook as plain data; see `contents`.

    Parameters
    ----------
    data : bytes
    """
    _bounded(len(data))
    try:
        found = json.loads(data)
        if HALVES.search(data):
            found = _whole(found)
    except RecursionError:
        raise Unreadable("is nested too deeply to be a notebook") from None
    except ValueError:
        raise Unreadable("is no readable JSON: cut off or damaged") from None
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise Unreadable("is not a notebook: it has no list of cells")
    version = found.get("nbformat")
    if version != 4:
        plain = isinstance(version, str | int | float | None)
        said = repr(str(version)[:20]) if plain else "something else"
        raise Unreadable(f"is not a notebook of format 4 but {said}")
    return found


def _whole(value):
    """The same without halves of characters, which nothing can store or show."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(name): _whole(item) for name, item in value.items()}
    return value


def _bounded(size):
    if size > MAX_BYTES:
        raise Unreadable(
            f"has {size // 1_000_000} MB, more than {MAX_BYTES // 1_000_000}; outputs are not "
            "graded: clear them and save it again"
        )
    if not size:
        raise Unreadable("is empty")
