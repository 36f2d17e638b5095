"""Exercise `gradient_magnitude`: Sobel in both directions, joined by Pythagoras."""

import numpy as np

from autograder.exercises.arrays import frozen
from autograder.exercises.corners import as_type, mixed
from autograder.exercises.filters.filtering import PICTURE, PICTURE_TYPES, framed
from autograder.exercises.filters.gradient_twins import SOBEL, TWINS, both
from autograder.reference import filters as reference
from autograder.space import Space
from autograder.spec import Case, Exercise

SPACE = Space((PICTURE, PICTURE_TYPES))


def visible():
    yield Case("a picture inside a dark frame",
               (framed(np.array([[4.0, 1.0, 9.0], [2.0, 7.0, 3.0]]), 2, 2),))
    yield Case("a picture of whole numbers",
               (framed(np.array([[3, 8], [6, 2], [9, 5]]), 2, 2),), aspect="whole numbers")
    yield Case("a picture of bytes, 0 to 255",
               (framed(np.array([[6, 2, 4], [3, 9, 8]], dtype=np.uint8), 2, 2),),
               aspect="whole numbers")
    yield Case("a picture that is bright up to the border",
               (np.array([[3.0, 1.0, 2.0, 6.0], [5.0, 9.0, 8.0, 4.0], [7.0, 12.0, 11.0, 10.0]]),),
               aspect="border")


def hidden(draw):
    rng = draw.rng

    def picture(height, width):
        count = height * width
        numbers = rng.permutation(np.arange(2, count + 2)) * rng.choice([-1.25, 1.5], count)
        return numbers.reshape(height, width)

    yield Case("an irregular picture", (framed(picture(4, 6), 2, 2),))
    yield Case("a high picture", (framed(picture(7, 2), 2, 2),))
    yield Case("brightness between 0 and 1", (framed(abs(picture(3, 5)) / 30, 2, 2),))
    yield Case("a picture of whole numbers",
               (framed(rng.permutation(np.arange(-9, 11)).reshape(4, 5), 2, 2),),
               aspect="whole numbers")
    bytes_ = framed(rng.permutation(np.arange(5, 20)).reshape(5, 3), 2, 2).astype(np.uint8)
    yield Case("a picture of bytes, 0 to 255", (bytes_,), aspect="whole numbers")
    yield Case("float32 numbers", (framed(picture(3, 5), 2, 2).astype(np.float32),))
    yield Case("a read-only picture", (frozen(framed(picture(4, 3), 2, 2)),))
    yield Case("a picture up to the border", (picture(5, 7),), aspect="border")
    yield Case("a high picture up to the border", (picture(6, 3),), aspect="border")

    def together(row):
        shape = dict(zip(PICTURE.levels, ((4, 4), (3, 6), (6, 3)), strict=True))[row[PICTURE.name]]
        return (framed(as_type(rng, row[PICTURE_TYPES.name], picture(*shape)), 2, 2),), {}

    yield from mixed(SPACE, dict.fromkeys(PICTURE_TYPES.levels[1:], "whole numbers"), "values",
                     together)


def loops(image):
    height, width = image.shape
    padded = np.pad(image, 1).astype(float)
    out = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            window = padded[i : i + 3, j : j + 3]
            across, down = (window * SOBEL).sum(), (window * SOBEL.T).sum()
            out[i, j] = (across**2 + down**2) ** 0.5
    return out


def slices_and_other_signs(image):
    p = np.pad(np.asarray(image, float), 1)
    across = p[:, :-2] - p[:, 2:]
    across = across[:-2] + 2 * across[1:-1] + across[2:]
    down = p[:-2] - p[2:]
    down = down[:, :-2] + 2 * down[:, 1:-1] + down[:, 2:]
    return np.sqrt(across**2 + down**2)


def length_of_vector(image):
    return np.linalg.norm(np.stack(both(image)), axis=0).astype(np.float32)


def complex_numbers(image):
    across, down = both(image)
    return np.abs(across + 1j * down)


EXERCISE = Exercise(
    id="gradient_magnitude",
    reference=reference.gradient_magnitude,
    aspects={"values": 2, "whole numbers": 1, "border": 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=TWINS,
    variants=(loops, slices_and_other_signs, length_of_vector, complex_numbers),
    hints=(
        "Two filtered pictures, one for each direction. The second kernel is the first one with "
        "rows and columns exchanged.",
        "`gx = filter_image(image, sobel)` and `gy = filter_image(image, sobel.T)`. At each pixel "
        "they are the two legs of a right triangle.",
    ),
)
