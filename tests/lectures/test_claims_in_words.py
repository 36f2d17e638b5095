"""What the notebooks claim in words, where no output of a cell holds it."""

import numpy as np
import pytest

from autograder.reference.filters import filter_image
from course import photo


def test_is_a_large_answer_no_proof_of_likeness_unless_windows_are_of_equal_size():
    """Unit 01: a flat bright window beats the one that looks like [1, 2, 1]; a sum of 0 helps."""
    assert np.dot([1, 2, 1], [1, 2, 1]) == 6 < np.dot([1, 2, 1], [5, 5, 5]) == 20
    windows = np.random.default_rng(0).normal(size=(200, 3))
    windows *= np.sqrt(6) / np.linalg.norm(windows, axis=1, keepdims=True)
    assert (windows @ [1, 2, 1]).max() < 6
    assert np.dot([1, -2, 1], [5, 5, 5]) == 0


def windows_of(size, kernel, padding, stride):
    """The places of the padded input that each window covers, and which of them are input."""
    starts = range(0, size + 2 * padding - kernel + 1, stride)
    cells = range(padding, padding + size)
    return [[place in cells for place in range(start, start + kernel)] for start in starts]


def test_does_a_padding_as_large_as_the_kernel_empty_the_first_window_whatever_the_stride():
    """Unit 05: P >= K is the rule for the first window; there is none for the last."""
    for size, kernel, padding, stride in np.ndindex(8, 5, 6, 5):
        if kernel and stride and size + 2 * padding >= kernel:
            first = windows_of(size + 1, kernel, padding, stride)[0]
            assert any(first) == (padding < kernel)
    assert windows_of(3, 1, 1, 3) == [[False], [True]]
    assert not any(map(any, (windows_of(4, 2, 2, 2)[i] for i in (0, -1))))


def test_is_sobels_answer_eight_times_the_slope():
    ramp = 0.3 * np.arange(7) + np.zeros((6, 1))
    sobel = np.outer([1, 2, 1], [-1, 0, 1])
    assert filter_image(ramp, sobel)[2, 3] == pytest.approx(8 * 0.3)
    assert filter_image(ramp.T, sobel.T)[3, 2] == pytest.approx(8 * 0.3)


def test_does_a_negative_sum_invert_the_picture():
    grey = photo(grey=True)
    inverted = filter_image(grey, np.full((3, 3), -1 / 9))
    assert np.corrcoef(grey.ravel(), inverted.ravel())[0, 1] < -0.9


def test_are_four_digits_of_a_slope_right_with_a_step_of_a_millionth_of_a_millionth():
    """Unit 06: h = 1e-12; the table's stored output has the errors themselves."""
    h = 1e-12
    slope = ((2 + h) ** 3 - (2 - h) ** 3) / (2 * h)
    assert 1e-5 < abs(slope - 12) / 12 < 1e-3
