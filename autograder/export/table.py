"""The grades as rows of text, in the layouts that LMSs import."""

import csv
import io

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(text):
    """Text that no spreadsheet takes for a formula.

    A name that begins with = + - or @ gets an apostrophe in front, as spreadsheets write text.
    """
    text = "" if text is None else str(text)
    return "'" + text if text.lstrip(" ").startswith(DANGEROUS) else text


def number(value):
    """A number as text, without digits that are only rounding."""
    return format(round(value, 4), ".10g")


def canvas(grades, missing=""):
    """Rows for Canvas' gradebook import.

    Canvas looks for a student by ID, its own number (``lms_user_id``), else by login, else by
    name; a column belongs to the assignment of its name, or makes one.
    """
    columns = [*grades.maxima]
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *map(cell, columns)]
    yield ["    Points Possible", "", "", "", "", *map(number, grades.maxima.values())]
    for student in grades.students:
        name = ", ".join(filter(None, (student.last_name, student.first_name))) or student.id
        # a login in Canvas' column of numbers would be read as number 0
        own = student.lms_user_id if student.lms_user_id.isdecimal() else ""
        yield [cell(name), own, "", cell(student.id), "", *_points(grades, student, missing)]


def moodle(grades, missing=""):
    """Rows for Moodle's grade import, which asks for the column to know the students by."""
    columns = ["First name", "Last name", "Username", "ID number", "Email address"]
    yield [*columns, *map(cell, grades.maxima)]
    for student in grades.students:
        person = (
            student.first_name, student.last_name, student.id, student.lms_user_id, student.email,
        )
        yield [*map(cell, person), *_points(grades, student, missing)]


def nbgrader(grades, missing=""):
    """Rows of `nbgrader export`, one for each assignment and student."""
    yield [
        "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
        "raw_score", "late_submission_penalty", "score", "max_score",
    ]
    for name, maximum in grades.maxima.items():
        for student in grades.students:
            grade = grades.given.get((student.id, name))
            numbers = [missing] * 3
            if grade:
                numbers = [number(x) for x in (grade.raw, grade.penalty, grade.total)]
            yield [
                cell(name), cell(grades.due[name]), cell(grade and grade.submitted),
                *map(cell, (student.id, student.last_name, student.first_name, student.email)),
                *numbers, number(maximum),
            ]


def text(rows):
    """Rows as comma-separated text."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def _points(grades, student, missing):
    for name in grades.maxima:
        grade = grades.given.get((student.id, name))
        yield number(grade.total) if grade else missing
