"""Exercises `conv_parameters`, `dense_parameters`, `locally_connected_parameters`."""

import numpy as np

from autograder.exercises.shapes.apart import draw_apart
from autograder.exercises.shapes.parameters_twins import conv_twins, dense_twins, local_twins
from autograder.reference import shapes as reference
from autograder.space import Factor, Space
from autograder.spec import Case, Exercise
from course.compare import exact

BIAS = Factor("bias", ("with biases", "without biases"),
              lambda given: "with biases" if given["bias"] else "without biases")


def more(one, other, what):
    """Factor: which of two counts is the larger one."""
    return Factor(what, (f"more {what} in", f"more {what} out"), lambda given: (
        f"more {what} in" if given[one] > given[other] else f"more {what} out"))


KERNEL = Factor("kernel", ("kernels of 2x2 or more", "kernels of 1x1"), lambda given: (
    "kernels of 1x1" if given["kernel"] == 1 else "kernels of 2x2 or more"))


def weights_only(why, *args):
    return Case(why, args, {"bias": False}, "weights", exact)


def with_biases(why, *args, **kwargs):
    return Case(why, args, kwargs, "biases", exact)


def drawing(reference_function, twins, cases):
    """A ``hidden`` generator whose numbers keep the wrong formulas apart."""

    def hidden(draw):
        def number(low, high):
            return int(draw.rng.integers(low, high))

        return draw_apart(
            lambda: list(cases(number)), [reference_function, *(twin.function for twin in twins)]
        )

    return hidden


def conv_visible():
    yield weights_only("a grey picture, one filter of 3x3", 1, 1, 3)
    yield weights_only("3 channels in, 4 out, 2x2 kernels", 3, 4, 2)
    yield with_biases("3 channels in, 4 out, 2x2 kernels, with biases", 3, 4, 2)
    yield with_biases("1x1 kernels, with biases", 5, 2, 1, bias=True)


def conv_cases(number):
    yield weights_only("a few channels", number(3, 8), number(9, 20), number(2, 6))
    yield weights_only("fewer channels out than in", number(64, 200), number(9, 30), 3)
    yield weights_only("a 1x1 kernel", number(30, 60), number(10, 20), 1)
    yield with_biases("a few channels, with biases", number(3, 8), number(9, 20), number(2, 6))
    yield with_biases("fewer channels out than in, with biases", number(64, 200),
                      number(9, 30), 3, bias=True)
    yield with_biases("a 1x1 kernel, with biases", number(30, 60), number(10, 20), 1)
    yield with_biases("biases switched off", number(3, 8), number(9, 20), 2, bias=False)
    yield weights_only("a 1x1 kernel, more channels out than in", number(3, 8), number(9, 20), 1)


def dense_visible():
    yield weights_only("3 inputs, 2 neurons", 3, 2)
    yield with_biases("3 inputs, 2 neurons, with biases", 3, 2)
    yield with_biases("4 inputs, 7 neurons, with biases", 4, 7, bias=True)


def dense_cases(number):
    yield weights_only("more inputs than neurons", number(50, 900), number(5, 40))
    yield weights_only("more neurons than inputs", number(5, 40), number(50, 900))
    yield with_biases("more inputs than neurons, with biases", number(50, 900), number(5, 40))
    yield with_biases("more neurons than inputs, with biases", number(5, 40), number(50, 900),
                      bias=True)
    yield with_biases("biases switched off", number(5, 40), number(50, 900), bias=False)


def local_visible():
    yield weights_only("2x3 positions, a grey picture, one map, 2x2 windows", 2, 3, 1, 1, 2)
    yield weights_only("2x3 positions, 3 channels in, 4 out, 2x2 windows", 2, 3, 3, 4, 2)
    yield with_biases("2x3 positions, 3 channels in, 4 out, 2x2 windows, with biases",
                      2, 3, 3, 4, 2)


