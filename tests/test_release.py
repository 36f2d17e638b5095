"""What `autograder release` leaves behind, and nbgrader's own feedback command."""

from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets.config import PyFileConfigLoader
from traitlets.utils.importstring import import_item
from typer.testing import CliRunner

from autograder import cli
from autograder.exercises import UNITS
from autograder.release import release_path


def test_kit_of_one_unit_keeps_those_that_were_released_before(tmp_path, monkeypatch):
    """Students have one kit: another unit's release takes nothing out of it."""
    (tmp_path / "source").mkdir()
    (tmp_path / "nbgrader_config.py").touch()
    for unit in UNITS[:2]:
        release_path(tmp_path, unit).parent.mkdir(parents=True)
        release_path(tmp_path, unit).write_text("{}")
    kits = []

    def build(units, root, target):
        kits.append([unit.name for unit in units])
        (tmp_path / "kit.zip").write_bytes(b"")
        return tmp_path / "kit.zip"

    monkeypatch.setattr(cli.releasing, "build", lambda units, root: ())
    monkeypatch.setattr(cli.student_kit, "build", build)
    done = CliRunner().invoke(cli.app, ["release", UNITS[1].name, "--root", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert kits == [[UNITS[0].name, UNITS[1].name]]


def test_steps_of_feedback_take_what_pages_set(root):
    """nbconvert's pages set `display_data_priority`; a step without that trait warns each time."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    for name in config.GenerateFeedback.preprocessors:
        step = import_item(name)
        if issubclass(step, NbGraderPreprocessor):
            assert "display_data_priority" in step.class_traits(config=True), name
