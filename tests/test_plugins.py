"""Steps of ours among nbgrader's."""

import copy

import pytest
from nbgrader.nbgraderformat import ValidationError

from autograder import notebooks
from autograder.exercises import UNITS
from autograder.plugins import CheckMarks


@pytest.fixture
def notebook(root):
    """A notebook whose marks are in order."""
    return notebooks.read(notebooks.source_path(root, UNITS[0]))


def twice(cells):
    cells.append(copy.deepcopy(next(c for c in cells if notebooks.grade_id(c) == "test_conv1d")))


def without_points(cells):
    marks = next(c for c in cells if notebooks.grade_id(c) == "test_conv1d").metadata.nbgrader
    del marks["points"]


def as_text(cells):
    next(c for c in cells if notebooks.grade_id(c) == "test_conv1d").cell_type = "markdown"


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
