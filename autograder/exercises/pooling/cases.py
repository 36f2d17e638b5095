"""The cases of max_pool2d and avg_pool2d: the two take the same windows."""

import numpy as np

from autograder.exercises.arrays import frozen
from autograder.exercises.corners import HIGH, SQUARE, WIDE, as_type, mixed, numbers, sides
from autograder.reference.sizes import window_and_step
from autograder.space import Factor, Space
from autograder.spec import Case

VALUES, TYPE = "values", "number types"
STRIDE, SIDES, BORDER, CHANNELS = "stride", "height and width", "border", "channels"

TYPES, MAP = numbers("x", "the map"), sides("x", "a map")
MAPS = Factor("channels", ("a single map", "several channels", "one channel"), lambda given: {
    2: "a single map"}.get(np.ndim(given["x"]), "one channel" if len(given["x"]) == 1
                           else "several channels"))
STEPS = ("no stride given", "windows that overlap", "gaps between windows",
         "a stride for each direction")
RESTS = ("windows that come out even", "windows that leave a rest")


def _window(given):
    (kh, kw), _ = window_and_step(given["size"], None)
    return f"a window {SQUARE if kh == kw else WIDE if kw > kh else HIGH}"


def _step(given):
    stride = given["stride"]
    if stride is None:
        return STEPS[0]
    if isinstance(stride, tuple):
        return STEPS[3] if stride[0] != stride[1] else None
    smallest, largest = min(np.ravel(given["size"])), max(np.ravel(given["size"]))
    return STEPS[1] if stride < smallest else STEPS[2] if stride > largest else None


def _rest(given):
    (kh, kw), (sh, sw) = window_and_step(given["size"], given["stride"])
    over = ((given["x"].shape[-2] - kh) % sh, (given["x"].shape[-1] - kw) % sw)
    return RESTS[0] if not any(over) else RESTS[1] if all(over) else None


WINDOW = Factor("window", tuple(f"a window {one}" for one in (SQUARE, WIDE, HIGH)), _window)
STEP, REST = Factor("stride", STEPS, _step), Factor("rest", RESTS, _rest)
SPACE = Space((MAP, WINDOW, STEP, REST, MAPS, TYPES), never=tuple(
    # one step, larger than both sides of the window, comes out even on two sides alike
    {"a map": MAP.levels[0], "window": window, "stride": STEPS[2], "rest": RESTS[0]}
    for window in WINDOW.levels[1:]
))
TOUCHES = {
    **dict.fromkeys((*MAP.levels[1:], *WINDOW.levels[1:], STEPS[3]), SIDES),
    **dict.fromkeys(MAPS.levels[1:], CHANNELS), RESTS[1]: BORDER,
    **dict.fromkeys(STEPS[1:3], STRIDE),
}


def laid_out(rng, row):
    """Sides of a map and its window with the levels of a row: ``(H, W), size, stride``."""
    short = 3 if row["stride"] == STEPS[1] else 2  # so that a stride of 2 overlaps
    kh, kw = {SQUARE: (3, 3), WIDE: (short, short + 2), HIGH: (short + 2, short)}[
        row["window"].removeprefix("a window ")]
    size = kh if kh == kw else (kh, kw)
    stride = dict(zip(STEPS, (None, 2, max(kh, kw) + 1, (2, 3)), strict=True))[row["stride"]]
    _, (sh, sw) = window_and_step(size, stride)
    relation = row[MAP.name]

    def suits(height, width):
        over = (height - kh) % sh, (width - kw) % sw
        wanted = not any(over) if row["rest"] == RESTS[0] else all(over)
        return wanted and relation.endswith(
            WIDE if width > height else HIGH if height > width else SQUARE)

    found = [(h, w) for h in range(kh + 1, 13) for w in range(kw + 1, 13) if suits(h, w)]
    found = sorted(found, key=lambda shape: shape[0] * shape[1])[:4]  # small ones: quick to judge
    return found[int(rng.integers(len(found)))], size, stride


