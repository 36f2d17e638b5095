"""The grades as rows of text, in the layouts that LMSs import."""

import csv
import io
import unicodedata

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
NO_GRADE = "-"
"""What Moodle's import takes for no grade, in a new column and in one that is there."""
KEYS = {
    "username": ("Username", "id"), "idnumber": ("ID number", "lms_user_id"),
    "email": ("Email address", "email"),
}
"""What Moodle can know a student by: ``{key: (heading, attribute)}``."""


def cell(text):
    """Text that no spreadsheet takes for a formula.

    A name that begins with = + - or @ gets an apostrophe in front, as spreadsheets write text;
    also if the sign is a full-width one, or stands behind blanks of any kind or behind signs that
    nobody sees.
    """
    text = "" if text is None else str(text)
    seen = text.lstrip(" ")
    while seen and seen[0] not in "\t\r\n" and unicodedata.category(seen[0])[0] in "ZC":
        seen = seen[1:]
    return "'" + text if unicodedata.normalize("NFKC", seen[:1]).startswith(DANGEROUS) else text


def number(value):
    """A number as text, without digits that are only rounding."""
    return format(round(value, 4), ".10g")


def canvas(grades, missing="", columns=None):
    """Rows for Canvas' gradebook import, of those who have a grade.

    Canvas looks for a student by ID, its own number (``lms_user_id``), else by login, else by
    name; a column belongs to the assignment of its name, or makes one. An empty cell takes a grade
    away that is there (``lib/gradebook_importer.rb``), so who has none has no row.
    """
    titles = [(columns or {}).get(name, name) for name in grades.maxima]
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *map(cell, titles)]
    yield ["    Points Possible", "", "", "", "", *map(number, grades.maxima.values())]
    for student in grades.students:
        if missing or _has_any(grades, student):
            name = ", ".join(filter(None, (student.last_name, student.first_name))) or student.id
            # a login in Canvas' column of numbers would be read as number 0
            own = student.lms_user_id if student.lms_user_id.isdecimal() else ""
            yield [cell(name), own, "", cell(student.id), "", *_points(grades, student, missing)]


def moodle(grades, missing="", columns=None, key="username", unknown=()):
    """Rows for Moodle's grade import, of those who have a grade and can be found.

    By ``grade/import/csv/classes/load_data.php`` a row without a key gives its grades to the
    student before, one user whom Moodle does not know ends the whole import, and an empty cell
    takes a grade away. So there is one column to know the students by, no row without it, and no
    row of those whose login was made up.
    """
    heading, attribute = KEYS[key]
    titles = [(columns or {}).get(name, name) for name in grades.maxima]
    yield [heading, "First name", "Last name", *map(cell, titles)]
    for student in grades.students:
        own = getattr(student, attribute)
        if own and student.id not in unknown and (missing or _has_any(grades, student)):
            # no apostrophe: it would be another user, and end the import
            yield [own, cell(student.first_name), cell(student.last_name),
                   *_points(grades, student, missing or NO_GRADE)]


def nbgrader(grades, missing="", columns=None):
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
                cell((columns or {}).get(name, name)),
                cell(grades.due[name]), cell(grade and grade.submitted),
                *map(cell, (student.id, student.last_name, student.first_name, student.email)),
                *numbers, number(maximum),
            ]


def text(rows):
    """Rows as comma-separated text."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def _has_any(grades, student):
    return any((student.id, name) in grades.given for name in grades.maxima)


def _points(grades, student, missing):
    for name in grades.maxima:
        grade = grades.given.get((student.id, name))
        yield number(grade.total) if grade else missing
