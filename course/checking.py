"""`check`: try a student's answer on the visible cases and say, at once, what went wrong."""

import functools
import json
import os
from pathlib import Path

from course import compare, effects, feedback, plain, sealed
from course.outcome import RAISED, UNATTEMPTED, attempted, call, stub_left
from course.trial import Trial, explain

DATA = Path(__file__).with_name("data") / "visible"

COMPARISONS = compare.COMPARISONS | effects.COMPARISONS
"""All comparisons that a visible case in the student kit may name."""

UNKNOWN = (
    "No known mistake explains this. Work the case out on paper, then compare it with yours "
    "number by number."
)


class NotAttempted(Exception):
    """The exercise has not been started. Not a mistake."""

    def _render_traceback_(self):
        return [str(self)]


class CheckFailed(AssertionError):
    """The answer is not right yet; the message says why."""

    def _render_traceback_(self):
        return [str(self)]


def check(exercise, answer):
    """Try an answer on the visible cases of an exercise.

    Parameters
    ----------
    exercise : str
        The exercise's id, for instance ``"conv1d"``.
    answer : callable, or the value of a hand-worked answer

    Raises
    ------
    NotAttempted
        If the function still raises ``NotImplementedError``, or the answer is ``...``.
    CheckFailed
        If a case goes wrong; the mistake is named where it is known.
    KeyError
        If there is no such exercise.
    """
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        return  # the hidden cases follow in the same cell and say all there is to say
    report = inspect_answer(exercise, answer)
    if report.status == "right":
        _show(report)
        return
    if report.status == "not attempted":
        raise NotAttempted(f"{exercise}: {report.headline}")
    if in_notebook():
        _show(report)
        raise CheckFailed(f"{exercise}: {report.headline} See the lines above.")
    raise CheckFailed(report.text())


def inspect_answer(exercise, answer):
    """The Report that `check` shows."""
    entry = _entry(exercise)
    if entry["answer"]:
        return _inspect_value(exercise, entry, answer)
    return _inspect_function(exercise, entry, answer)


def _inspect_function(exercise, entry, function):
    trials, twins = _trials(entry)
    outcomes = []
    for trial in trials:
        outcomes.append(call(function, trial.args, trial.kwargs))
        if outcomes[-1].kind == UNATTEMPTED:
            left = stub_left(function)
            headline = f"not attempted yet: {left}." if left else "not attempted yet."
            return feedback.Report(exercise, headline, "not attempted")
    verdicts = [trial.judge(out) for trial, out in zip(trials, outcomes, strict=True)]
    failing = [i for i, verdict in enumerate(verdicts) if not verdict.right]
    if not failing:
        count = f"{len(trials)} of {len(trials)} visible cases pass."
        return feedback.Report(exercise, count, "right")
    index = failing[0]
    trial, verdict = trials[index], verdicts[index]
    found = explain(trials, outcomes, entry["twins"], lambda name, i: twins[i][name])
    facts = [("call", _call_text(exercise, entry["parameters"], trial))]
    facts += feedback.facts_of(verdict, reveal=True)
    return feedback.Report(
        exercise,
        f"wrong on {trial.why}." if outcomes[index].kind != RAISED
        else f"raised {outcomes[index].error} on {trial.why}.",
        "raised" if outcomes[index].kind == RAISED else "wrong",
        tuple(facts),
        likely_of(entry["twins"], found),
        hint=UNKNOWN if not found and verdict.yours is not None else "",
        panels=feedback.panels_of(_arguments(entry["parameters"], trial), verdict),
    )


