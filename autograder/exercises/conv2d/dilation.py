"""Exercise `dilate_kernel`: zeros between neighbouring weights."""

import numpy as np

from autograder.exercises.arrays import frozen
from autograder.exercises.conv2d.draws import KERNEL, KERNEL_TYPES, kernel
from autograder.exercises.corners import as_type, mixed
from autograder.reference import conv2d as reference
from autograder.space import Factor, Space
from autograder.spec import Case, Exercise, Twin

dilate = reference.dilate_kernel
VALUES, HEIGHT_WIDTH, ONE = "values", "height and width", "dilation 1"

SPREAD = Factor("dilation", ("dilation 2", "dilation 3 or more", "dilation 1"), lambda given:
                {1: "dilation 1", 2: "dilation 2"}.get(given["dilation"], "dilation 3 or more"))
SPACE = Space((KERNEL, SPREAD, KERNEL_TYPES))
TOUCHES = {"dilation 1": ONE, **dict.fromkeys(KERNEL.levels[1:], HEIGHT_WIDTH)}


def visible():
    three = np.array([[1.0, 2.0, -3.0], [4.0, -5.0, 6.0], [7.0, 8.0, 9.5]])
    yield Case("a 2x2 kernel, dilation 2", (three[:2, :2].copy(), 2))
    yield Case("a 3x3 kernel, dilation 2", (three, 2))
    yield Case("a 2x2 kernel, dilation 3", (three[1:, 1:].copy(), 3))
    yield Case("a kernel that is wider than high", (three[:2].copy(), 2), aspect=HEIGHT_WIDTH)
    yield Case("a kernel that is higher than wide", (three[:, 1:].copy(), 2),
               aspect=HEIGHT_WIDTH)
    yield Case("dilation 1, where the weights stay neighbours", (three[:2].copy(), 1), aspect=ONE)


def hidden(draw):
    rng = draw.rng

    def weights(*shape):
        return kernel(rng, *shape) * 1.25

    yield Case("a 3x3 kernel, dilation 2", (weights(3, 3), 2))
    yield Case("a 3x3 kernel, dilation 3", (weights(3, 3), 3))
    yield Case("a 2x2 kernel, dilation 4", (weights(2, 2), 4))
    yield Case("a 4x4 kernel, dilation 2", (weights(4, 4), 2))
    yield Case("whole numbers", (kernel(rng, 3, 3).astype(int), 2))
    yield Case("float32 numbers", (weights(2, 2).astype(np.float32), 3))
    yield Case("a read-only kernel", (frozen(weights(3, 3)), 2))
    yield Case("every other column of a wider kernel", (weights(3, 6)[:, ::2], 2))
    yield Case("a kernel that is wider than high", (weights(2, 4), 2), aspect=HEIGHT_WIDTH)
    yield Case("a kernel that is higher than wide", (weights(4, 3), 3), aspect=HEIGHT_WIDTH)
    yield Case("a kernel of a single row", (weights(1, 4), 3), aspect=HEIGHT_WIDTH)
    yield Case("a 3x3 kernel, dilation 1", (weights(3, 3), 1), aspect=ONE)
    yield Case("a 2x3 kernel, dilation 1", (weights(2, 3), 1), aspect=ONE)

    def together(row):
        shapes = {KERNEL.levels[0]: (3, 3), KERNEL.levels[1]: (2, 3), KERNEL.levels[2]: (4, 2)}
        w = as_type(rng, row[KERNEL_TYPES.name], weights(*shapes[row[KERNEL.name]]))
        return (w, {"dilation 1": 1, "dilation 2": 2}.get(row["dilation"], 3)), {}

    yield from mixed(SPACE, TOUCHES, VALUES, together)


def gaps(w, dilation):
    return dilate(w, dilation + 1)


def off_by_one(w, dilation):
    return dilate(w, max(dilation - 1, 1))


def no_effect(w, dilation):
    return np.array(w, dtype=float)


def always_two(w, dilation):
    return dilate(w, min(dilation, 2))


def as_stride(w, dilation):
    return np.array(w, dtype=float)[::dilation, ::dilation]


def zeros_behind_too(w, dilation):
    rows, columns = np.shape(w)
    out = np.zeros((dilation * rows, dilation * columns))
    out[::dilation, ::dilation] = w
    return out


def weights_repeated(w, dilation):
    rows, columns = dilate(w, dilation).shape
    return np.kron(w, np.ones((dilation, dilation)))[:rows, :columns]


def blown_up(w, dilation):
    return np.kron(w, np.ones((dilation, dilation)))


def zeros_around(w, dilation):
    return np.pad(np.asarray(w, dtype=float), dilation - 1)


def rows_only(w, dilation):
    return dilate(w, dilation)[:, ::dilation]


def columns_only(w, dilation):
    return dilate(w, dilation)[::dilation]


