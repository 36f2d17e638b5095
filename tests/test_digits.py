"""Nothing that counts hangs on the last digits of a float: they differ between processors."""

import json
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from autograder import visible
from autograder.draw import draw
from autograder.examine import judge_battery, trials_of, twin_outcomes
from autograder.exercises import EXERCISES, UNITS, unit_named
from course import cases, checking

FUNCTIONS = [exercise for exercise in EXERCISES.values() if not exercise.answer]
LAST = 1e-13


def rounded_otherwise(value, rng):
    """The value with each of its floats moved by a relative 1e-13, up or down."""
    if isinstance(value, float):
        return value * (1 + LAST * rng.choice((-1, 1)))
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        moved = value * (1 + LAST * rng.choice((-1, 1), value.shape)).astype(value.dtype)
        return np.asarray(moved, value.dtype)
    if isinstance(value, list | tuple):
        return type(value)(rounded_otherwise(item, rng) for item in value)
    if isinstance(value, dict):
        return {key: rounded_otherwise(item, rng) for key, item in value.items()}
    return value


def outcome_otherwise(outcome, rng):
    """An outcome as another processor might have computed it."""
    return replace(outcome, value=rounded_otherwise(outcome.value, rng))


def text_otherwise(text, rng):
    """A stored JSON text with the last digits of another processor; arguments are exact."""
    def moved(data, exact=False):
        if isinstance(data, dict):
            return {name: moved(item, exact or name in ("args", "kwargs"))
                    for name, item in data.items()}
        if isinstance(data, list):
            return [moved(item, exact) for item in data]
        return data if exact else rounded_otherwise(data, rng)

    return json.dumps(moved(json.loads(text)), ensure_ascii=False)


def told(report):
    """What `check` says of right and wrong, without the numbers it shows."""
    return report.status, report.headline, [(one.name, one.scope) for one in report.likely]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_digits_of_stored_floats_do_not_change_what_check_says(unit, root, monkeypatch):
    """Right, wrong and names are the same for every solution and every mistake."""
    text = visible.visible_path(root, unit).read_text(encoding="utf-8")
    stored, other = json.loads(text), json.loads(text_otherwise(text, np.random.default_rng(7)))
    functions = [one for one in unit.exercises if not one.answer]
    assert stored != other
    for exercise in functions:
        tried = (exercise.reference, *exercise.variants, *(t.function for t in exercise.twins))
        for function in tried:
            reports = []
            for entries in (stored, other):
                monkeypatch.setattr(cases, "units", lambda entries=entries: {unit.name: entries})
                reports.append(told(checking.inspect_answer(exercise.id, function)))
            assert reports[0] == reports[1], function.__name__


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda one: one.id)
def test_digits_of_computed_floats_do_not_change_a_grade(exercise):
    """Points, right and wrong, and names are the same on another processor."""
    rng = np.random.default_rng(11)
    trials = trials_of(exercise, exercise.hidden(draw(exercise.id, "student", "first")))
    other = [replace(one, expected=outcome_otherwise(one.expected, rng)) for one in trials]
    twins = twin_outcomes(exercise, trials)
    for twin in exercise.twins:
        outcomes = [twins(twin.name, index) for index in range(len(trials))]
        here = judge_battery(exercise, trials, outcomes, twins)
        there = judge_battery(
            exercise, other, [outcome_otherwise(one, rng) for one in outcomes], twins)
        assert here.record() == there.record(), twin.name


def test_digits_do_not_bring_visible_cases_out_of_step(root):
    """`autograder refresh` leaves a file alone that another processor made, and no other."""
    unit = unit_named("06_backprop")
    text = visible.visible_path(root, unit).read_text(encoding="utf-8")
    moved = partial(text_otherwise, rng=np.random.default_rng(3))
    assert moved(text) != text
    assert visible.in_step(text, moved(text))
    assert not visible.in_step(text, text.replace("2.", "3.", 1))
    assert not visible.in_step(text, text.replace('"why": "', '"why": "not ', 1))
    assert not visible.in_step(text, text.replace('"writeable": true', '"writeable": false', 1))
