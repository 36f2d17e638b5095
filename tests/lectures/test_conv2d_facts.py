"""Does unit 02 give the lectures' numbers on grey pictures, and is its prose true?"""

from pathlib import Path

import nbformat
import numpy as np
import pytest
from scipy import signal

from autograder.exercises.conv2d import paper
from autograder.reference.conv2d import conv2d, conv_layer, dilate_kernel

NOTEBOOK = Path(__file__).resolve().parents[2] / "source" / "02_conv2d" / "conv2d.ipynb"
FRAMES = tuple(f"L2-6x6-r{place}" for place in ("1c1", "1c2", "1c3", "1c4", "2c1"))


def right(entry):
    """What the slide should say."""
    return entry.get("correct", entry["printed"])


def rotated(w):
    return np.asarray(w)[..., ::-1, ::-1]


def test_no_fact_of_the_topic_is_left_out(fact_ids):
    assert fact_ids("conv2d") == {
        *FRAMES, "L0-def-conv-2d", "L4-def-conv-2d", "L0-edge-6x6", "L2-binary-4-products",
        "L2-binary-5x5", "L1-claim-invariance",
    }


@pytest.mark.parametrize("identifier", FRAMES)
def test_each_frame_of_l2_is_one_window_and_its_products(fact, identifier):
    entry = fact(identifier)
    inputs, (row, column) = entry["inputs"], entry["inputs"]["position"]
    image, kernel = np.array(inputs["image"]), np.array(inputs["kernel"])
    assert image[row : row + 3, column : column + 3].ravel().tolist() == inputs["window"]
    assert kernel.ravel().tolist() == inputs["kernel_vector"]
    value = conv2d(image, kernel)[row, column]
    assert value == np.dot(inputs["window"], inputs["kernel_vector"]) == right(entry)


def test_the_fourth_value_of_l2_is_a_slip_in_the_sum(fact):
    entry = fact("L2-6x6-r1c4")
    assert entry["status"] == "lecture-typo" and (entry["printed"], entry["correct"]) == (2, 1)
    image, kernel = entry["inputs"]["image"], entry["inputs"]["kernel"]
    output = conv2d(image, kernel)
    assert output.tolist() == entry["extra"]["full_output"]
    # the picture is the same on all frames, so no misreading explains the 2; nor does a flip
    assert all(fact(other)["inputs"]["image"] == image for other in FRAMES)
    assert conv2d(image, rotated(kernel))[0].tolist() == [4, 0, -1, 0]
    assert [fact(frame)["printed"] for frame in FRAMES[:4]] == [3, 0, 0, 2]
    products = np.multiply(entry["inputs"]["window"], np.ravel(kernel))
    assert products[products != 0].tolist() == [-1, 1, 2, -1]


def test_the_second_window_of_l2_row_by_row(fact):
    window = np.reshape(fact("L2-6x6-r1c2")["inputs"]["window"], (3, 3))
    kernel = np.array(fact("L2-6x6-r1c2")["inputs"]["kernel"])
    assert window.tolist() == [[0, 2, 1], [1, -1, 1], [0, 0, 0]]
    assert (window * kernel).sum(axis=1).tolist() == [1, -1, 0]


def test_l0_detects_strokes_not_edges(fact):
    entry = fact("L0-edge-6x6")
    image, kernel = entry["inputs"]["image"], np.array(entry["inputs"]["kernel"])
    assert conv2d(image, kernel).tolist() == entry["printed"]
    assert conv2d(image, rotated(kernel)).tolist() == entry["flipped_output"] != entry["printed"]
    assert kernel.sum() == 3
    assert np.all(conv2d(np.ones((6, 6)), kernel) == 3)
    assert [column for column in range(4) if np.all(np.array(entry["printed"])[:, column] == 3)] \
        == [0, 3]


