"""What nbgrader_config.py says is done or refused, never ignored in silence."""

import sys

import pytest
from nbgrader.converters import Autograde, NbGraderException
from traitlets.config import Config
from traitlets.config.loader import DeferredConfigString

from autograder.execute import SandboxExecute
from autograder.gradebook import url_of
from autograder.intake import Intake
from autograder.settings import (
    CONFIG,
    STEP,
    Refused,
    beside,
    check,
    importable,
    modules,
    settings,
)

STEPS = {"Autograde": {"autograde_preprocessors": [STEP]}}


def configured(**sections):
    """A configuration with our step and what is given."""
    return Config({**STEPS, **sections})


@pytest.mark.parametrize("value", [False, DeferredConfigString("False")], ids=["flag", "typed"])
def test_grading_without_execution_is_refused(value):
    """`nbgrader autograde --no-execute`: points would come from outputs that students write."""
    config = configured(Execute={"enabled": value})
    with pytest.raises(NbGraderException, match="--no-execute"):
        Intake(parent=Autograde(config=config), config=config)
    with pytest.raises(Refused, match="--no-execute"):
        check(config)


def test_nbgraders_own_step_keeps_its_settings():
    """Whoever puts nbgrader's `Execute` back may set all that it knows."""
    check(Config({"Execute": {"enabled": False, "kernel_name": "ir"}}))


@pytest.mark.parametrize(("section", "name", "value"), [
    ("Execute", "kernel_name", "ir"),
    ("CourseDirectory", "directory_structure", "{assignment_id}/{student_id}/{nbgrader_step}"),
    ("CourseDirectory", "submitted_directory", "handed-in"),
    ("Autograde", "create_student", False),
    ("Autograde", "post_convert_hook", "hooks.after"),
])
def test_setting_that_grade_does_not_know_is_refused(section, name, value):
    """It is named, with what to do."""
    config = configured()
    config[section][name] = value
    with pytest.raises(Refused, match=rf"c\.{section}\.{name}"):
        check(config)


@pytest.mark.parametrize(("seconds", "cell"), [(7, 7), (DeferredConfigString("7"), 7), (900, 900)])
def test_nbgraders_timeout_is_the_sandboxs(seconds, cell):
    """`c.Execute.timeout`, from a file or a command line; our own limits come before it."""
    step = SandboxExecute(config=configured(Execute={"timeout": seconds}))
    limits = step.runner().limits
    assert limits.cell == cell and limits.notebook >= max(300, cell) and limits.cpu >= cell
    own = SandboxExecute(config=configured(
        Execute={"timeout": seconds}, SandboxExecute={"limits": {"cell": 3}},
    ))
    assert own.runner().limits.cell == 3


def test_modules_beside_the_settings_travel_and_are_forgotten(tmp_path):
    """Two courses, or two states of one, may have modules of one name."""
    (tmp_path / CONFIG).write_text(
        "import late\nc = get_config()\nc.CourseDirectory.db_url = late.URL\n"
        "c.AssignLatePenalties.plugin_class = 'rules.days.TenPercentADay'\n"
    )
    (tmp_path / "late.py").write_text("URL = 'sqlite:////one.db'\n")
    for name in ("rules/__init__.py", "rules/days.py", "data/not.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert set(modules(tmp_path)) == {CONFIG, "late.py", "rules/__init__.py", "rules/days.py"}
    assert url_of(tmp_path) == "sqlite:////one.db"
    (tmp_path / "late.py").write_text("URL = 'sqlite:////other.db'\n")
    assert url_of(tmp_path) == "sqlite:////other.db" and "late" not in sys.modules
    with importable(tmp_path):
        import rules.days
    assert "rules.days" not in sys.modules and rules.days
    assert settings(tmp_path / "data") == {}


def test_files_beside_a_notebook_are_those_that_nbgrader_lays_down():
    """The course's own before the student's, but for those that the settings let students edit."""
    config = Config({"Autograde": {"exclude_overwriting": {"01": ["mine.py"]}}})
    handed_in = {"mine.py": b"student", "data.csv": b"student", "a.ipynb": b"{}",
                 "feedback/old.html": b"", "notes.txt": b"student", "lib": b"student"}
    course = {"mine.py": b"course", "data.csv": b"course", "sub/b.ipynb": b"{}", "lib/a": b""}
    assert beside(config, "01", handed_in, course) == {
        "mine.py": b"student", "data.csv": b"course", "notes.txt": b"student", "lib/a": b"",
    }
    assert "notes.txt" not in beside(
        Config({"CourseDirectory": {"ignore": ["*.txt"]}}), "01", handed_in, course
    )
