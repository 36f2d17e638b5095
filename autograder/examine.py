"""Run an exercise's hidden battery through a caller and return what it is worth, and why."""

from dataclasses import asdict, dataclass
from functools import cache

from autograder.spec import Exercise
from course.outcome import UNATTEMPTED, call
from course.trial import Trial, explain


@dataclass(frozen=True)
class AspectResult:
    """How one aspect went."""

    name: str
    points: float
    maximum: int
    passed: int
    cases: int


@dataclass(frozen=True)
class Examination:
    """The result of one exercise of one student.

    Attributes
    ----------
    exercise : str
    points, maximum : float, int
    status : {"right", "partial", "wrong", "raised", "not attempted", "shortcut"}
    aspects : tuple of AspectResult
    mistakes : dict
        Named twins: ``{name: None or the aspects it explains}``.
    trials, outcomes, verdicts : tuple
        The battery in order, for reports and appeals; they hold hidden inputs.
    notes : tuple of (label, text)
        What else student and instructor should read: a shortcut, for instance.
    familiar : frozenset of str
        The lines at which visible cases raise: no others are told of hidden ones.
    """

    exercise: Exercise
    points: float
    status: str
    aspects: tuple[AspectResult, ...]
    mistakes: dict
    trials: tuple[Trial, ...]
    outcomes: tuple
    verdicts: tuple
    notes: tuple = ()
    familiar: frozenset = frozenset()

    @property
    def maximum(self):
        """The points to be had."""
        return self.exercise.points

    def record(self):
        """What may be shown and counted: no hidden input, no expected value."""
        return {
            "exercise": self.exercise.id,
            "points": self.points,
            "maximum": self.maximum,
            "status": self.status,
            "aspects": [asdict(aspect) for aspect in self.aspects],
            "mistakes": [
                {"name": name, "aspects": aspects and list(aspects)}
                for name, aspects in self.mistakes.items()
            ],
            "cases": [
                {"why": trial.why, "aspect": trial.aspect, "right": verdict.right,
                 "outcome": outcome.kind}
                for trial, outcome, verdict in zip(
                    self.trials, self.outcomes, self.verdicts, strict=True)
            ],
            **({"notes": [text for _, text in self.notes]} if self.notes else {}),
        }


def trials_of(exercise, cases):
    """Cases with the reference's outcomes, ready to be judged.

    Each case's arguments are handed on as they are: `call` works on copies.
    """
    reference = once_per_call(lambda args, kwargs: call(exercise.reference, args, kwargs))
    return tuple(
        Trial(
            why=case.why,
            aspect=case.aspect,
            args=case.args,
            kwargs=dict(case.kwargs),
            expected=reference(case.args, case.kwargs),
            compare=case.compare,
            part=case.part,
            mentions=case.mentions,
            mixes=case.mixes,
        )
        for case in cases
    )


def once_per_call(caller):
    """A caller that calls once where several cases judge parts of one and the same result.

    Such cases share their arguments: the very same tuple, not an equal one.
    """
    done = {}

    def calling(args, kwargs):
        key = (id(args), repr(kwargs))
        if key not in done:
            done[key] = args, caller(args, kwargs)  # keeping args keeps its id from being reused
        return done[key][1]

    return calling


def examine(exercise, caller, draw):
    """Examine one student's answer to one exercise.

    Parameters
    ----------
    exercise : Exercise
    caller : callable
        ``caller(args, kwargs) -> Outcome``: how the student's function is reached is its business.
    draw : Draw
        See `autograder.draw.draw`.

    Returns
    -------
    Examination
    """
    trials = trials_of(exercise, exercise.hidden(draw))
    calling = once_per_call(caller)
    outcomes = []
    for trial in trials:
        outcomes.append(calling(trial.args, trial.kwargs))
        if outcomes[0].kind == UNATTEMPTED and not exercise.answer:
            outcomes *= len(trials)  # a stub does not get better by being called again
            break
    return judge_battery(exercise, trials, tuple(outcomes))


def twin_outcomes(exercise, trials):
    """What each twin does on each trial, computed when asked for: ``f(name, index)``."""

    @cache
    def caller(name):
        function = exercise.twin[name].function
        return once_per_call(lambda args, kwargs: call(function, args, kwargs))

    return lambda name, index: caller(name)(trials[index].args, trials[index].kwargs)


def judge_battery(exercise, trials, outcomes, twin_outcome=None):
    """Turn the outcomes of a battery into points per aspect and named mistakes.

    Parameters
    ----------
    exercise : Exercise
    trials, outcomes : sequence
        In the same order.
    twin_outcome : callable, optional
        `twin_outcomes` of these trials, where several answers are judged by the same ones.
    """
    verdicts = tuple(t.judge(o) for t, o in zip(trials, outcomes, strict=True))
    attempted = any(outcome.kind != UNATTEMPTED for outcome in outcomes)
    mistakes = {}
    if attempted:
        twin_outcome = twin_outcome or twin_outcomes(exercise, trials)
        mistakes = explain(trials, outcomes, exercise.twin, twin_outcome)
    counted = _counted(trials, verdicts)
    failing = {t.aspect for t, v in counted if not v.right}
    spared = _spared(exercise, mistakes, failing)
    aspects = []
    for name, maximum in exercise.aspects.items():
        of_aspect = [v.right for t, v in counted if t.aspect == name]
        earned = bool(of_aspect) and (all(of_aspect) or name in spared)
        aspects.append(
            AspectResult(
                name, float(maximum if earned else 0), maximum, sum(of_aspect), len(of_aspect)
            )
        )
    points = float(sum(aspect.points for aspect in aspects))
    return Examination(
        exercise, points, _status(exercise, points, outcomes), tuple(aspects), mistakes,
        trials, outcomes, verdicts,
    )


def _counted(trials, verdicts):
    """Trials and verdicts that points depend on, in order.

    A wrong one that mixes aspects is left out where one of them is lost already: a mistake costs
    points once, however many settings it meets.
    """
    judged = list(zip(trials, verdicts, strict=True))
    lost = {trial.aspect for trial, verdict in judged if not trial.mixes and not verdict.right}
    counted = []
    for trial, verdict in judged:
        if trial.mixes and not verdict.right:
            if lost.intersection((trial.aspect, *trial.mixes)):
                continue
            lost.add(trial.aspect)
        counted.append((trial, verdict))
    return counted


def _spared(exercise, mistakes, failing):
    """Aspects that are earned although cases fail: a named mistake explains them, and costs others.

    A mistake is paid for only if all it costs is lost; then what else it explains is spared. If
    several twins explain an aspect, it is spared only if each of them would leave it.
    """
    spared, lost = set(), set()
    for name, aspects in mistakes.items():
        explained = failing if aspects is None else set(aspects)
        costs = exercise.twin[name].costs
        paid = costs is not None and set(costs) <= failing and set(costs) <= explained
        left = explained - set(costs) if paid else set()
        spared |= left
        lost |= explained - left
    return spared - lost


def _status(exercise, points, outcomes):
    if all(outcome.kind == UNATTEMPTED for outcome in outcomes):
        return "not attempted"
    if points >= exercise.points:
        return "right"
    if points > 0:
        return "partial"
    return "raised" if all(outcome.kind == "raised" for outcome in outcomes) else "wrong"
