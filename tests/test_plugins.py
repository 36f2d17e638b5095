"""Steps of ours among nbgrader's."""

import copy

import pytest
from nbformat.v4 import new_code_cell, new_output
from nbgrader.nbgraderformat import ValidationError
from nbgrader.preprocessors import OverwriteCells

from autograder import notebooks, plugins
from autograder.exercises import UNITS
from autograder.plugins import CheckMarks, HideTests, RestoreCells


@pytest.fixture
def notebook(root):
    """A notebook whose marks are in order."""
    return notebooks.read(notebooks.source_path(root, UNITS[0]))


def cell_of(cells, name):
    return next(cell for cell in cells if notebooks.grade_id(cell) == name)


def twice(cells):
    cells.append(copy.deepcopy(cell_of(cells, "test_conv1d")))


def without_points(cells):
    del cell_of(cells, "test_conv1d").metadata.nbgrader["points"]


def as_text(cells):
    cell_of(cells, "test_conv1d").cell_type = "markdown"


@pytest.mark.parametrize("spoil", [twice, without_points, as_text])
def test_marks_that_are_wrong_are_refused_at_any_time(notebook, spoil):
    """First of all, after others that are right, and again."""
    wrong = copy.deepcopy(notebook)
    spoil(wrong.cells)
    check = CheckMarks()
    for given in (wrong, notebook, wrong, wrong):
        if given is notebook:
            assert check.preprocess(given, {})[0] is notebook
        else:
            with pytest.raises(ValidationError):
                check.preprocess(given, {})


def untouched(cells):
    pass


def other_text(cells):
    cell_of(cells, "test_conv1d").source = "1.0"


def more_points(cells):
    cell_of(cells, "test_conv1d").metadata.nbgrader["points"] = 99


def deleted(cells):
    cells.remove(cell_of(cells, "test_conv1d"))


def unknown(cells):
    cell_of(cells, "test_conv1d").metadata.nbgrader["grade_id"] = "test_nothing"


def own_work(cells):
    cell_of(cells, "conv1d").source = "def conv1d(x, w):\n    return x"


@pytest.fixture
def handed_in(fresh_release):
    """A function that makes a submission of the first unit, changed as asked for."""
    unit = UNITS[0]
    released = notebooks.read(fresh_release / "release" / unit.name / f"{unit.notebook}.ipynb")

    def make(change):
        given = copy.deepcopy(released)
        change(given.cells)
        return given

    return make


@pytest.fixture
def about(fresh_release):
    """What nbgrader tells its steps about the first unit."""
    return {"nbgrader": {
        "assignment": UNITS[0].name, "notebook": UNITS[0].notebook,
        "db_url": f"sqlite:///{fresh_release / 'pristine.db'}",
    }}


@pytest.mark.parametrize(
    "change", [other_text, more_points, as_text, deleted, unknown, own_work]
)
def test_cells_are_restored_as_by_nbgrader_whoever_came_before(handed_in, about, change):
    """The first time, from memory, after others and before others."""
    add = change is not unknown  # of which nbgrader makes an error then
    ours = RestoreCells(add_missing_cells=add)
    for each in (change, change, untouched, untouched, change, untouched):
        theirs = OverwriteCells(add_missing_cells=add)
        expected, _ = theirs.preprocess(handed_in(each), about)
        found, _ = ours.preprocess(handed_in(each), about)
        for cell, own in zip(expected.cells, found.cells, strict=True):
            cell.setdefault("id", own.id)  # nbgrader gives none to what it puts back
        assert found == expected


def test_restored_cells_of_a_gradebook_are_not_those_of_another(handed_in, about):
    """A gradebook without the assignment knows none of the cells."""
    ours = RestoreCells()
    ours.preprocess(handed_in(untouched), about)
    about["nbgrader"]["db_url"] = "sqlite://"
    restored, _ = ours.preprocess(handed_in(untouched), about)
    assert not any(map(notebooks.grade_id, restored.cells))


def test_restored_cells_need_the_gradebook_once(handed_in, about, monkeypatch):
    """Then even one that cannot be opened any more would do; what a student wrote stays."""
    ours = RestoreCells()
    first, _ = ours.preprocess(handed_in(untouched), about)
    monkeypatch.setattr(OverwriteCells, "preprocess", lambda *_: pytest.fail("opened again"))
    again, _ = ours.preprocess(handed_in(own_work), about)
    own_work(first.cells)
    assert again == first
    assert plugins.END in cell_of(again.cells, "test_conv1d").source


HIDDEN_TEST = """assert area(2) == 4
### BEGIN HIDDEN TESTS
assert area(
    97) == 9409, f"area({97})"
assert area(3) == 9, "nine"
### END HIDDEN TESTS"""


@pytest.mark.parametrize(("value", "trace", "kept"), [
    ("", ["\x1b[31m    assert area\x1b[0m(3) == 9, 'x'", '    assert area(3) == 9, "nine"'], False),
    ("area(97)", ["cell 3, line 3", "    assert area("], False),
    ("nine", ["AssertionError: nine"], False),
    ("", ["cell 3, line 1", "    assert area(2) == 4"], True),
])
def test_what_a_hidden_test_raises_stays_hidden(value, trace, kept):
    """Its line and its words; what a visible one raises is shown."""
    error = new_output("error", ename="AssertionError", evalue=value, traceback=trace)
    cell = new_code_cell(HIDDEN_TEST, outputs=[error])
    cell, _ = HideTests().preprocess_cell(cell, {}, 0)
    assert cell.source == "assert area(2) == 4"
    (shown,) = cell.outputs
    assert (shown.traceback == trace) == kept
    if not kept:
        assert shown.evalue == "" and shown.traceback == [
            "A hidden test of this cell failed: AssertionError."]
