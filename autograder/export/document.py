"""The grades as one JSON document, with the mistakes that were named."""

import json

from autograder import gradebook
from autograder.units import units_of


def document(grades, root, missing="", db=None):
    """Everything about a class that a program may want to know, as JSON text.

    A student's ``units`` hold null where there is no grade.

    Parameters
    ----------
    grades : autograder.export.grades.Grades
    root : Path
        The course folder, whose ``autograded/`` has the named mistakes.
    missing : str
        "0" gives whoever has no grade a total of 0.
    db : str, optional
        The gradebook's URL.
    """
    units = {unit.name: unit for unit in units_of(root, db)}
    students = []
    for student in grades.students:
        own = {}
        for name, maximum in grades.maxima.items():
            grade = grades.given.get((student.id, name))
            if grade:
                own[name] = _grade(grade) | {
                    "mistakes": _mistakes(root, units.get(name), student.id)
                }
            else:
                own[name] = {"total": 0, "max": maximum} if missing == "0" else None
        students.append(vars(student) | {"units": own})
    assignments = [
        {"name": name, "max": maximum, "due": _time(grades.due[name])}
        for name, maximum in grades.maxima.items()
    ]
    return json.dumps(
        {"units": assignments, "students": students}, ensure_ascii=False, indent=1,
    ) + "\n"


def _grade(grade):
    return {
        "total": grade.total, "max": grade.maximum, "late_penalty": grade.penalty,
        "needs_manual_grade": grade.waiting, "submitted": _time(grade.submitted),
        "exercises": {
            name: {"points": points, "max": maximum, "needs_manual_grade": waiting}
            for name, (points, maximum, waiting) in sorted(grade.points.items())
        },
    }


def _mistakes(root, unit, student):
    """``[{"exercise": ..., "name": ...}]`` from the autograded notebook, if it can be read."""
    try:
        records = gradebook.records(root, unit, student) if unit else {}
    except (OSError, ValueError):
        return []
    return [
        {"exercise": exercise, "name": mistake["name"]}
        for exercise, record in records.items() for mistake in record["mistakes"]
    ]


def _time(time):
    return f"{time:%Y-%m-%dT%H:%M:%SZ}" if time else None
