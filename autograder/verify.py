"""Prove the hidden tests: right solutions pass, every wrong twin is refused and named."""

from dataclasses import dataclass, field

from autograder.draw import draw
from autograder.examine import judge_battery, once_per_call, trials_of, twin_outcomes
from autograder.space import missing
from course.outcome import VALUE, call

DRAWS = 3
"""Hidden inputs change with everything handed in, so the proof is made for several draws."""


@dataclass
class Proof:
    """What was found for one exercise.

    Attributes
    ----------
    exercise : str
    cases, twins, refused, named, variants, accepted : int
    corners, pairs : int
        Pairs of levels of the exercise's `Space` that a battery visits, of how many.
    faults : list of str
        One sentence for everything that falls short.
    """

    exercise: str
    cases: int = 0
    twins: int = 0
    refused: int = 0
    named: int = 0
    variants: int = 0
    accepted: int = 0
    corners: int = 0
    pairs: int = 0
    faults: list[str] = field(default_factory=list)


def prove(exercise, draws=DRAWS):
    """The proof of one exercise: nothing wrong on any draw, for as many students.

    Parameters
    ----------
    exercise : Exercise
    draws : int

    Returns
    -------
    Proof
    """
    proof = Proof(exercise.id, twins=len(exercise.twins), variants=len(exercise.variants))
    proof.faults += _unmade(exercise)
    if proof.faults:
        return proof
    batteries = []
    for number in range(draws):
        drawn = draw(exercise.id, f"student {number}", f"draw {number}")
        trials = trials_of(exercise, exercise.hidden(drawn))
        batteries.append((trials, twin_outcomes(exercise, trials)))

    def examinations(function):
        for trials, twin_outcome in batteries:
            calling = once_per_call(lambda args, kwargs: call(function, args, kwargs))
            outcomes = tuple(calling(trial.args, trial.kwargs) for trial in trials)
            yield judge_battery(exercise, trials, outcomes, twin_outcome)

    def examinations_of_twin(name):
        for trials, twin_outcome in batteries:
            outcomes = tuple(twin_outcome(name, index) for index in range(len(trials)))
            yield judge_battery(exercise, trials, outcomes, twin_outcome)

    proof.cases = len(batteries[0][0])
    if exercise.space:
        unvisited = [missing(exercise.space, exercise.reference, _promised(trials))
                     for trials, _ in batteries]
        proof.pairs = len(exercise.space.pairs())
        proof.corners = proof.pairs - max(map(len, unvisited))
        proof.faults += [f"no hidden case has {pair}." for pair in max(unvisited, key=len)]
    for aspect in {trial.aspect for trial in batteries[0][0]} ^ set(exercise.aspects):
        proof.faults.append(f"aspect {aspect!r} is declared or used, but not both.")
    for found in examinations(exercise.reference):
        if found.status != "right":
            proof.faults.append(f"the reference gets {found.points} points.")
    if not exercise.answer and any(f.status != "right" for f in examinations(exercise.solution)):
        proof.faults.append("the notebook's solution is refused.")
    for variant in exercise.variants:
        fine = [found.status == "right" for found in examinations(variant)]
        proof.accepted += all(fine)
        if not all(fine):
            proof.faults.append(f"the right solution {variant.__name__!r} is refused.")
    for twin in exercise.twins:
        results = list(examinations_of_twin(twin.name))
        unknown = {out.message for found in results for out in found.outcomes
                   if out.error == "NameError"}
        refused = all(found.points < exercise.points for found in results)
        expected = {twin.name, *twin.same_as}
        named = all(set(found.mistakes) == expected for found in results)
        proof.refused += refused
        proof.named += named
        if not refused:
            proof.faults.append(f"the twin {twin.name!r} gets full points.")
        elif not named:
            names = sorted({", ".join(sorted(found.mistakes)) or "no mistake" for found in results
                            if set(found.mistakes) != expected})
            proof.faults.append(f"the twin {twin.name!r} is taken for {'; '.join(names)}.")
        proof.faults += [f"the twin {twin.name!r} is incomplete: {said}." for said in unknown]
        if twin.costs is not None and (
            not twin.costs or not set(twin.costs) <= set(exercise.aspects)
        ):
            proof.faults.append(f"the twin {twin.name!r} costs {twin.costs}, not an aspect.")
    return proof


def _unmade(exercise):
    """What is wrong with mistakes that cannot even be made: their piece is no longer there."""
    for twin in exercise.twins:
        try:
            twin.function  # noqa: B018 - made when asked for
        except ValueError as error:
            yield str(error)


def _promised(trials):
    """Those in which the notebook promises a result: where an error is due, nothing else is."""
    return [trial for trial in trials if trial.expected.kind == VALUE]


def prove_all(units, draws=DRAWS):
    """Proofs of all exercises of the units, in order."""
    return [prove(exercise, draws) for unit in units for exercise in unit.exercises]
