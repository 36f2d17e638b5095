"""`grade`: judge an answer by the hidden cases, in the notebook's own kernel."""

from contextlib import contextmanager
from pathlib import Path

from autograder.carry import carry
from autograder.disclosure import disclosed, raising, with_familiar_lines
from autograder.draw import draw
from autograder.examine import examine
from autograder.exercises import EXERCISES
from course.deputy import deputy
from course.feedback import Report, likely_of
from course.notebook import in_notebook
from course.outcome import RAISED, UNATTEMPTED, answered, call

RECORD = "application/vnd.cnn-by-hand.examination+json"
"""Mime type under which an examination's record is kept beside its feedback."""


EXAMINED = {}
"""What this process has examined: student -> exercise's id -> Examination."""


def grade(exercise, answer, student=None):
    """Judge an answer by the hidden cases, show feedback and return the points.

    Parameters
    ----------
    exercise : str
        The exercise's id.
    answer : callable, or the value of a hand-worked answer
    student : str, optional
        Whose answer it is. nbgrader runs a notebook in ``autograded/<student>/<unit>``, so by
        default the name of the folder above is taken.

    Returns
    -------
    float
        The points; as a test cell's last value nbgrader reads them as partial credit.
    """
    student = Path.cwd().parent.name if student is None else student
    examination = judged(EXERCISES[exercise], answer, student, EXAMINED.setdefault(student, {}))
    _show(examination)
    return examination.points


def judged(exercise, answer, student, examined):
    """Examine an answer that lives in this process, errors carried forward.

    Parameters
    ----------
    exercise : Exercise
    answer : callable, or the value of a hand-worked answer
    student : str
    examined : dict of str to Examination
        The student's earlier ones; this one is added.

    Returns
    -------
    Examination
    """
    caller = caller_of(exercise, answer)
    first = examine(exercise, caller, draw(exercise.id, student))

    def again(helpers):
        asked = set()
        with _deputed(getattr(answer, "__globals__", {}), helpers, asked):
            return examine(exercise, caller, draw(exercise.id, student)), asked

    found = carry(first, examined, again)
    examined[exercise.id] = with_familiar_lines(found, caller) if raising(found) else found
    return examined[exercise.id]


@contextmanager
def _deputed(namespace, helpers, asked):
    """Let these helpers answer in the namespace; ``asked`` grows as they are used."""
    def asking(name):
        def ask(args, kwargs):
            asked.add(name)
            return helpers[name](args, kwargs)

        return ask

    originals = {name: namespace[name] for name in helpers if callable(namespace.get(name))}
    try:
        for name, original in originals.items():
            namespace[name] = deputy(original, asking(name))
        yield
    finally:
        namespace.update(originals)


def caller_of(exercise, answer):
    """The caller that reaches an answer which lives in this process."""
    if exercise.answer:
        return lambda args, kwargs: answered(answer)
    return lambda args, kwargs: call(answer, args, kwargs)


def report_of(examination):
    """Feedback on an examination that gives no hidden input and no expected value away."""
    exercise = examination.exercise
    if examination.status == "not attempted":
        return Report(
            exercise.id, "not attempted yet.", "not attempted", tuple(examination.notes))
    passed = sum(verdict.right for verdict in examination.verdicts)
    headline = f"{examination.points:g} of {examination.maximum} points"
    headline += f", {passed} of {len(examination.verdicts)} cases."
    aspects = tuple(
        (a.name, a.points, a.maximum, a.passed, a.cases) for a in examination.aspects
    )
    if examination.status == "right":
        return Report(
            exercise.id, headline, "right", tuple(examination.notes), aspects=aspects
        )
    facts = list(examination.notes)
    failing = [i for i, verdict in enumerate(examination.verdicts) if not verdict.right]
    if failing:
        index = failing[0]
        outcome = examination.outcomes[index]
        if outcome.kind == UNATTEMPTED:
            facts.append(("case", "part of it is not attempted yet"))
        else:
            facts.append(("case", examination.trials[index].why))
            facts += disclosed(examination, index)
    words = {
        name: {"says": twin.says, "hint": twin.hint} for name, twin in exercise.twin.items()
    }
    return Report(
        exercise.id,
        headline,
        examination.status,
        tuple(facts),
        likely_of(words, examination.mistakes),
        hint="" if examination.mistakes or not failing
        or examination.outcomes[failing[0]].kind == RAISED
        else "No known mistake explains this. Try `check` and a small case on paper.",
        aspects=aspects,
    )


def bundle_of(examination):
    """What a notebook shows of an examination, by mime type."""
    report = report_of(examination)
    return {
        "text/plain": report.text(),
        "text/html": report.html(),
        RECORD: examination.record(),
    }


def outputs_of(examination):
    """The outputs that `grade` leaves in a test cell: the feedback, and the points as its value.

    Returns
    -------
    list of nbformat output nodes
    """
    return _outputs(bundle_of(examination), examination.points)


def unjudged(exercise):
    """What a test cell shows when its answer broke the judging itself."""
    words = f"{exercise.id}: needs attention: the answer could not be judged."
    record = {
        "exercise": exercise.id, "points": 0.0, "maximum": exercise.points,
        "status": "needs attention", "aspects": [], "mistakes": [],
    }
    return _outputs({"text/plain": words, RECORD: record}, 0.0)


def _outputs(bundle, points):
    from autograder.sandbox.outputs import node

    return [
        node("display_data", data=bundle, metadata={}),
        node("execute_result", data={"text/plain": repr(float(points))}, metadata={},
             execution_count=None),
    ]


def _show(examination):
    if not in_notebook():
        print(report_of(examination).text())
        return
    from IPython.display import display

    display(bundle_of(examination), raw=True)
