"""`check`: try a student's answer on the visible cases and say, at once, what went wrong."""

import os

from course import cases
from course.attempt import inspect_function
from course.feedback import Report
from course.notebook import in_notebook, stale
from course.paper import inspect_value


class Told(Exception):
    """Shown by its words alone, without a stack of ours."""

    def _render_traceback_(self):
        return [str(self)]


class NotAttempted(Told):
    """The exercise has not been started. Not a mistake."""


class CheckFailed(Told, AssertionError):
    """The answer is not right yet; the message says why."""


class Interrupted(Told, KeyboardInterrupt):
    """The student stopped it."""


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
        If the function still raises ``NotImplementedError``, or the answer is ``...``; in a
        notebook that is only said, and raised where nbgrader validates.
    CheckFailed
        If a case goes wrong; the mistake is named where it is known.
    KeyError
        If there is no such exercise.
    """
    execution = os.environ.get("NBGRADER_EXECUTION")
    if execution == "autograde":
        return  # the hidden cases follow in the same cell and say all there is to say
    try:
        report = inspect_answer(exercise, answer)
    except KeyboardInterrupt:
        raise Interrupted(f"{exercise}: you interrupted it.") from None
    if in_notebook() or report.status == "right":
        _show(report)
    if report.status == "right" or (
        report.status == "not attempted" and in_notebook() and execution is None
    ):
        return
    if report.status == "not attempted":
        raise NotAttempted(f"{exercise}: {report.headline}")
    if in_notebook():
        raise CheckFailed(f"{exercise}: {WORDS.get(report.status, 'not right yet')}; see above.")
    raise CheckFailed(report.text())


WORDS = {"shortcut": "not your own work yet", "raised": "it raised an error",
         "not checked": "not checked"}


def inspect_answer(exercise, answer):
    """The Report that `check` shows."""
    entry = cases.entry_of(exercise)
    old = stale(exercise, answer)
    if old is not None:
        return Report(
            exercise, f"cell [{old.cell}] {old.why}.", "not checked",
            hint=f"So `{exercise}` is still what an earlier cell made of it. Mend cell "
            f"[{old.cell}], run it, and then run this cell again.",
        )
    inspect = inspect_value if entry["answer"] else inspect_function
    return inspect(exercise, entry, answer)


def _show(report):
    if not in_notebook():
        print(report.text())
        return
    from IPython.display import display

    display({"text/plain": report.text(), "text/html": report.html()}, raw=True)
