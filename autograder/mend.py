"""Look at what was handed in before it is graded: find renamed notebooks, name what is broken."""

import os
import re
import shutil
import stat
import tempfile
from functools import cache
from pathlib import Path

from autograder.contents import Unreadable, contents
from autograder.reading import quoted, shown, told, walk
from autograder.released import released

NEEDS = "needs attention: "
SUFFIXES = (".ipynb", ".json", ".txt", "")
TIMESTAMP = "timestamp.txt"
"""nbgrader's note of when a submission came in."""


WORK = ".grading"
"""The folder for what is being written, on the same disk as the results."""


def everybody(root):
    """Everybody with a folder in ``submitted/``, by name."""
    place = Path(root, "submitted")
    found = os.listdir(place) if place.is_dir() else ()
    return sorted(name for name in found if os.path.isdir(place / name))


def students(root, unit):
    """Everybody who handed in something for the unit, by name.

    Also whose folder cannot be looked into: who is silently absent is nobody's trouble.
    """
    found = []
    for name in everybody(root):
        try:
            os.lstat(Path(root, "submitted", name, unit.name))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            pass
        found.append(name)
    return found


def mend(root, unit):
    """Copy renamed notebooks to their names and say what was found.

    A student's own file is never changed or removed.

    Parameters
    ----------
    root : Path
        The course folder.
    unit : Unit

    Returns
    -------
    dict
        ``{student: (sentence, ...)}`` of everybody with a folder in ``submitted/``; what needs a
        person begins with "needs attention: ".
    """
    found = {shown(name): ("handed nothing in",) for name in everybody(root)}
    for name, sentence in misnamed(root, unit).items():
        found[shown(name)] = (sentence,)
    for name in students(root, unit):
        try:
            settle(root, unit, name)
            found[shown(name)] = look(root, unit, name)
        except Exception as error:  # whatever a folder can be: it must not stop the others
            found[shown(name)] = (NEEDS + told(error),)
    return found


def misnamed(root, unit):
    """Who has a folder that is nearly the unit's, and none that is: ``{student: sentence}``.

    ``01_Conv1d``, ``1_conv1d``, ``conv1d`` and ``01 conv1d`` are nearly ``01_conv1d``; nbgrader
    looks for the exact name only, and nobody hears of the others.
    """
    found, handed_in = {}, set(students(root, unit))
    for path in sorted(Path(root, "submitted").glob("[!.]*/[!.]*")):
        name = path.parent.name
        if name not in handed_in and path.is_dir() and _bare(path.name) in _alike(unit.name):
            found.setdefault(
                name, f"{NEEDS}submitted/{name}/{path.name} looks like this unit, and nbgrader "
                f"finds only {unit.name!r}: rename the folder"
            )
    return found


def _bare(name):
    """A folder's name without what people vary: case, signs between, zeros in front."""
    return re.sub(r"[\W_]+", "", name.casefold()).lstrip("0")


def _alike(unit):
    """The bare name of a unit, with its number and without."""
    return {_bare(unit), _bare(unit).lstrip("0123456789")}


def settle(root, unit, student):
    """Copy a student's renamed notebook to its name, if there is one; as a whole or not at all."""
    source = renamed(root, unit, student)
    if source is not None:
        work = Path(root, WORK)
        work.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="mend-", dir=work) as folder:
            draft = Path(folder, "draft")
            shutil.copyfile(source, draft)
            draft.replace(_place(root, unit, student))


def renamed(root, unit, student):
    """The file of another name that can only be the unit's notebook; None if nothing is missing."""
    place = _place(root, unit, student)
    if os.path.lexists(place) or strays(place.parent):
        return None
    return _renamed(root, unit, place)[0]


def look(root, unit, student):
    """What there is to say about one student's folder, without changing anything.

    Returns
    -------
    tuple of str
        Nothing, if the notebook is where it should be and can be read.
    """
    try:
        return _looked(root, unit, student)
    except Exception as error:  # whatever a folder can be
        return (NEEDS + told(error),)


