"""What the README tells people to type exists."""

import re
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def commands(root):
    """The README's indented lines of code that start with a command of ours."""
    lines = (root / "README.md").read_text().splitlines()
    return [
        line.split("#")[0].strip() for line in lines
        if re.match(r" {4}(make|autograder|nbgrader) \w", line)
    ]


def test_readme_make_targets_exist(commands, root):
    """`make -n` knows every target that is named."""
    targets = {line.split()[1] for line in commands if line.startswith("make ")}
    assert {"demo", "test", "lab"} <= targets
    for target in targets:
        subprocess.run(["make", "-n", target], cwd=root, check=True, capture_output=True)


def test_readme_autograder_commands_exist(commands):
    """Every sub-command that is named has a help page."""
    names = {line.split()[1] for line in commands if line.startswith("autograder ")}
    assert names
    for name in names:
        subprocess.run(
            [sys.executable, "-m", "autograder", name, "--help"], check=True, capture_output=True
        )


def test_readme_names_every_unit_that_exists(root):
    """No unit is promised that is not there, none is forgotten."""
    from autograder.exercises import UNITS

    text = (root / "README.md").read_text()
    assert set(re.findall(r"\b0\d_[a-z0-9]+\b", text)) == {unit.name for unit in UNITS}


def test_readme_shows_a_real_feedback_message(root):
    """The example is what `check` says to a flipped kernel today."""
    from autograder.exercises import EXERCISES
    from course.checking import inspect_answer

    kernel_flipped = EXERCISES["conv1d"].twin["kernel-flipped"].function
    text = (root / "README.md").read_text()
    assert f"```\n{inspect_answer('conv1d', kernel_flipped).text()}\n```" in text
