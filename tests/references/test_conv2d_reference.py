"""The references of unit 02 against naive loops, hand-worked numbers and each other."""

import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal

from autograder.exercises.conv2d import UNIT, draws, paper
from autograder.reference import conv2d as reference
from autograder.reference.conv2d import conv1x1, conv2d, conv2d_rgb, conv_layer, dilate_kernel

SEEDS = st.integers(0, 2**32 - 1)


def naive(x, w, b, stride, padding):
    """A layer from the definition: index arithmetic, no padded array, no slices."""
    (C, H, W), (F, _, kH, kW) = x.shape, w.shape
    out = []
    for f in range(F):
        rows = []
        for top in range(-padding, H + padding - kH + 1, stride):
            row = []
            for left in range(-padding, W + padding - kW + 1, stride):
                total = float(b[f])
                for c in range(C):
                    for m in range(kH):
                        for n in range(kW):
                            if 0 <= top + m < H and 0 <= left + n < W:
                                total += x[c, top + m, left + n] * w[f, c, m, n]
                row.append(total)
            rows.append(row)
        out.append(rows)
    return np.array(out)


@st.composite
def layers(draw):
    """Input, filters, biases, stride and padding of a layer whose kernels fit."""
    padding, stride = draw(st.integers(0, 2)), draw(st.integers(1, 3))
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    kH = draw(st.integers(1, min(4, height + 2 * padding)))
    kW = draw(st.integers(1, min(4, width + 2 * padding)))
    C, F = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    rng = np.random.default_rng(draw(SEEDS))
    return (
        rng.normal(size=(C, height, width)), rng.normal(size=(F, C, kH, kW)), rng.normal(size=F),
        stride, padding,
    )


def test_the_docstrings_examples_hold():
    result = doctest.testmod(reference)
    assert result.failed == 0 and result.attempted >= 5


