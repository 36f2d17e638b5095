"""Do the references of unit 04 agree with plain loops that know nothing of SciPy?"""

import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.reference import pooling
from autograder.reference.pooling import avg_pool2d, global_average_pool, max_pool2d

sides = st.integers(1, 9)
steps = st.one_of(st.none(), st.integers(1, 4), st.tuples(st.integers(1, 4), st.integers(1, 4)))
seeds = st.integers(0, 2**32 - 1)


def by_loops(x, size, stride, reduce):
    """Pool with the definition and nothing else: Python numbers, lists and loops."""
    if x.ndim == 3:
        return np.array([by_loops(plane, size, stride, reduce) for plane in x])
    kh, kw = size if isinstance(size, tuple) else (size, size)
    stride = (kh, kw) if stride is None else stride
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    rows = []
    for top in range(0, x.shape[0] - kh + 1, sh):
        row = []
        for left in range(0, x.shape[1] - kw + 1, sw):
            window = [float(x[top + r, left + c]) for r in range(kh) for c in range(kw)]
            row.append(reduce(window))
        rows.append(row)
    return np.array(rows)


def mean(window):
    return sum(window) / len(window)


@st.composite
def calls(draw):
    """A map or a stack of maps with a window that fits, and any stride."""
    height, width = draw(sides), draw(sides)
    shape = (height, width) if draw(st.booleans()) else (draw(st.integers(1, 4)), height, width)
    x = np.random.default_rng(draw(seeds)).normal(size=shape) * 10
    if draw(st.booleans()):
        size = (draw(st.integers(1, height)), draw(st.integers(1, width)))
    else:
        size = draw(st.integers(1, min(height, width)))
    return x, size, draw(steps)


@settings(max_examples=200)
@given(calls())
def test_is_max_pooling_the_largest_number_of_every_window(call):
    assert np.array_equal(max_pool2d(*call), by_loops(*call, max))


@settings(max_examples=200)
@given(calls())
def test_is_average_pooling_the_mean_of_every_window(call):
    assert np.allclose(avg_pool2d(*call), by_loops(*call, mean), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
@pytest.mark.parametrize(
    ("shape", "size", "stride", "expected"),
    [
        ((6, 4), 2, None, (3, 2)),
        ((7, 5), 2, None, (3, 2)),
        ((7, 7), 3, 2, (3, 3)),
        ((55, 55), 3, 2, (27, 27)),
        ((8, 8), 3, 2, (3, 3)),
        ((4, 9), (2, 3), None, (2, 3)),
        ((4, 9), (2, 3), 1, (3, 7)),
        ((4, 9), 2, (1, 3), (3, 3)),
        ((3, 5, 5), 5, None, (3, 1, 1)),
    ],
)
def test_are_the_sides_floored_and_kept_apart(pool, shape, size, stride, expected):
    assert pool(np.zeros(shape), size, stride).shape == expected


def test_does_a_window_of_negatives_keep_its_largest_negative():
    x = np.array([[-5, -1, 3, 2], [-3, -2, 0, 7], [4, 9, -8, -6], [1, 0, -4, -7]])
    assert max_pool2d(x).tolist() == [[-1, 7], [9, -4]]
    assert avg_pool2d(x).tolist() == [[-2.75, 3], [3.5, -6.25]]


def test_are_channels_pooled_apart():
    x = np.arange(24).reshape(3, 2, 4) * np.array([1, -1, 10]).reshape(3, 1, 1)
    for pool in (max_pool2d, avg_pool2d):
        assert np.array_equal(pool(x), [pool(plane) for plane in x])


def test_is_a_global_average_one_mean_per_map():
    x = np.random.default_rng(0).normal(size=(4, 3, 5))
    by_hand = [mean([float(value) for row in plane for value in row]) for plane in x]
    assert np.allclose(global_average_pool(x), by_hand)
    assert global_average_pool(np.ones((5, 2, 2), int)).tolist() == [1.0] * 5


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
@pytest.mark.parametrize(("size", "stride"), [(5, None), ((2, 5), 1), (0, None), (2, 0)])
def test_is_an_impossible_window_refused_with_a_sentence(pool, size, stride):
    with pytest.raises(ValueError, match=r"\w+ .* \d"):
        pool(np.ones((6, 4)), size, stride)


def test_are_empty_maps_refused():
    with pytest.raises(ValueError, match="at least 1"):
        global_average_pool(np.ones((3, 0, 4)))


@pytest.mark.parametrize("function", [max_pool2d, avg_pool2d, global_average_pool])
def test_is_the_input_left_alone_and_the_result_its_own(function):
    x = np.arange(18.0).reshape(2, 3, 3)
    before = x.copy()
    result = function(x)
    assert np.array_equal(x, before)
    assert result.dtype == float
    assert not np.shares_memory(result, x)
    assert function(x.astype(int).tolist()).tolist() == result.tolist()


def test_do_the_docstring_examples_hold():
    assert doctest.testmod(pooling).failed == 0
