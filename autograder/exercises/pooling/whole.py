"""Exercise `global_average_pool`: one number per map."""

import numpy as np

from autograder.exercises.arrays import frozen
from autograder.exercises.corners import as_type, mixed
from autograder.exercises.pooling.cases import MAP, TYPES
from autograder.reference import pooling as reference
from autograder.space import Factor, Space
from autograder.spec import Case, Exercise, Twin

average = reference.global_average_pool
SIDES = "height and width"
MAPS = Factor("channels", ("several maps", "one map"),
              lambda given: "one map" if len(given["x"]) == 1 else "several maps")
SPACE = Space((MAP, MAPS, TYPES))


def visible():
    maps = np.array([
        [[1, -2, 0], [4, 8, 2], [-6, 3, 9]],
        [[-5, 0, 1], [-1, -7, 2], [6, -3, -4]],
    ])
    yield Case("two 3x3 maps", (maps,))
    wide = np.array([
        [[3.0, 1.0, -4.0, 8.0], [0.0, -2.0, 5.0, 7.0]],
        [[-8.0, 4.0, 6.0, -3.0], [1.0, 9.0, -7.0, 2.0]],
        [[10.0, 60.0, -30.0, 20.0], [-50.0, 70.0, 40.0, 0.0]],
    ])
    yield Case("three maps, wider than high", (wide,), aspect=SIDES)


def hidden(draw):
    rng = draw.rng

    def numbers(*shape):
        count = int(np.prod(shape))
        magnitudes = rng.permutation(np.arange(1, count + 1)) * 1.25
        signs = rng.permutation(np.resize([1.0, -1.0, 1.0], count))
        return (magnitudes * signs + rng.uniform(0.3, 0.7)).reshape(shape)

    yield Case("two 3x3 maps", (numbers(2, 3, 3),))
    yield Case("three 5x5 maps", (numbers(3, 5, 5),))
    yield Case("as many maps as rows", (numbers(4, 4, 4),))
    yield Case("a single map", (numbers(1, 3, 3),))
    yield Case("maps of a single number", (numbers(3, 1, 1),))
    # a sum of 47 or -94 is no multiple of 9
    some = np.array([1, 2, 3, 4, 5, 6, 7, 8, 11])
    whole = np.stack([rng.permutation(some), -2 * rng.permutation(some)]).reshape(2, 3, 3)
    yield Case("whole numbers", (whole,))
    yield Case("numbers of 8 bits",
               (rng.permutation(np.arange(90, 108)).reshape(2, 3, 3).astype(np.uint8),))
    yield Case("float32 numbers", (numbers(3, 3, 3).astype(np.float32),))
    yield Case("read-only maps", (frozen(numbers(3, 4, 4)),))
    yield Case("every other column of wider maps", (numbers(2, 3, 6)[..., ::2],))
    yield Case("maps that are wider than high", (numbers(3, 2, 7),), aspect=SIDES)
    yield Case("maps that are higher than wide", (numbers(4, 6, 3),), aspect=SIDES)
    yield Case("a single row", (numbers(2, 1, 5),), aspect=SIDES)

    def together(row):
        shape = dict(zip(MAP.levels, ((3, 3), (2, 5), (5, 2)), strict=True))[row[MAP.name]]
        return (as_type(rng, row[TYPES.name], numbers(1 if row["channels"] == "one map" else 3,
                                                      *shape)),), {}

    yield from mixed(SPACE, dict.fromkeys(MAP.levels[1:], SIDES), "values", together)


def one_number(x):
    return np.mean(x)


def across_channels(x):
    return np.mean(x, axis=0)


def channels_last(x):
    return np.mean(x, axis=(0, 1))


def along_rows(x):
    return np.mean(x, axis=-1)


def along_columns(x):
    return np.mean(x, axis=-2)


def sides_kept(x):
    return average(x).reshape(-1, 1, 1)


def summed(x):
    return np.sum(x, axis=(1, 2))


def largest(x):
    return np.max(x, axis=(1, 2))


def median(x):
    return np.median(x, axis=(1, 2))


def divides_by_height_squared(x):
    return summed(x) / np.shape(x)[1] ** 2