@settings(max_examples=80)
@given(layers())
def test_conv_layer_is_the_naive_loop(layer):
    x, w, _, stride, padding = layer
    result = conv_layer(*layer)
    np.testing.assert_allclose(result, naive(*layer), atol=1e-12)
    sides = zip(x.shape[1:], w.shape[2:], strict=True)
    expected = [(size + 2 * padding - kernel) // stride + 1 for size, kernel in sides]
    assert result.shape == (len(w), *expected)


@settings(max_examples=80)
@given(layers())
def test_conv2d_and_conv2d_rgb_are_layers_with_one_filter(layer):
    x, w, b, stride, padding = layer
    plane = conv_layer(x[:1], w[:1, :1], [0.0], stride, padding)[0]
    np.testing.assert_allclose(conv2d(x[0], w[0, 0], stride, padding), plane, atol=1e-12)
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    by_channel = sum(conv2d(padded[c], w[0, c]) for c in range(len(x))) + b[0]
    np.testing.assert_allclose(conv2d_rgb(padded, w[0], b[0]), by_channel, atol=1e-12)


@settings(max_examples=80)
@given(layers(), st.integers(1, 3))
def test_a_dilated_kernel_meets_every_dilation_th_pixel(layer, dilation):
    x, w, *_ = layer
    dilated = dilate_kernel(w[0, 0], dilation)
    assert dilated.shape == tuple(dilation * (side - 1) + 1 for side in w.shape[2:])
    assert np.count_nonzero(dilated) == w[0, 0].size
    big = np.pad(x[0], 9)
    result = conv2d(big, dilated)
    for i, j in ((0, 0), (5, 7), (result.shape[0] - 1, result.shape[1] - 1)):
        taken = big[i :: dilation, j :: dilation][: w.shape[2], : w.shape[3]]
        assert result[i, j] == pytest.approx(np.sum(taken * w[0, 0]))


@settings(max_examples=80)
@given(layers())
def test_conv1x1_is_a_layer_of_1x1_kernels_and_a_dense_layer_per_pixel(layer):
    x, w, b, *_ = layer
    weights = w[:, :, 0, 0]
    result = conv1x1(x, weights, b)
    np.testing.assert_allclose(result, conv_layer(x, weights[..., None, None], b), atol=1e-12)
    for i, j in np.ndindex(x.shape[1:]):
        np.testing.assert_allclose(result[:, i, j], weights @ x[:, i, j] + b, atol=1e-12)


@settings(max_examples=40)
@given(layers())
def test_the_layer_is_linear_in_picture_and_filters(layer):
    x, w, b, *settings_ = layer
    zero, other = np.zeros_like(b), x[:, ::-1, ::-1] + 1
    np.testing.assert_allclose(
        conv_layer(2 * x - 3 * other, w, zero, *settings_),
        2 * conv_layer(x, w, zero, *settings_) - 3 * conv_layer(other, w, zero, *settings_),
        atol=1e-10,
    )
    np.testing.assert_allclose(conv_layer(x, -2 * w, zero, *settings_),
                               -2 * conv_layer(x, w, zero, *settings_), atol=1e-10)


def test_a_delta_kernel_crops_and_a_delta_picture_gives_the_kernel_reversed():
    x = np.random.default_rng(1).normal(size=(6, 7))
    delta = np.zeros((3, 2))
    delta[1, 0] = 1
    assert np.array_equal(conv2d(x, delta), x[1:5, :6])
    spot = np.zeros((5, 3))
    spot[2, 1] = 1
    w = np.arange(1.0, 7).reshape(3, 2)
    assert np.array_equal(conv2d(spot, w), w[::-1, ::-1])


def test_true_convolution_is_the_rotated_kernel():
    rng = np.random.default_rng(2)
    x, w = rng.normal(size=(6, 9)), rng.normal(size=(2, 4))
    np.testing.assert_allclose(conv2d(x, w[::-1, ::-1]), signal.convolve2d(x, w, mode="valid"))


@pytest.mark.parametrize("call", [
    lambda: conv2d(np.ones((2, 9)), np.ones((3, 3))),
    lambda: conv2d(np.ones((9, 2)), np.ones((3, 3))),
    lambda: conv2d(np.ones((4, 4)), np.ones((3, 3)), stride=0),
    lambda: conv2d(np.ones((4, 4)), np.ones((3, 3)), padding=-1),
    lambda: conv2d_rgb(np.ones((3, 4, 4)), np.ones((3, 5, 2))),
    lambda: conv2d_rgb(np.ones((3, 4, 4)), np.ones((2, 2, 2))),
    lambda: conv_layer(np.ones((3, 4, 4)), np.ones((2, 3, 2, 2)), np.ones(3)),
    lambda: conv_layer(np.ones((3, 4, 4)), np.ones((2, 1, 2, 2)), np.ones(2)),
    lambda: conv_layer(np.ones((3, 4, 4)), np.ones((2, 3, 2, 7)), np.ones(2), padding=1),
    lambda: dilate_kernel(np.ones((3, 3)), 0),
    lambda: conv1x1(np.ones((3, 4, 4)), np.ones((2, 4)), np.ones(2)),
    lambda: conv1x1(np.ones((3, 4, 4)), np.ones((2, 3)), np.ones(3)),
])
def test_what_makes_no_sense_is_refused_with_a_sentence(call):
    with pytest.raises(ValueError, match=r"\d.*\.$"):
        call()


def test_inputs_stay_as_they_are_and_results_are_their_own():
    rng = np.random.default_rng(3)
    x, w, b = (rng.normal(size=shape) for shape in ((3, 4, 5), (2, 3, 2, 3), 2))
    kept = [array.copy() for array in (x, w, b)]
    for result in (conv2d(x[0], w[0, 0]), conv2d(x[0], np.ones((1, 1))), conv2d_rgb(x, w[0]),
                   conv_layer(x, w, b), dilate_kernel(w[0, 0], 1), conv1x1(x, w[:, :, 0, 0], b)):
        result[...] = 99
    for array, before in zip((x, w, b), kept, strict=True):
        assert np.array_equal(array, before)


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32])
def test_every_number_type_gives_floats(dtype):
    x, w = np.full((3, 3), 250, dtype=np.uint8).astype(dtype), np.full((2, 2), 3, dtype=dtype)
    assert conv2d(x, w).tolist() == [[3000.0] * 2] * 2
    assert conv2d(x, w).dtype == conv_layer(x[None], w[None, None], [0]).dtype == float
    assert dilate_kernel(w, 2).dtype == conv1x1(x[None], w[:, :1], [0, 1]).dtype == float


