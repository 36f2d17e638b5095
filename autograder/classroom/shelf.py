"""What lies in folders: submissions to read, and results that appear as a whole or not at all."""

import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.classroom.course import digest_of
from autograder.contents import MAX_BYTES
from autograder.mend import NEEDS, TIMESTAMP, look, strays

HIDDEN = (".ipynb_checkpoints", "__pycache__", ".git")
MOST = 3 * MAX_BYTES
"""Of all that one student hands in for a unit."""
WORK = ".grading"
"""The folder for what is being written, on the same disk as the results."""


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
        trouble = next(
            (said for said in look(self.root, self.unit, student) if said.startswith(NEEDS)
             and "not followed" not in said),
            "",
        )
        folder = self.root / "submitted" / student / self.unit.name
        files, size = {}, 0
        if trouble or strays(folder) == [folder]:
            return files, trouble or f"{NEEDS}the folder is a link that leaves it"
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder)
            if path.is_symlink() or not path.is_file() or set(name.parts) & {*HIDDEN}:
                continue
            size += path.stat().st_size
            if size > MOST:
                return {}, f"{NEEDS}more than {MOST // 1_000_000} MB were handed in"
            files[name.as_posix()] = path.read_bytes()
        try:
            timestamp_of(files)
        except ValueError as error:
            return files, f"{NEEDS}{error}"
        return files, ""

    def record(self, student):
        """The record of the last grading, if its notebook is still the one that was written."""
        try:
            record = json.loads(self._record(student).read_bytes())
            notebook = self._notebook(student).read_bytes()
        except (OSError, ValueError):
            return None
        return record if record.get("notebook") == digest_of(notebook) else None

    def put(self, graded, files):
        """Lay down a graded submission: its folder, its page, and last its record.

        Parameters
        ----------
        graded : Graded
        files : dict of str to bytes
            What was handed in; all but notebooks stay beside the graded one.
        """
        record = self._record(graded.student)
        record.unlink(missing_ok=True)
        name = self.unit.notebook
        others = {n: data for n, data in files.items() if not n.endswith(".ipynb")}
        self._lay("autograded", graded.student, others | {f"{name}.ipynb": graded.notebook}, 0o444)
        self._lay("feedback", graded.student, {f"{name}.html": graded.feedback}, 0o644)
        told = graded.record | {
            "notebook": digest_of(graded.notebook),
            "graded": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(graded.seconds, 3),
        }
        record.parent.mkdir(parents=True, exist_ok=True)
        draft = self._draft() / "record.json"
        draft.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        os.replace(draft, record)
        draft.parent.rmdir()

    def _lay(self, place, student, files, mode):
        """Write a folder aside, then let it take the old one's place."""
        draft, target = self._draft(), self.root / place / student / self.unit.name
        new, old = draft / "new", draft / "old"
        for name, data in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            path.chmod(mode)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            target.rename(old)
        new.rename(target)
        shutil.rmtree(draft)

    def _draft(self):
        work = self.root / WORK
        work.mkdir(exist_ok=True)
        return Path(tempfile.mkdtemp(dir=work))

    def _record(self, student):
        return self.root / "records" / student / f"{self.unit.name}.json"

    def _notebook(self, student):
        return (self.root / "autograded" / student / self.unit.name
                / f"{self.unit.notebook}.ipynb")


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
        for path in work.iterdir():
            if path.is_dir():
                shutil.rmtree(path)  # what a killed run left half written
        yield
