"""Exercise `sharpen_kernel`: twice the identity minus the mean."""

import numpy as np

from autograder.exercises.filters import sizes
from autograder.reference import filters as reference
from autograder.spec import Exercise, Twin

identity, box = reference.identity_kernel, reference.box_kernel


def detail_only(size=3):
    return identity(size) - box(size)


def mean_doubled(size=3):
    return 2 * box(size) - identity(size)


def sign_turned(size=3):
    return -reference.sharpen_kernel(size)


def plus_for_minus(size=3):
    return 2 * identity(size) + box(size)


def sum_not_mean(size=3):
    return 2 * identity(size) - np.ones((size, size))


def mean_divided_by_size(size=3):
    return 2 * identity(size) - np.ones((size, size)) / size


def always_three(size=3):
    return 2 * identity(3) - box(3)


def ninths_always(size=3):
    return 2 * identity(size) - np.ones((size, size)) / 9


def centre_left_at_two(size=3):
    kernel = -box(size)
    kernel[size // 2, size // 2] = 2
    return kernel


def diagonal_ones(size=3):
    return 2 * np.eye(size) - box(size)


def every_weight_two(size=3):
    return 2 - box(size)


def four_neighbours(size=3):
    kernel = np.array([[0.0, -1, 0], [-1, 5, -1], [0, -1, 0]])
    return np.pad(kernel, (size - 3) // 2)


def blurred(size=3):
    return box(size)


def in_place(size=3):
    kernel = np.full((size, size), -1 / (size * size))
    kernel[size // 2, size // 2] += 2
    return kernel


def seventeen_ninths(size=3):
    count = size * size
    kernel = [[-1 / count] * size for _ in range(size)]
    kernel[size // 2][size // 2] = (2 * count - 1) / count
    return kernel


def picture_plus_detail(size=3):
    delta = np.zeros((size, size), dtype=np.float32)
    delta[size // 2, size // 2] = 1
    return delta + (delta - np.float32(1 / size**2))


EXERCISE = Exercise(
    id="sharpen_kernel",
    reference=reference.sharpen_kernel,
    aspects={sizes.THREE: 1, sizes.OTHER: 1},
    visible=sizes.visible,
    hidden=sizes.hidden_with_default,
    twins=(
        Twin("detail-only", detail_only,
             "Your weights sum to 0: only the detail is left, the picture itself is gone.",
             "Sharper means: the picture plus its detail. How often does the identity occur?"),
        Twin("mean-doubled", mean_doubled,
             "You doubled the mean and took the identity away: a picture blurred all the more.",
             "Which of the two shall be doubled?"),
        Twin("sign-turned", sign_turned,
             "All your signs are turned: you took twice the picture from its mean.",
             "Which of the two is taken away from the other?"),
        Twin("plus-for-minus", plus_for_minus,
             "You added the mean instead of taking it away.",
             "What do your weights sum to, and what does that do to the brightness?"),
        Twin("sum-not-mean", sum_not_mean,
             "You took away the sum of the window, not its mean.",
             "What do your weights sum to? The mean's own weights sum to 1."),
        Twin("mean-divided-by-size", mean_divided_by_size,
             "The mean that you take away is divided by the length of one side.",
             "How many pixels lie under the kernel?"),
        Twin("always-three", always_three,
             "Your kernel is 3 by 3, whatever size is asked for.",
             "Over how many pixels is the mean taken when size is 5?"),
        Twin("ninths-always", ninths_always,
             "You always divide by 9, which is right only for 3 by 3.",
             "What do the weights of your 5 by 5 kernel sum to?"),
        Twin("centre-left-at-two", centre_left_at_two,
             "Your middle weight is 2, but the mean is taken away there as well.",
             "What do your weights sum to? They should sum to 2 minus 1."),
        Twin("diagonal-ones", diagonal_ones,
             "The identity of matrix products, `np.eye`, has ones on the whole diagonal.",
             "Which kernel leaves a picture unchanged? You have built it above."),
        Twin("every-weight-two", every_weight_two,
             "You subtracted from 2 everywhere, not from twice the identity.",
             "Twice the identity has a 2 in one place only."),
        Twin("four-neighbours", four_neighbours,
             "You took the well-known kernel with 5 in the middle and four times -1.",
             "It sharpens, too, but the task is twice the identity minus the mean of the window."),
        Twin("blurred", blurred,
             "You returned the mean filter alone.",
             "The mean is what is taken away. From what?"),
    ),
    variants=(in_place, seventeen_ninths, picture_plus_detail),
    hints=(
        "What blurring takes away is the detail: picture minus mean. Give the picture that "
        "detail once more: picture + (picture − mean).",
        "Kernels may be added and subtracted like pictures, weight by weight: "
        "`2 * identity - mean`, both of the same size.",
    ),
)