def test_the_worked_number_of_the_mistakes_table():
    """X[c] = 10^c * (1..9) and b = 7: three kernels, and what each mistake makes of them."""
    x = np.array([10**c * np.arange(1.0, 10).reshape(3, 3) for c in range(3)])
    w = np.array([[[1, 0], [0, 2]], [[0, 1], [3, 0]], [[2, 1], [0, 1]]])
    right = conv2d_rgb(x, w, 7.0)
    assert right.tolist() == [[1058, 1501], [2387, 2830]]
    wrong = {twin.name: twin.function(x, w, 7.0) for twin in UNIT.exercises[3].twins}
    for name, constant in (("forgotten", 7), ("subtracted", 14), ("per-channel", -14),
                           ("per-weight", -77), ("added-to-the-pixels", -70)):
        assert np.all(right - wrong[f"bias-{name}"] == constant)
    assert np.array_equal(wrong["bias-multiplied"], 7 * (right - 7))
    assert wrong["channels-not-summed"].shape == (3, 2, 2)
    assert wrong["channel-mean"].round(1).tolist() == [[357.3, 505], [800.3, 948]]
    assert wrong["first-channel-only"][0].tolist() == [18, 21]
    assert wrong["last-channel-only"][0].tolist() == [907, 1307]
    assert wrong["one-plane-for-all"][0].tolist() == [1228, 1561]
    assert wrong["channels-reversed"][0].tolist() == [1256, 1600]


def test_hidden_data_hide_no_mistake():
    """Kernels differ from all their mirror images, pictures have no equal neighbours."""
    for seed in range(20):
        rng = np.random.default_rng(seed)
        w = draws.kernel(rng, 2, 3, 3)
        for other in (w[:, ::-1], w[..., ::-1], w[:, ::-1, ::-1], np.swapaxes(w, 1, 2), w[::-1]):
            assert not np.array_equal(w, other)
        x = draws.picture(rng, 3, 4, 5)
        assert len(np.unique(np.abs(x))) == x.size and x.min() < 0 < x.max()
        assert len(set(draws.biases(rng, 4))) == 4


def test_the_answers_on_paper_are_right():
    window = [[2, 0, 5], [1, 2, 2], [0, 4, 1]]
    assert paper.PICTURE[1:4, 2:5].tolist() == window
    # 2·2 + 0·0 + 5·(−1), 1·1 + 2·3 + 2·0, 0·0 + 4·(−2) + 1·1
    assert paper.WINDOW.reference() == (4 + 0 - 5) + (1 + 6 + 0) + (0 - 8 + 1) == -1
    assert conv2d(paper.PICTURE, paper.KERNEL)[1, 2] == -1
    red = 5 * 1 + 2 * -1 + 1 * 2 + 4 * 0
    green = 3 * 0 + 0 * 3 + 6 * -2 + 1 * 1
    blue = 2 * -1 + 7 * 1 + 4 * 1 + 3 * 2
    assert (red, green, blue) == (5, -11, 15)
    assert paper.COLOUR.reference() == red + green + blue + 5 == 14
    assert conv2d_rgb(paper.COLOURS, paper.WEIGHTS, paper.BIAS).tolist() == [[14]]


def test_the_known_wrong_answers_on_paper_are_what_their_names_say():
    wrong = {twin.name: twin.function() for twin in paper.WINDOW.twins}
    output = conv2d(paper.PICTURE, paper.KERNEL)
    assert wrong["kernel-flipped"] == signal.convolve2d(
        paper.PICTURE, paper.KERNEL, mode="valid")[1, 2]
    assert wrong["row-and-column-exchanged"] == output[2, 1]
    assert wrong["one-up-and-left"] == output[0, 1]
    # a window centred at (1, 2) is the same as one that begins at (0, 1)
    assert conv2d(paper.PICTURE, paper.KERNEL, padding=1)[1, 2] == output[0, 1]
    wrong = {twin.name: twin.function() for twin in paper.COLOUR.twins}
    assert wrong["bias-per-channel"] - 14 == 2 * 5
    assert wrong["bias-per-weight"] - 14 == 11 * 5


def test_the_unit_follows_the_contract():
    assert [exercise.id for exercise in UNIT.exercises] == [
        "hand_window", "conv2d", "hand_rgb", "conv2d_rgb", "conv_layer", "dilate_kernel",
        "conv1x1",
    ]
    assert [question.id for question in UNIT.manual] == ["explain_channels"]
