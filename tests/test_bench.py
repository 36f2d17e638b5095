"""The bench: a mixed class, graded by nbgrader as it comes and by ours."""

from io import StringIO
from types import SimpleNamespace

import pytest
from rich.console import Console

from autograder import notebooks
from autograder.bench import run as benchmark
from autograder.bench.classroom import KINDS, submissions
from autograder.bench.sides import STOCK, stock_settings
from autograder.exercises import UNITS

UNIT = UNITS[0]


@pytest.fixture(scope="module")
def measured(root, tmp_path_factory):
    """Two submissions of the first unit, one right and one wrong."""
    return benchmark.run((UNIT,), 2, root, tmp_path_factory.mktemp("bench") / "a", ("manual",))


def test_class_is_mixed(root):
    """Every unit gets every kind of notebook, by people of different names."""
    wanted = submissions(UNITS, 30, root)
    for unit in UNITS:
        of_unit = [submission for submission in wanted if submission.unit is unit]
        assert sorted(submission.kind for submission in of_unit) == sorted(KINDS)
        assert len({submission.student.name for submission in of_unit}) == 5
    assert len({submission.student.about for submission in wanted}) >= 10


def test_wrong_and_half_done_notebooks_have_answers_of_their_own(root):
    """Nobody is called wrong who hands in the solutions, in no unit."""
    for submission in submissions(UNITS, 60, root):
        own = set(submission.student.cells) & {e.id for e in submission.unit.exercises}
        assert own or submission.kind not in ("wrong", "half done"), submission
        solved = {
            cell.source for cell in
            notebooks.read(notebooks.source_path(root, submission.unit)).cells
        }
        if submission.kind == "wrong":
            assert not {submission.student.cells[name] for name in own} <= solved


def test_both_sides_give_the_same_scores(measured):
    """A wrong answer and a right one; each line has all the times."""
    lines, differences = measured
    assert differences == []
    assert [line.submission.kind for line in lines] == ["right", "wrong"]
    for line in lines:
        assert line.seconds.keys() == {STOCK, "manual"} and line.floor.keys() == {"manual"}
        ours = line.seconds["manual"]
        assert ours["all"] > ours["execute"] > ours["student"] > 0
        assert ours["write"] > 0 and line.seconds[STOCK].keys() == {"all"}


def test_table_renders(measured):
    """A row for the unit and one for the total, in 80 columns."""
    console = Console(width=80, record=True, file=StringIO())
    console.print(benchmark.table_of(measured[0], "manual"))
    text = console.export_text()
    assert UNIT.name in text and "total" in text


def test_scores_that_differ_are_said():
    """Points that are missing on one side count as different, too."""
    sides = {
        STOCK: SimpleNamespace(scores=lambda unit: {"a": {"test_x": 1.0, "test_y": 2.0}}),
        "all": SimpleNamespace(scores=lambda unit: {"a": {"test_x": 1.0}}),
    }
    assert benchmark.differences(sides, (UNIT,)) == [
        f"{UNIT.name}, a, test_y: nbgrader 2.0, ours None (figures all)"
    ]


def test_nbgraders_side_is_without_our_steps(root):
    """Whatever the course has plugged in."""
    assert "SandboxExecute" not in repr(stock_settings(root))
