"""Exercise `conv_output_size`: how many positions a window has along one axis."""

import math
from dataclasses import replace

from autograder.exercises.corners import EVEN, STEP_1, UNEVEN, mixed
from autograder.exercises.shapes.apart import draw_apart
from autograder.exercises.shapes.output_size_twins import TWINS
from autograder.reference import shapes as reference
from autograder.space import Factor, Space
from autograder.spec import Case, Exercise
from course.compare import exact

KERNELS = ("a kernel of odd length", "a kernel of even length", "a kernel of one value")
BORDERS = ("no padding", "padding", "unequal padding")
SPREADS = ("dilation 1", "dilation")


def _step(given):
    if given["stride"] == 1:
        return STEP_1
    reach = given["dilation"] * (given["kernel"] - 1) + 1
    free = given["size"] + _added(given["padding"]) - reach
    return UNEVEN if free % given["stride"] else EVEN


def _added(padding):
    return sum(padding) if isinstance(padding, tuple) else 2 * padding


SPACE = Space((
    Factor("kernel", KERNELS, lambda given: KERNELS[
        2 if given["kernel"] == 1 else 1 - given["kernel"] % 2]),
    Factor("stride", (STEP_1, EVEN, UNEVEN), _step),
    Factor("padding", BORDERS, lambda given: BORDERS[
        2 if isinstance(given["padding"], tuple) else given["padding"] > 0]),
    Factor("dilation", SPREADS, lambda given: SPREADS[given["dilation"] > 1]),
))
TOUCHES = {BORDERS[2]: "unequal padding", SPREADS[1]: "dilation", BORDERS[1]: "padding",
           EVEN: "stride", UNEVEN: "stride"}


def case(why, size, kernel, *, aspect="size", named=(), **kwargs):
    """A call; ``named`` lists the arguments whose numbers an error message has to hold."""
    given = {"size": size, "kernel": kernel, **kwargs}
    mentions = tuple(min(n) if isinstance(n, tuple) else n for n in map(given.get, named))
    return Case(why, (size, kernel), kwargs, aspect, exact, mentions=mentions)


def visible():
    yield case("8 values and a kernel of 3", 8, 3)
    yield case("13 values and a kernel of 6", 13, 6)
    yield case("stride 2, which comes out even", 7, 3, stride=2, aspect="stride")
    yield case("stride 2, which does not come out even", 10, 3, stride=2, aspect="stride")
    yield case("stride 3, where most of a step is left over", 12, 4, stride=3, aspect="stride")
    yield case("stride 3, where little of a step is left over", 11, 4, stride=3, aspect="stride")
    yield case("one zero on each side", 7, 3, stride=2, padding=1, aspect="padding")
    yield case("two zeros on each side", 28, 5, stride=2, padding=2, aspect="padding")
    yield case("1 zero before and 2 after", 9, 4, padding=(1, 2), aspect="unequal padding")
    yield case("3 zeros before and none after", 9, 4, stride=2, padding=(3, 0),
               aspect="unequal padding")
    yield case("dilation 2", 7, 3, dilation=2, aspect="dilation")
    yield case("dilation 3 with stride and padding", 20, 4, stride=2, padding=1, dilation=3,
               aspect="dilation")
    yield case("a kernel as long as the input", 5, 5, aspect="no fit")
    yield case("a kernel of 7 over 4 values", 4, 7, aspect="no fit", named=("size", "kernel"))
    yield case("a kernel of 5 over 3 values, with 2 zeros on each side", 3, 5, padding=2,
               aspect="no fit")
    yield case("a kernel that no longer fits when it is spread", 6, 3, dilation=4,
               aspect="no fit", named=("size",))
    yield case("stride 0", 9, 3, stride=0, aspect="no fit", named=("stride",))
    yield case("dilation 0", 9, 3, dilation=0, aspect="no fit", named=("dilation",))
    yield case("negative padding", 9, 3, padding=-1, aspect="no fit", named=("padding",))


