"""Exercise `conv2d`: one kernel over a grey picture, with stride and zero padding."""

import numpy as np

from autograder.exercises.arrays import frozen
from autograder.exercises.conv2d import plane_styles
from autograder.exercises.conv2d.draws import (
    KERNEL,
    KERNEL_TYPES,
    PICTURE,
    PICTURE_TYPES,
    TYPED,
    UNEQUAL,
    kernel,
    picture,
    plane,
)
from autograder.exercises.conv2d.dtypes import TYPES, input_changed
from autograder.exercises.conv2d.lifts import on_plane, twins
from autograder.exercises.conv2d.sides import SIDES
from autograder.exercises.conv2d.steps import PADDING, STRIDE, empty_slice, returned_too_early
from autograder.exercises.conv2d.sums import BLOCKS, ORIENTATION, SUMS
from autograder.exercises.corners import PADDING as BORDER
from autograder.exercises.corners import mixed, stride
from autograder.reference import conv2d as reference
from autograder.space import Space
from autograder.spec import Case, Exercise, Twin

VALUES, TYPE, HEIGHT_WIDTH, STRIDE_, PADDING_ = (
    "values", "number types", "height and width", "stride", "padding"
)
STEP = stride("x", "w", axes=2)
SPACE = Space((PICTURE, KERNEL, STEP, BORDER, PICTURE_TYPES, KERNEL_TYPES))
TOUCHES = {
    **dict.fromkeys(UNEQUAL, HEIGHT_WIDTH), **dict.fromkeys(BORDER.levels[1:], PADDING_),
    **dict.fromkeys(STEP.levels[1:], STRIDE_), **dict.fromkeys(TYPED, TYPE),
}


def visible():
    square = np.array([[1.0, 4.0, -2.0, 3.0], [0.0, -5.0, 2.0, 6.0],
                       [7.0, 1.0, -3.0, 2.0], [-1.0, 8.0, 4.0, -6.0]])
    small = np.array([[1.0, 2.0], [-3.0, 5.0]])
    yield Case("a 3x3 picture and an asymmetric 2x2 kernel", (square[:3, :3].copy(), small))
    yield Case("a 4x4 picture and a 3x3 kernel with decimals", (
        square, np.array([[0.5, -1.0, 2.0], [3.0, 1.5, -2.5], [-0.5, 4.0, 1.0]])))
    wide = np.array([[2.0, -1.0, 5.0, 0.0, 3.0], [4.0, 1.0, -7.0, 2.0, -6.0],
                     [-3.0, 8.0, 1.0, -2.0, 9.0]])
    yield Case("a picture that is wider than high", (wide, small), aspect=HEIGHT_WIDTH)
    yield Case("a picture that is higher than wide", (wide.T.copy(), small), aspect=HEIGHT_WIDTH)
    yield Case("a kernel that is wider than high", (square, np.array([[1.0, -2.0, 4.0],
                                                                    [3.0, 5.0, -1.0]])),
               aspect=HEIGHT_WIDTH)
    yield Case("a kernel that is higher than wide", (square, np.array([[1.0, -2.0], [3.0, 5.0],
                                                                     [4.0, -1.0]])),
               aspect=HEIGHT_WIDTH)
    seven = np.array([
        [3, 1, -4, 1, 5, -9, 2], [6, -5, 3, 5, 8, 9, -7], [-2, 4, 7, 0, 1, -3, 6],
        [8, 2, -1, 9, -6, 4, 5], [1, -8, 6, 3, 7, 2, -4], [5, 9, 0, -2, 4, -1, 8],
        [-6, 7, 1, 4, -3, 5, 2],
    ], dtype=float)
    yield Case("stride 2 over 7 rows and columns, which does not come out even",
               (seven, small), {"stride": 2}, STRIDE_)
    yield Case("stride 3 over 7 rows and columns", (seven, small), {"stride": 3}, STRIDE_)
    yield Case("one ring of zeros", (square[:3, :3].copy(), small), {"padding": 1}, PADDING_)
    yield Case("two rings of zeros", (square[:3, :3].copy(), small), {"padding": 2}, PADDING_)
    yield Case("whole numbers and a kernel with decimals",
               (np.array([[3, -1, 4], [1, -5, 9], [2, 6, -7]]), small / 4), aspect=TYPE)
    pixels = np.array([[156, 155, 40], [153, 154, 200], [9, 251, 149]], dtype=np.uint8)
    yield Case("pixels of 8 bits (uint8) and a kernel of the same type",
               (pixels, np.array([[1, 2], [3, 1]], dtype=np.uint8)), aspect=TYPE)


