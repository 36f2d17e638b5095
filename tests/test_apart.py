"""Cases that tell formulas apart."""

import itertools

import pytest

from autograder.exercises.shapes.apart import draw_apart
from autograder.spec import Case


def double(x):
    return 2 * x


def square(x):
    return x * x


def test_draw_apart_goes_on_until_the_cases_differ():
    """Twice 2 is 2 squared, and nothing is nothing: the first two draws won't do."""
    numbers = iter([2, 0, 3])
    cases = draw_apart(lambda: [Case("one", (next(numbers),))], [double, square])
    assert [case.args for case in cases] == [(3,)]


def test_draw_apart_gives_up_naming_the_functions():
    """Two names for one formula must not keep everybody waiting."""
    numbers = itertools.count()
    with pytest.raises(RuntimeError, match=r"apart: double, double\. .*take one out"):
        draw_apart(lambda: [Case("one", (next(numbers),))], [double, double])
