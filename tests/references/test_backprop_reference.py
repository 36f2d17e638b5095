"""Do the references of unit 06 agree with finite differences and with plain loops?"""

import doctest
import importlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime

from autograder.reference.backprop import (
    avg_pool2d_backward,
    conv1d_backward,
    conv2d_backward,
    conv_layer_backward,
    max_pool2d_backward,
    mlp_step,
    numeric_gradient,
    relu_backward,
)
from autograder.reference.conv1d import conv1d_valid
from autograder.reference.conv2d import conv2d, conv_layer
from autograder.reference.pooling import avg_pool2d, max_pool2d

sides = st.integers(1, 6)
seeds = st.integers(0, 2**32 - 1)
few = settings(max_examples=60)


def measured(loss, x):
    return numeric_gradient(lambda v: float(loss(v)), x)


def close(found, expected):
    scale = max(1.0, np.abs(expected).max(initial=0.0))
    return found.shape == expected.shape and np.allclose(found, expected, atol=1e-7 * scale)


@st.composite
def planes(draw):
    """A picture, a kernel that fits, stride and padding; sides and steps of all kinds."""
    padding, stride = draw(st.integers(0, 2)), draw(st.integers(1, 3))
    height, width = draw(sides), draw(sides)
    kernel = (draw(st.integers(1, min(4, height + 2 * padding))),
              draw(st.integers(1, min(4, width + 2 * padding))))
    return (height, width), kernel, stride, padding, np.random.default_rng(draw(seeds))


@few
@given(planes())
def test_is_the_plane_right_by_finite_differences_and_by_loops(plane):
    shape, kernel, stride, padding, rng = plane
    x, w = rng.normal(size=shape), rng.normal(size=kernel)
    dout = rng.normal(size=conv2d(x, w, stride, padding).shape)
    dx, dw = conv2d_backward(dout, x, w, stride, padding)
    assert close(dx, measured(lambda v: np.sum(dout * conv2d(v, w, stride, padding)), x))
    assert close(dw, measured(lambda v: np.sum(dout * conv2d(x, v, stride, padding)), w))
    by_hand_x, by_hand_w = np.zeros(x.shape), np.zeros(w.shape)
    for i, j in np.ndindex(dout.shape):
        for a, b in np.ndindex(w.shape):
            r, c = i * stride + a - padding, j * stride + b - padding
            if 0 <= r < x.shape[0] and 0 <= c < x.shape[1]:
                by_hand_x[r, c] += dout[i, j] * w[a, b]
                by_hand_w[a, b] += dout[i, j] * x[r, c]
    assert np.allclose(dx, by_hand_x) and np.allclose(dw, by_hand_w)


@few
@given(planes(), st.integers(1, 3), st.integers(1, 3))
def test_is_the_layer_right_by_finite_differences(plane, channels, filters):
    shape, kernel, stride, padding, rng = plane
    x, b = rng.normal(size=(channels, *shape)), rng.normal(size=filters)
    w = rng.normal(size=(filters, channels, *kernel))
    dout = rng.normal(size=conv_layer(x, w, b, stride, padding).shape)

    def loss(x, w, b):
        return np.sum(dout * conv_layer(x, w, b, stride, padding))

    dx, dw, db = conv_layer_backward(dout, x, w, b, stride, padding)
    assert close(dx, measured(lambda v: loss(v, w, b), x))
    assert close(dw, measured(lambda v: loss(x, v, b), w))
    assert close(db, measured(lambda v: loss(x, w, v), b))
    part, dplane = conv2d_backward(dout[-1], x[0], w[-1, 0], stride, padding)
    assert np.allclose(dplane, dw[-1, 0])
    assert filters > 1 or np.allclose(part, dx[0])


@few
@given(planes())
def test_do_the_three_products_of_a_convolution_agree(plane):
    shape, kernel, stride, padding, rng = plane
    x, w = rng.normal(size=shape), rng.normal(size=kernel)
    y = conv2d(x, w, stride, padding)
    dout = rng.normal(size=y.shape)
    dx, dw = conv2d_backward(dout, x, w, stride, padding)
    assert np.sum(dx * x) == pytest.approx(np.sum(dout * y))
    assert np.sum(dw * w) == pytest.approx(np.sum(dout * y))


@few
@given(st.integers(1, 9), st.integers(1, 5), seeds)
def test_is_the_series_right_by_finite_differences(length, kernel, seed):
    rng = np.random.default_rng(seed)
    kernel = min(kernel, length)
    x, w, dout = (rng.normal(size=n) for n in (length, kernel, length - kernel + 1))
    dx, dw = conv1d_backward(dout, x, w)
    assert close(dx, measured(lambda v: dout @ conv1d_valid(v, w), x))
    assert close(dw, measured(lambda v: dout @ conv1d_valid(x, v), w))


@st.composite
def pools(draw):
    """A map or a stack without ties, a window that fits, and any stride."""
    height, width = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    shape = (height, width) if draw(st.booleans()) else (draw(st.integers(1, 3)), height, width)
    size = (draw(st.integers(1, height)), draw(st.integers(1, width)))
    if draw(st.booleans()):
        size = min(size)
    step = st.integers(1, 4)
    stride = draw(st.one_of(st.none(), step, st.tuples(step, step)))
    rng = np.random.default_rng(draw(seeds))
    x = rng.permutation(int(np.prod(shape))).reshape(shape) - 10.0
    dout = rng.normal(size=max_pool2d(x, size, stride).shape)
    return dout, x, size, stride


