"""``nbgrader_config.py`` as our commands read it: the course's own modules, and what is refused."""

import importlib
import os
import sys
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path

from nbgrader.preprocessors import Execute
from traitlets.config import Config, PyFileConfigLoader

CONFIG = "nbgrader_config.py"
OURS = ("autograder", "course", "selfcheck")
IGNORED = (".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback")
"""nbgrader's default of ``c.CourseDirectory.ignore``."""
STEP = "autograder.execute.SandboxExecute"
INSTEAD = "put nbgrader's own Execute in the place of SandboxExecute to grade without the sandbox"
REFUSED = {
    "CourseDirectory": (
        "directory_structure", "source_directory", "release_directory", "submitted_directory",
        "autograded_directory", "feedback_directory", "student_id_exclude", "groupshared",
    ),
    "Autograde": ("create_student", "pre_convert_hook", "post_convert_hook", "permissions"),
    "BaseConverter": ("pre_convert_hook", "post_convert_hook", "permissions"),
}
"""What `autograder grade` does not do as nbgrader does: it says so and stops."""


class Refused(ValueError):
    """A setting that would be ignored otherwise."""


def settings(root):
    """The configuration of a course folder; an empty one where there is none.

    The settings may import what lies beside them, as with nbgrader.
    """
    root = Path(root).resolve()
    if not (root / CONFIG).exists():
        return Config()
    with importable(root):
        return PyFileConfigLoader(CONFIG, path=str(root)).load_config()


@contextmanager
def importable(root):
    """A course folder's own modules can be imported, and are forgotten afterwards.

    Two courses, or two states of one, may have modules of one name in a process that grades both.
    """
    root, before = str(root), set(sys.modules)
    importlib.invalidate_caches()
    sys.path.insert(0, root)
    try:
        yield
    finally:
        sys.path.remove(root)
        for name in set(sys.modules) - before:
            path = getattr(sys.modules[name], "__file__", None) or ""
            if path.startswith(root + "/") and name.partition(".")[0] not in OURS:
                del sys.modules[name]


def modules(root):
    """The course folder's own modules: ``{path: bytes}``.

    All Python files that lie in it, and the packages that its settings name.
    """
    root = Path(root)
    found = [path for path in root.glob("*.py") if path.is_file()]
    for name in {text.partition(".")[0] for text in _texts(settings(root)) if "." in text}:
        if name.isidentifier() and name not in OURS and (root / name).is_dir():
            found += (root / name).rglob("*.py")
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(found)}


def _texts(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


def check(config):
    """Refuse what `autograder grade` would ignore.

    Raises
    ------
    Refused
    """
    for section, names in REFUSED.items():
        for name in names:
            if name in config.get(section, {}):
                raise Refused(
                    f"c.{section}.{name} is set, and `autograder grade` does not know it: take it "
                    f"out of {CONFIG}, or grade by `nbgrader autograde`."
                )
    check_execute(config, config.get("Autograde", {}).get("autograde_preprocessors", ()))


def check_execute(config, steps):
    """Refuse settings of nbgrader's `Execute` that the step in its place does not know.

    Raises
    ------
    Refused
    """
    names = {step if isinstance(step, str) else f"{step.__module__}.{step.__qualname__}"
             for step in steps}
    if STEP not in names:
        return
    given = set(config.get("Execute", {})) - {"timeout", "enabled"}
    if given:
        raise Refused(f"c.Execute.{sorted(given)[0]} means nothing to SandboxExecute: take it out, "
                      f"or {INSTEAD}.")
    if not _execute(config).enabled:
        raise Refused("--no-execute would take points from outputs that students can write: "
                      f"{INSTEAD}.")


def timeout(config):
    """Fields of `Limits` that follow from nbgrader's ``c.Execute.timeout``, if it is set."""
    if "timeout" not in config.get("Execute", {}):
        return {}
    seconds = _execute(config).timeout
    seconds = 24 * 3600 if seconds is None or seconds < 0 else seconds
    return {"cell": seconds, "notebook": max(300, seconds), "cpu": max(60, seconds)}


def _execute(config):
    """nbgrader's own step: what is typed on a command line is text, and it reads that."""
    return Execute(config=Config({"Execute": config.get("Execute", {})}))


def beside(config, unit, handed_in, course):
    """The files that lie beside a graded notebook, as nbgrader lays them down.

    Parameters
    ----------
    config : Config
    unit : str
    handed_in, course : dict of str to bytes
        By path in the unit's folder; the course's own win but for those that the settings exclude.

    Returns
    -------
    dict of str to bytes
    """
    patterns = (*config.get("CourseDirectory", {}).get("ignore", IGNORED), "*.ipynb")
    kept = config.get("Autograde", {}).get("exclude_overwriting", {}).get(unit, ())
    own = {name: data for name, data in course.items() if name not in kept}
    files = own | {
        name: data for name, data in handed_in.items()
        if not any(name.startswith(f"{one}/") or one.startswith(f"{name}/") for one in own)
    } | own  # no file of the student's where the course has a folder
    return {
        name: data for name, data in files.items()
        if not any(fnmatch(part, one) for part in Path(name).parts for one in patterns)
    }


@contextmanager
def environment(**values):
    """Environment variables for a while; nbgrader's `setenv` forgets those that were there."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