def test_the_binary_window_and_the_only_place_where_it_fits(fact):
    products = fact("L2-binary-4-products")
    flat = products["inputs"]
    assert np.dot(flat["window"], flat["kernel_vector"]) == products["printed"] == 4
    entry = fact("L2-binary-5x5")
    image, kernel = np.array(entry["inputs"]["image"]), entry["inputs"]["kernel"]
    output = conv2d(image, kernel)
    assert output.tolist() == entry["correct"] == [[4, 3, 4], [2, 4, 3], [2, 3, 4]]
    assert np.array_equal(output, conv2d(image, rotated(kernel)))
    found = [
        (i, j) for i in range(3) for j in range(3)
        if image[i : i + 3, j : j + 3].tolist() == entry["printed"]["window"]
    ]
    assert found == [(0, 2)] and output[0, 2] == entry["printed"]["one output cell"]
    assert np.ravel(entry["printed"]["window"]).tolist() == flat["window"]
    assert image[1:4, 1:4].tolist() == [[1, 1, 1], [0, 1, 1], [0, 1, 1]]


def at(array, i, j):
    inside = 0 <= i < array.shape[0] and 0 <= j < array.shape[1]
    return array[i, j] if inside else 0


@pytest.mark.parametrize(
    ("identifier", "misprint", "second"),
    [("L0-def-conv-2d", r"g(i-x,\,i-y)", r"g(i-x,\,j-y)"),
     ("L4-def-conv-2d", "I(i-m,i-n)", "I(i-m,j-n)")],
)
def test_both_definitions_misprint_the_second_index(fact, identifier, misprint, second):
    entry = fact(identifier)
    assert entry["status"] == "lecture-typo"
    assert misprint in entry["printed"] and misprint not in entry["correct"]
    assert entry["correct"] == entry["printed"].replace(misprint, second)


def test_the_corrected_definitions_are_true_convolution_and_the_printed_ones_make_stripes():
    rng = np.random.default_rng(0)
    f, g = rng.integers(-9, 9, (3, 4)), rng.integers(-9, 9, (2, 3))
    shape = (4, 6)
    full, printed, commuted, printed_commuted = (np.zeros(shape) for _ in range(4))
    for i, j in np.ndindex(shape):
        cells = list(np.ndindex(f.shape))
        full[i, j] = sum(f[x, y] * at(g, i - x, j - y) for x, y in cells)
        printed[i, j] = sum(f[x, y] * at(g, i - x, i - y) for x, y in cells)
        weights = list(np.ndindex(g.shape))
        commuted[i, j] = sum(at(f, i - m, j - n) * g[m, n] for m, n in weights)
        printed_commuted[i, j] = sum(at(f, i - m, i - n) * g[m, n] for m, n in weights)
    assert np.array_equal(full, signal.convolve2d(f, g))
    assert np.array_equal(full, commuted)
    np.testing.assert_allclose(full[1:3, 2:4], conv2d(f, rotated(g)))
    for wrong in (printed, printed_commuted):
        assert np.all(wrong == wrong[:, :1]) and not np.array_equal(wrong, full)


def test_sharing_weights_is_equivariant_not_invariant(fact):
    entry = fact("L1-claim-invariance")
    assert "topology invariance" in entry["printed"] and "equivariance" in entry["correct"]
    x, w = np.random.default_rng(1).normal(size=(12, 12)), np.ones((3, 3))
    before, after = conv2d(x, w), conv2d(np.roll(x, (2, 3), axis=(0, 1)), w)
    assert np.allclose(after[2:, 3:], before[:-2, :-3])
    assert not np.allclose(after, before)