def divides_by_width_squared(x):
    return summed(x) / np.shape(x)[2] ** 2


def divides_by_all(x):
    return summed(x) / np.size(x)


def first_everywhere(x):
    return np.repeat(average(x)[:1], np.shape(x)[0])


def whole_numbers_only(x):
    return np.trunc(average(x))


def totals_overflow(x):
    if np.asarray(x).dtype != np.uint8:
        return average(x)
    return summed(x) % 256 / (x.shape[1] * x.shape[2])


def input_changed(x):
    result = average(x)
    x[:, 0, 0] = 0
    return result


def loops(x):
    means = []
    for plane in x:
        total, count = 0, 0
        for row in plane:
            for value in row:
                total += float(value)
                count += 1
        means.append(total / count)
    return means


def axes(x):
    return np.mean(x, axis=(-2, -1))


def flattened(x):
    return x.reshape(len(x), -1).mean(axis=1)


def means_of_means(x):
    return x.mean(axis=2).mean(axis=1)


def einsum(x):
    return np.einsum("chw->c", x.astype(float)) / (x.shape[1] * x.shape[2])


def one_window(x):
    return reference.avg_pool2d(x, x.shape[1:]).reshape(len(x))


def single_precision(x):
    return average(x).astype(np.float32)


EXERCISE = Exercise(
    id="global_average_pool",
    reference=average,
    aspects={"values": 1, SIDES: 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=(
        Twin("one-number", one_number,
             "All maps were averaged into a single number.",
             "How many numbers come out for three maps?"),
        Twin("across-channels", across_channels,
             "You averaged over the channels, so that one map is left.",
             "In (C, H, W), which axes belong to one map?"),
        Twin("channels-last", channels_last,
             "You averaged over the first two axes, as if the channels came last.",
             "In (C, H, W), which axes belong to one map?"),
        Twin("along-rows", along_rows,
             "You averaged along the rows only.",
             "How many axes does one map have?"),
        Twin("along-columns", along_columns,
             "You averaged along the columns only.",
             "How many axes does one map have?"),
        Twin("sides-kept", sides_kept,
             "The means are right, but each still sits in a 1x1 map.",
             "Which shape does the exercise ask for?", costs=("values",)),
        Twin("sum-not-mean", summed,
             "You added every map up without dividing.",
             "What is the mean of a map that holds only ones?"),
        Twin("maximum-not-mean", largest,
             "You took the largest number of every map: global max pooling.",
             "Which number of a whole map is asked for here?"),
        Twin("median-not-mean", median,
             "You took the median of every map.",
             "If one number of a map grows a lot, does its average stay the same?"),
        Twin("divides-by-height-squared", divides_by_height_squared,
             "You divided by the height of a map times itself.",
             "How many numbers does a map of 2 by 3 hold?"),
        Twin("divides-by-width-squared", divides_by_width_squared,
             "You divided by the width of a map times itself.",
             "How many numbers does a map of 2 by 3 hold?"),
        Twin("divides-by-all", divides_by_all,
             "You divided by how many numbers all maps hold together.",
             "What is the mean of a map that holds only ones, if there are three such maps?"),
        Twin("first-map-everywhere", first_everywhere,
             "Every number is the mean of the first map.",
             "Which map does the second number belong to?"),
        Twin("whole-numbers-only", whole_numbers_only,
             "The digits behind the decimal point are cut off.",
             "What is the dtype of the array that you write your means into?"),
        Twin("totals-overflow", totals_overflow,
             "Your sums were kept in the 8 bits of the maps: after 255 comes 0.",
             "Convert before you add: `np.asarray(x, dtype=float)`.", costs=("values",)),
        Twin("input-changed", input_changed,
             "The values are right, but your function changes the maps it was given.",
             "Write your results into a new array.", costs=("values",)),
    ),
    variants=(loops, axes, flattened, means_of_means, einsum, one_window, single_precision),
    hints=(
        "Every map gives one number, so three maps give three. Which axes disappear?",
        "The channels are axis 0 and stay. One NumPy method with `axis=(..., ...)` is enough.",
    ),
)
