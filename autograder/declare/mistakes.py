"""Mistakes: a misconception that runs, declared as what it changes in the right solution."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps

from autograder.declare import solutions


@dataclass(frozen=True)
class Change:
    """How a wrong function is made of an exercise's right one.

    Attributes
    ----------
    make : callable
        ``make(exercise, name) -> function``; the name is the mistake's.
    """

    make: Callable


@dataclass(frozen=True)
class Twin:
    """A misconception that runs.

    Attributes
    ----------
    name : str
        Label of what was done: "kernel-flipped".
    how : callable or Change
        A function with the reference's signature, wrong in exactly this way, or how it is made of
        the right one: see `edit`, `before` and `after`.
    says : str
        A sentence to the student: what was done. Never blame.
    hint : str
        A sentence that leads on without giving the answer.
    costs : tuple of str, optional
        The aspects that the mistake costs when it explains *everything* the function does.
        Without it, each aspect is lost whose cases fail. Name only aspects in which cases do fail:
        a twin that loses none keeps full points, which `autograder verify` reports.
    same_as : tuple of str
        Twins that no case can tell from this one.
    exercise : Exercise
        Whose mistake it is; the exercise says so itself.
    """

    name: str
    how: Callable | Change
    says: str
    hint: str
    costs: tuple[str, ...] | None = None
    same_as: tuple[str, ...] = ()
    exercise: object = field(default=None, repr=False, compare=False)

    @cached_property
    def function(self):
        """The wrong function, made when it is first asked for.

        Raises
        ------
        ValueError
            If the change does not fit the exercise (any more).
        """
        if not isinstance(self.how, Change):
            return self.how
        if self.exercise is None:
            raise ValueError(f"The mistake {self.name!r} is a change, but no exercise declares it.")
        return self.how.make(self.exercise, self.name)


def edit(name, old, new, says, hint, *, costs=None, same_as=()):
    """A mistake that is a piece of the solution's text, written otherwise.

    The text is that of the notebook's solution (without its docstring), which
    `autograder refresh` keeps beside the exercise, or else the source of the reference.

    Parameters
    ----------
    name : str
    old, new : str, or tuples of str
        What stands in the right text, exactly once, and what stands in the wrong one in its place;
        one after the other where a mistake shows in several places.
    says, hint, costs, same_as
        See `Twin`.
    """
    pieces = ((old, new),) if isinstance(old, str) else tuple(zip(old, new, strict=True))

    def make(exercise, mistake):
        code = solutions.code_of(exercise)
        for piece, other in pieces:
            count = code.count(piece)
            if count != 1:
                raise ValueError(
                    f"{exercise.id}: the mistake {mistake!r} changes {piece!r}, which has to occur "
                    f"once in the solution's text, but occurs {count} times. The text is:\n{code}"
                )
            code = code.replace(piece, other)
        try:
            return solutions.run(exercise, code, f"{exercise.id}: {mistake}")
        except SyntaxError as error:
            raise ValueError(
                f"{exercise.id}: the mistake {mistake!r} makes of the solution's text what Python "
                f"cannot read ({error}). The text is then:\n{code}"
            ) from None

    return Twin(name, Change(make), says, hint, costs, same_as)


def before(name, arguments, says, hint, *, costs=None, same_as=()):
    """A mistake that the right function makes if it is given other arguments.

    Parameters
    ----------
    name : str
    arguments : mapping
        What each of them becomes: a value, or a function of the argument. Such a function may
        ask for other arguments, as they were given, after its first one, by their names.
    says, hint, costs, same_as
        See `Twin`.

    Examples
    --------
    >>> flipped = before("flipped", {"w": lambda w: w[::-1]}, "You flipped it.", "Look again.")
    """
    def make(exercise, mistake):
        signature = inspect.signature(exercise.reference)
        known = list(signature.parameters)
        for argument in arguments:
            if argument not in known:
                raise ValueError(
                    f"{exercise.id}: the mistake {mistake!r} changes the argument {argument!r}, "
                    f"but there are only {', '.join(known)}."
                )
        changes = {
            argument: _asking(change, known) if callable(change) else lambda *_, it=change: it
            for argument, change in arguments.items()
        }

        @wraps(exercise.reference)
        def wrong(*args, **kwargs):
            bound = _bound(signature, args, kwargs)
            given = dict(bound.arguments)
            for argument, change in changes.items():
                bound.arguments[argument] = change(given[argument], given)
            return exercise.reference(*bound.args, **bound.kwargs)

        return wrong

    return Twin(name, Change(make), says, hint, costs, same_as)


def after(name, result, says, hint, *, costs=None, same_as=()):
    """A mistake that is made with the right result.

    Parameters
    ----------
    name : str
    result : callable
        What the result becomes. It may ask for arguments after its first one, by their names.
    says, hint, costs, same_as
        See `Twin`.

    Examples
    --------
    >>> mean = after("mean", lambda y, w: y / len(w), "You took the mean.", "Is it asked for?")
    """
    def make(exercise, mistake):
        signature = inspect.signature(exercise.reference)
        change = _asking(result, list(signature.parameters))

        @wraps(exercise.reference)
        def wrong(*args, **kwargs):
            given = _bound(signature, args, kwargs).arguments
            return change(exercise.reference(*args, **kwargs), given)

        return wrong

    return Twin(name, Change(make), says, hint, costs, same_as)


def _bound(signature, args, kwargs):
    bound = signature.bind(*args, **kwargs)
    bound.apply_defaults()
    return bound


def _asking(function, known):
    """``f(value, given)``: the function of a value and of those given ones that it names."""
    try:
        parameters = list(inspect.signature(function).parameters)[1:]
    except ValueError:  # a builtin without a signature
        parameters = []
    asked = [name for name in parameters if name in known]
    return lambda value, given: function(value, **{name: given[name] for name in asked})
