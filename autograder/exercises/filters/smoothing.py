"""Exercises `box_kernel`, `gaussian_kernel`, `sharpen_kernel`: weights that sum to 1."""

import numpy as np

from autograder.exercises.filters import sizes
from autograder.reference import filters as reference
from autograder.spec import Case, Exercise, Twin
from course.effects import kernel_effect

identity, box = reference.identity_kernel, reference.box_kernel


def not_divided(size):
    return np.ones((size, size))


def divided_by_size(size):
    return np.ones((size, size)) / size


def divided_by_nine(size):
    return np.ones((size, size)) / 9


def always_three(size):
    return np.ones((3, 3)) / 9


def diagonal_only(size):
    return np.eye(size) / size


def one_row_only(size):
    return np.ones((1, size)) / size


def rounded_to_zero(size):
    return np.ones((size, size), dtype=int) // size**2


def box_list(size):
    return [[1 / size**2] * size for _ in range(size)]


def box_outer(size):
    row = np.full(size, 1 / size, dtype=np.float32)
    return np.outer(row, row)


def box_bordered(size):
    return np.pad(np.ones((size, size)) / size**2, 1)


BOX = Exercise(
    id="box_kernel",
    reference=box,
    aspects={sizes.THREE: 1, sizes.OTHER: 1},
    visible=sizes.visible,
    hidden=sizes.hidden,
    twins=(
        Twin("not-divided", not_divided,
             "Your weights are all 1, so the window is added up and the picture gets brighter.",
             "A mean is a sum divided by something. How many pixels lie under the kernel?"),
        Twin("divided-by-size", divided_by_size,
             "You divided by the length of one side.",
             "How many pixels lie under a kernel of 3 by 3?"),
        Twin("divided-by-nine", divided_by_nine,
             "You always divide by 9, which is right only for 3 by 3.",
             "What do the weights of your 5 by 5 kernel sum to?"),
        Twin("always-three", always_three,
             "Your kernel is 3 by 3, whatever size is asked for.",
             "Where does `size` enter the shape?"),
        Twin("diagonal-only", diagonal_only,
             "Only the diagonal of your kernel counts, so the mean is taken along a slanted line.",
             "Every pixel under the window shall count the same."),
        Twin("one-row-only", one_row_only,
             "Your kernel has one row only, so the picture is blurred sideways only.",
             "The window is a square: which pixels above and below count?"),
        Twin("rounded-to-zero", rounded_to_zero,
             "All your weights are 0: `//` has rounded them down.",
             "Which division keeps the digits behind the point?"),
    ),
    variants=(box_list, box_outer, box_bordered),
    hints=(
        "All weights are alike, and together they are 1.",
        "`np.ones((size, size))` has `size * size` ones. Divide by their number.",
    ),
)


def visible_gaussian():
    yield Case("the kernel itself", compare=kernel_effect, aspect="weights")


def hidden_gaussian(draw):
    yield Case("the kernel itself", compare=kernel_effect, aspect="weights")


def sum_sixteen():
    return np.outer([1.0, 2, 1], [1, 2, 1])


def largest_is_one():
    return np.outer([1.0, 2, 1], [1, 2, 1]) / 4


def divided_by_cells():
    return np.outer([1.0, 2, 1], [1, 2, 1]) / 9


def rows_alike():
    return np.array([[1.0, 2, 1]] * 3) / 12


def columns_alike():
    return rows_alike().T


def added_not_multiplied():
    row = np.array([1.0, 2, 1])
    return np.add.outer(row, row) / 24


def one_dimensional():
    return np.array([1.0, 2, 1]) / 4


def single_row():
    return np.array([[1.0, 2, 1]]) / 4


def sampled_bell():
    bell = np.exp(-np.array([-1.0, 0, 1]) ** 2 / 2)
    kernel = np.outer(bell, bell)
    return kernel / kernel.sum()


def mean_not_gaussian():
    return box(3)


def all_rounded_down():
    return np.outer([1, 2, 1], [1, 2, 1]) // 16


def written_out():
    return [[1 / 16, 2 / 16, 1 / 16], [2 / 16, 4 / 16, 2 / 16], [1 / 16, 2 / 16, 1 / 16]]


def column_times_row():
    row = np.array([[0.25, 0.5, 0.25]], dtype=np.float32)
    return row.T @ row


def normalised():
    kernel = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]])
    return kernel / kernel.sum()


GAUSSIAN = Exercise(
    id="gaussian_kernel",
    reference=reference.gaussian_kernel,
    aspects={"weights": 2},
    visible=visible_gaussian,
    hidden=hidden_gaussian,
    twins=(
        Twin("not-divided", sum_sixteen,
             "The weights stand in the right proportion, but they sum to 16.",
             "What must the weights sum to, so that the picture does not get brighter?"),
        Twin("largest-is-one", largest_is_one,
             "You divided by the largest weight.",
             "What must the weights sum to, so that the picture does not get brighter?"),
        Twin("divided-by-cells", divided_by_cells,
             "You divided by the number of cells, as for a mean.",
             "The weights are not all 1 here: divide by their sum."),
        Twin("rows-alike", rows_alike,
             "All your rows are alike: from row to row nothing is weighed.",
             "The outer product multiplies each row by 1, 2 or 1."),
        Twin("columns-alike", columns_alike,
             "All your columns are alike: from column to column nothing is weighed.",
             "The outer product multiplies each column by 1, 2 or 1."),
        Twin("added-not-multiplied", added_not_multiplied,
             "Your weights are sums of the row's and the column's weight.",
             "In an outer product the two are multiplied. What stands in a corner, then?"),
        Twin("one-dimensional", one_dimensional,
             "You returned the three weights of one direction, not a square.",
             "Multiply every weight of a column by every weight of a row."),
        Twin("single-row", single_row,
             "Your kernel has one row only, so the picture is blurred sideways only.",
             "Multiply every weight of a column by every weight of a row."),
        Twin("sampled-bell", sampled_bell,
             "You sampled the bell curve itself (standard deviation 1).",
             "A Gaussian, too, but not the lecture's: its row is 1, 2, 1 before dividing."),
        Twin("mean-instead", mean_not_gaussian,
             "You built the mean filter: all nine weights are alike.",
             "Near pixels shall count more: the middle 4 times as much as a corner."),
        Twin("rounded-to-zero", all_rounded_down,
             "All your weights are 0: `//` has rounded them down.",
             "Which division keeps the digits behind the point?"),
    ),
    variants=(written_out, column_times_row, normalised),
    hints=(
        "In one direction the weights are 1, 2, 1. `np.outer(column, row)` multiplies each with "
        "each.",
        "The nine products sum to (1 + 2 + 1) times (1 + 2 + 1). Divide by that.",
    ),
)
