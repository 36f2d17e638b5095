"""The student kit: one zip with the notebooks, the package `course` and how to start.

What lies beside a notebook in ``release/`` (data, modules, pictures) lies beside it in the kit.
"""

import json
import zipfile
from pathlib import Path

import course
from autograder.leaks import leaks
from autograder.release import release_path
from autograder.settings import settings
from course import policy

KIT = "cnn-by-hand"
COURSE_SUFFIXES = (".py", ".html", ".json", ".png", ".npz", ".md", ".csv")
LEFT_OUT = (".ipynb_checkpoints", "__pycache__")
TEMPLATES = Path(__file__).with_name("templates")


class LeakFound(RuntimeError):
    """The kit holds something that students must not have."""


def kit_files(units, root):
    """Everything in the kit: ``{path: bytes}``.

    Raises
    ------
    FileNotFoundError
        If a unit has not been released yet.
    """
    root = Path(root)
    files = {}
    for unit in units:
        path = release_path(root, unit)
        if not path.exists():
            raise FileNotFoundError(f"{path} does not exist; run `autograder release` first.")
        for beside in sorted(path.parent.rglob("*")):
            place = beside.relative_to(path.parent)
            if beside.is_file() and not any(part in LEFT_OUT for part in place.parts):
                files[f"{KIT}/{unit.name}/{place.as_posix()}"] = beside.read_bytes()
    package = Path(course.__file__).parent
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix in COURSE_SUFFIXES:
            files[f"{KIT}/course/{path.relative_to(package).as_posix()}"] = path.read_bytes()
    files[f"{KIT}/course/data/{policy.FILE.name}"] = _policy(root)
    for path in sorted((TEMPLATES / "kit").iterdir()):
        files[f"{KIT}/{path.name}"] = path.read_bytes()
    return files


def _policy(root):
    """What the course makes of ready-made routines, as its configuration says."""
    said = settings(root).get("SandboxExecute", {}).get("shortcuts", policy.REFUSE)
    return json.dumps({"shortcuts": said}).encode()


def build(units, root, target):
    """Write the kit and return its path.

    Parameters
    ----------
    units : iterable of Unit
    root, target : Path
        The course folder, and the zip to write.

    Raises
    ------
    LeakFound
        If the kit holds a solution, a hidden test, a reference, an answer or a cache.
    """
    files = kit_files(units, root)
    found = leaks(files, root)
    if found:
        raise LeakFound("The student kit was not written:\n" + "\n".join(found))
    target = Path(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # a fixed date: the same course gives the same zip, byte for byte
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return target