def test_the_sizes_of_the_notebook():
    side = np.zeros((7, 7)), np.ones((3, 3))
    assert [conv2d(*side, stride=stride).shape for stride in (1, 2, 3)] \
        == [(5, 5), (3, 3), (2, 2)]
    assert conv2d(*side, padding=1).shape == (7, 7)
    assert conv2d(*side, stride=3, padding=1).shape == (3, 3)
    assert conv2d(np.zeros((6, 8)), np.ones((3, 2))).shape == (4, 7)
    picture, five = np.zeros((3, 32, 32)), np.ones((1, 3, 5, 5))
    for filters, padding, side in ((1, 0, 28), (6, 0, 28), (10, 2, 32)):
        bank = np.repeat(five, filters, axis=0)
        shape = conv_layer(picture, bank, np.zeros(filters), padding=padding).shape
        assert shape == (filters, side, side)
    assert conv2d(np.zeros((480, 640)), np.ones((5, 5)), 5, 5).shape == (98, 130)
    assert conv_layer(np.zeros((3, 120, 100)), np.ones((4, 3, 3, 3)), np.zeros(4), 2, 1).shape \
        == (4, 60, 50)


def test_dilation_covers_25_places_with_nine_weights():
    nine = np.arange(1, 10).reshape(3, 3)
    assert dilate_kernel(nine, 2).shape == (5, 5) and np.count_nonzero(dilate_kernel(nine, 2)) == 9
    assert dilate_kernel(nine, 3).shape == (7, 7)
    assert dilate_kernel(np.ones((5, 5)), 2).shape == (9, 9)
    assert dilate_kernel(np.ones((1, 1)), 7).shape == (1, 1)


def test_on_a_ramp_a_rearranged_kernel_adds_a_constant_that_may_be_zero(arrays):
    ramp = np.arange(36).reshape(6, 6)
    w = arrays("tidy-test", "lopsided")
    for wrong in (rotated(w), w[:, ::-1], w[::-1], w.T):
        assert np.ptp(conv2d(ramp, wrong) - conv2d(ramp, w)) == 0
    unlucky = np.array([[1, 0, 2], [2, 0, 1], [0, 0, 0]])
    assert not np.array_equal(unlucky, unlucky[:, ::-1])
    assert np.array_equal(conv2d(ramp, unlucky[:, ::-1]), conv2d(ramp, unlucky))


@pytest.mark.parametrize(
    ("cell", "name", "identifier", "key"),
    [
        ("l2-first-window", "picture", "L2-6x6-r1c1", "image"),
        ("l2-first-window", "kernel", "L2-6x6-r1c1", "kernel"),
        ("binary-window", "binary", "L2-binary-5x5", "image"),
        ("binary-window", "cross", "L2-binary-5x5", "kernel"),
        ("l0-strokes", "strokes", "L0-edge-6x6", "image"),
        ("l0-strokes", "vertical", "L0-edge-6x6", "kernel"),
        ("l1-example", "l1_picture", "L1-7x7x3-sum", "images"),
        ("l1-example", "l1_filter", "L1-7x7x3-sum", "kernels"),
        ("l2-rgb", "l2_kernel", "L2-rgb-sum", "kernels"),
    ],
)
def test_the_notebook_uses_the_lectures_numbers(fact, arrays, cell, name, identifier, key):
    assert arrays(cell, name).tolist() == fact(identifier)["inputs"][key]


def test_the_notebook_uses_l2s_picture_without_its_zeros(fact, arrays):
    images = np.array(fact("L2-rgb-sum")["inputs"]["images"])
    assert arrays("l2-rgb", "l2_picture").tolist() == images[:, 1:, 1:].tolist()


def test_students_see_the_numbers_that_are_graded(arrays):
    assert np.array_equal(arrays("hand-window-numbers", "hand_picture"), paper.PICTURE)
    assert np.array_equal(arrays("hand-window-numbers", "hand_kernel"), paper.KERNEL)
    task = next(cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells
                if cell.id == "hand-rgb-task")
    assert f"The bias is **{paper.BIAS}**" in task
    for letter, window, plane in zip("RGB", paper.COLOURS, paper.WEIGHTS, strict=True):
        row = " | ".join(
            ", ".join(f"({', '.join(map(str, line))})" for line in table.tolist())
            for table in (window, plane)
        )
        assert f"| {letter} | {row} |".replace("-", "−") in task
