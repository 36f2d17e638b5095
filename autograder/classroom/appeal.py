"""Grade one submission again, beside its record, and show the instructor everything of it."""

import numpy as np

from autograder.classroom.book import Book
from autograder.classroom.course import course_of
from autograder.classroom.desk import Desk
from autograder.classroom.register import digest
from autograder.classroom.shelf import Shelf, timestamp_of
from autograder.classroom.stranger import stranger
from autograder.classroom.task import BY_NOTEBOOK, BY_STUDENT, Task


class CannotAppeal(ValueError):
    """There is nothing to grade again."""


def again(root, unit, student, db_url):
    """Grade a submission again, by the rule of its record; nothing is written.

    Returns
    -------
    graded : Graded
    record : dict or None
        Of the grading that counts.
    examinations : dict of str to Examination
        With hidden inputs, expected values and everything the student's code returned.

    Raises
    ------
    CannotAppeal
        If there is no submission that can be graded.
    NotReleased
        If the gradebook does not know the unit.
    """
    if said := stranger(root, (unit,), student):
        raise CannotAppeal(said)
    shelf = Shelf(root, unit)
    files, trouble = shelf.submission(student)
    if trouble:
        raise CannotAppeal(f"{student}, {unit.name}: {trouble}")
    course = course_of(root, unit, db_url)
    with Book(db_url, unit) as book:
        points, comments = book.by_hand()
        late = book.late(timestamp_of(files), book.students().get(student))
    desk, record = Desk(course), shelf.record(student)
    rule = record.get("rule", BY_STUDENT) if record else BY_NOTEBOOK
    graded = desk.grade(Task(student, files, digest(files), late, points.get(student, {}),
                             comments.get(student, {}), rule))
    if graded.trouble:
        raise CannotAppeal(f"{student}, {unit.name}: {graded.trouble}")
    return graded, record, desk.examinations()


def differences(record, graded):
    """What is not as the record says, in sentences; none if the grade is reproduced."""
    was, now = record["result"], graded["result"]
    for name, words in (
        ("submission", "the submission was changed since"),
        ("code", "the autograder is another one"),
        ("seed", "the course secret is another one"),
        ("versions", "another Python or other versions of its packages"),
        ("course", "the unit's cells, points or settings were changed"),
    ):
        if record[name] != graded[name]:
            yield words
            break
    for name in sorted(was["scores"].keys() | now["scores"].keys()):
        before, after = was["scores"].get(name), now["scores"].get(name)
        if before != after:
            yield f"{name}: {before} points before, {after} now"
    for name in sorted(was["exercises"].keys() | now["exercises"].keys()):
        if was["exercises"].get(name) != now["exercises"].get(name):
            yield f"{name}: the record of its cases differs"
    if was["repairs"] != now["repairs"]:
        yield "the repairs differ"


def lines_of(examination, wrong=False):
    """An examination for the instructor, case by case or wrong cases only, in lines of text."""
    exercise = examination.exercise
    yield (f"{exercise.id}: {examination.points:g} of {examination.maximum} points, "
           f"{examination.status}")
    for aspect in examination.aspects:
        yield (f"  {aspect.name}: {aspect.points:g} of {aspect.maximum}, "
               f"{aspect.passed} of {aspect.cases} cases")
    for name, aspects in examination.mistakes.items():
        where = f" in {', '.join(aspects)}" if aspects else ""
        yield f"  mistake{where}: {exercise.twin[name].says} [{name}]"
    for label, text in examination.notes:
        yield f"  {label}: {text}"
    trials = zip(examination.trials, examination.outcomes, examination.verdicts, strict=True)
    for number, (trial, outcome, verdict) in enumerate(trials, 1):
        if wrong and verdict.right:
            continue
        yield f"  case {number}, {trial.aspect}: {'right' if verdict.right else 'WRONG'}"
        yield f"    why       {trial.why}"
        arguments = [_short(value) for value in trial.args]
        arguments += [f"{name}={_short(value)}" for name, value in trial.kwargs.items()]
        if not exercise.answer:
            yield f"    call      {exercise.id}({', '.join(arguments)})"
        yield f"    expected  {_told(trial.expected, trial.part)}"
        yield f"    got       {_told(outcome, trial.part)}"


def _told(outcome, part):
    if outcome.kind == "value":
        value = outcome.value
        if part is not None:
            try:
                value = value[part]
            except (TypeError, KeyError, IndexError):
                return f"{_short(value)}, which has no {part!r}"
        changed = f"; changed {', '.join(outcome.changed)}" if outcome.changed else ""
        return _short(value) + changed
    if outcome.kind == "raised":
        return " ".join(f"{outcome.error}: {outcome.message} {outcome.line}".split())
    return "not attempted"


def _short(value, most=400):
    """A value with all its numbers, as far as they fit."""
    with np.printoptions(precision=6, threshold=200, linewidth=10**6, suppress=True):
        text = " ".join(repr(value).split())
    return text if len(text) <= most else f"{text[:most]} ... ({len(text)} characters)"