def _inspect_value(exercise, entry, answer):
    if not attempted(answer):
        return feedback.Report(exercise, "not attempted yet.", "not attempted")
    if "parts" in entry:
        return _inspect_form(exercise, entry, answer)
    facts, found, wrong_parts, blank = [], {}, 0, 0
    for part, seals in entry["sealed"].items():
        value = answer if part == "" else answer.get(part) if hasattr(answer, "get") else None
        if not attempted(value):
            blank += 1
            continue
        digest = sealed.seal(value, f"{exercise}/{part}")
        if digest == seals["right"]:
            continue
        wrong_parts += 1
        form = _form_fact(entry["form"], seals, value, f"{exercise}/{part}")
        facts.append(("answer", f"{part!r} is not right yet" if part else form))
        for name in seals["twins"].get(digest, ()):
            found[name] = (*found.get(name, ()), part) if part else None
    total = len(entry["sealed"])
    if blank == total:
        return feedback.Report(exercise, "not attempted yet.", "not attempted")
    if not wrong_parts and not blank:
        return feedback.Report(exercise, "this is the answer.", "right")
    if blank:
        facts.append(("answer", f"{blank} of {total} not answered yet"))
    return feedback.Report(
        exercise,
        "not right yet." if total == 1 else f"{total - wrong_parts - blank} of {total} are right.",
        "wrong",
        tuple(facts),
        likely_of(entry["twins"], found),
        hint="" if found else "Go through it once more, slowly, one step at a time.",
    )


def _inspect_form(exercise, entry, answer):
    if not hasattr(answer, "get"):
        return feedback.Report(exercise, f"expected {entry['form']}.", "wrong")
    parts = entry["parts"]
    blank = [key for key in parts if not attempted(answer.get(key))]
    if len(blank) == len(parts):
        return feedback.Report(exercise, "not attempted yet.", "not attempted")
    if blank:
        return feedback.Report(
            exercise, f"{len(blank)} of {len(parts)} not answered yet.", "wrong",
            tuple(("answer", f"{key!r} is not answered yet") for key in blank),
        )
    return feedback.Report(
        exercise, f"all {len(parts)} answered; they are judged when the notebook is graded.",
        "right",
    )


def _form_fact(form, seals, value, salt):
    array, shape = compare.as_array(value), seals["shape"]
    if isinstance(array, compare.Verdict) or shape is None:
        return "not right yet" if shape is None and isinstance(value, str) else f"expected {form}"
    if list(array.shape) == shape == []:
        return "the form is right, the value is not yet"
    if list(array.shape) == shape:
        pairs = zip(sealed.each_sealed(array, salt), seals["numbers"], strict=True)
        right = sum(mine == due for mine, due in pairs)
        return f"the form is right; {right} of {array.size} numbers are"
    return f"yours has the shape {array.shape}; expected {form}"


def likely_of(twins, found):
    """Named mistakes as feedback; ``twins`` maps a name to its words."""
    return tuple(
        feedback.Likely(twins[name]["says"], name, twins[name]["hint"], ", ".join(aspects or ()))
        for name, aspects in found.items()
    )


def _trials(entry):
    trials, twins = [], []
    for case in entry["cases"]:
        trials.append(
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
        )
        stored = {name: plain.outcome_from_plain(data) for name, data in case["twins"].items()}
        twins.append({name: stored.get(name, trials[-1].expected) for name in entry["twins"]})
    return trials, twins


def _arguments(parameters, trial):
    return [*zip(parameters, trial.args, strict=False), *trial.kwargs.items()]


def _call_text(exercise, parameters, trial):
    words = []
    for name, value in _arguments(parameters, trial):
        shape = getattr(value, "shape", None)
        if shape is not None and len(shape):
            words.append(f"{name} of shape {tuple(shape)}")
        else:
            words.append(f"{name}={value if not callable(value) else value.probe}")
    return f"{exercise}({', '.join(words)})"


@functools.cache
def _unit_files():
    return {
        name: data
        for path in sorted(DATA.glob("*.json"))
        for name, data in json.loads(path.read_text(encoding="utf-8")).items()
    }


def _entry(exercise):
    entries = _unit_files()
    if exercise not in entries:
        raise KeyError(f"There is no exercise {exercise!r}; there are: {', '.join(entries)}.")
    return entries[exercise]


def in_notebook():
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    return get_ipython() is not None


def _show(report):
    if not in_notebook():
        print(report.text())
        return
    from IPython.display import display

    display({"text/plain": report.text(), "text/html": report.html()}, raw=True)
