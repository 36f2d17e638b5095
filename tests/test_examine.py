"""Examining an answer: points per aspect, named mistakes, four outcomes."""

import re
from dataclasses import replace

import numpy as np
import pytest

from autograder.disclosure import disclosed, raising, with_familiar_lines
from autograder.draw import draw
from autograder.examine import examine
from autograder.grading import caller_of, report_of
from autograder.spec import Case, Exercise, Twin, hand_answer


def scale(x, factor=2):
    return np.asarray(x, float) * factor


def hidden(draw):
    yield Case("four numbers", (draw.rng.permutation(4) + 1.0,))
    yield Case("five numbers", (draw.rng.permutation(5) - 9.5,))
    yield Case("factor 3", (draw.rng.permutation(4) + 1.0,), {"factor": 3}, aspect="factor")


SCALE = Exercise(
    id="scale",
    reference=scale,
    aspects={"values": 2, "factor": 1},
    hidden=hidden,
    twins=(
        Twin("factor-ignored", lambda x, factor=2: scale(x), "The factor has no effect.", "Look."),
        Twin("negated", lambda x, factor=2: -scale(x, factor), "The sign is wrong.", "Look.",
             costs=("values",)),
        Twin("constant", lambda x, factor=2: np.zeros(len(x)), "Nothing is computed.", "Look."),
    ),
)

HAND = hand_answer(
    "hand", [1, 2, 3], points=2, form="a list of 3 numbers",
    mistakes=[("reversed", [3, 2, 1], "You went backwards.", "Start on the left.")], hints=("x",),
)


def examined(answer, exercise=SCALE):
    return examine(exercise, caller_of(exercise, answer), draw(exercise.id, "ada", "secret"))


def test_examine_gives_full_points_to_the_reference():
    """All aspects, no mistakes."""
    found = examined(scale)
    assert (found.points, found.status, found.mistakes) == (3.0, "right", {})


def test_examine_takes_only_the_points_of_the_failing_aspect():
    """Ignoring the factor costs the factor's point."""
    found = examined(lambda x, factor=2: [2 * v for v in x])
    assert (found.points, found.status) == (2.0, "partial")
    assert found.mistakes == {"factor-ignored": None}


def test_examine_lets_a_named_mistake_cost_only_its_own_aspect():
    """A wrong sign fails every case, yet the factor was handled."""
    found = examined(lambda x, factor=2: scale(x, factor) * -1)
    assert found.mistakes == {"negated": None}
    assert [(a.name, a.points) for a in found.aspects] == [("values", 0.0), ("factor", 1.0)]


def test_examine_spares_nothing_before_the_mistake_is_paid_for():
    """A sign that is wrong only where a factor is given costs the factor's point."""
    found = examined(lambda x, factor=2: scale(x, factor) * (-1 if factor != 2 else 1))
    assert found.mistakes == {"negated": ("factor",)}
    assert found.points == 2


def test_examine_spares_nothing_when_the_mistake_costs_everything():
    """A twin without `costs` loses each aspect whose cases fail."""
    assert examined(lambda x, factor=2: np.zeros_like(x)).points == 0


def test_examine_spares_nothing_without_a_name():
    """An unknown mistake is judged by the cases alone."""
    found = examined(lambda x, factor=2: scale(x, factor) + 17)
    assert (found.points, found.mistakes, found.status) == (0.0, {}, "wrong")


def test_examine_tells_the_four_outcomes_apart():
    """Not attempted, raised, None and wrong are different things."""

    def stub(x, factor=2):
        raise NotImplementedError

    assert examined(stub).status == "not attempted"
    assert examined(lambda x, factor=2: 1 / 0).status == "raised"
    none = report_of(examined(lambda x, factor=2: None)).text()
    assert "did you forget `return`" in none


def test_examine_judges_hand_worked_answers():
    """Right, a known mistake, a blank."""
    assert examined([1, 2, 3], HAND).points == 2
    assert examined((1.0, 2, 3), HAND).points == 2
    assert examined([3, 2, 1], HAND).mistakes == {"reversed": None}
    assert examined(..., HAND).status == "not attempted"


