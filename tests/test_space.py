"""Inputs that a notebook promises, and batteries that visit them in pairs."""

import inspect
from itertools import product

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from autograder.exercises import UNITS
from autograder.space import Factor, Space, missing, pairs_of, rows
from autograder.spec import Case

EXERCISES = [e for unit in UNITS for e in unit.exercises if not e.answer]


def factor(name, *levels):
    return Factor(name, tuple(f"{name} {one}" for one in levels),
                  lambda arguments: f"{name} {arguments[name]}")


COLOURS = Space((factor("hat", "red", "blue"), factor("coat", "red", "blue", "green"),
                 factor("shoe", "red", "blue")), never=({"hat": "hat red", "coat": "coat green"},))


def function(hat, coat="red", shoe="red"):
    return hat, coat, shoe


def test_missing_names_the_pairs_that_no_case_visits():
    """Defaults count as what they are; what can't be is not asked for."""
    cases = [Case("", (hat, coat), {"shoe": shoe}) for hat, coat, shoe in product(
        ("red", "blue"), ("red", "blue", "green"), ("red", "blue"))]
    assert missing(COLOURS, function, cases) == []
    assert missing(COLOURS, function, [c for c in cases if c.args[1] != "green"]) == [
        "coat green with hat blue", "coat green with shoe blue", "coat green with shoe red"]
    assert "coat red with hat red" not in missing(COLOURS, function, [Case("", ("red",))])


def test_rows_that_cannot_be_completed_say_what_to_declare():
    """A level that goes with nothing is a mistake of the declaration."""
    space = Space((factor("a", "1", "2"), factor("b", "1", "2"), factor("c", "1")),
                  never=({"a": "a 2", "c": "c 1"},))
    with pytest.raises(ValueError, match="'c' goes with"):
        rows(space)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(1, 4), min_size=2, max_size=6))
def test_rows_visit_every_pair_with_fewer_cases_than_all(counts):
    """A covering array, not the product."""
    space = Space(tuple(factor(str(i), *map(str, range(n))) for i, n in enumerate(counts)))
    found = rows(space)
    assert space.pairs() == set().union(*(pairs_of(row) for row in found))
    first, second = sorted(counts)[-2:]
    assert first * second <= len(found) <= max(first * second, len(space.pairs()))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_every_function_of_two_settings_says_what_inputs_it_is_promised(exercise):
    """An exercise without a space has nothing that its battery could be held to."""
    settings_ = inspect.signature(exercise.reference).parameters
    assert exercise.space or len(settings_) < 2, exercise.id
