"""Errors carried forward: a mistake in a helper costs points where it was made, and only there.

A function that lost points may have lost them because it calls an earlier function of the
student's that is wrong. It is examined a second time, by the same hidden cases, with the course's
own function in the place of that helper, and keeps the better result.

Why this gives nobody an answer to copy:

- only functions *before* the examined one in the unit are stood in for, and only those that were
  attempted and have lost points; never the examined one itself, and no refused shortcut,
- all first examinations are over by then, and second ones follow the order of the unit: what a
  second one could smuggle out, in a file for instance, reaches only functions that may ask for
  the same helpers,
- what comes back is judged as always; a helper's own points never change again.
"""

from dataclasses import replace
from itertools import takewhile

from autograder.exercises import unit_of
from autograder.helper import Helper

LOST = ("partial", "wrong", "raised")


def may_be_carried(examination):
    """Whether this is an attempted function that lost points, other than by a shortcut."""
    return not examination.exercise.answer and examination.status in LOST


def suspects(exercise, examined):
    """The earlier functions of the unit that lost points, by name.

    Parameters
    ----------
    exercise : Exercise
    examined : mapping of str to Examination

    Returns
    -------
    dict of str to Examination
    """
    earlier = takewhile(lambda other: other.id != exercise.id, unit_of(exercise.id).exercises)
    return {
        other.id: examined[other.id] for other in earlier
        if other.id in examined and may_be_carried(examined[other.id])
    }


def carry(first, examined, again, names=None):
    """The better of an examination and a second one with helpers that are right.

    Parameters
    ----------
    first : Examination
    examined : mapping of str to Examination
        Those of the unit so far.
    again : callable
        ``again(helpers) -> (Examination, names asked for)``; ``helpers`` maps names to
        ``helper(args, kwargs) -> Outcome``. Called only where there is a suspect.
    names : container of str, optional
        What the student's function can reach; without it, anything.

    Returns
    -------
    Examination
    """
    if not may_be_carried(first):
        return first
    helpers = {
        name: Helper(examination)
        for name, examination in suspects(first.exercise, examined).items()
        if names is None or name in names
    }
    if not helpers:
        return first
    second, asked = again(helpers)
    if not asked or second.points <= first.points:
        return first
    return replace(second, notes=(*second.notes, _note(first, [n for n in helpers if n in asked])))


def _note(first, names):
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    verb, place = ("are", "their") if names[1:] else ("is", "its")
    return (
        "carried forward",
        f"your {listed} {verb} not right yet and lost points of {place} own. Here the course's "
        f"own answered in {place} place, so that the mistake does not count twice: with yours, "
        f"{first.exercise.id} would have {first.points:g} of {first.maximum} points.",
    )
