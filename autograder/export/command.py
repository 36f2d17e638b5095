"""The command `autograder export`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from autograder.collect.place import made_ids
from autograder.export import table
from autograder.export.document import document
from autograder.export.grades import ExportFailed, open_gradebook, read
from autograder.export.write import write


class Layout(StrEnum):
    """Whom the file is for."""

    NBGRADER = "nbgrader"
    CANVAS = "canvas"
    MOODLE = "moodle"
    JSON = "json"


class Key(StrEnum):
    """What Moodle knows a student by."""

    USERNAME = "username"
    IDNUMBER = "idnumber"
    EMAIL = "email"


ROWS = {Layout.NBGRADER: table.nbgrader, Layout.CANVAS: table.canvas}


def export(
    to: Annotated[Layout, typer.Option(help="The layout.")],
    out: Annotated[Path, typer.Option(help="The file to write; replaced as a whole.")],
    units: Annotated[
        list[str] | None, typer.Argument(help="Units, for instance 01_conv1d; all if not given.")
    ] = None,
    root: Annotated[Path, typer.Option(help="The course folder; by default this one.")] = Path("."),
    db: Annotated[
        str | None, typer.Option(help="The gradebook's URL; the configured one by default.")
    ] = None,
    missing: Annotated[
        str, typer.Option(help="0 gives 0 points where there is no grade; empty if not given.")
    ] = "",
    column: Annotated[
        list[str] | None,
        typer.Option(help="A unit's heading, 01_conv1d='Unit 1 (123)'; may be repeated."),
    ] = None,
    key: Annotated[
        Key, typer.Option(help="For Moodle: what it knows a student by.")
    ] = Key.USERNAME,
):
    """Write the grades for an LMS, late penalties taken off.

    Everybody in the gradebook or in submitted/ has a row, with an empty cell where there is no
    grade; but not for Moodle and Canvas, which would take a grade away that they have. What is
    still to be done by hand and who is left out is said.
    """
    headings = _headings(column or ())
    if missing not in ("", "0"):
        raise typer.BadParameter(f"--missing must be 0 or not given (got {missing!r})")
    errors = Console(stderr=True)
    try:
        with open_gradebook(root, db) as book:
            grades = read(book, units or (), root)
        if wrong := sorted(headings.keys() - grades.maxima.keys()):
            raise ExportFailed(f"--column names {wrong[0]!r}, which is not exported; these are: "
                               f"{', '.join(grades.maxima)}.")
        made = made_ids(root)
        if to is Layout.JSON:
            text = document(grades, root, missing, db)
        elif to is Layout.MOODLE:
            text = table.text(table.moodle(grades, missing, headings, key, made))
        else:
            text = table.text(ROWS[to](grades, missing, headings))
        write(out, text)
    except ExportFailed as error:
        errors.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(2) from None
    for sentence in (*remarks(grades, root, to), *left_out(grades, to, missing, key, made)):
        errors.print(sentence, markup=False, soft_wrap=True)
    typer.echo(f"wrote {out}: {len(grades.students)} students, {', '.join(grades.maxima)}")


def remarks(grades, root, to):
    """What the instructor should know before the grades are handed on, in sentences."""
    for name in grades.maxima:
        waiting = sum(grade.waiting for (_, unit), grade in grades.given.items() if unit == name)
        if waiting:
            who = "1 submission waits" if waiting == 1 else f"{waiting} submissions wait"
            yield f"{name}: {who} for manual grading; points are those so far."
        failed = {student for student, unit in grades.ungraded if unit == name}
        failed |= {
            student.id for student in grades.students
            if (student.id, name) not in grades.given
            and Path(root, "submitted", student.id, name).is_dir()
        }
        if failed:
            yield f"{name}: handed in and not graded: {', '.join(sorted(failed))}."
    without = [one.id for one in grades.students if not one.lms_user_id and _has_any(grades, one)]
    if without and to is Layout.CANVAS:
        who = "1 student has" if len(without) == 1 else f"{len(without)} students have"
        yield f"{who} no lms_user_id in the gradebook; they can be found by login only."


def left_out(grades, to, missing, key, made):
    """Who has no row for an LMS, and whose row takes something away, in sentences.

    Parameters
    ----------
    grades : autograder.export.grades.Grades
    to : Layout
    missing : str
    key : Key
    made : collection of str
        Ids that were made from the LMS's names.
    """
    if to not in (Layout.CANVAS, Layout.MOODLE):
        return
    graded = [one for one in grades.students if missing or _has_any(grades, one)]
    if len(graded) < len(grades.students):
        none = [one.id for one in grades.students if one not in graded]
        yield f"No row, because no grade: {', '.join(none)}."
    if to is Layout.MOODLE:
        guessed = [one.id for one in graded if one.id in made]
        if guessed:
            yield (f"No row, because the id was made from a name and one user whom Moodle does not "
                   f"know ends its import: {', '.join(guessed)}. Enter them by hand.")
        heading, field = table.KEYS[key]
        blank = [one.id for one in graded if not getattr(one, field) and one.id not in made]
        if blank:
            yield f"No row, because there is no {heading} ({field}): {', '.join(blank)}."
        yield f"In Moodle's import, let {heading} map to {heading}."
    partly = [one.id for one in graded if not missing
              and any((one.id, name) not in grades.given for name in grades.maxima)]
    if partly:
        yield (f"A grade in some of these units only: {', '.join(partly)}. The import takes away "
               "what the LMS has in the others; export one unit at a time to leave it there.")


def _has_any(grades, student):
    return any((student.id, name) in grades.given for name in grades.maxima)


def _headings(given):
    """``{unit: heading}`` of what was given as ``unit=heading``."""
    for text in given:
        if not all(text.partition("=")[::2]):
            raise typer.BadParameter(f"--column must be unit=heading (got {text!r})")
    return {text.partition("=")[0]: text.partition("=")[2] for text in given}
