"""A stand-in for a student's function."""

import inspect

import pytest

from course.deputy import deputy
from course.outcome import VALUE, Outcome

LOOKS = ("__name__", "__qualname__", "__doc__", "__module__", "__defaults__", "__kwdefaults__",
         "__annotations__", "__closure__", "__globals__", "__dict__", "__class__")


def plain(x, w, stride=1, padding=0):
    """Slide."""


def lonely():
    pass


def single(x: list) -> int:
    pass


def several(x, /, y=2, *more, key=3, **others):
    """All kinds of parameters."""


def keyed(*, key):
    pass


ORIGINALS = (plain, lonely, single, several, keyed, lambda x, w=5: 0)


@pytest.mark.parametrize("original", ORIGINALS, ids=lambda original: original.__name__)
def test_stand_in_looks_like_the_function_it_stands_for(original):
    """Name, words, signature, closure, type."""
    like = deputy(original, lambda args, kwargs: Outcome(VALUE, (args, kwargs)))
    assert inspect.signature(like) == inspect.signature(original)
    for look in LOOKS:
        assert getattr(like, look) == getattr(original, look), look


@pytest.mark.parametrize(("original", "args", "kwargs", "asked"), [
    (plain, (1, 2), {}, ((1, 2, 1, 0), {})),
    (plain, (1, 2), {"padding": 5}, ((1, 2, 1, 5), {})),
    (lonely, (), {}, ((), {})),
    (single, (7,), {}, ((7,), {})),
    (several, (1, 2, 3, 4), {"z": 6}, ((1, 2, 3, 4), {"key": 3, "z": 6})),
    (keyed, (), {"key": 1}, ((), {"key": 1})),
])
def test_stand_in_hands_on_what_it_is_given(original, args, kwargs, asked):
    """With the original's own defaults, whatever the names of its parameters."""
    like = deputy(original, lambda args, kwargs: Outcome(VALUE, (args, kwargs)))
    assert like(*args, **kwargs) == asked
