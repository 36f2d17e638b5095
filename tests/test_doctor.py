"""`autograder doctor` says what is missing; commands say what folder they need."""

import shutil

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.doctor import examine


def test_folder_of_a_course_is_well(fresh_release):
    """A line for each subject, and nothing to do but what is the machine's."""
    found = {subject: (well, said) for subject, well, said in examine(fresh_release)}
    assert {*found} == {"Python", "bubblewrap", "course folder", "configuration", "gradebook",
                        "secret", "extensions", "free disk"}
    for subject in ("Python", "course folder", "configuration", "gradebook", "secret"):
        assert found[subject][0], found[subject]


def test_what_is_wrong_is_said_with_what_to_do(root, tmp_path, monkeypatch):
    """A step that is not there, no gradebook, no bubblewrap, an empty folder."""
    text = (root / "nbgrader_config.py").read_text().replace("autograder.execute", "autograder.exe")
    (tmp_path / "nbgrader_config.py").write_text(text)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    found = {subject: said for subject, well, said in examine(tmp_path) if not well}
    assert "cannot be imported: autograder.exe.SandboxExecute" in found["configuration"]
    assert "apt install bubblewrap" in found["bubblewrap"]
    assert "`autograder release` makes it" in found["gradebook"]
    assert "it has no source, release" in found["course folder"]


@pytest.mark.parametrize("words", [
    ["report"], ["release"], ["demo"], ["mend"], ["refresh"], ["grade", "01_conv1d"],
    ["export", "--to", "json", "--out", "x.json"],
])
def test_commands_say_what_a_folder_lacks(words, tmp_path, monkeypatch):
    """Nothing is made in a folder that is no course, and the exit code is 2."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2 and not done.stdout.startswith("Traceback"), done.output
    assert "no " in done.stderr and [*tmp_path.iterdir()] == []


def test_explain_prints_nothing_that_a_terminal_obeys():
    """A student's message may hold an escape sequence: it is shown, not sent."""
    from autograder.classroom.command import _plain

    assert _plain("got  ValueError: \x1b[2J\x07김") == "got  ValueError: \\x1b[2J\\x07김"
