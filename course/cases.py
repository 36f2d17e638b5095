"""The visible cases of the student kit, and one of them to try by oneself."""

import functools
import json
from pathlib import Path

from course import compare, effects, plain
from course.outcome import RAISED
from course.trial import Trial

DATA = Path(__file__).with_name("data") / "visible"

COMPARISONS = compare.COMPARISONS | effects.COMPARISONS
"""All comparisons that a visible case in the student kit may name."""


def case(exercise, number=1):
    """One visible case of an exercise, to call your function with it yourself.

    Parameters
    ----------
    exercise : str
        The exercise's id, for instance ``"conv1d"``.
    number : int
        Which case, from 1, the smallest; `check` says which one went wrong.

    Returns
    -------
    given : dict
        The arguments by name: ``conv1d(**given)`` calls your function with them.
    expected : object
        What should come back. Where an error is asked for, the kind of error; None where many
        results are right.

    Raises
    ------
    KeyError
        If there is no such exercise.
    ValueError
        If it has no such case.

    Examples
    --------
    >>> given, expected = case("zero_pad1d")
    >>> list(given), expected.shape
    (['x', 'padding'], (7,))
    """
    entry = entry_of(exercise)
    count = len(entry.get("cases", ()))
    if not count:
        raise ValueError(f"{exercise} is worked out by hand: there is no case to call it with.")
    if number not in range(1, count + 1):
        raise ValueError(f"{exercise} has the cases 1 to {count}; there is no case {number!r}.")
    trial = trials_of(entry)[number - 1]
    if entry["cases"][number - 1]["compare"] in effects.COMPARISONS:
        due = None
    else:
        due = trial.expected.error if trial.expected.kind == RAISED else trial.expected.value
    return dict(arguments(entry["parameters"], trial)), due


def entry_of(exercise):
    """What the kit knows about an exercise.

    Raises
    ------
    KeyError
        If there is no such exercise.
    """
    entries = {name: one for unit in units().values() for name, one in unit.items()}
    if exercise not in entries:
        raise KeyError(f"There is no exercise {exercise!r}; there are: {', '.join(entries)}.")
    return entries[exercise]


@functools.cache
def units():
    """All exercises of the kit: ``{unit: {exercise: entry}}``."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(DATA.glob("*.json"))
    }


def trials_of(entry):
    """An exercise's visible cases, ready to be judged; fresh objects at every call."""
    return [
        Trial(
            why=case["why"],
            aspect=case["aspect"],
            args=plain.from_plain(case["args"]),
            kwargs=plain.from_plain(case["kwargs"]),
            expected=plain.outcome_from_plain(case["expected"]),
            compare=COMPARISONS[case["compare"]],
            part=case["part"],
            mentions=tuple(case["mentions"]),
        )
        for case in entry["cases"]
    ]


def twins_of(entry, trials):
    """What each wrong twin does on each visible case: ``f(name, index) -> Outcome``."""

    @functools.cache
    def twin(name, index):
        stored = entry["cases"][index]["twins"].get(name)
        return plain.outcome_from_plain(stored) if stored else trials[index].expected

    return twin


def arguments(parameters, trial):
    """The arguments of a call as (name, value) pairs."""
    return [*zip(parameters, trial.args, strict=False), *trial.kwargs.items()]
