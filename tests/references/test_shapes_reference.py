"""Do the references of unit 05 agree with counting, one thing after the other?"""

import doctest

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder.reference import shapes, sizes
from autograder.reference.shapes import (
    conv_output_size,
    conv_parameters,
    dense_parameters,
    fits,
    locally_connected_parameters,
    receptive_field,
)

small = st.integers(1, 4)


def windows(size, kernel, stride, start, end, dilation):
    """All places of the kernel, as lists of the cells it touches; padding is counted from -start.

    Knows no formula: it walks until a cell does not exist.
    """
    cells = range(-start, size + end)
    places, first = [], -start
    while True:
        touched = [first + dilation * tap for tap in range(kernel)]
        if not all(cell in cells for cell in touched):
            return places
        places.append(touched)
        first += stride


@settings(max_examples=300)
@given(st.integers(1, 20), st.integers(1, 6), small, st.integers(0, 4), st.integers(0, 4), small)
def test_is_the_output_size_the_number_of_places(size, kernel, stride, start, end, dilation):
    places = windows(size, kernel, stride, start, end, dilation)
    if places:
        assert conv_output_size(size, kernel, stride, (start, end), dilation) == len(places)
    else:
        with pytest.raises(ValueError, match=rf"{kernel} .* {size} "):
            conv_output_size(size, kernel, stride, (start, end), dilation)


@settings(max_examples=200)
@given(st.integers(1, 20), st.integers(1, 6), small, st.integers(0, 4))
def test_does_it_fit_exactly_if_the_last_window_touches_the_last_cell(
    size, kernel, stride, padding
):
    places = windows(size, kernel, stride, padding, padding, 1)
    assume(places)
    assert fits(size, kernel, stride, padding) is (places[-1][-1] == size + padding - 1)


@pytest.mark.parametrize("whole", [int, np.int64])
def test_is_a_single_padding_the_same_on_both_sides(whole):
    assert conv_output_size(9, 4, 2, whole(3)) == conv_output_size(9, 4, 2, (3, 3)) == 6


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((4, 7), "7 .* 4 "),
        ((9, 3, 0), "stride .* 0"),
        ((9, 3, -2), "stride .* -2"),
        ((9, 3, 1, -1), "padding .* -1"),
        ((9, 3, 1, (2, -1)), "padding .* -1"),
        ((9, 3, 1, 0, 0), "dilation .* 0"),
        ((6, 3, 1, 0, 4), "3 .* 9 .* 6 "),
        ((0, 1), "at least 1"),
    ],
)
def test_are_impossible_sizes_refused_with_the_numbers_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        conv_output_size(*arguments)


@settings(max_examples=100)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 5), st.integers(1, 5), st.booleans())
def test_are_parameters_what_the_layers_arrays_hold(channels, filters, height, width, bias):
    weights = np.zeros((filters, channels, height, width))
    biases = np.zeros(filters if bias else 0)
    count = weights.size + biases.size
    assert conv_parameters(channels, filters, (height, width), bias) == count
    assert dense_parameters(channels * height * width, filters, bias) == count
    if height == width:
        assert conv_parameters(channels, filters, height, bias) == count


@settings(max_examples=50)
@given(small, small, small, small, small, st.booleans())
def test_does_every_locally_connected_unit_own_its_numbers(
    height, width, channels, filters, kernel, bias
):
    owned = 0
    for _unit in np.ndindex(height, width, filters):
        owned += len(list(np.ndindex(channels, kernel, kernel)))
        owned += 1 if bias else 0
    assert locally_connected_parameters(height, width, channels, filters, kernel, bias) == owned


@settings(max_examples=150)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.integers(1, 4), st.integers(1, 3)),
            st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 3)),
        ),
        max_size=4,
    )
)
def test_is_the_receptive_field_what_can_change_an_output(layers):
    """Follow one output down, cell by cell: from its first to its last pixel."""
    seen = {0}
    for kernel, stride, *rest in reversed(layers):
        dilation = rest[0] if rest else 1
        seen = {cell * stride + dilation * tap for cell in seen for tap in range(kernel)}
    assert receptive_field(layers) == max(seen) - min(seen) + 1


@pytest.mark.parametrize("layers", [[(0, 1)], [(3, 0)], [(3, 1, 0)], [(3, 1), (3, 1, -1)]])
def test_is_an_impossible_layer_refused(layers):
    with pytest.raises(ValueError, match="at least 1"):
        receptive_field(layers)


@pytest.mark.parametrize(
    "call",
    [
        lambda: conv_parameters(0, 3, 3),
        lambda: dense_parameters(3, 0),
        lambda: locally_connected_parameters(0, 2, 1, 1, 3),
    ],
)
def test_is_a_layer_of_nothing_refused(call):
    with pytest.raises(ValueError, match="at least 1"):
        call()


@pytest.mark.parametrize("module", [shapes, sizes])
def test_do_the_docstring_examples_hold(module):
    assert doctest.testmod(module).failed == 0