def test_report_of_an_examination_shows_no_hidden_number():
    """Words and ordinary shapes, but neither inputs nor expected values."""

    def chatty(x, factor=2):
        raise ValueError(f"I was called with {list(x)}")

    draws = np.concatenate([case.args[0] for case in hidden(draw("scale", "ada", "secret"))])
    for function in (chatty, lambda x, factor=2: scale(x, factor) + 0.125):
        text = report_of(examined(function)).text() + report_of(examined(function)).html()
        assert "called with [" not in text
        for number in {*draws, *(draws * 2), *(draws * 2 + 0.125)}:
            if abs(number) > 6:
                assert not re.search(rf"(?<![\d.]){number:g}(?![\d.])", text)


def shaped(shape):
    return report_of(examined(lambda x, factor=2: np.zeros(shape(x)))).text()


def test_report_shows_a_shape_only_if_an_ordinary_mistake_gives_it():
    """A shape made of a hidden number would tell it; a wrong loop bound makes none such."""
    for slip in (lambda x: len(x) - 1, lambda x: (len(x), 1), lambda x: ()):
        assert "yours " in shaped(slip) and ", expected (4,)" in shaped(slip)
    for forged in (lambda x: (0, int(abs(x[0]) * 1e7), 3), lambda x: int(abs(x[0])) + 40,
                   lambda x: (1,) * int(4 + abs(x[0]))):
        text = shaped(forged)
        assert "shape    far from the expected shape, (4,)" in text and "yours" not in text


def test_report_shows_a_shape_that_a_known_mistake_gives():
    """However far it is from the expected one."""
    flat = Exercise(
        "flat", lambda x: np.outer(x, x), {"values": 1}, hidden,
        twins=(Twin("long", lambda x: np.zeros((2 * len(x), 9)), "Too long.", "Look."),),
    )
    same = report_of(examined(lambda x, factor=2: np.ones((2 * len(x), 9)), flat)).text()
    assert "yours (8, 9), expected (4, 4)" in same


def test_report_names_a_line_only_if_a_visible_case_meets_it_too():
    """Two hundred lines that raise, one for each value, would tell the value."""
    def always(x, factor=2):
        return [][0]

    found = examined(always)
    assert raising(found) and "where" not in report_of(found).text()
    seen = replace(found.exercise, visible=lambda: [Case("one number", (np.ones(1),))])
    found = with_familiar_lines(replace(found, exercise=seen), caller_of(seen, always))
    assert "where    your line" in report_of(found).text()

    def telling(x, factor=2):
        if x[0] > 0:
            raise ValueError
        raise KeyError

    def half(x, factor=2):
        if x[0] > 0:
            return 0
        raise KeyError

    for function in (telling, half):
        found = examined(function)
        raised = next(i for i, one in enumerate(found.outcomes) if one.kind == "raised")
        told = dict(disclosed(found, raised))
        assert "where" not in told and "Error" not in told["raised"]


def test_report_counts_and_places_nothing_that_a_function_could_choose():
    """Which of the numbers are wrong, how many come back and how many are NaN can be chosen."""

    def placed(x, factor=2):
        result = scale(x, factor)
        result[int(abs(x[0])) % len(x)] = np.nan
        return result

    text = report_of(examined(placed)).text()
    assert "some of 4 differ" in text and "first at" not in text and "some values are NaN" in text
    pairs = Exercise("pairs", lambda x, factor=2: (x, x), {"values": 1}, hidden)
    many = report_of(examined(lambda x, factor=2: (x,) * int(5 + abs(x[0])), pairs)).text()
    assert "too many; expected 2 values" in many
    assert "3; expected 2 values" in report_of(
        examined(lambda x, factor=2: (x, x, x), pairs)).text()


def test_examination_record_holds_no_hidden_input():
    """The record travels with the feedback, so it has only what may be shown."""
    record = examined(lambda x, factor=2: scale(x)).record()
    assert record["mistakes"] == [{"name": "factor-ignored", "aspects": None}]
    assert set(record) == {
        "exercise", "points", "maximum", "status", "aspects", "mistakes", "cases",
    }
    assert {key for case in record["cases"] for key in case} == {
        "why", "aspect", "right", "outcome",
    }


@pytest.mark.parametrize("seed", range(3))
def test_examine_is_reproducible(seed):
    """The same secret and student give the same cases."""
    one, two = (
        [case.args[0].tolist() for case in hidden(draw("scale", "ada", str(seed)))]
        for _ in range(2)
    )
    assert one == two
