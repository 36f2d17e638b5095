"""Look at a machine and a course folder: what is missing, and what to do about it."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from traitlets.config import Config, PyFileConfigLoader
from traitlets.utils.importstring import import_item

from autograder.draw import secret_path
from autograder.gradebook import CONFIG, url_of

OLDEST = (3, 11)
OURS = ("autograder.", "nbgrader.", "nbconvert.")
FREE = 1_000_000_000
"""Bytes that a class's submissions, grades and pages may need."""


def examine(root, db=None):
    """What was looked at: ``(subject, whether it is well, sentence)``, in order.

    Parameters
    ----------
    root : Path
        The course folder.
    db : str, optional
        The gradebook's URL; see `autograder.gradebook.url_of`.
    """
    root = Path(root).resolve()
    yield "Python", *_python()
    yield "bubblewrap", *_bubblewrap()
    yield "course folder", *_folder(root)
    yield "configuration", *_configuration(root)
    yield "gradebook", *_gradebook(root, db)
    yield "secret", *_secret()
    yield "extensions", *_extensions()
    yield "free disk", *_disk(root)


def _python():
    here = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST:
        return False, f"{here}; {'.'.join(map(str, OLDEST))} or newer is needed"
    return True, here


def _bubblewrap():
    program = shutil.which("bwrap")
    if not program:
        return False, "not there: apt install bubblewrap (or dnf, or pacman -S)"
    tried = subprocess.run(
        [program, "--unshare-all", "--ro-bind", "/", "/", "true"],
        capture_output=True, text=True, check=False,
    )
    if tried.returncode:
        said = (tried.stderr.strip().splitlines() or ["no reason given"])[-1]
        return False, f"{program} cannot make a sandbox ({said}): allow user namespaces"
    return True, "students' code runs in a sandbox"


def _folder(root):
    missing = [name for name in (CONFIG, "source", "release") if not (root / name).exists()]
    if not missing:
        return True, str(root)
    if "release" in missing and len(missing) == 1:
        return False, "there is no release/: run `autograder release`"
    return False, (f"{root} is no course folder, it has no {', '.join(missing)}: go to the one "
                   "that has, or name it by --root")


def _configuration(root):
    if not (root / CONFIG).exists():
        return False, f"there is no {CONFIG}"
    try:
        config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    except Exception as error:  # it is a program of the instructor's
        return False, f"{CONFIG} cannot be read: {type(error).__name__}: {error}"
    names = sorted(set(_dotted(config)))
    wrong = [name for name in names if not _imports(name)]
    if wrong:
        return False, f"{CONFIG} names what cannot be imported: {', '.join(wrong)}"
    return True, f"all {len(names)} steps that {CONFIG} names are there"


def _dotted(config):
    """Names of classes in a configuration."""
    for value in config.values():
        if isinstance(value, Config):
            yield from _dotted(value)
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str) and name.startswith(OURS):
                yield name


def _imports(name):
    try:
        import_item(name)
    except (ImportError, AttributeError):
        return False
    return True


def _gradebook(root, db):
    try:
        url = url_of(root, db)
        file = url.removeprefix("sqlite:///")
        if file != url and not Path(file).exists():
            return False, f"there is no {file}: `autograder release` makes it"
        engine = create_engine(url)
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("select count(*) from assignment")
        finally:
            engine.dispose()
    except (SQLAlchemyError, ArgumentError, ImportError) as error:
        return False, f"cannot be read: {str(error).splitlines()[0]}"
    except Exception as error:  # the configuration is a program
        return False, f"cannot be looked for: {type(error).__name__}: {error}"
    return True, engine.url.render_as_string()


def _secret():
    path = secret_path()
    if path.exists():
        return True, f"{path}; keep it with the gradebook"
    return False, f"there is no {path} yet; it is made at the first grading: keep it then"


def _extensions():
    missing = [name for name in ("nbgrader", "jupyterlab") if find_spec(name) is None]
    if missing:
        return False, f"{', '.join(missing)} not installed: the Formgrader needs it (make lab)"
    return True, "nbgrader and jupyterlab are installed, for the Formgrader"


def _disk(root):
    free = shutil.disk_usage(root if root.exists() else os.curdir).free
    said = f"{free / 1e9:.1f} GB"
    return (True, said) if free >= FREE else (False, f"{said}; make room, at least 1 GB")