@few
@given(pools())
def test_is_max_pooling_right_by_finite_differences(pool):
    dout, x, size, stride = pool
    dx = max_pool2d_backward(dout, x, size, stride)
    assert close(dx, measured(lambda v: np.sum(dout * max_pool2d(v, size, stride)), x))
    assert dx.sum() == pytest.approx(dout.sum())


@few
@given(pools())
def test_is_average_pooling_right_by_finite_differences(pool):
    dout, x, size, stride = pool
    dx = avg_pool2d_backward(dout, x, size, stride)
    assert close(dx, measured(lambda v: np.sum(dout * avg_pool2d(v, size, stride)), x))
    assert dx.sum() == pytest.approx(dout.sum())


def test_does_the_first_of_tied_entries_get_all():
    x, dout = [[1, 5, 5], [5, 2, 0], [3, 3, 3]], [[1, 10], [100, 1000]]
    dx = max_pool2d_backward(dout, x, 2, 1)
    assert dx.tolist() == [[0, 11, 0], [100, 0, 0], [0, 1000, 0]]


def test_is_relu_right_on_both_sides_and_closed_at_zero():
    rng = np.random.default_rng(0)
    x, dout = rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 3, 4))
    assert close(relu_backward(dout, x),
                 measured(lambda v: np.sum(dout * np.maximum(v, 0)), x))
    assert relu_backward([3.0, -4.0], [0.0, -0.0]).tolist() == [0, 0]


@few
@given(sides, sides, sides, seeds)
def test_is_a_step_of_the_perceptron_minus_eta_times_the_gradient(n_in, n_hidden, n_out, seed):
    rng = np.random.default_rng(seed)
    x, t = rng.normal(size=n_in), rng.random(n_out)
    w_hidden, w_out = rng.normal(size=(n_hidden, n_in)), rng.normal(size=(n_out, n_hidden))

    def error(w_hidden, w_out):
        y = 1 / (1 + np.exp(-w_hidden @ x))
        return np.sum((t - 1 / (1 + np.exp(-w_out @ y))) ** 2) / 2

    new_hidden, new_out = mlp_step(x, t, w_hidden, w_out, eta=2.0)
    assert close((w_hidden - new_hidden) / 2, measured(lambda v: error(v, w_out), w_hidden))
    assert close((w_out - new_out) / 2, measured(lambda v: error(w_hidden, v), w_out))


def test_is_the_numeric_gradient_the_derivative_known_from_calculus():
    x = np.random.default_rng(1).normal(size=(2, 3))
    assert np.allclose(numeric_gradient(lambda v: np.sum(np.sin(v)), x), np.cos(x), atol=1e-9)
    assert numeric_gradient(lambda v: np.sum(v**2), [3, -1], eps=0.5).tolist() == [6, -2]
    assert np.allclose(numeric_gradient(lambda v: np.sum(v**3), x, eps=0.5), 3 * x**2 + 0.25)


def test_does_scipys_one_sided_estimate_agree_as_far_as_it_reaches():
    x = np.random.default_rng(2).normal(size=5)

    def f(v):
        return float(np.sum(np.sin(v)) + v[0] * v[1])

    assert np.allclose(numeric_gradient(f, x), approx_fprime(x, f), atol=1e-6)


@pytest.mark.parametrize("wrong", [
    lambda: numeric_gradient(np.sum, [1.0], eps=0.0),
    lambda: conv1d_backward(np.ones(3), np.ones(3), np.ones(2)),
    lambda: conv2d_backward(np.ones((2, 2)), np.ones((3, 4)), np.ones((2, 2))),
    lambda: conv2d_backward(np.ones((1, 1)), np.ones((2, 2)), np.ones((3, 3))),
    lambda: conv_layer_backward(
        np.ones((2, 1, 1)), np.ones((3, 2, 2)), np.ones((2, 2, 2, 2)), np.ones(2)
    ),
    lambda: relu_backward(np.ones(2), np.ones(3)),
    lambda: max_pool2d_backward(np.ones((2, 2)), np.ones((4, 6))),
    lambda: avg_pool2d_backward(np.ones((1, 1)), np.ones((4, 4)), 5),
    lambda: mlp_step(np.ones(2), np.ones(1), np.ones((3, 2)), np.ones((2, 3)), 1.0),
])
def test_are_shapes_that_do_not_belong_together_refused_with_a_sentence(wrong):
    with pytest.raises(ValueError, match=r"\w+ .*\d"):
        wrong()


def test_are_inputs_left_alone_and_results_their_own():
    arrays = [np.arange(float(n)).reshape(s) for n, s in
              ((8, (2, 2, 2)), (12, (2, 2, 3)), (8, (2, 2, 1, 2)), (2, (2,)))]
    for array in arrays:
        array.flags.writeable = False
    for result in conv_layer_backward(*arrays):
        assert result.dtype == float
        assert not any(np.shares_memory(result, array) for array in arrays)


@pytest.mark.parametrize("module", ["convolution", "numeric", "perceptron", "pooling"])
def test_do_the_docstring_examples_hold(module):
    found = doctest.testmod(importlib.import_module(f"autograder.reference.backprop.{module}"))
    assert found.attempted and not found.failed
