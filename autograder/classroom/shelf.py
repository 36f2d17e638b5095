"""What lies in folders: submissions to read, and results that appear as a whole or not at all."""

import json
import shutil
import stat
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.classroom.course import digest_of
from autograder.contents import MAX_BYTES, Unreadable
from autograder.mend import NEEDS, TIMESTAMP, WORK, look
from autograder.reading import quoted, shown, told, walk

HIDDEN = (".ipynb_checkpoints", "__pycache__", ".git")
MOST = 3 * MAX_BYTES
"""Of all that one student hands in for a unit."""


class Busy(RuntimeError):
    """Somebody else is grading in this folder."""


class Shelf:
    """The folders of one unit: ``submitted/``, ``autograded/``, ``feedback/`` and ``records/``.

    A record is written last: where there is one, notebook, feedback and gradebook are complete.

    Parameters
    ----------
    root : Path
    unit : Unit
    """

    def __init__(self, root, unit):
        self.root = Path(root)
        self.unit = unit

    def submission(self, student):
        """What a student handed in.

        Returns
        -------
        files : dict of str to bytes
            Links, checkpoints and caches are left out.
        trouble : str
            Why it cannot be graded, as a sentence; else empty.
        """
        if shown(student) != student:
            return {}, f"{NEEDS}the name of the folder {quoted(student)} is not UTF-8: rename it"
        folder = self.root / "submitted" / student / self.unit.name
        try:
            if folder.is_symlink() or folder.parent.is_symlink():
                return {}, f"{NEEDS}the folder is a link that leaves it"
            files = self._read(folder)
        except (OSError, Unreadable) as error:
            return {}, NEEDS + told(error)
        if not any(f"{name}.ipynb" in files for name in self.unit.notebooks):
            return files, self._missing(student)
        try:
            timestamp_of(files)
        except ValueError as error:
            return files, f"{NEEDS}{error}"
        return files, ""

    def _read(self, folder):
        """Every file in a folder; links, checkpoints and caches left out."""
        files, size = {}, 0
        for path, found in walk(folder, HIDDEN):
            if not stat.S_ISREG(found.st_mode):
                continue
            size += found.st_size
            if size > MOST:
                raise Unreadable(f"more than {MOST // 1_000_000} MB were handed in")
            files[path.relative_to(folder).as_posix()] = path.read_bytes()
        return files

    def _missing(self, student):
        """Why there is no notebook to grade."""
        said = (said for said in look(self.root, self.unit, student) if said.startswith(NEEDS))
        return next(said, f"{NEEDS}{self.unit.notebook}.ipynb is a link: hand in the file itself")

    def record(self, student):
        """The record of the last grading, if its notebooks are still those that were written."""
        folder = self.root / "autograded" / student / self.unit.name
        paths = [folder / f"{name}.ipynb" for name in self.unit.notebooks]
        try:
            record = json.loads(self._record(student).read_bytes())
            notebooks = [path.read_bytes() for path in paths if path.exists()]
        except (OSError, ValueError):
            return None
        return record if record.get("notebook") == _digest(notebooks) else None

    def put(self, graded, files):
        """Lay down a graded submission: its folder, its page, and last its record.

        Parameters
        ----------
        graded : Graded
        files : dict of str to bytes
            What lies beside the graded notebooks, and beside their pages.
        """
        work = self.root / WORK
        if not work.is_dir():
            work.mkdir()
        record = self._record(graded.student)
        record.unlink(missing_ok=True)
        parts = graded.parts.items()
        notebooks = {f"{name}.ipynb": part.notebook for name, part in parts}
        pages = {f"{name}.html": part.feedback for name, part in parts}
        self._lay("autograded", graded.student, files | notebooks, 0o444)
        self._lay("feedback", graded.student, files | pages, 0o644)
        told = graded.record | {
            "notebook": _digest(notebooks.values()),
            "graded": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(graded.seconds, 3),
        }
        record.parent.mkdir(parents=True, exist_ok=True)
        new = work / "record.json"
        new.write_bytes(_lines(told).encode())
        new.replace(record)

    def _lay(self, place, student, files, mode):
        """Write a folder aside, then let it take the old one's place; `alone` removes remains."""
        new, old = self.root / WORK / "new", self.root / WORK / "old"
        target = self.root / place / student / self.unit.name
        new.mkdir()
        for name, data in files.items():
            path = new / name
            if "/" in name:
                path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            path.chmod(mode)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            target.rename(old)
            new.rename(target)
            shutil.rmtree(old)
        else:
            new.rename(target)

    def _record(self, student):
        return self.root / "records" / student / f"{self.unit.name}.json"


def _digest(notebooks):
    """One digest of a submission's notebooks, in the unit's order."""
    return digest_of(b"".join(notebooks))


def _lines(record):
    """A record as JSON, each of its parts on a line: indenting it all takes ten times as long."""
    parts = (f"{json.dumps(name)}: {json.dumps(part, ensure_ascii=False)}"
             for name, part in record.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def timestamp_of(files):
    """When a submission was handed in, from nbgrader's ``timestamp.txt``; None if it says nothing.

    Parameters
    ----------
    files : dict of str to bytes

    Raises
    ------
    ValueError
        If it says something else than a time: nobody is in time by that.
    """
    text = files.get(TIMESTAMP, b"").decode("utf-8", "replace").strip()
    try:
        return parse_utc(text) if text else None
    except (ValueError, OverflowError, TypeError):
        raise ValueError(f"{TIMESTAMP} holds no time: {text[:40]!r}") from None


@contextmanager
def alone(root):
    """Be the only one that grades in a course folder, and begin with a clean working folder.

    Raises
    ------
    Busy
        If another process is at it.
    """
    import fcntl  # there is none on Windows, where the rest of the command works

    work = Path(root) / WORK
    work.mkdir(exist_ok=True)
    with open(work / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy(f"{Path(root).name or root}: another grading is running here.") from None
        _clear(work)  # what a killed run left half written
        try:
            yield
        finally:
            _clear(work)


def _clear(work):
    for path in work.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
