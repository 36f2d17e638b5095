"""A trial: one case with everything that is needed to judge a call and to name the mistake."""

from collections.abc import Callable
from dataclasses import dataclass

from course.compare import Verdict
from course.judging import judge, same
from course.outcome import RAISED, Outcome


@dataclass(frozen=True)
class Trial:
    """One case, ready to be judged.

    Attributes
    ----------
    why : str
        The case in words: "a 3x4 picture and an asymmetric 2x2 kernel".
    aspect : str
        What the case is about; points are given per aspect.
    args, kwargs : tuple, dict
        What the function is called with.
    expected : Outcome
        What the reference does.
    compare : callable
        ``compare(yours, expected) -> Verdict``.
    part : int, str or None
        The element of a returned tuple, or the key of a dictionary, that the case is about.
    mentions : tuple of int
        Numbers that an expected error message has to name.
    mixes : tuple of str
        Further aspects that the case touches.
    """

    why: str
    aspect: str
    args: tuple
    kwargs: dict
    expected: Outcome
    compare: Callable
    part: int | str | None = None
    mentions: tuple = ()
    mixes: tuple[str, ...] = ()

    def judge(self, outcome: Outcome) -> Verdict:
        """Whether the outcome is right, and if not, why."""
        return judge(
            outcome, self.expected, self.compare, part=self.part, mentions=self.mentions
        )

    def same(self, outcome: Outcome, other: Outcome) -> bool:
        """Whether two outcomes can't be told apart by this trial."""
        if self.expected.kind == RAISED and self.judge(outcome).right and self.judge(other).right:
            return True  # an error that is asked for: its words are the student's own
        return same(outcome, other, self.compare, part=self.part)


def explain(trials, outcomes, names, twin_outcome):
    """Name the wrong twins whose outcomes equal the student's.

    A twin explains the outcomes if they agree on every trial, and the reference disagrees with
    them on at least one. If no twin explains all trials, each aspect is tried for itself, by the
    trials that touch no other: two mistakes meet in those that do. Nothing is ever guessed.

    Parameters
    ----------
    trials : sequence of Trial
    outcomes : sequence of Outcome
        The student's, in the order of the trials.
    names : iterable of str
        The twins to try.
    twin_outcome : callable
        ``twin_outcome(name, index) -> Outcome``.

    Returns
    -------
    dict
        ``{twin name: None}`` where it explains everything, ``{twin name: (aspect, ...)}`` where
        it explains the trials of these aspects only. Empty if nothing fits.
    """
    failing = [
        i for i, (trial, out) in enumerate(zip(trials, outcomes, strict=True))
        if not trial.judge(out).right
    ]
    if not failing:
        return {}

    def fits(name, indices):
        # failing trials first: they refuse a twin soonest
        ordered = [i for i in failing if i in indices]
        ordered += [i for i in indices if i not in ordered]
        return all(trials[i].same(outcomes[i], twin_outcome(name, i)) for i in ordered)

    names = tuple(names)
    everywhere = range(len(trials))
    whole = {name: None for name in names if fits(name, everywhere)}
    if whole:
        return whole
    found = {}
    for aspect in dict.fromkeys(trials[i].aspect for i in failing if not trials[i].mixes):
        of_aspect = [
            i for i in everywhere if trials[i].aspect == aspect and not trials[i].mixes
        ]
        for name in names:
            if fits(name, of_aspect):
                found[name] = (*found.get(name, ()), aspect)
    return _fewest(found)


def _fewest(found):
    """Of twins that explain some aspects each, those that explain most, until all is explained."""
    chosen, rest = {}, {aspect for aspects in found.values() for aspect in aspects}
    while rest:
        most = max(len(rest.intersection(aspects)) for aspects in found.values())
        best = {n: a for n, a in found.items() if len(rest.intersection(a)) == most}
        chosen |= best
        rest -= {aspect for aspects in best.values() for aspect in aspects}
    return chosen
