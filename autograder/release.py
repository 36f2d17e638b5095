"""Build the students' notebooks with nbgrader's own generate_assignment."""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from traitlets.config import PyFileConfigLoader

from autograder.adding import take_in
from autograder.agreement import check_source
from autograder.gradebook import CONFIG, default_url, url_of


class ReleaseError(RuntimeError):
    """nbgrader could not build a release."""


def environment():
    """Our environment with this Python's commands first: nbgrader calls `alembic` by its name."""
    here = str(Path(sys.executable).parent)
    return os.environ | {"PATH": os.pathsep.join((here, os.environ.get("PATH", "")))}


def nbgrader(root, *words):
    """Run an nbgrader command in the course folder, as an instructor would type it.

    Raises
    ------
    ReleaseError
        If the command fails; the message ends with what it printed.
    """
    command = [sys.executable, "-m", "nbgrader", *words]
    done = subprocess.run(
        command, cwd=root, env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        printed = (done.stdout + done.stderr)[-3000:]
        raise ReleaseError(f"nbgrader {' '.join(words)} failed:\n{printed}")
    return done.stdout + done.stderr


def build(units, root):
    """Write ``release/<unit>/`` for every unit.

    Parameters
    ----------
    units : iterable of Unit
    root : Path
        The course folder, with ``source/`` and ``nbgrader_config.py``.

    Returns
    -------
    tuple of str
        What becomes of submissions that were made before, in sentences.

    Raises
    ------
    Disagreement
        If points are not the declared ones, or cells are gone that have grades; nothing is changed.
    ReleaseError
        If nbgrader fails; what was released before is still there.
    """
    units, root, said = tuple(units), Path(root), []
    settings = PyFileConfigLoader(CONFIG, path=str(root.resolve())).load_config()
    url = url_of(root)
    for unit in units:
        check_source(root, unit)
    os.environ["PATH"] = environment()["PATH"]  # for its gradebook, opened here
    for unit in units:
        said += take_in(root, unit, url, settings)
    names = [unit.name for unit in units]
    if set(names) == {path.name for path in (Path(root) / "source").iterdir() if path.is_dir()}:
        names = ["*"]  # one command for all: most of its time is its start
    other = url != settings.CourseDirectory.get("db_url", default_url(root))
    with _kept(root / "release"):
        for name in names:  # nbgrader takes the URL as it is written, with whatever driver
            nbgrader(root, "generate_assignment", name, "--force", *[f"--db={url}"] * other)
    return tuple(said)


@contextmanager
def _kept(folder):
    """If this fails, the folder is as it was: nbgrader empties it first."""
    with tempfile.TemporaryDirectory() as aside:
        if folder.exists():
            shutil.copytree(folder, Path(aside, "kept"))
        try:
            yield
        except ReleaseError:
            shutil.rmtree(folder, ignore_errors=True)
            if Path(aside, "kept").exists():
                shutil.copytree(Path(aside, "kept"), folder)
            raise


def release_path(root, unit):
    """Where a unit's student notebook lies."""
    return Path(root) / "release" / unit.name / f"{unit.notebook}.ipynb"
