"""What feedback on a hidden case may say: nothing that a submission could use to carry it out.

A function knows its hidden input. Whatever it can choose among many and then read on its page (a
shape, a length, the line that raises) would tell that input, so such a thing is shown only where
it is what ordinary mistakes give, or what the visible cases give, too.
"""

from dataclasses import replace
from itertools import permutations

import numpy as np

from autograder.examine import twin_outcomes
from course.compare import as_array
from course.feedback import facts_of
from course.outcome import VALUE

CLOSE = 2
"""Sides that miss the expected ones by as much are an ordinary slip: one too many or too few,
on one side or on both."""
OTHERWISE = "an exception, though not the same one in every case"


def disclosed(examination, index):
    """The facts about one failing case, as its student may read them.

    Parameters
    ----------
    examination : Examination
    index : int
        The case.

    Returns
    -------
    list of (label, text)
    """
    verdict = examination.verdicts[index]
    shape = verdict.yours is not None and ordinary(examination, index)
    facts = facts_of(verdict, reveal=False)
    told = [full if shape and full[0] == "shape" else fact
            for fact, full in zip(facts, facts_of(verdict, reveal=True), strict=True)]
    failing = [
        outcome for outcome, found in
        zip(examination.outcomes, examination.verdicts, strict=True) if not found.right
    ]
    if len({(one.kind, one.error) for one in failing}) > 1:
        told = [(label, OTHERWISE if label == "raised" else text)
                for label, text in told if label != "often"]
    if examination.outcomes[index].line not in examination.familiar:
        told = [(label, text) for label, text in told if label != "where"]
    return told


def raising(examination):
    """Whether a failing case has a line that could be told."""
    return any(outcome.line and not verdict.right for outcome, verdict in
               zip(examination.outcomes, examination.verdicts, strict=True))


def with_familiar_lines(examination, caller):
    """The examination with the lines at which visible cases raise, asked in a place of their own.

    Parameters
    ----------
    examination : Examination
    caller : callable
        Reaches the student's function where it has seen no hidden input: what a function keeps
        from one call to the next must not choose the line.
    """
    outcomes = (caller(case.args, case.kwargs) for case in examination.exercise.visible())
    return replace(examination, familiar=frozenset(one.line for one in outcomes if one.line))


def ordinary(examination, index):
    """Whether a result has a shape that a known mistake or an ordinary slip gives."""
    trial, verdict = examination.trials[index], examination.verdicts[index]
    yours, due = np.shape(verdict.yours), np.shape(verdict.expected)
    return yours == due or _slip(yours, due) or yours in _shapes(trial.args) or any(
        yours in _shapes(_parts(outcome)) for outcome in _twins(examination, index)
    )


def _slip(yours, due):
    """One of a few shapes near the expected one: sides exchanged, an axis more, a bit too long."""
    if len(yours) == len(due):
        near = all(abs(one - other) <= CLOSE for one, other in zip(yours, due, strict=True))
        return near or yours in permutations(due)
    bare = tuple(side for side in yours if side != 1)
    return yours in ((), (int(np.prod(due)),)) or (
        len(yours) <= len(due) + 1 and bare == tuple(side for side in due if side != 1)
    )


def _twins(examination, index):
    exercise = examination.exercise
    outcome = twin_outcomes(exercise, examination.trials)
    return (outcome(name, index) for name in exercise.twin)


def _parts(outcome):
    if outcome.kind != VALUE:
        return ()
    return outcome.value if isinstance(outcome.value, tuple) else (outcome.value,)


def _shapes(values):
    arrays = (as_array(value) for value in values)
    return [array.shape for array in arrays if isinstance(array, np.ndarray)]