def local_cases(number):
    for why, count in (("few positions", (2, 7)), ("many positions", (20, 90))):
        def sizes(count=count):
            return (number(*count), number(*count), number(2, 6), number(7, 15), number(2, 6))

        yield weights_only(why, *sizes())
        yield with_biases(f"{why}, with biases", *sizes())
        yield with_biases(f"{why}, with biases", *sizes(), bias=True)
        yield with_biases(f"{why}, biases switched off", *sizes(), bias=False)
    for why, height, width in (("higher", (20, 40), (2, 9)), ("wider", (2, 9), (20, 40))):
        def sides(height=height, width=width):
            return number(*height), number(*width)

        yield weights_only(f"{why}, more channels in", *sides(), number(9, 15), number(2, 6),
                           number(2, 6))
        yield with_biases(f"{why}, more channels in, with biases", *sides(), number(9, 15),
                          number(2, 6), 1)
        yield weights_only(f"{why}, more channels out, 1x1", *sides(), number(2, 6),
                           number(9, 15), 1)
        yield with_biases(f"{why}, more channels out, with biases", *sides(), number(2, 6),
                          number(9, 15), number(2, 6))


def conv_by_arrays(in_channels, out_channels, kernel, bias=True):
    weights = np.zeros((out_channels, in_channels, kernel, kernel))
    return weights.size + (np.zeros(out_channels).size if bias else 0)


def dense_by_arrays(n_in, n_out, bias=True):
    return np.zeros((n_out, n_in)).size + np.zeros(n_out).size * bias


def local_by_units(out_height, out_width, in_channels, out_channels, kernel, bias=True):
    units = out_height * out_width * out_channels
    return units * (in_channels * kernel**2) + (units if bias else 0)


CONV_TWINS, DENSE_TWINS, LOCAL_TWINS = conv_twins(), dense_twins(), local_twins()

CONV = Exercise(
    id="conv_parameters",
    reference=reference.conv_parameters,
    aspects={"weights": 2, "biases": 1},
    visible=conv_visible,
    hidden=drawing(reference.conv_parameters, CONV_TWINS, conv_cases),
    space=Space((BIAS, KERNEL, more("in_channels", "out_channels", "channels"))),
    twins=CONV_TWINS,
    variants=(conv_by_arrays,),
    hints=(
        "Count one filter first. Which three numbers say how large it is?",
        "One filter has `in_channels` planes of `kernel` times `kernel` weights, and one bias for "
        "the whole filter. The layer has `out_channels` filters.",
        "`bias` is True or False; in a sum Python counts True as 1 and False as 0.",
    ),
)

DENSE = Exercise(
    id="dense_parameters",
    reference=reference.dense_parameters,
    aspects={"weights": 1, "biases": 1},
    visible=dense_visible,
    hidden=drawing(reference.dense_parameters, DENSE_TWINS, dense_cases),
    space=Space((BIAS, more("n_in", "n_out", "numbers"))),
    twins=DENSE_TWINS,
    variants=(dense_by_arrays,),
    hints=(
        "Draw 3 inputs and 2 neurons. Every line is a weight; every neuron has one bias.",
        "Each neuron owns one weight for each input and, with biases, one number more.",
    ),
)

LOCAL = Exercise(
    id="locally_connected_parameters",
    reference=reference.locally_connected_parameters,
    aspects={"weights": 2, "biases": 1},
    visible=local_visible,
    hidden=drawing(reference.locally_connected_parameters, LOCAL_TWINS, local_cases),
    space=Space((BIAS, KERNEL, more("in_channels", "out_channels", "channels"),
                 more("out_height", "out_width", "rows"))),
    twins=LOCAL_TWINS,
    variants=(local_by_units,),
    hints=(
        "Count the units: how many numbers come out of the layer?",
        "Each unit has a window of weights of its own, through all input channels, and a bias of "
        "its own. You may call `conv_parameters`: a convolution is what a single position needs.",
    ),
)
