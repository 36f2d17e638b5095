"""The reference in a helper's place: what it answers, and what it refuses to be called with."""

import inspect
import time

import numpy as np
import pytest

from autograder.draw import draw
from autograder.examine import examine
from autograder.exercises import EXERCISES
from autograder.helper import Helper
from course.outcome import RAISED, VALUE, Outcome, call

FUNCTIONS = [exercise for exercise in EXERCISES.values() if not exercise.answer]


def helper(name, student="ada"):
    exercise = EXERCISES[name]
    return Helper(examine(exercise, lambda a, k: Outcome(VALUE, None), draw(name, student)))


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda exercise: exercise.id)
def test_hidden_cases_of_every_function_are_answered(exercise):
    """Other draws of the same cases are modest enough, with room to spare."""
    if exercise.id == "numeric_gradient":
        pytest.skip("takes a function, which can't be sent")
    asked = helper(exercise.id)
    for case in exercise.hidden(draw(exercise.id, "boris")):
        due, found = call(exercise.reference, case.args, case.kwargs), asked(case.args, case.kwargs)
        assert (found.kind, found.error) == (due.kind, due.error), case.why
        assert found.message == "", "a sentence with sizes would be worth points"
        if due.kind == VALUE:
            for one, other in zip(np.atleast_1d(*_parts(due)), np.atleast_1d(*_parts(found)),
                                  strict=True):
                np.testing.assert_array_equal(one, other)


def _parts(outcome):
    return outcome.value if isinstance(outcome.value, tuple) else (outcome.value,)


HUGE = {
    "padding": ("zero_pad1d", (np.ones(3), 10**9)),
    "padding as an array": ("zero_pad1d", (np.ones(3), np.array([10**9]))),
    "padding as a NumPy number": ("zero_pad1d", (np.ones(3), np.int64(10**9))),
    "padding by name": ("conv2d", (np.ones((3, 3)), np.ones((2, 2)), 1, 10**9)),
    "width": ("moving_average", ([1, 2, 3], 10**9)),
    "size of a kernel": ("box_kernel", (10**9 + 1,)),
    "dilation": ("dilate_kernel", (np.ones((60, 60)), 60)),
    "a long empty side": ("conv2d", (np.ones((2**31, 0)), np.ones((0, 2**31)), 1, 1)),
    "many sides": ("zero_pad1d", (np.ones((1,) * 8), 60)),
    "many numbers": ("conv1d_valid", (np.ones(3000), np.ones(3000))),
    "many lists": ("conv1d_valid", ([[]] * 5000, [1])),
    "an endless float": ("zero_pad1d", (np.ones(3), float("inf"))),
    "texts": ("conv1d_valid", (["1" * 10**6], ["1"])),
    "an object": ("conv1d_valid", (object(), [1])),
    "an array of objects": ("conv1d_valid", (np.array([None]), [1])),
    "a masked array": ("conv1d_valid", (np.ma.masked_array([0.0], [True]), [1])),
    "nested settings": ("max_pool2d", (np.ones((3, 3)), ((1, 1), (1, 1)))),
    "a function": ("numeric_gradient", (lambda x: time.sleep(60), np.ones(2))),
}


@pytest.mark.parametrize("name, args", HUGE.values(), ids=HUGE)
def test_costly_or_odd_arguments_are_refused_quickly(name, args):
    """The grader's own process answers, so nothing large is ever made in it."""
    asked = helper(name)
    started = time.process_time()
    assert asked(args, {}).kind == RAISED
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize("name, args", [
    ("zero_pad1d", (np.ones(4000), 12)), ("conv1d_valid", (np.ones(2700), np.ones(1300))),
    ("conv2d", (np.ones((60, 60)), np.ones((20, 20)), 1, 14)), ("box_kernel", (63,)),
    ("dilate_kernel", (np.ones((12, 12)), 60)), ("max_pool2d", (np.ones((60, 60)), 14, 1)),
])
def test_largest_calls_that_are_answered_are_quick(name, args):
    """They cost no more than a slow student function could."""
    asked = helper(name)
    started = time.process_time()
    assert asked(args, {}).kind == VALUE
    assert time.process_time() - started < 1


@pytest.mark.parametrize("name", ["zero_pad1d", "conv1d_valid", "conv2d", "max_pool2d"])
def test_hidden_cases_of_the_helper_itself_are_refused(name):
    """The student's own, as arrays, lists or by name; what every student meets is answered."""
    asked, exercise = helper(name), EXERCISES[name]
    refused = 0
    others = {repr(case.args) for case in exercise.hidden(draw(name, "boris"))}
    for case in exercise.hidden(draw(name, "ada")):
        due, found = call(exercise.reference, case.args, case.kwargs), asked(case.args, case.kwargs)
        if repr(case.args) in others:
            assert found.kind == due.kind, case.why
        elif due.kind == VALUE and np.size(case.args[0]) >= 4:
            assert found.kind == RAISED, case.why
            named = dict(zip(inspect.signature(exercise.reference).parameters, case.args,
                             strict=False))
            named |= case.kwargs | {key: np.asarray(named[key]).tolist() for key in [*named][:1]}
            assert asked((), named).kind == RAISED, case.why
            refused += 1
    assert refused > 2


def test_counts_may_be_large():
    """Numbers in, numbers out: parameters of a real network."""
    assert helper("dense_parameters")((6 * 6 * 256, 4096), {}).value == 37_752_832
    assert helper("conv_output_size")((10**12, 3), {}).kind == RAISED


def test_arguments_that_fit_no_parameter_raise():
    """As they would in the reference."""
    assert helper("zero_pad1d")((), {"nothing": 1}).error == "TypeError"
    assert helper("zero_pad1d")((np.full(3, np.nan), 1), {}).kind == VALUE