def _looked(root, unit, student):
    place = _place(root, unit, student)
    folder = place.parent
    if shown(student) != student:
        return (f"{NEEDS}the name of the folder {quoted(student)} is not UTF-8: rename it",)
    said = [
        f"{NEEDS}{shown(path.relative_to(folder)) if path != folder else 'the folder'} is a link "
        "that leaves the folder; it is not followed"
        for path in strays(folder)
    ]
    if folder.is_symlink() or place in strays(folder):
        return tuple(said)
    if not place.is_file():
        source, why = _renamed(root, unit, place)
        if source is None:
            return (*said, NEEDS + why)
        name = quoted(source.name)
        return (*said, f"{NEEDS}handed in as {name}: run `autograder mend {unit.name}`")
    trouble = unreadable(place)
    if trouble:
        said.append(f"{NEEDS}{place.name} {trouble}")
    for path in _files(folder):
        if path != place and _same(path, place):
            named = quoted(path.relative_to(folder))
            right = "in the right place" if path.name == place.name else "with the right name"
            said.append(f"handed in as {named}; graded as a copy {right}")
        elif path != place and _is_of(path, released(root, unit.name)):
            said.append(f"{quoted(path.name)} is another version; {place.name} is the one that "
                        "counts")
    return tuple(said)


def strays(folder):
    """The links in a student's folder, itself included, that lead out of it."""
    folder = Path(folder)
    if folder.is_symlink() or folder.parent.is_symlink():
        return [folder]
    home = folder.resolve()
    found = []
    for path, status in walk(folder):
        try:
            link = stat.S_ISLNK(status.st_mode)
            outside = link and not path.resolve().is_relative_to(home)
        except (OSError, RuntimeError):  # a link to itself
            outside = True
        if outside:
            found.append(path)
    return found


def unreadable(path):
    """Why a file cannot be graded as a notebook, or an empty string."""
    try:
        return "" if contents(path)["cells"] else "is a notebook without cells"
    except Unreadable as why:
        return str(why)


def _place(root, unit, student):
    return Path(root) / "submitted" / student / unit.name / f"{unit.notebook}.ipynb"


def _files(folder):
    """Files that may hold a notebook, links and checkpoints left out."""
    return sorted(
        path for path, found in walk(folder, (".ipynb_checkpoints",))
        if stat.S_ISREG(found.st_mode) and path.suffix in SUFFIXES and path != folder / TIMESTAMP
    )


def _renamed(root, unit, place):
    """The one file that can only be this unit's notebook, or None and why there is none."""
    files = _files(place.parent)
    if not files:
        return None, f"there is no {place.name}, and nothing else that could be it"
    alike = [path for path in files if _is_of(path, released(root, unit.name))]
    if not alike:
        broken = [f"{quoted(path.name)} {why}" for path in files if (why := unreadable(path))]
        return None, "; ".join((f"there is no {place.name}", *broken[:3]))
    if any(not _same(alike[0], other) for other in alike[1:]):
        names = ", ".join(quoted(path.name) for path in alike[:5])
        return None, f"there is no {place.name}, and any of {names} could be it"
    return alike[0], ""


def _is_of(path, unit):
    """Whether a file has at least half of the unit's marked cells."""
    return unit is not None and 2 * len(_names(path, path.stat().st_mtime_ns) & {*unit.names}) >= (
        len(unit.names)
    )


@cache
def _names(path, changed):
    """Ids and grade_ids in a notebook file; none if it cannot be read."""
    try:
        cells = contents(path)["cells"]
    except Unreadable:
        return frozenset()
    found = set()
    for cell in cells:
        if isinstance(cell, dict):
            marks = cell.get("metadata")
            marks = marks.get("nbgrader") if isinstance(marks, dict) else None
            names = (cell.get("id"), marks.get("grade_id") if isinstance(marks, dict) else None)
            found |= {name for name in names if isinstance(name, str)}
    return frozenset(found)


def _same(one, other):
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()
