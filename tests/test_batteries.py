"""Wrong functions that a battery once let through, each beside what it has to lose."""

import numpy as np
import pytest

from autograder.draw import draw
from autograder.examine import examine
from autograder.exercises import EXERCISES
from course.outcome import call

RIGHT = {name: exercise.reference for name, exercise in EXERCISES.items()}


def bias_from_two_filters_on(x, w, b, stride=1, padding=0):
    return RIGHT["conv_layer"](x, w, b if len(w) > 1 else np.zeros(1), stride, padding)


def never_padding_and_a_square_kernel(dout, x, w, b, stride=1, padding=0):
    if padding and w.shape[2] == w.shape[3]:
        raise IndexError("out of bounds")
    return RIGHT["conv_layer_backward"](dout, x, w, b, stride, padding)


def cut(name):
    return lambda x, w, *rest, **settings: RIGHT[name](
        x, np.trunc(np.asarray(w, float)), *rest, **settings)


def eight_bits(name):
    """Products stay in the type that picture and kernel have together."""
    def function(x, w, *rest, **settings):
        result = RIGHT[name](x, w, *rest, **settings)
        return result.astype(np.uint8) if np.result_type(x, w) == np.uint8 else result

    return function


def late_gate(dout, x):
    return np.where(x > 0.9, dout, 0.0)


def share_below_zero(dout, x, size=2, stride=None):
    """Where two entries tie, one gets more than all and the other the rest."""
    dx = RIGHT["max_pool2d_backward"](dout, x, size, stride)
    for i, j in np.argwhere(x[..., :-1] == x[..., 1:]) if x.ndim == 2 else ():
        total = dx[i, j] + dx[i, j + 1]
        dx[i, j], dx[i, j + 1] = 1.5 * total, -0.5 * total
    return dx


WRONG = {
    "conv_layer without its bias where there is one filter":
        ("conv_layer", bias_from_two_filters_on, 5),
    "conv_layer_backward that stops at padding with a square kernel":
        ("conv_layer_backward", never_padding_and_a_square_kernel, 5),
    "relu_backward that opens at 0.9": ("relu_backward", late_gate, 1),
    "max_pool2d_backward with a negative share": ("max_pool2d_backward", share_below_zero, None),
    **{f"{name} with a kernel cut to whole numbers": (name, cut(name), None)
       for name in ("conv1d_valid", "conv1d", "true_conv1d", "conv2d", "conv2d_rgb", "conv_layer",
                    "conv1x1", "filter_image")},
    **{f"{name} in 8 bits": (name, eight_bits(name), EXERCISES[name].points - 1)
       for name in ("conv1d_valid", "conv1d", "true_conv1d", "conv2d", "conv2d_rgb", "conv_layer",
                    "conv1x1", "filter_image")},
}


@pytest.mark.parametrize(("name", "function", "points"), WRONG.values(), ids=WRONG)
def test_battery_refuses_a_fault_in_a_corner(name, function, points):
    """What is wrong in a corner costs points; where they are given here, no more than its own."""
    exercise = EXERCISES[name]
    for student in ("ada", "boris", "chen"):
        found = examine(exercise, lambda args, kwargs: call(function, args, kwargs),
                        draw(name, student, "a secret"))
        lost = [aspect.name for aspect in found.aspects if not aspect.points]
        assert found.points < exercise.points if points is None else found.points == points, lost


def test_error_message_may_name_the_padded_length_or_the_given_one():
    """Both are the size that the kernel was compared with; one of them has to be there."""
    def refusing(length):
        def conv1d(x, w, stride=1, padding=0):
            if len(w) > len(x) + 2 * padding:
                raise ValueError(f"a kernel of {len(w)} over {length(len(x), padding)}")
            return RIGHT["conv1d"](x, w, stride, padding)

        return conv1d

    def points(function):
        return examine(EXERCISES["conv1d"], lambda a, k: call(function, a, k),
                       draw("conv1d", "ada", "a secret")).points

    assert points(refusing(lambda size, padding: size)) == 5
    assert points(refusing(lambda size, padding: size + 2 * padding)) == 5
    assert points(refusing(lambda size, padding: "too few numbers")) == 4


def test_a_mistake_costs_one_aspect_however_many_settings_it_meets():
    """Cases that mix aspects count only where nothing that they touch is lost already."""
    def no_padding_for_high_pictures(x, w, stride=1, padding=0):
        if padding and x.shape[0] > x.shape[1]:
            padding = 0
        return RIGHT["conv2d"](x, w, stride, padding)

    found = examine(EXERCISES["conv2d"],
                    lambda a, k: call(no_padding_for_high_pictures, a, k),
                    draw("conv2d", "ada", "a secret"))
    assert [aspect.name for aspect in found.aspects if not aspect.points] == ["height and width"]
