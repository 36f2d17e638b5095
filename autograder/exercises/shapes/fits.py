"""Exercise `fits`: do the windows come out even?"""

from dataclasses import replace

from autograder.exercises.corners import EVEN, NO_PADDING, STEP_1, UNEVEN, mixed
from autograder.exercises.shapes.apart import draw_apart
from autograder.exercises.shapes.output_size import KERNELS
from autograder.exercises.shapes.words import twin
from autograder.reference.shapes import conv_output_size
from autograder.reference.shapes import fits as right
from autograder.space import Factor, Space
from autograder.spec import Case, Exercise, Twin
from course.compare import exact

SPACE = Space((
    Factor("kernel", KERNELS, lambda given: KERNELS[
        2 if given["kernel"] == 1 else 1 - given["kernel"] % 2]),
    Factor("stride", (EVEN, UNEVEN, STEP_1), lambda given: (
        STEP_1 if given["stride"] == 1 else EVEN if right(**given) else UNEVEN)),
    Factor("padding", (NO_PADDING, "padding"), lambda given: (
        "padding" if given["padding"] else NO_PADDING)),
))


def case(why, *args, aspect="no padding", **kwargs):
    return Case(why, args, kwargs, aspect=aspect, compare=exact)


def visible():
    yield case("7 values, a kernel of 3, stride 1", 7, 3)
    yield case("7 values, a kernel of 3, stride 2", 7, 3, stride=2)
    yield case("8 values, a kernel of 3, stride 2", 8, 3, stride=2)
    yield case("9 values, a kernel of 5, stride 3", 9, 5, stride=3)
    yield case("11 values, a kernel of 5, stride 3", 11, 5, stride=3)
    yield case("a kernel of 4 over 7 values, stride 3, one zero on each side", 7, 4, stride=3,
               padding=1, aspect="padding")
    yield case("a kernel of 3 over 12 values, stride 5, 3 zeros on each side", 12, 3, stride=5,
               padding=3, aspect="padding")
    yield case("a kernel of 3 over 9 values, stride 4, 2 zeros on each side", 9, 3, stride=4,
               padding=2, aspect="padding")


def hidden(draw):
    """Yes and no alike, drawn again until no two rules agree on all of them."""
    rng = draw.rng

    def number(low, high):
        return int(rng.integers(low, high))

    def sizes(stride, left_over, padding=0):
        kernel = number(3, 8)
        size = stride * number(6, 12) + left_over + kernel - 2 * padding
        return {"size": size, "kernel": kernel, "stride": stride}

    def cases():
        for left_over in (0, 1):
            yield case("a small stride", **sizes(2, left_over))
        for left_over in (0, 0, 1, number(2, 4)):
            yield case("a middle stride", **sizes(number(4, 6), left_over))
        for left_over in (0, number(1, 6)):
            yield case("a large stride", **sizes(7, left_over))
        for stride, left_over in ((3, 0), (4, 0), (5, 0), (3, 1), (4, number(2, 4)), (6, 4)):
            padding = number(1, 4)
            yield case("padding", **sizes(stride, left_over, padding), padding=padding,
                       aspect="padding")
        for one in mixed(SPACE, {"padding": "padding"}, "no padding", together):
            yield replace(one, compare=exact)

    def together(row):
        kernel = dict(zip(KERNELS, (5, 4, 1), strict=True))[row["kernel"]]
        stride = 1 if row["stride"] == STEP_1 else number(2, 6)
        padding = number(1, 4) if row["padding"] == "padding" else 0
        over = number(1, stride) if row["stride"] == UNEVEN else 0
        size = stride * number(6, 12) + over + kernel - 2 * padding
        return (size, kernel), {"stride": stride, "padding": padding}

    return draw_apart(lambda: list(cases()), [right, *(twin.function for twin in TWINS)])


def floor_hides_it(size, kernel, stride=1, padding=0):
    return conv_output_size(size, kernel, stride, padding) >= 1


def turned_round(size, kernel, stride=1, padding=0):
    return not right(size, kernel, stride, padding)


def size_returned(size, kernel, stride=1, padding=0):
    return conv_output_size(size, kernel, stride, padding)


def remainder_returned(size, kernel, stride=1, padding=0):
    return (size + 2 * padding - kernel) % stride


def kernel_left_out(size, kernel, stride=1, padding=0):
    return (size + 2 * padding) % stride == 0


def size_over_stride(size, kernel, stride=1, padding=0):
    return size % stride == 0


def plus_one_inside(size, kernel, stride=1, padding=0):
    return (size + 2 * padding - kernel + 1) % stride == 0


def padding_ignored(size, kernel, stride=1, padding=0):
    return (size - kernel) % stride == 0


def padding_counted_once(size, kernel, stride=1, padding=0):
    return (size + padding - kernel) % stride == 0


TWINS = (
    twin(floor_hides_it),
    twin(turned_round),
    twin(size_returned),
    Twin("remainder-returned", remainder_returned,
         "You return how many cells are left over, not whether any are.",
         "The question is yes or no. What must the remainder be if the windows fit?"),
    twin(kernel_left_out),
    twin(size_over_stride),
    twin(plus_one_inside),
    twin(padding_ignored, costs=("padding",)),
    twin(padding_counted_once, costs=("padding",)),
)


def whole_number(size, kernel, stride=1, padding=0):
    return ((size + 2 * padding - kernel) / stride + 1).is_integer()


def last_window_ends_at_the_end(size, kernel, stride=1, padding=0):
    starts = range(0, size + 2 * padding - kernel + 1, stride)
    return starts[-1] + kernel == size + 2 * padding


EXERCISE = Exercise(
    id="fits",
    reference=right,
    aspects={"no padding": 1, "padding": 1},
    visible=visible,
    hidden=hidden,
    space=SPACE,
    twins=TWINS,
    variants=(whole_number, last_window_ends_at_the_end),
    hints=(
        "The first window needs no step. How much of the padded input is left for steps?",
        "`a % b` is what is left over when `a` is divided by `b`. Compare it with 0: a comparison "
        "is True or False, and that is what is to be returned.",
    ),
)
