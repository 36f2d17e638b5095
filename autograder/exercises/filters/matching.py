"""Exercise `match_effects`: six filtered pictures, sixteen names of kernels."""

import numpy as np

from autograder.reference import filters as reference
from autograder.spec import hand_answer
from course.mystery import FILE, original

FAR = 4
"""Pixels by which the quiz's shifts move the picture, so that an eye can see it."""


def _single(row, column):
    kernel = np.zeros((2 * FAR + 1, 2 * FAR + 1))
    kernel[FAR + row, FAR + column] = 1
    return kernel


KERNELS = {
    "identity": reference.identity_kernel(),
    "shift left": _single(0, FAR),
    "shift right": _single(0, -FAR),
    "shift up": _single(FAR, 0),
    "shift down": _single(-FAR, 0),
    "mean": reference.box_kernel(5),
    "gaussian": reference.gaussian_kernel(),
    "blur sideways": np.ones((1, 9)) / 9,
    "blur up and down": np.ones((9, 1)) / 9,
    "blur falling": np.eye(9) / 9,
    "blur rising": np.eye(9)[::-1] / 9,
    "sharpen": reference.sharpen_kernel(5),
    "detail": reference.identity_kernel(5) - reference.box_kernel(5),
    "vertical edges": reference.SOBEL_X,
    "horizontal edges": reference.SOBEL_X.T,
    "brighten": 1.5 * reference.identity_kernel(),
}
"""The names that students choose from, and what they mean."""

RIGHT = {
    "A": "horizontal edges",
    "B": "shift up",
    "C": "blur sideways",
    "D": "sharpen",
    "E": "blur rising",
    "F": "detail",
}


def pictures():
    """The six filtered pictures, computed anew; a test compares them with the stored ones."""
    picture = original()
    return {
        label: reference.filter_image(picture, KERNELS[name]).astype(np.float16)
        for label, name in RIGHT.items()
    }


def write():
    """Store the pictures in the student kit's data: needed when `KERNELS` or `RIGHT` change."""
    np.savez_compressed(FILE, **pictures())


# Each mistake is made in every letter: the feedback's words then tell nothing
# about which letter is of which kind.
OTHER_DIRECTION = {
    "A": "vertical edges", "B": "shift down", "C": "blur up and down", "D": "horizontal edges",
    "E": "blur falling", "F": "vertical edges",
}
OTHER_BRIGHTNESS = {
    "A": "sharpen", "B": "brighten", "C": "brighten", "D": "detail", "E": "brighten",
    "F": "sharpen",
}
OTHER_KIND = {
    "A": "blur up and down", "B": "mean", "C": "shift left", "D": "gaussian", "E": "shift right",
    "F": "mean",
}

EXERCISE = hand_answer(
    "match_effects",
    RIGHT,
    points=len(RIGHT),
    form="a dictionary: the letter of a picture, then the name of its kernel",
    part_aspects=dict.fromkeys(RIGHT, 1),
    sealed=False,
    mistakes=(
        ("another-direction", OTHER_DIRECTION,
         "The direction of your kernel is not the one that the picture shows.",
         "Take one line of the photograph that lies and one that stands. What has become of each? "
         "And at which side is a dark stripe?"),
        ("another-brightness", OTHER_BRIGHTNESS,
         "The mean of the picture does not fit the sum of your kernel's weights.",
         "Compare the printed means: weights that sum to 1 keep the mean, weights that sum to 0 "
         "take it to about 0."),
        ("another-kind", OTHER_KIND,
         "Your kernel does another kind of thing than the picture shows: moving, smoothing and "
         "bringing out lines are three kinds.",
         "Look at the frame of the glasses: is it where it was, and is it weaker or stronger?"),
    ),
    hints=(
        "Begin with the printed means: they tell what the weights sum to. Then look for dark "
        "stripes at the border, and for the direction of lines that are kept or lost.",
        "You have all you need to prove a guess: build the kernel, call "
        '`filter_image(puzzle["original"], kernel)` and compare with the picture. Differences '
        "below 0.01 are rounding.",
    ),
)