def hidden(draw):
    rng = draw.rng
    yield Case("a 6x6 picture and a 3x3 kernel", (picture(rng, 6, 6), kernel(rng, 3, 3)))
    yield Case("a 5x5 picture and a 2x2 kernel", (picture(rng, 5, 5), kernel(rng, 2, 2)))
    yield Case("an 8x8 picture and a 5x5 kernel", (picture(rng, 8, 8), kernel(rng, 5, 5)))
    yield Case("a kernel with decimals", (picture(rng, 5, 5), kernel(rng, 3, 3) * 0.625))
    yield Case("a kernel of one number", (picture(rng, 4, 4), kernel(rng, 1, 1) * 3))
    yield Case("a kernel as large as the picture", (picture(rng, 4, 4), kernel(rng, 4, 4)))

    yield Case("a picture that is wider than high", (picture(rng, 5, 9), kernel(rng, 3, 3)),
               aspect=HEIGHT_WIDTH)
    yield Case("a picture that is higher than wide", (picture(rng, 8, 4), kernel(rng, 2, 2)),
               aspect=HEIGHT_WIDTH)
    yield Case("a kernel that is wider than high", (picture(rng, 7, 7), kernel(rng, 2, 4)),
               aspect=HEIGHT_WIDTH)
    yield Case("a kernel that is higher than wide", (picture(rng, 6, 6), kernel(rng, 3, 1)),
               aspect=HEIGHT_WIDTH)
    yield Case("four different sides, a stride and padding",
               (picture(rng, 7, 10), kernel(rng, 2, 3)), {"stride": 2, "padding": 1},
               HEIGHT_WIDTH, mixes=(STRIDE_, PADDING_))

    yield Case("stride 2, which comes out even", (picture(rng, 7, 7), kernel(rng, 3, 3)),
               {"stride": 2}, STRIDE_)
    yield Case("stride 2, which does not come out even",
               (picture(rng, 10, 10), kernel(rng, 3, 3)), {"stride": 2}, STRIDE_)
    yield Case("stride 3", (picture(rng, 12, 12), kernel(rng, 4, 4)), {"stride": 3}, STRIDE_)
    yield Case("a stride larger than the kernel", (picture(rng, 11, 11), kernel(rng, 2, 2)),
               {"stride": 4}, STRIDE_)

    yield Case("one ring of zeros", (picture(rng, 5, 5), kernel(rng, 3, 3)), {"padding": 1},
               PADDING_)
    yield Case("two rings of zeros", (picture(rng, 4, 4), kernel(rng, 3, 3)), {"padding": 2},
               PADDING_)
    yield Case("a kernel that fits only with its padding",
               (picture(rng, 3, 3), kernel(rng, 4, 4)), {"padding": 1}, PADDING_)

    yield Case("whole numbers", (rng.permutation(np.arange(-12, 13)).reshape(5, 5),
                                 kernel(rng, 2, 2) * 0.375), aspect=TYPE)
    yield Case("whole numbers everywhere", (rng.permutation(np.arange(-7, 9)).reshape(4, 4),
                                            kernel(rng, 3, 3).astype(int)), aspect=TYPE)
    yield Case("pixels of 8 bits", (
        rng.permutation(np.arange(100, 256, 6))[:25].reshape(5, 5).astype(np.uint8),
        rng.permutation(np.arange(2, 6)).reshape(2, 2).astype(np.uint8)), aspect=TYPE)
    yield Case("float32 numbers", (picture(rng, 5, 5).astype(np.float32),
                                   kernel(rng, 3, 3).astype(np.float32)), aspect=TYPE)
    yield Case("every other column of a wider picture",
               (picture(rng, 5, 10)[:, ::2], kernel(rng, 2, 2)), aspect=TYPE)
    yield Case("a read-only picture and kernel",
               (frozen(picture(rng, 5, 5)), frozen(kernel(rng, 2, 2))), aspect=TYPE)

    def together(row):
        x, w, settings = plane(rng, row)
        return (x, w), settings

    yield from mixed(SPACE, TOUCHES, VALUES, together)


EXERCISE = Exercise(
    id="conv2d",
    reference=reference.conv2d,
    aspects={VALUES: 2, HEIGHT_WIDTH: 1, STRIDE_: 1, PADDING_: 1, TYPE: 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=(
        *twins(on_plane, ORIENTATION, costs=(VALUES,)),
        *twins(on_plane, SUMS, costs=(VALUES,)),
        *twins(on_plane, BLOCKS, costs=(VALUES, STRIDE_)),
        *twins(on_plane, SIDES),
        *twins(on_plane, STRIDE, costs=(STRIDE_,)),
        *twins(on_plane, PADDING, costs=(PADDING_,)),
        *twins(on_plane, TYPES),
        Twin("empty-slice", on_plane(empty_slice),
             "With padding 0 your slice is empty: `-0` is 0, so `out[0:-0]` holds nothing.",
             "Where does the picture end in the padded one, counted from the front?"),
        Twin("returned-too-early", on_plane(returned_too_early),
             "Your function stops after the first row of the output.",
             "How far is `return` indented: as far as a loop's body, or as far as the first "
             "`for`?", costs=(VALUES,)),
        Twin("input-changed", input_changed,
             "The values are right, but your function changes the picture it was given.",
             "Work on a copy: `np.pad` and `np.array` make one.", costs=(VALUES,)),
    ),
    variants=plane_styles.ALL,
    hints=(
        "Three things, one after the other: make a padded picture of floats, count the places "
        "down and across, visit each place. Which of them did you already do in one dimension?",
        "Rows and columns are counted apart: `(H + 2 * padding - kH) // stride + 1` rows of "
        "output, and the same with `W` and `kW` for the columns. Read `H, W` from `x.shape` and "
        "`kH, kW` from `w.shape`.",
        "The window of output (i, j) is `padded[i * stride : i * stride + kH, "
        "j * stride : j * stride + kW]`. Multiply it by `w` with `*`, sum all products, store "
        "the sum at `out[i, j]`.",
    ),
    window="kernel",
)
