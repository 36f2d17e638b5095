"""Names that a function takes from the notebook although its arguments hold what is meant.

``len(k)`` for ``len(w)``, with a `k` left over from an example: right as long as both have the
same length, and wrong, or worse, right by chance, in everything else.
"""

import itertools
from types import CodeType, FunctionType

import numpy as np

DATA = np.ndarray | np.generic | list | tuple | int | float
MANY, TRIED = 3, 60


def borrowed(function):
    """Values of the notebook that a function reads, itself or through the notebook's functions.

    Parameters
    ----------
    function : callable

    Returns
    -------
    dict of str to value
        Without constants, which are written in capitals.
    """
    found, seen, waiting = {}, set(), [function]
    while waiting:
        one = waiting.pop()
        if type(one) is not FunctionType or one in seen:
            continue
        seen.add(one)
        for name in _names(one.__code__):
            value = one.__globals__.get(name)
            if type(value) is FunctionType and value.__globals__ is function.__globals__:
                waiting.append(value)
            if isinstance(value, DATA) and not isinstance(value, bool) and not name.isupper():
                found[name] = value
    return found


def _names(code):
    """Names that a function's text may read from outside of it, in the order of its text."""
    inner = [_names(part) for part in code.co_consts if isinstance(part, CodeType)]
    return (*code.co_names, *itertools.chain.from_iterable(inner))


def belongs(names, function, arguments, right):
    """Which arguments the names stand for: those with which everything comes out right.

    Parameters
    ----------
    names : dict of str to value
        See `borrowed`.
    function : callable
    arguments : sequence of dict
        Of each call, by name.
    right : callable
        ``right(number of the call) -> bool``: calls the function and judges what it does.

    Returns
    -------
    dict of str to str, or None
        ``{"k": "w"}``; None if nothing of this kind makes it right.
    """
    if not 0 < len(names) <= MANY:
        return None
    choices = [_choices(value, arguments[0]) for value in names.values()]
    for chosen in itertools.islice(itertools.product(*choices), TRIED):
        try:
            fits = all(
                _with(function, names, [_value(one, given) for one in chosen], right, number)
                for number, given in enumerate(arguments)
            )
        except (IndexError, KeyError):  # another call has no such argument, or axis
            continue
        if fits:
            return dict(zip(names, map(_text, chosen), strict=True))
    return None


def _with(function, names, values, work, number):
    """What ``work(number)`` returns while the notebook's names hold these values."""
    space = function.__globals__
    before = {name: space[name] for name in names}
    try:
        space.update(zip(names, values, strict=True))
        return work(number)
    finally:
        space.update(before)


def _choices(value, given):
    """Arguments that may be meant, as ``(name, axis or None, axes)``; of a number, lengths too."""
    single, found = np.ndim(value) == 0, []
    for name, argument in given.items():
        if callable(argument):
            continue
        axes = np.ndim(argument)
        found += [(name, None, axes)] if (axes == 0) == single else []
        found += [(name, axis, axes) for axis in range(axes)] if single else []
    return found


def _value(chosen, given):
    name, axis, _ = chosen
    return given[name] if axis is None else np.shape(given[name])[axis]


def _text(chosen):
    name, axis, axes = chosen
    return name if axis is None else f"len({name})" if axes == 1 else f"{name}.shape[{axis}]"


def described(value):
    """A value in few words: "an array of shape (3,)", "3"."""
    if np.ndim(value) == 0:
        return f"{value}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    return f"a {type(value).__name__} of {len(value)}"
