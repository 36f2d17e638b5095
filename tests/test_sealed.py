"""Sealed answers: right and wrong can be told apart without holding the answer."""

import time

import numpy as np

from course.sealed import canonical, seal


def test_canonical_is_the_same_for_all_ways_to_write_an_answer():
    """Lists, tuples, arrays, ints and floats are one answer."""
    forms = [[1, -2, 3], (1.0, -2.0, 3.0), np.array([1, -2, 3]), [1.00001, -2, 3]]
    assert len({canonical(form) for form in forms}) == 1
    assert canonical(-0.0) == canonical(0) == canonical([0])
    assert canonical(" Blur ") == canonical("blur")


def test_canonical_keeps_different_answers_apart():
    """Order, length and shape count."""
    answers = [[1, 2, 3], [3, 2, 1], [1, 2], [[1, 2, 3]], 1, "1", True]
    assert len({canonical(answer) for answer in answers}) == len(answers)


def test_canonical_has_no_form_for_rubbish():
    """A ragged list or a NaN is no answer."""
    assert canonical([[1], [2, 3]]) is None
    assert canonical(float("nan")) is None
    assert seal(object(), "x") == ""


def test_seal_depends_on_the_exercise():
    """Equal answers to two questions have different seals."""
    assert seal(4, "a/") != seal(4, "b/")


def test_seal_is_slow_to_guess_yet_quick_to_check():
    """One seal takes milliseconds: nothing for a check, long for a search."""
    started = time.process_time()
    for number in range(5):
        seal(number, "x")
    assert 0.005 < time.process_time() - started < 2