def visible():
    """Small maps of whole numbers; each shows a mistake of its own."""
    mixed = np.array([[-5, -1, 3, 2], [-3, -2, 0, 7], [4, 9, -8, -6], [1, 0, -4, -7]])
    yield Case("a 4x4 map with negative numbers", (mixed,))
    square = np.array([
        [2.0, -1.0, 5.0, 0.0, 3.0, -8.0],
        [-4.0, 1.0, 7.5, -2.0, -6.0, 4.0],
        [0.0, 3.0, -5.0, 6.0, 1.0, -3.0],
        [-7.0, -2.0, -1.0, -9.0, -4.0, 2.0],
        [-3.0, -6.0, -8.0, -1.0, 9.5, 5.0],
        [-5.0, -4.0, -2.0, 8.0, -7.0, -1.0],
    ])
    yield Case("a 6x6 map and windows of 3", (square, 3))
    yield Case("windows of 3 and no stride given", (-square, 3), aspect=STRIDE)
    yield Case("windows of 3 that overlap, stride 2", (square[:5, :5].copy(), 3),
               {"stride": 2}, STRIDE)
    yield Case("windows of 2 with gaps between them, stride 3", (square[1:, :5].copy(),),
               {"stride": 3}, STRIDE)
    odd = np.array([
        [3.0, 1.0, -4.0, 2.0, -6.0],
        [0.0, -2.0, 5.0, 7.0, -1.0],
        [-8.0, 4.0, 6.0, -3.0, -5.0],
        [1.0, 9.0, -7.0, 8.0, -2.0],
        [-1.0, -6.0, -3.0, -4.0, -9.0],
    ])
    yield Case("a 5x5 map, where windows of 2 do not come out even", (odd,), aspect=BORDER)
    yield Case("a 4x6 map", (square[:4].copy(),), aspect=SIDES)
    yield Case("a 6x2 map", (square[:, :2].copy(),), aspect=SIDES)
    yield Case("windows 2 high and 3 wide", (square, (2, 3)), aspect=SIDES)
    yield Case("windows of 2 that step 1 down and 2 across", (square[:3, :4].copy(),),
               {"stride": (1, 2)}, SIDES)
    colour = np.array([
        [[1.0, -2.0, 5.0, 0.0], [3.0, 8.0, -4.0, 6.0], [2.0, -7.0, 9.0, 4.0],
         [-1.0, 0.0, 3.0, -5.0]],
        [[-3.0, 4.0, 1.0, -9.0], [0.0, -6.0, 2.0, 7.0], [-8.0, -5.0, -2.0, -1.0],
         [-4.0, -7.0, -3.0, -6.0]],
        [[0.5, -1.5, -3.5, 5.5], [4.5, -0.5, 1.5, 6.5], [-2.5, 7.5, 3.5, -4.5],
         [9.5, 8.5, -7.5, 2.5]],
    ])
    yield Case("three different channels", (colour,), aspect=CHANNELS)
    yield Case("three channels and windows that overlap", (colour, 2), {"stride": 1}, CHANNELS)


