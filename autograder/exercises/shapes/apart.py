"""Draw hidden cases until every wrong formula can be told from the right one and the others."""

import copy

MOST = 1000
"""So many draws fail only if two functions never differ; a few are enough otherwise."""


def draw_apart(draw_cases, functions):
    """Cases on which no two of the functions do the same.

    Two formulas often agree on a single set of small numbers by chance, so a draw that can't tell
    them apart is drawn again.

    Parameters
    ----------
    draw_cases : callable
        Returns a fresh list of Case at every call.
    functions : sequence of callable
        The reference and its twins.

    Returns
    -------
    list of Case

    Raises
    ------
    RuntimeError
        If no draw tells them apart.
    """
    for _ in range(MOST):
        cases = draw_cases()
        if len({behaviour(function, cases) for function in functions}) == len(functions):
            return cases
    names = ", ".join(function.__name__ for function in functions)
    raise RuntimeError(f"{MOST} draws did not tell all of these apart: {names}. Two of them do the "
                       "same on all cases that can be drawn; take one out or widen the cases.")


def behaviour(function, cases):
    """What a function does on the cases, as text that can be compared."""
    return tuple(_behaviour(function, copy.deepcopy(case.args), case.kwargs) for case in cases)


def _behaviour(function, args, kwargs):
    try:
        value = function(*args, **kwargs)
    except Exception as error:  # a twin raises what a student's code would raise
        value = error
    return repr((value, args))  # with the arguments, since a twin may change them