def in_the_corner(w, dilation):
    out, (rows, columns) = np.zeros(dilate(w, dilation).shape), np.shape(w)
    out[:rows, :columns] = w
    return out


def flipped(w, dilation):
    return dilate(w, dilation)[::-1, ::-1]


def transposed(w, dilation):
    return dilate(w, dilation).T


def square(w, dilation):
    side = dilation * (len(w) - 1) + 1
    out = np.zeros((side, side))
    out[::dilation, ::dilation] = w
    return out


def whole_numbers_only(w, dilation):
    return np.trunc(dilate(w, dilation))


def loops(w, dilation):
    rows, columns = w.shape
    out = np.zeros((dilation * (rows - 1) + 1, dilation * (columns - 1) + 1))
    for m in range(rows):
        for n in range(columns):
            out[m * dilation, n * dilation] = w[m, n]
    return out


def kronecker(w, dilation):
    one = np.zeros((dilation, dilation))
    one[0, 0] = 1
    full = np.kron(w, one)
    return full[: full.shape[0] - dilation + 1, : full.shape[1] - dilation + 1]


def inserted(w, dilation):
    for axis in (0, 1):
        gaps_before = np.repeat(np.arange(1, w.shape[axis]), dilation - 1)
        w = np.insert(w, gaps_before, 0, axis=axis)
    return w


def comprehension(w, dilation):
    height, width = ((side - 1) * dilation + 1 for side in w.shape)
    return [
        [
            float(w[i // dilation, j // dilation]) if i % dilation == j % dilation == 0 else 0.0
            for j in range(width)
        ]
        for i in range(height)
    ]


def single_precision(w, dilation):
    return dilate(w, dilation).astype(np.float32)


EXERCISE = Exercise(
    id="dilate_kernel",
    reference=dilate,
    aspects={VALUES: 2, HEIGHT_WIDTH: 1, ONE: 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=(
        Twin("dilation-as-gaps", gaps,
             "You put `dilation` zeros between neighbours: one too many.",
             "With dilation 1 nothing changes. How many zeros is that?"),
        Twin("one-zero-too-few", off_by_one,
             "There is one zero too few between neighbours.",
             "With dilation 2, a weight and its neighbour are two places apart. How many zeros "
             "lie between them?"),
        Twin("dilation-without-effect", no_effect,
             "The kernel is unchanged, whatever the dilation.",
             "Dilation 2 doubles the distance between neighbours."),
        Twin("always-two", always_two,
             "There is always one zero between neighbours, even if the dilation is more than 2.",
             "Where does the number `dilation` enter?"),
        Twin("dilation-as-stride", as_stride,
             "You dropped weights, as a stride drops windows.",
             "No weight is lost: the kernel grows."),
        Twin("zeros-behind-too", zeros_behind_too,
             "There are zeros behind the last row and column.",
             "Zeros go *between* weights. How many gaps do three weights have?"),
        Twin("weights-repeated", weights_repeated,
             "You repeated the weights instead of putting zeros between them.",
             "Nine weights stay nine. What stands in the places between them?"),
        Twin("blown-up", blown_up,
             "Each weight became a block of equal weights.",
             "Nine weights stay nine, with zeros between them."),
        Twin("zeros-around", zeros_around,
             "The zeros went around the kernel: that would be padding.",
             "They belong between neighbouring weights."),
        Twin("rows-only", rows_only,
             "The rows are spread out, the columns are not.",
             "Dilation works on both axes."),
        Twin("columns-only", columns_only,
             "The columns are spread out, the rows are not.",
             "Dilation works on both axes."),
        Twin("in-the-corner", in_the_corner,
             "The size is right, but the weights still stand side by side.",
             "Which row and column of the larger array does `w[m, n]` go to?"),
        Twin("kernel-flipped", flipped,
             "The weights are spread out, but also rotated by 180 degrees.",
             "Dilation moves weights apart. Does their order change?", (VALUES,)),
        Twin("result-transposed", transposed,
             "Rows and columns are exchanged.",
             "`w[m, n]` goes to a row that depends on m and a column that depends on n."),
        Twin("taken-as-square", square,
             "You computed one size and used it for both sides.",
             "Rows and columns of the kernel may differ in number."),
        Twin("whole-numbers-only", whole_numbers_only,
             "The digits behind the decimal point are cut off.",
             "What is the dtype of the array of zeros?", (VALUES,)),
    ),
    variants=(loops, kronecker, inserted, comprehension, single_precision),
    hints=(
        "Begin with an array of zeros of the right size. How far apart are the first and the "
        "last of `kH` rows when neighbours are `dilation` apart?",
        "The size is `dilation * (kH - 1) + 1` rows, likewise for the columns. Weight `w[m, n]` "
        "goes to row `m * dilation`, column `n * dilation`.",
        "A slice with a step reaches all these places at once: `out[::dilation, ::dilation] = w`.",
    ),
)
