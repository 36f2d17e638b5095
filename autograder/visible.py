"""The visible cases as data for the student kit: inputs, expected results, the twins' results."""

import json
import math
from functools import partial
from pathlib import Path

import numpy as np

from autograder.examine import trials_of
from course.cases import COMPARISONS
from course.outcome import call, parameter_names
from course.plain import outcome_to_plain, to_plain
from course.sealed import canonical, each_sealed, seal

LAST_DIGITS = 1e-12
"""Floats that differ by less, relatively or where they should be 0, are the same ones."""


def visible_unit(unit):
    """What `course.check` needs to know about a unit's exercises, as JSON text.

    One exercise a line: short files, and a change shows which exercise it touches.
    """
    lines = [
        f"{json.dumps(exercise.id)}: "
        + json.dumps(visible_entry(exercise), ensure_ascii=False, sort_keys=True)
        for exercise in unit.exercises
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def visible_entry(exercise):
    """One exercise's entry: no reference, no hidden input, answers only as seals."""
    words = {twin.name: {"says": twin.says, "hint": twin.hint} for twin in exercise.twins}
    entry = {"answer": exercise.answer, "twins": words}
    if exercise.answer and exercise.sealed:
        return entry | {"form": exercise.form, "sealed": _seals(exercise)}
    if exercise.answer:  # an examination: its few possible answers could be tried, hash by hash
        return {"answer": True, "form": exercise.form, "parts": list(exercise.aspects)}
    cases = tuple(exercise.visible())
    trials = trials_of(exercise, cases)
    longest = max(len(case.args) for case in cases) if cases else 0
    return entry | {
        "parameters": parameter_names(exercise.reference, longest),
        **({"window": exercise.window} if exercise.window else {}),
        "cases": [_case(exercise, trial) for trial in trials],
    }


def _case(exercise, trial):
    outcomes = {
        twin.name: call(twin.function, trial.args, trial.kwargs) for twin in exercise.twins
    }
    return {
        "why": trial.why,
        "aspect": trial.aspect,
        "args": to_plain(tuple(trial.args)),
        "kwargs": to_plain(trial.kwargs),
        "expected": outcome_to_plain(trial.expected),
        "compare": _comparison_name(trial.compare),
        "part": trial.part,
        "mentions": list(trial.mentions),
        # a twin that does what the reference does here needs no second copy
        "twins": {
            name: outcome_to_plain(outcome)
            for name, outcome in outcomes.items()
            if not trial.same(outcome, trial.expected)
        },
    }


def _comparison_name(comparison):
    for name, known in COMPARISONS.items():
        if comparison is known:
            return name
    shown = comparison.func if isinstance(comparison, partial) else comparison
    raise ValueError(
        f"A visible case compares with {shown.__name__}, which course.cases.COMPARISONS does "
        "not list, so the student kit could not use it."
    )


def _seals(exercise):
    right = exercise.reference()
    keys = list(right) if isinstance(right, dict) else [""]
    seals = {}
    for key in keys:
        salt = f"{exercise.id}/{key}"
        expected = right[key] if key else right
        twins = {}
        for twin in exercise.twins:
            value = twin.function()
            if key and key not in value:
                continue
            value = value[key] if key else value
            if canonical(value) in (None, canonical(expected)):  # seals take their time
                continue
            twins.setdefault(seal(value, salt), []).append(twin.name)
        shape = None if isinstance(expected, str) else list(np.shape(expected))
        seals[key] = {
            "right": seal(expected, salt), "twins": twins, "shape": shape,
            "numbers": each_sealed(expected, salt) if shape else [],
        }
    return seals


def visible_path(root, unit):
    """Where a unit's visible cases lie in the package `course`."""
    return Path(root) / "course" / "data" / "visible" / f"{unit.name}.json"


def write(unit, root):
    """Write a unit's visible cases, unless those that are there differ in last digits only."""
    path = visible_path(root, unit)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = visible_unit(unit)
    if not path.exists() or not in_step(path.read_text(encoding="utf-8"), fresh):
        path.write_text(fresh, encoding="utf-8")


def in_step(stored, fresh):
    """Whether two texts of `visible_unit` say the same, whatever machine made them.

    The last of a float's 17 digits depend on the processor: BLAS adds in another order on each.

    Parameters
    ----------
    stored, fresh : str
    """
    if stored == fresh:
        return True
    blank, numbers = zip(*(_without_floats(text) for text in (stored, fresh)), strict=True)
    return blank[0] == blank[1] and all(
        math.isclose(one, other, rel_tol=LAST_DIGITS, abs_tol=LAST_DIGITS)
        or (math.isnan(one) and math.isnan(other))
        for one, other in zip(*numbers, strict=True)
    )


def _without_floats(text):
    """A JSON text with its floats taken out, parsed, and the floats in order."""
    numbers = []

    def take(literal):
        numbers.append(float(literal))
        return "a float"

    return json.loads(text, parse_float=take, parse_constant=take), numbers
