"""Exercise `receptive_field`: how much of the input one unit of the last layer depends on."""

from math import prod

from autograder.exercises.shapes.apart import draw_apart
from autograder.exercises.shapes.words import twin
from autograder.reference.shapes import receptive_field as right
from autograder.reference.sizes import spread
from autograder.space import Factor, Space
from autograder.spec import Case, Exercise
from course.compare import exact

DEPTH = Factor("layers", ("several layers", "a single layer"), lambda given: (
    "a single layer" if len(given["layers"]) == 1 else "several layers"))
STRIDES = Factor("strides", ("strides of 1", "a stride"), lambda given: (
    "a stride" if any(layer[1] > 1 for layer in given["layers"]) else "strides of 1"))
SPREAD = Factor("dilation", ("no dilation", "a dilation"), lambda given: (
    "a dilation" if any(len(layer) == 3 for layer in given["layers"]) else "no dilation"))


def case(why, layers, aspect="strides"):
    return Case(why, (layers,), {}, aspect, exact)


def visible():
    yield case("one layer of 5x5", [(5, 1)], "stride 1")
    yield case("two layers of 3x3", [(3, 1), (3, 1)], "stride 1")
    yield case("3x3 and 2x2 with stride 2 in turns", [(3, 1), (2, 2), (3, 1), (2, 2)])
    yield case("three layers of stride 3 and 2", [(5, 3), (3, 2), (4, 1)])
    yield case("four layers, two of them with stride 3", [(2, 3), (3, 3), (2, 1), (5, 2)])
    yield case("3x3 twice, the second time with dilation 2", [(3, 1), (3, 1, 2)], "dilation")
    yield case("a dilated layer over one with a stride", [(4, 2), (3, 1, 3), (2, 2, 1)],
               "dilation")


def hidden(draw):
    """Stacks of layers, drawn again until no two rules agree on all of them."""
    rng = draw.rng

    def number(low, high):
        return int(rng.integers(low, high))

    def layers(*strides, dilations=()):
        stack = [(number(2, 7), stride) for stride in strides]
        for index in dilations:
            stack[index] += (number(2, 5),)
        return stack

    def cases():
        yield case("a single layer", layers(1), "stride 1")
        yield case("three layers of stride 1", layers(1, 1, 1), "stride 1")
        yield case("five layers of stride 1", layers(1, 1, 1, 1, 1), "stride 1")
        yield case("a stride in the first layer", layers(number(2, 5), 1, 1))
        yield case("a stride in the last layer, where it does nothing", layers(1, 1, number(2, 5)))
        yield case("several strides", layers(2, 1, number(3, 5), 1, 2))
        yield case("a stride in every layer", layers(3, 2, number(2, 4), 4))
        yield case("dilation", layers(1, 1, dilations=[1]), "dilation")
        yield case("dilation and strides", layers(1, 2, 3, 1, dilations=[0, 3]), "dilation")
        yield case("dilation in every layer", layers(2, 3, 1, dilations=[0, 1, 2]), "dilation")
        yield case("a single layer with a stride", layers(number(2, 5)))
        yield case("a single layer with dilation", layers(1, dilations=[0]), "dilation")

    return draw_apart(lambda: list(cases()), [right, *(twin.function for twin in TWINS)])


def stacked(rule):
    """The receptive field when layer number i adds ``rule(i, kernels, strides)`` cells.

    ``kernels`` are the spread ones.
    """
    def field(layers):
        kernels = [spread(kernel, *dilation) for kernel, _, *dilation in layers]
        strides = [layer[1] for layer in layers]
        return 1 + sum(rule(i, kernels, strides) for i in range(len(layers)))

    return field


def strides_forgotten(layers):
    return stacked(lambda i, k, s: k[i] - 1)(layers)


def own_stride_included(layers):
    return stacked(lambda i, k, s: (k[i] - 1) * prod(s[: i + 1]))(layers)


def previous_stride_only(layers):
    return stacked(lambda i, k, s: (k[i] - 1) * (s[i - 1] if i else 1))(layers)


def strides_added(layers):
    return stacked(lambda i, k, s: (k[i] - 1) * (sum(s[:i]) if i else 1))(layers)


def counted_from_the_top(layers):
    return stacked(lambda i, k, s: (k[i] - 1) * prod(s[i + 1 :]))(layers)


def whole_kernel_added(layers):
    return stacked(lambda i, k, s: k[i] * prod(s[:i]))(layers) - 1


def first_cell_forgotten(layers):
    return right(layers) - 1


def kernels_summed(layers):
    return stacked(lambda i, k, s: k[i])(layers) - 1


def kernels_multiplied(layers):
    return prod(spread(kernel, *dilation) for kernel, _, *dilation in layers)


def last_layer_only(layers):
    return right(layers[-1:])


def dilation_ignored(layers):
    return right([layer[:2] for layer in layers])


def dilation_times_kernel(layers):
    return right([(k * d[0] if d else k, s) for k, s, *d in layers])


def layers_emptied(layers):
    result = right(layers)
    layers.clear()
    return result


TWINS = (
    twin(strides_forgotten, costs=("strides",)),
    twin(own_stride_included, costs=("strides",)),
    twin(previous_stride_only, costs=("strides",)),
    twin(strides_added, costs=("strides",)),
    twin(counted_from_the_top, costs=("strides",)),
    twin(whole_kernel_added),
    twin(first_cell_forgotten, costs=("stride 1",)),
    twin(kernels_summed),
    twin(kernels_multiplied),
    twin(last_layer_only),
    twin(dilation_ignored, costs=("dilation",)),
    twin(dilation_times_kernel, costs=("dilation",)),
    twin(layers_emptied, costs=("stride 1",)),
)


def from_the_top(layers):
    field = 1
    for kernel, stride, *rest in reversed(layers):
        dilation = rest[0] if rest else 1
        field = (field - 1) * stride + dilation * (kernel - 1) + 1
    return field


def with_a_jump(layers):
    field = jump = 1
    for layer in layers:
        kernel, stride = layer[0], layer[1]
        dilation = layer[2] if len(layer) == 3 else 1
        field += jump * dilation * (kernel - 1)
        jump *= stride
    return field


EXERCISE = Exercise(
    id="receptive_field",
    reference=right,
    aspects={"stride 1": 1, "strides": 2, "dilation": 1},
    visible=visible,
    hidden=hidden,
    space=Space((DEPTH, STRIDES, SPREAD)),
    twins=TWINS,
    variants=(from_the_top, with_a_jump),
    hints=(
        "Keep two numbers while you walk up the layers: the receptive field so far, and the "
        "distance in the input between two neighbours of the current map. What are both before "
        "the first layer?",
        "A window of `kernel` cells adds `kernel - 1` new ones, each one distance further. "
        "Only afterwards does the layer's own stride make the distance larger.",
        "`kernel, stride = layer[0], layer[1]`, and the dilation is `layer[2]` if `len(layer) == "
        "3`, else 1. With dilation a window adds `dilation * (kernel - 1)`.",
    ),
)