def hidden(draw):
    """Sizes for every aspect, drawn again until no two formulas agree on all of them."""
    rng = draw.rng

    def number(low, high):
        return int(rng.integers(low, high))

    def strided(stride, left_over, kernel, *, more=0):
        """A size whose last step is short by ``stride - left_over``."""
        return stride * number(5, 12) + left_over + kernel - more, kernel

    def cases():
        yield case("no stride, no padding", number(11, 30), number(2, 6))
        yield case("no stride, no padding, a larger input", number(60, 300), number(6, 12))
        yield case("a kernel of one value", number(5, 30), 1)
        yield case("stride 2, which does not come out even", *strided(2, 1, number(3, 6)),
                   stride=2, aspect="stride")
        yield case("a stride that leaves little over", *strided(4, 1, number(3, 7)), stride=4,
                   aspect="stride")
        yield case("a stride that leaves much over", *strided(4, 3, number(3, 7)), stride=4,
                   aspect="stride")
        yield case("a stride that comes out even", *strided(3, 0, number(4, 7)), stride=3,
                   aspect="stride")
        yield case("a stride larger than the kernel", *strided(5, 2, 3), stride=5,
                   aspect="stride")
        yield case("padding", number(11, 30), number(3, 6), padding=1, aspect="padding")
        yield case("more padding", number(11, 30), number(4, 8), padding=3, aspect="padding")
        yield case("padding and stride", *strided(3, 1, 5, more=4), stride=3, padding=2,
                   aspect="padding")
        yield case("padding at the end only", number(11, 30), number(3, 6), padding=(0, 1),
                   aspect="unequal padding")
        yield case("more padding before than after", number(11, 30), number(3, 6),
                   padding=(4, 1), aspect="unequal padding")
        yield case("unequal padding and stride", *strided(2, 0, 4, more=5), stride=2,
                   padding=(2, 3), aspect="unequal padding")
        yield case("dilation", number(20, 40), number(3, 6), dilation=2, aspect="dilation")
        yield case("more dilation", number(30, 50), number(3, 6), dilation=4, aspect="dilation")
        yield case("dilation, stride and padding", number(30, 50), number(3, 6), stride=3,
                   padding=2, dilation=3, aspect="dilation")
        size = number(3, 6)
        yield case("a kernel that does not fit", size, size + number(2, 9), aspect="no fit",
                   named=("size", "kernel"))
        yield case("a kernel as long as the input", size, size, aspect="no fit")
        kernel = size + 2 * number(3, 6)
        yield case("a kernel that does not fit in spite of padding", size, kernel, padding=2,
                   aspect="no fit", named=("kernel",))
        yield case("a kernel that fits only thanks to the padding", size, size + 2, padding=2,
                   aspect="no fit")
        yield case("a kernel that no longer fits when it is spread", size + 5, 4,
                   dilation=number(4, 7), aspect="no fit", named=("size",))
        yield case("stride 0", number(9, 20), 4, stride=0, aspect="no fit", named=("stride",))
        yield case("a negative stride", 3 + 6 * number(2, 5), 3, stride=-number(2, 4),
                   aspect="no fit", named=("stride",))
        yield case("dilation 0", number(9, 20), 4, dilation=0, aspect="no fit",
                   named=("dilation",))
        yield case("negative padding", number(20, 40), 4, padding=-number(1, 4),
                   aspect="no fit", named=("padding",))
        yield case("negative padding on one side", number(20, 40), 4,
                   padding=(-number(5, 9), 1), aspect="no fit", named=("padding",))
        for one in mixed(SPACE, TOUCHES, "size", together):
            yield replace(one, compare=exact)

    def together(row):
        kernel = dict(zip(KERNELS, (5, 4, 1), strict=True))[row["kernel"]]
        stride = 1 if row["stride"] == STEP_1 else number(2, 5)
        padding = dict(zip(BORDERS, (0, number(1, 4), (number(0, 2), number(3, 5))),
                           strict=True))[row["padding"]]
        dilation = 1 if row["dilation"] == SPREADS[0] else number(2, 5)
        over = number(1, stride) if row["stride"] == UNEVEN else 0
        size = stride * number(6, 12) + over + dilation * (kernel - 1) + 1 - _added(padding)
        return (size, kernel), {"stride": stride, "padding": padding, "dilation": dilation}

    return draw_apart(
        lambda: list(cases()),
        [reference.conv_output_size, *(twin.function for twin in TWINS)],
    )


def with_math_floor(size, kernel, stride=1, padding=0, dilation=1):
    start, end = padding if isinstance(padding, tuple) else (padding, padding)
    window = kernel + (kernel - 1) * (dilation - 1)
    if stride < 1 or dilation < 1 or start < 0 or end < 0:
        raise ValueError(f"stride {stride}, dilation {dilation}, padding {padding}")
    if window > size + start + end:
        raise ValueError(f"kernel {kernel} over {size} with padding {padding}")
    return math.floor((size - window + start + end) / stride + 1)


def counting(size, kernel, stride=1, padding=0, dilation=1):
    if isinstance(padding, int):
        padding = (padding, padding)
    if min(stride, dilation) < 1 or min(padding) < 0:
        raise ValueError(f"impossible: {stride=}, {dilation=}, {padding=}")
    padded = size + sum(padding)
    last = dilation * (kernel - 1)
    starts = [start for start in range(0, padded, stride) if start + last < padded]
    if not starts:
        raise ValueError(f"a kernel of {kernel} finds no place in {size}")
    return len(starts)


def as_float(size, kernel, stride=1, padding=0, dilation=1):
    return float(counting(size, kernel, stride, padding, dilation))


EXERCISE = Exercise(
    id="conv_output_size",
    reference=reference.conv_output_size,
    aspects={
        "size": 1, "stride": 1, "padding": 1, "unequal padding": 1, "dilation": 1, "no fit": 1,
    },
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=TWINS,
    variants=(with_math_floor, counting, as_float),
    hints=(
        "Do it in three lines: how long is the padded input, how many places does the kernel "
        "cover, how often can it step? Treat `padding` first: make two numbers, `start` and "
        "`end`, from whichever form you were given.",
        "A kernel of `kernel` weights has `kernel - 1` gaps between them; with dilation each gap "
        "is `dilation` wide. So it covers `dilation * (kernel - 1) + 1` places.",
        "The kernel can travel `padded - covered` places; `//` by the stride gives the number of "
        "steps, and the first position comes on top. Before that, four `if`s that `raise "
        "ValueError(f\"...\")`.",
    ),
)