def hidden(draw, types=VALUES):
    """Fresh irregular maps. Each aspect leaves the difficulties of the others out.

    Types of numbers belong to the aspect ``types``.
    """
    rng = draw.rng

    def numbers(*shape):
        count = int(np.prod(shape))
        magnitudes = rng.permutation(np.arange(1, count + 1)) * 1.25
        signs = rng.permutation(np.resize([1.0, -1.0, 1.0, -1.0, -1.0], count))
        return (magnitudes * signs).reshape(shape)

    def dark_rim(side, rest):
        """A square map whose last ``rest`` rows and columns hold negative numbers only."""
        array = numbers(side, side)
        rim = np.ones((side, side), bool)
        rim[: side - rest, : side - rest] = False
        return np.where(rim, -np.abs(array), array)

    whole = 9 * rng.permutation(np.arange(-17, 19)).reshape(6, 6)
    whole[::3, ::3] += 4  # so that no mean of 9 neighbours is a whole number
    yield Case("a 6x6 map and windows of 2", (numbers(6, 6),))
    yield Case("a 6x6 map and windows of 3", (numbers(6, 6), 3))
    yield Case("a map on which every number is negative", (-np.abs(numbers(4, 4)),))
    yield Case("numbers far below zero", (numbers(4, 4) - 1e6,))
    yield Case("whole numbers", (whole, 3), aspect=types)
    yield Case("numbers of 8 bits",
               (rng.permutation(np.arange(90, 126)).reshape(6, 6).astype(np.uint8), 3),
               aspect=types)
    yield Case("float32 numbers", (numbers(4, 4).astype(np.float32),), aspect=types)
    yield Case("a map that is every other column of a wider one", (numbers(4, 8)[:, ::2],),
               aspect=types)
    yield Case("a read-only map", (frozen(numbers(4, 4)),), aspect=types)
    yield Case("one window as large as the map", (numbers(4, 4), 4))
    yield Case("windows of a single number", (numbers(3, 3), 1))
    yield Case("many equal numbers", (rng.integers(-2, 3, (6, 6)).astype(float), 3))

    yield Case("no stride given", (numbers(6, 6), 3), aspect=STRIDE)
    yield Case("windows of 3, stride 2", (numbers(7, 7), 3), {"stride": 2}, STRIDE)
    yield Case("windows of 3, stride 1", (numbers(6, 6), 3), {"stride": 1}, STRIDE)
    yield Case("windows of 2, stride 1", (numbers(5, 5), 2), {"stride": 1}, STRIDE)
    yield Case("a stride larger than the window", (numbers(8, 8), 2), {"stride": 3}, STRIDE)

    yield Case("windows of 2 on sides of odd length", (dark_rim(7, 1),), aspect=BORDER)
    yield Case("windows of 3 that leave one row and column over", (dark_rim(7, 1), 3),
               aspect=BORDER)
    yield Case("windows of 3 that leave two rows and columns over", (dark_rim(8, 2), 3),
               aspect=BORDER)
    yield Case("overlapping windows that do not come out even", (dark_rim(8, 1), 3),
               {"stride": 2}, BORDER)

    yield Case("a map that is wider than high", (numbers(4, 10),), aspect=SIDES)
    yield Case("a map that is higher than wide", (numbers(9, 6), 3), aspect=SIDES)
    yield Case("windows that are wider than high", (numbers(6, 6), (2, 3)), aspect=SIDES)
    yield Case("windows that are higher than wide", (numbers(6, 6), (3, 2)), aspect=SIDES)
    yield Case("a stride for each direction", (numbers(6, 8),), {"stride": (1, 3)}, SIDES)
    yield Case("a higher window and a stride for each direction", (numbers(5, 8), (3, 2)),
               {"stride": (1, 2)}, SIDES)
    yield Case("a wider window and one stride", (numbers(6, 7), (2, 3)), {"stride": 2}, SIDES)
    yield Case("channels, a wider window and a stride for each direction",
               (numbers(3, 5, 9), (2, 3)), {"stride": (3, 2)}, SIDES)

    yield Case("three channels", (numbers(3, 6, 6),), aspect=CHANNELS)
    yield Case("as many channels as rows", (numbers(4, 4, 4),), aspect=CHANNELS)
    yield Case("a single channel that stays a channel", (numbers(1, 6, 6), 3), aspect=CHANNELS)
    yield Case("channels of whole numbers", (rng.permutation(np.arange(-30, 42)).reshape(2, 6, 6),
               3), aspect=CHANNELS)
    yield Case("channels and windows that overlap", (numbers(3, 7, 7), 3), {"stride": 2},
               CHANNELS)

    def together(row):
        shape, size, stride = laid_out(rng, row)
        channels = {"a single map": (), "one channel": (1,)}.get(row["channels"], (3,))
        x = as_type(rng, row[TYPES.name], numbers(*channels, *shape))
        return (x, size), {} if stride is None else {"stride": stride}

    yield from mixed(SPACE, TOUCHES | dict.fromkeys(TYPES.levels[1:], types), VALUES, together)
