"""Try a function on the visible cases and say what it does: the Report that `check` shows."""

import numpy as np

from course import cases, deadline, notebook
from course.borrowed import belongs, borrowed, described
from course.compare import shape_text
from course.feedback import Likely, Report, facts_of, likely_of
from course.outcome import RAISED, UNATTEMPTED, Outcome, call, raising_line, stub_left
from course.picture import failing_window, panels_of, sum_of
from course.policy import FLAG, shortcut_in
from course.trial import explain

UNKNOWN = (
    "No known mistake explains this. Work the case out on paper, then compare it with yours "
    "number by number."
)
ENDLESS = "it did not end"
NAME = "name-of-the-notebook"


def inspect_function(exercise, entry, function):
    """The Report on a function."""
    trials = cases.trials_of(entry)
    outcomes = []
    for trial in trials:
        late = bool(outcomes) and outcomes[-1].error == ENDLESS
        outcomes.append(outcomes[-1] if late else called(function, trial))
        if outcomes[-1].kind == UNATTEMPTED:
            left = stub_left(function)
            headline = f"not attempted yet: {left}." if left else "not attempted yet."
            return Report(exercise, headline, "not attempted")
    verdicts = [trial.judge(out) for trial, out in zip(trials, outcomes, strict=True)]
    failing = [i for i, verdict in enumerate(verdicts) if not verdict.right]
    passed = f"{len(trials) - len(failing)} of {len(trials)} visible cases pass."
    given = [dict(cases.arguments(entry["parameters"], trial)) for trial in trials]
    names = _borrowed(function, trials, outcomes)
    if not failing:
        return _right(exercise, function, passed, outcomes[0], names)
    index = failing[0]
    trial, outcome, verdict = trials[index], outcomes[index], verdicts[index]
    if outcome.error == ENDLESS:
        return _endless(exercise, trial, outcome, passed, index)
    found = explain(trials, outcomes, entry["twins"], cases.twins_of(entry, trials))
    likely = likely_of(entry["twins"], found)
    if names:
        meant = _meant(names, function, trials, given)
        likely = _of_names(names, meant) if meant else tuple(
            one for one in likely if not one.scope)  # what explains a part may be chance
    window, place = failing_window(entry.get("window"), given[index], verdict)
    facts = list(facts_of(verdict, reveal=True))
    facts = [(label, text) for label, text in facts
             if not text.endswith(", as expected") and not (label == "often" and likely)]
    if names and not any(one.name == NAME for one in likely):
        facts.append(("names", _says(names)))
    if window is not None:
        facts.append(("window", sum_of(window, place, verdict)))
    shortcut, policy = shortcut_in(exercise)
    if shortcut is not None:
        facts.append(("review" if policy == FLAG else "shortcut", shortcut))
    facts += [("printed", outcome.printed)] * bool(outcome.printed)
    facts.append(("call", call_text(exercise, given[index])))
    facts.append(("try", case_line(exercise, index)))
    raised = outcome.kind == RAISED
    return Report(
        exercise,
        f"raised {outcome.error} on {trial.why}. {passed}" if raised
        else f"wrong on {trial.why}. {passed}",
        "raised" if raised else "wrong",
        tuple(facts),
        likely,
        hint=UNKNOWN if not likely and verdict.yours is not None else "",
        panels=panels_of(given[index].items(), verdict, window),
    )


def called(function, trial):
    """The outcome of one call that may never end."""
    try:
        with deadline.deadline():
            return call(function, trial.args, trial.kwargs)
    except deadline.TookTooLong as error:
        return Outcome(RAISED, error=ENDLESS, line=raising_line(error))


def _right(exercise, function, passed, outcome, names):
    """All visible cases pass; whether that is all there is to say."""
    facts = [("careful", f"{_says(names)}; other cases may need something else")] * bool(names)
    facts += [("printed", outcome.printed)] * bool(outcome.printed)
    shortcut, policy = shortcut_in(exercise)
    if shortcut is not None and policy != FLAG:
        return Report(
            exercise, "the numbers are right, but not yet by your own means.", "shortcut",
            (("shortcut", shortcut), *facts))
    if shortcut is not None:
        facts.insert(0, ("review", f"{shortcut}; a person will look at it"))
    home = notebook.home_of(function)
    facts += [("checked", f"`{exercise}` as cell [{home}] defines it")] * (home is not None)
    return Report(exercise, passed, "right", tuple(facts))


def _endless(exercise, trial, outcome, passed, index):
    facts = [("where", f"when it was ended it was in {outcome.line}")] if outcome.line else []
    return Report(
        exercise,
        f"did not end within {deadline.SECONDS:g} seconds on {trial.why}, and was ended.",
        "raised",
        (*facts, ("try", case_line(exercise, index))),
        hint="Which loop goes on for ever? Print what its condition looks at, and see whether it "
        "changes.",
    )


def _borrowed(function, trials, outcomes):
    """Values of the notebook that make a difference to what the function does."""
    names = borrowed(function)
    if not names:
        return {}
    space = function.__globals__
    kept = {}
    for name in names:
        value = space.pop(name)
        try:
            alike = all(trial.same(called(function, trial), out)
                        for trial, out in zip(trials, outcomes, strict=True)
                        if out.error != ENDLESS)
        finally:
            space[name] = value
        if not alike:
            kept[name] = value
    return kept


def _meant(names, function, trials, given):
    """Which arguments the names stand for; None, too, if trying that out takes too long."""
    def right(number):
        trial = trials[number]
        return trial.judge(call(function, trial.args, trial.kwargs)).right

    try:
        with deadline.deadline():
            return belongs(names, function, given, right)
    except deadline.TookTooLong:
        return None


def _says(names):
    listed = " and ".join(f"`{name}` ({described(value)})" for name, value in names.items())
    return f"reads {listed} from the notebook, not from its arguments"


def _of_names(names, meant):
    pairs = " and ".join(f"the notebook's `{name}` where `{argument}` belongs"
                         for name, argument in meant.items())
    one = next(iter(names.items()))
    return (Likely(
        f"Your function reads {pairs}.", NAME,
        f"In the notebook `{one[0]}` is {described(one[1])}, whatever the function is called "
        "with. Use nothing in it but its arguments.",
    ),)


def case_line(exercise, index):
    """What to type to have a case for oneself."""
    which = f", {index + 1}" if index else ""
    return (f'from course import case; given, expected = case("{exercise}"{which}); '
            f"{exercise}(**given)")


def call_text(exercise, given):
    """A call in words: arrays by their shapes."""
    words = []
    for name, value in given.items():
        shape = getattr(value, "shape", None)
        if shape is not None and len(shape):
            words.append(f"{name} of shape {shape_text(shape)}")
        elif isinstance(value, np.ndarray | list) and len(str(value)) > 60:
            words.append(f"{name} of {len(value)}")
        else:
            words.append(f"{name}={value if not callable(value) else value.probe}")
    return f"{exercise}({', '.join(words)})"
