"""The course's own function in the place of a student's, for calls that student code makes up.

The reference runs in the grader's own process, so what it is called with is looked at first: no
call may cost the grader more time or memory than a slow student function could.
"""

import inspect
import math
from numbers import Number

import numpy as np

from autograder.spec import Draw
from course.outcome import RAISED, VALUE, Outcome, call

MAX_NUMBERS = 4096
"""Numbers in all arrays together; hidden cases have some 300."""

MAX_SETTING = 64
"""Size of a stride, a padding or a width; beside arrays only."""

MAX_COUNT = 10**9
"""The same where a function takes and returns nothing but numbers."""

MAX_PADDED, MAX_SPREAD = 100_000, 1_000_000
"""Numbers after padding with, or dilating by, the largest of the settings."""

BY_CHANCE = 4
"""So many numbers in arrays, drawn for one exercise, are not drawn again for another."""

REFUSED = Outcome(RAISED, error="RuntimeError")


class Helper:
    """The reference of an exercise that was judged already.

    Parameters
    ----------
    examination : Examination
        Its trials show what the function is made for: which parameters are arrays, which are
        factors of any size (a bias) and which are settings, and whether there are arrays at all.
        Those that were drawn for this student are not answered: nothing else is called with them.
    """

    def __init__(self, examination):
        self.function = examination.exercise.reference
        self.signature = inspect.signature(self.function)
        given = [self._bound(trial.args, trial.kwargs) for trial in examination.trials]
        pairs = [pair for arguments in given for pair in arguments.items()]
        self.arrays = {name for name, value in pairs if isinstance(value, np.ndarray | list)}
        self.factors = {name for name, value in pairs if isinstance(value, float)}
        shared = (self._key(self._bound(case.args, case.kwargs))
                  for case in examination.exercise.hidden(Draw(np.random.default_rng(0))))
        self.drawn = {self._key(arguments) for arguments in given} - {*shared} - {None}
        returned = [t.expected.value for t in examination.trials if t.expected.kind == VALUE]
        self.counts = not any(isinstance(value, np.ndarray) for _, value in pairs) and all(
            isinstance(value, Number) for value in returned
        )

    def __call__(self, args, kwargs):
        """What the reference does; without a word, and refused if it could be costly."""
        try:
            arguments = self._bound(args, kwargs)
            if not self._modest(arguments) or self._key(arguments) in self.drawn:
                return REFUSED
            outcome = call(self.function, args, kwargs)
        except Exception as error:  # arguments that fit no parameter, for instance
            return Outcome(RAISED, error=type(error).__name__)
        if outcome.kind == VALUE:
            return Outcome(VALUE, outcome.value)
        return Outcome(RAISED, error=outcome.error or "RuntimeError")

    def _bound(self, args, kwargs):
        return self.signature.bind(*args, **kwargs).arguments

    def _key(self, arguments):
        """The same for equal arguments, whatever their types; None if they may meet by chance."""
        bound = inspect.BoundArguments(self.signature, arguments.copy())
        bound.apply_defaults()
        try:
            arrays = [np.asarray(value, dtype=float) + 0.0 for value in bound.arguments.values()]
        except (TypeError, ValueError):  # a function, a text
            return None
        if sum(array.size for array in arrays if array.ndim) < BY_CHANCE:
            return None
        return tuple((array.shape, array.tobytes()) for array in arrays)

    def _modest(self, arguments):
        arrays, settings = [], []
        for name, value in arguments.items():
            if name in self.arrays and isinstance(value, np.ndarray | list | tuple):
                arrays.append(value)
            elif name not in self.factors or not isinstance(value, Number):
                settings.append(value)
        most = MAX_COUNT if self.counts else MAX_SETTING
        if not all(_few(value, MAX_NUMBERS) for value in arrays):
            return False
        if not all(_setting(value, most) for value in settings):
            return False
        return self.counts or _affordable([np.asarray(a) for a in arrays], _largest(settings))


def _few(value, most):
    """Whether an array, or a list as deep as one, holds numbers only, and not too many."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "biufc" and type(value) is np.ndarray and _volume(value) <= most
    waiting, seen = [value], 0
    while waiting:
        item = waiting.pop()
        seen += 1
        if seen > most:
            return False
        if isinstance(item, list | tuple):
            waiting += item
        elif not isinstance(item, Number):
            return False
    return True


def _volume(array, more=0):
    """Numbers in an array whose sides are all that much longer; an empty side counts as one."""
    return math.prod(max(side, 1) + more for side in array.shape)


def _setting(value, most):
    if value is None or isinstance(value, bool | np.bool_):
        return True
    if isinstance(value, list | tuple):
        return len(value) <= 4 and all(
            not isinstance(item, list | tuple) and _setting(item, most) for item in value
        )
    return isinstance(value, int | float | np.number) and not abs(value) > most


def _largest(settings):
    numbers = []
    for value in settings:
        numbers += value if isinstance(value, list | tuple) else [value]
    sizes = [abs(n) for n in numbers if isinstance(n, int | float | np.number) and n == n]
    return math.ceil(max(sizes, default=0))


def _affordable(arrays, largest):
    volumes = [_volume(array) for array in arrays]
    return (
        sum(volumes) <= MAX_NUMBERS
        and sum(_volume(array, 2 * largest) for array in arrays) <= MAX_PADDED
        and sum(volumes) * (1 + largest) ** 2 <= MAX_SPREAD
    )
