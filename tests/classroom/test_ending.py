"""How the commands end when they are told to, or may not begin: nothing of them is left."""

import os
import signal
import subprocess
import sys
import time

import pytest

from autograder.exercises import UNITS
from autograder.release import environment

UNIT = UNITS[0].name
COMMANDS = {
    "autograder": ["autograder", "grade", UNIT, "--jobs", "2"],
    "nbgrader": ["nbgrader", "autograde", UNIT],
}
NAMES = ["emre", *(f"emre-{number}" for number in range(5))]


@pytest.fixture
def start(classroom, tmp_path):
    """Start one of the commands in the course folder, its temporary folder ``tmp_path / "own"``."""
    (tmp_path / "own").mkdir()

    def starting(command, **env):
        return subprocess.Popen(
            [sys.executable, "-m", *COMMANDS[command]], cwd=classroom.root, text=True,
            env={**environment(), "TMPDIR": str(tmp_path / "own"), **env},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )

    return starting


def graded(classroom):
    """Who has a graded notebook."""
    return {path.parts[-3] for path in classroom.root.glob("autograded/*/*/*.ipynb")}


def half_done(classroom):
    """What was begun in the course folder and not finished."""
    folders = {path.parent.name for path in classroom.root.glob(f"autograded/*/{UNIT}")}
    drafts = [path.name for path in classroom.root.glob(".grading/*") if path.is_dir()]
    return [*(folders - graded(classroom)), *drafts]


@pytest.mark.parametrize(("command", "number"), [
    ("autograder", signal.SIGTERM), ("autograder", signal.SIGHUP), ("nbgrader", signal.SIGTERM),
])
def test_signal_leaves_nothing_behind_and_the_command_goes_on(
    command, number, classroom, start, tmp_path
):
    """No draft, no folder of a sandbox, the due exit code; then the same command finishes."""
    classroom.hand_in(*NAMES)
    process = start(command)
    while len(graded(classroom)) < 2 and process.poll() is None:  # the first is done by then
        time.sleep(0.02)
    assert list((tmp_path / "own").iterdir()), "there is something to remove"
    process.send_signal(number)
    said = process.communicate()[1]
    assert process.returncode == 128 + number, said
    assert "Traceback" not in said
    assert 0 < len(graded(classroom)) < len(NAMES)
    assert [*(tmp_path / "own").iterdir(), *half_done(classroom)] == []
    process = start(command)
    said = process.communicate()[1]
    assert process.returncode == 0, said
    assert graded(classroom) == set(NAMES)


def test_signal_that_somebody_else_has_plans_with_is_theirs(monkeypatch):
    """With nohup, for instance, grading goes on; afterwards all is as it was."""
    from autograder.ending import heeded

    plans = {signal.SIGTERM: signal.SIG_DFL, signal.SIGHUP: signal.SIG_IGN}
    before = {number: signal.signal(number, plan) for number, plan in plans.items()}
    try:
        with heeded():
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
            with pytest.raises(SystemExit) as ended:
                os.kill(os.getpid(), signal.SIGTERM)
                signal.pause()
        assert ended.value.code == 143
        assert {number: signal.getsignal(number) for number in plans} == plans
    finally:
        for number, plan in before.items():
            signal.signal(number, plan)


@pytest.mark.parametrize("command", COMMANDS)
def test_without_a_sandbox_that_is_required_nobody_is_graded(command, classroom, start, tmp_path):
    """One sentence and 2, however many have handed in; nothing is half done."""
    classroom.hand_in(*NAMES[:3])
    with (classroom.root / "nbgrader_config.py").open("a") as settings:
        settings.write('\nc.SandboxExecute.mode = "required"\n')
    process = start(command, PATH=os.path.dirname(sys.executable))
    said = process.communicate()[1]
    assert process.returncode == 2, said
    assert said.count("bubblewrap is required but it is not installed.") == 1
    assert "Traceback" not in said
    assert [*graded(classroom), *half_done(classroom), *(tmp_path / "own").iterdir()] == []
