"""Exercise `filter_image`: one kernel over every channel, zeros around, same size out."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder.exercises.arrays import frozen
from autograder.exercises.conv2d.draws import pixels
from autograder.exercises.corners import HIGH, WIDE, as_type, mixed, numbers, sides
from autograder.exercises.filters import border_twins, filtering_twins
from autograder.reference import filters as reference
from autograder.space import Factor, Space
from autograder.spec import Case, Exercise

PICTURE_TYPES, KERNEL_TYPES = numbers("image", "the picture"), numbers("w", "the kernel")
PICTURE, WEIGHTS = sides("image", "a picture"), sides("w", "a kernel")
COLOUR = Factor("channels", ("a grey picture", "several channels", "one channel"), lambda given: {
    2: "a grey picture"}.get(np.ndim(given["image"]), "one channel" if len(given["image"]) == 1
                             else "several channels"))
SPACE = Space((PICTURE, WEIGHTS, COLOUR, PICTURE_TYPES, KERNEL_TYPES))
TOUCHES = {
    **dict.fromkeys(COLOUR.levels[1:], "colour"),
    **dict.fromkeys(WEIGHTS.levels[1:], "kernel sizes"),
    **dict.fromkeys((*PICTURE_TYPES.levels[1:], *KERNEL_TYPES.levels[1:]), "whole numbers"),
}

KERNEL = np.array([[1.0, 2.0, -3.0], [0.0, 5.0, 4.0], [-6.0, 7.0, 2.0]])
"""Equal to none of its mirror images, with an uneven sum."""


def framed(inner, rows, columns):
    """The picture inside a dark frame, so that what stands outside makes no difference."""
    edge = [(0, 0)] * (inner.ndim - 2)
    return np.pad(inner, [*edge, (rows, rows), (columns, columns)])


def visible():
    yield Case("a picture inside a dark frame",
               (framed(np.array([[4.0, -1.0, 3.0], [2.0, 7.0, -5.0]]), 2, 2), KERNEL))
    yield Case("a picture of whole numbers and a kernel of fractions",
               (framed(np.array([[3, 8, -1], [5, 2, 9]]), 2, 2), KERNEL / 4),
               aspect="whole numbers")
    yield Case("a picture that is bright up to the border",
               (np.array([[3.0, 1.0, 2.0, 6.0], [5.0, 9.0, 8.0, 4.0], [7.0, 12.0, 11.0, 10.0]]),
                KERNEL), aspect="border")
    yield Case("a kernel of 5 rows and 3 columns",
               (framed(np.array([[2.0, 5.0], [-3.0, 4.0]]), 3, 2),
                np.arange(15.0).reshape(5, 3) - 6), aspect="kernel sizes")
    yield Case("a colour picture of 3 channels",
               (framed(np.array([[[1.0, 2.0, 4.0]], [[30.0, 50.0, 10.0]], [[-7.0, 8.0, 9.0]]]),
                       2, 2), KERNEL), aspect="colour")
    yield Case("a picture of 4 channels, as satellites take them",
               (framed(np.array([[[2.0, 5.0]], [[7.0, 1.0]], [[4.0, 3.0]], [[9.0, 6.0]]]), 2, 2),
                KERNEL), aspect="colour")


def hidden(draw):
    rng = draw.rng

    def picture(*shape):
        # distinct sizes, mixed signs, no two alike
        count = int(np.prod(shape))
        numbers = rng.permutation(np.arange(2, count + 2)) * rng.choice([-1.25, 1.5], count)
        return numbers.reshape(shape)

    def kernel(height, width):
        count = height * width
        numbers = rng.permutation(np.arange(1.0, count + 1))
        # alternating signs along the sizes; the sum is never 0
        return (numbers * np.where(numbers % 3 == 0, -0.5, 1.0)).reshape(height, width)

    yield Case("an irregular picture", (framed(picture(4, 5), 2, 2), kernel(3, 3)))
    yield Case("a high picture", (framed(picture(6, 2), 2, 2), kernel(3, 3)))
    whole = framed(rng.permutation(np.arange(-9, 11)).reshape(4, 5), 2, 2)
    yield Case("a picture of whole numbers", (whole, kernel(3, 3) / 8), aspect="whole numbers")
    bytes_ = framed(rng.permutation(np.arange(200, 215)).reshape(5, 3), 2, 2).astype(np.uint8)
    yield Case("a picture of bytes, 0 to 255", (bytes_, abs(kernel(3, 3)) / 64),
               aspect="whole numbers")
    yield Case("pixels and weights of 8 bits",
               (framed(pixels(rng, 3, 4), 2, 2), pixels(rng, 3, 3)), aspect="whole numbers")
    yield Case("float32 numbers",
               (framed(picture(3, 5), 2, 2).astype(np.float32), kernel(3, 3).astype(np.float32)))
    yield Case("every other column of a wider picture",
               (framed(np.repeat(picture(3, 4), 2, axis=1), 2, 4)[:, ::2], kernel(3, 3)))
    yield Case("a read-only picture", (frozen(framed(picture(4, 3), 2, 2)), kernel(3, 3)))
    yield Case("a picture up to the border", (picture(5, 7), kernel(3, 3)), aspect="border")
    yield Case("a high picture up to the border", (picture(8, 3), kernel(3, 3)), aspect="border")
    yield Case("a picture of 3 rows", (picture(3, 6), kernel(3, 3)), aspect="border")
    yield Case("a kernel of 5 rows and columns", (framed(picture(3, 4), 3, 3), kernel(5, 5)),
               aspect="kernel sizes")
    yield Case("a wide kernel", (framed(picture(3, 4), 2, 3), kernel(3, 5)),
               aspect="kernel sizes")
    yield Case("a high kernel", (framed(picture(2, 5), 3, 1), kernel(5, 1)),
               aspect="kernel sizes")
    yield Case("a kernel of a single weight", (framed(picture(3, 4), 1, 1), kernel(1, 1) * 3),
               aspect="kernel sizes")
    yield Case("a kernel larger than the picture", (picture(2, 3), kernel(5, 7)),
               aspect="kernel sizes")
    yield Case("three channels", (framed(picture(3, 3, 4), 2, 2), kernel(3, 3)), aspect="colour")
    yield Case("four channels", (framed(picture(4, 2, 3), 2, 2), kernel(3, 3)), aspect="colour")
    yield Case("one channel that is still an axis", (framed(picture(1, 3, 4), 2, 2), kernel(3, 3)),
               aspect="colour")

    def together(row):
        channels = {"a grey picture": (), "one channel": (1,)}.get(row["channels"], (3,))
        shape = _shaped(row[PICTURE.name], (3, 3), (2, 5), (5, 2))
        w = as_type(rng, row[KERNEL_TYPES.name], kernel(
            *_shaped(row[WEIGHTS.name], (3, 3), (3, 5), (5, 1))) * 0.625)
        inner = as_type(rng, row[PICTURE_TYPES.name], picture(*channels, *shape))
        return (framed(inner, *[max(w.shape) // 2 + 1] * 2), w), {}

    yield from mixed(SPACE, TOUCHES, "values", together)


def _shaped(level, square, wide, high):
    return wide if level.endswith(WIDE) else high if level.endswith(HIGH) else square


def loops(image, w):
    image = np.asarray(image)
    if image.ndim == 3:
        return np.stack([loops(channel, w) for channel in image])
    (height, width), (rows, columns) = image.shape, w.shape
    out = [[0.0] * width for _ in range(height)]
    for i in range(height):
        for j in range(width):
            total = 0.0
            for a in range(rows):
                for b in range(columns):
                    y, x = i + a - rows // 2, j + b - columns // 2
                    if 0 <= y < height and 0 <= x < width:
                        total += float(image[y, x]) * float(w[a, b])
            out[i][j] = total
    return np.array(out)


def windows(image, w):
    planes = np.atleast_3d(np.asarray(image, float).T).T
    a, b = w.shape[0] // 2, w.shape[1] // 2
    padded = np.pad(planes, ((0, 0), (a, a), (b, b)))
    view = sliding_window_view(padded, w.shape, axis=(1, 2))
    return np.einsum("chwab,ab->chw", view, w).reshape(image.shape)


def shifted_pictures(image, w):
    a, b = w.shape[0] // 2, w.shape[1] // 2
    height, width = image.shape[-2:]
    pad = [(0, 0)] * (image.ndim - 2) + [(a, a), (b, b)]
    padded = np.pad(image, pad).astype(float)
    out = np.zeros(image.shape)
    for i in range(w.shape[0]):
        for j in range(w.shape[1]):
            out += float(w[i, j]) * padded[..., i : i + height, j : j + width]
    return out


def columns_of_windows(image, w):
    if image.ndim == 3:
        return np.stack([columns_of_windows(channel, w) for channel in image])
    padded = np.pad(image, [(side // 2, side // 2) for side in w.shape])
    patches = sliding_window_view(padded.astype(float), w.shape).reshape(image.size, w.size)
    return (patches @ w.ravel()).reshape(image.shape)


def fourier(image, w):
    height, width = image.shape[-2] + w.shape[0] - 1, image.shape[-1] + w.shape[1] - 1
    spectrum = np.fft.fft2(image, (height, width)) * np.fft.fft2(w[::-1, ::-1], (height, width))
    full = np.fft.ifft2(spectrum).real
    a, b = w.shape[0] // 2, w.shape[1] // 2
    return full[..., a : a + image.shape[-2], b : b + image.shape[-1]]


def single_precision(image, w):
    return reference.filter_image(image, w).astype(np.float32)


EXERCISE = Exercise(
    id="filter_image",
    reference=reference.filter_image,
    aspects={"values": 2, "whole numbers": 1, "border": 1, "kernel sizes": 1, "colour": 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=(*filtering_twins.TWINS, *border_twins.TWINS),
    variants=(loops, windows, shifted_pictures, columns_of_windows, fourier, single_precision),
    hints=(
        "You know how to slide a kernel over full windows. Which one thing about the picture has "
        "to change first, so that every pixel can be the middle of a window?",
        "A kernel of height kH reaches kH // 2 rows beyond its middle. Pad by that above and "
        "below, by kW // 2 on the left and on the right: `np.pad(image, ((a, a), (b, b)))`.",
        "For colour: if `image.ndim == 3`, filter every channel by calling `filter_image` itself, "
        "and put the results together with `np.stack`. For grey: "
        "`out[i, j] = np.sum(padded[i:i+kH, j:j+kW] * w)` for every pixel.",
    ),
    window="same",
)
