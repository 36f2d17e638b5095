"""Put what a student handed in where nbgrader looks, and keep what was there."""

import json
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.mend import TIMESTAMP

KEPT = "collected"
"""Folder for earlier submissions and for what we know of them; nbgrader doesn't look there."""
NEW, SAME, REPLACED, OLDER, UNSURE = "new", "same", "replaced", "older", "unsure"
OTHER = "other"
"""Somebody else of the same name handed in what is there."""


def decide(root, unit, handed, force=False):
    """What is to be done with a submission: new, same, replaced, older, unsure or other.

    One that is there is replaced by a newer one only: by Canvas' number of the file if both have
    one, else by time. If either is unknown, it stays, unless ``force`` says otherwise; so does one
    of a person to whom the LMS gave another number in the same assignment.
    """
    folder = home(root, unit, handed.student)
    if not os.path.lexists(folder):
        return NEW
    if not folder.is_dir() or folder.is_symlink():
        return UNSURE
    record = _record(root, unit, handed.student)
    if not force and _is_another(handed.person, record.get("person")):
        return OTHER
    if all(_equal(item.place, folder / name) for name, item in handed.files.items()):
        return SAME
    if force:
        return REPLACED
    if handed.attachment and record.get("attachment"):
        return REPLACED if handed.attachment > record["attachment"] else OLDER
    before, now = time_there(folder) or _parsed(record.get("packed")), handed.packed
    if before is None or now is None:
        return UNSURE
    return REPLACED if now.replace(microsecond=0) > before.replace(microsecond=0) else OLDER


def put(root, unit, handed):
    """Place a submission; returns the folder to which an earlier one was moved, or None.

    The new folder is complete before it takes the old one's place, and the old one is moved to
    ``collected/<unit>/<student>/``, as are versions that a resubmission replaced.
    """
    folder = home(root, unit, handed.student)
    kept = Path(root, KEPT, unit.name, handed.student)
    kept.mkdir(parents=True, exist_ok=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=kept))
    moved = None
    try:
        draft.chmod(0o755)
        for name, item in handed.files.items():
            _copy(item.place, draft / name)
        if handed.time:
            (draft / TIMESTAMP).write_text(f"{handed.time:%Y-%m-%d %H:%M:%S} UTC\n")
        for name, item in handed.older:
            _copy(item.place, _free(kept / f"replaced-{_stamp(item.time)}") / name)
        if os.path.lexists(folder):
            moved = _free(kept / _stamp(datetime.now(UTC)))
            folder.rename(moved)
        try:
            draft.rename(folder)
        except OSError:
            if moved:
                moved.rename(folder)
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _write_record(root, unit, handed)
    return moved


def home(root, unit, student):
    """Where nbgrader looks for a submission."""
    return Path(root, "submitted", student, unit.name)


def time_there(folder):
    """The time in a folder's timestamp.txt, in UTC; None if there is none that can be read."""
    try:
        return _parsed((folder / TIMESTAMP).read_text(encoding="utf-8").strip())
    except (OSError, UnicodeError):
        return None


def _parsed(text):
    try:
        return parse_utc(text).replace(tzinfo=UTC) if text else None
    except (ValueError, OverflowError):
        return None


def _record(root, unit, student):
    try:
        found = json.loads(_record_path(root, unit, student).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_record(root, unit, handed):
    path = _record_path(root, unit, handed.student)
    packed = f"{handed.packed:%Y-%m-%d %H:%M:%S} UTC" if handed.packed else None
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    record = {"attachment": handed.attachment, "packed": packed, "person": handed.person,
              "made": handed.made}
    draft.write_text(json.dumps(record) + "\n")
    draft.replace(path)


def _record_path(root, unit, student):
    return Path(root, KEPT, unit.name, student, "record.json")


def made_ids(root):
    """``{id: (layout, name, number)}`` of students whose ids `collect` made from the LMS's names.

    Parameters
    ----------
    root : Path
        The course folder.
    """
    found = {}
    for path in Path(root, KEPT).glob("*/*/record.json"):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            if record.get("made") and len(record["person"]) == 3:
                found[path.parent.name] = tuple(record["person"])
        except (OSError, ValueError, AttributeError, KeyError, TypeError):
            continue
    return found


def _is_another(person, before):
    """Whether one LMS has two numbers for them: Moodle's are drawn by assignment and person."""
    if not isinstance(before, list) or len(before) != 3 or len(person) != 3:
        return False
    return person[0] == before[0] and person[2] != before[2]


def _equal(one, other):
    try:
        return (
            other.is_file() and not other.is_symlink()
            and one.stat().st_size == other.stat().st_size
            and one.read_bytes() == other.read_bytes()
        )
    except OSError:  # what cannot be read is not known to be the same
        return False


def _copy(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def _stamp(time):
    return f"{time:%Y-%m-%dT%H-%M-%SZ}" if time else "undated"


def _free(path):
    """The path, or with a number if it is taken."""
    number, found = 1, path
    while os.path.lexists(found):
        number, found = number + 1, path.with_name(f"{path.name}-{number}")
    return found
