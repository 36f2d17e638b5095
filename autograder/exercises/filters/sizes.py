"""Cases for a kernel that is asked for by its size; 3 is an aspect of its own."""

from autograder.spec import Case
from course.effects import kernel_effect

THREE, OTHER = "size 3", "other sizes"


def visible():
    yield Case("a kernel of 3 by 3", (3,), aspect=THREE, compare=kernel_effect)
    yield Case("a kernel of 5 by 5", (5,), aspect=OTHER, compare=kernel_effect)


def hidden(draw):
    yield Case("a kernel of 3 by 3", (3,), aspect=THREE, compare=kernel_effect)
    for size in (5, 7, int(draw.rng.choice([9, 11, 13]))):
        yield Case("a larger kernel", (size,), aspect=OTHER, compare=kernel_effect)


def hidden_with_default(draw):
    """The same for a kernel whose size may be left out."""
    yield Case("no size given", aspect=THREE, compare=kernel_effect)
    yield from hidden(draw)
