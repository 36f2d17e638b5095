"""What is mounted where inside the sandbox."""

import sys
from pathlib import Path

from autograder.sandbox import Runner, bubble


def test_packages_under_tmp_are_found_inside(tmp_path, monkeypatch):
    """A course that was cloned into /tmp: each submission's own /tmp does not hide its packages."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    (folder / "some_module.py").write_text("ANSWER = 42\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder)])
    with Runner() as runner, runner.session() as session:
        outputs = session.run_cell("import some_module\nsome_module.ANSWER")
    assert outputs[0].get("data") == {"text/plain": "42"}


def test_packages_have_a_place_that_does_not_name_the_machine():
    """Inside, no folder of packages is called as outside."""
    for path in bubble.packages():
        assert bubble.inside(path / "numpy").is_relative_to("/environment")


def test_interpreter_keeps_its_place():
    """What is not a package and not in /tmp lies inside where it lies outside."""
    assert bubble.inside("/usr/bin/python3") == Path("/usr/bin/python3")
