"""Exercises `identity_kernel` and `shift_left_kernel`: kernels with a single weight."""

import numpy as np

from autograder.exercises.filters import sizes
from autograder.reference import filters as reference
from autograder.spec import Exercise, Twin


def single(size, row, column):
    """Zeros and a 1."""
    kernel = np.zeros((size, size))
    kernel[row, column] = 1
    return kernel


def diagonal_ones(size=3):
    return np.eye(size)


def all_ones(size=3):
    return np.ones((size, size))


def one_in_the_corner(size=3):
    return single(size, 0, 0)


def centre_of_three(size=3):
    return single(size, 1, 1)


def nothing_set(size=3):
    return np.zeros((size, size))


def mean_instead(size=3):
    return reference.box_kernel(size)


def plain_list(size=3):
    half = size // 2
    return [[int(i == half and j == half) for j in range(size)] for i in range(size)]


def one_by_one(size=3):
    return np.ones((1, 1))


def outer_delta(size=3):
    delta = np.zeros(size, dtype=np.float32)
    delta[size // 2] = 1
    return np.outer(delta, delta)


IDENTITY = Exercise(
    id="identity_kernel",
    reference=reference.identity_kernel,
    aspects={sizes.THREE: 1, sizes.OTHER: 1},
    visible=sizes.visible,
    hidden=sizes.hidden_with_default,
    twins=(
        Twin("diagonal-ones", diagonal_ones,
             "Your ones stand on the whole diagonal: the identity of matrix products.",
             "A kernel is slid, not multiplied as a matrix. Which single pixel under the window "
             "shall come out?"),
        Twin("all-ones", all_ones,
             "All your weights are 1, so every pixel of the window is added in.",
             "With how many weights other than 0 does exactly one pixel come out?"),
        Twin("one-in-the-corner", one_in_the_corner,
             "Your 1 stands in the upper left corner, which moves the picture.",
             "Which cell of the kernel lies on the pixel whose output is computed?"),
        Twin("centre-of-three", centre_of_three,
             "Your 1 always stands in row 1, column 1: the centre only if the size is 3.",
             "Write the middle index of 3, 5 and 7 down. How does it follow from the size?"),
        Twin("nothing-set", nothing_set,
             "All your weights are 0: every picture becomes black.",
             "Which weight lets the middle pixel through unchanged?"),
        Twin("mean-instead", mean_instead,
             "You built the mean filter, which blurs.",
             "Identity means: the output pixel is the input pixel, and no other has a say."),
    ),
    variants=(plain_list, one_by_one, outer_delta),
    hints=(
        "Lay a 3 by 3 kernel on a picture: nine pixels lie under it. Only one of them may count.",
        "Begin with `np.zeros((size, size))`. The middle index is `size // 2`.",
    ),
)


def shift_right(size=3):
    return single(size, size // 2, size // 2 - 1)


def shift_up(size=3):
    return single(size, size // 2 + 1, size // 2)


def shift_down(size=3):
    return single(size, size // 2 - 1, size // 2)


def not_moved(size=3):
    return single(size, size // 2, size // 2)


def as_far_as_it_goes(size=3):
    return single(size, size // 2, size - 1)


def place_of_three(size=3):
    return single(size, 1, 2)


def whole_column(size=3):
    kernel = np.zeros((size, size))
    kernel[:, size // 2 + 1] = 1
    return kernel


def shifted_diagonal(size=3):
    return np.eye(size, k=1)


def one_row(size=3):
    return [[0, 0, 1]]


def always_three(size=3):
    return np.array([[0, 0, 0], [0, 0, 1], [0, 0, 0]], dtype=np.float32)


def moved_identity(size=3):
    return np.roll(np.array(plain_list(size)), 1, axis=1)


SHIFT = Exercise(
    id="shift_left_kernel",
    reference=reference.shift_left_kernel,
    aspects={sizes.THREE: 1, sizes.OTHER: 1},
    visible=sizes.visible,
    hidden=sizes.hidden_with_default,
    twins=(
        Twin("shifted-right", shift_right,
             "Your kernel moves the picture to the right, as the slide's kernel does when it is "
             "slid without being flipped.",
             "The output pixel at column j shall show what stood one column further right: at "
             "j + 1. Which cell of the kernel lies there?"),
        Twin("shifted-up", shift_up,
             "Your kernel moves the picture up.",
             "Rows come first: `w[row, column]`. Which of the two has to leave the middle?"),
        Twin("shifted-down", shift_down,
             "Your kernel moves the picture down.",
             "Rows come first: `w[row, column]`. Which of the two has to leave the middle?"),
        Twin("not-moved", not_moved,
             "Your 1 stands in the middle, so the picture stays where it is.",
             "From which neighbour does the new value of a pixel come?"),
        Twin("as-far-as-it-goes", as_far_as_it_goes,
             "Your 1 stands in the last column, so larger kernels move the picture further.",
             "The shift is one pixel for every size. How far from the middle is that?"),
        Twin("place-of-three", place_of_three,
             "Your 1 always stands in row 1, column 2: right only if the size is 3.",
             "Write the middle index of 3, 5 and 7 down. How does it follow from the size?"),
        Twin("whole-column", whole_column,
             "A whole column of your kernel is 1: several rows are added up.",
             "How many pixels have a say in a picture that is only moved?"),
        Twin("shifted-diagonal", shifted_diagonal,
             "Your ones stand on a diagonal, so several pixels are added up.",
             "How many pixels have a say in a picture that is only moved?"),
    ),
    variants=(one_row, always_three, moved_identity),
    hints=(
        "Moving to the left: what stood on the right of a pixel is now seen at the pixel itself.",
        "Take the identity kernel and move its 1. In the course's convention (no flip) "
        "`y[i, j]` is the sum of `x[i + a, j + b]` times the weight a rows below and b columns "
        "to the right of the middle. You need a = 0, b = 1.",
    ),
)
