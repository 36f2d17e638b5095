"""The command `autograder export`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

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


ROWS = {
    Layout.NBGRADER: table.nbgrader, Layout.CANVAS: table.canvas, Layout.MOODLE: table.moodle,
}


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
):
    """Write the grades for an LMS, late penalties taken off.

    Everybody in the gradebook or in submitted/ has a row, with an empty cell where there is no
    grade. What is still to be done by hand is said.
    """
    if missing not in ("", "0"):
        raise typer.BadParameter(f"--missing must be 0 or not given (got {missing!r})")
    errors = Console(stderr=True)
    try:
        with open_gradebook(root, db) as book:
            grades = read(book, units or (), root)
        if to is Layout.JSON:
            text = document(grades, root, missing)
        else:
            text = table.text(ROWS[to](grades, missing))
        write(out, text)
    except ExportFailed as error:
        errors.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(2) from None
    for sentence in remarks(grades, root, to):
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
    by, field = {
        Layout.CANVAS: ("login", "lms_user_id"), Layout.MOODLE: ("user name", "email"),
    }.get(to, ("", ""))
    without = [student.id for student in grades.students if field and not getattr(student, field)]
    if without:
        who = "1 student has" if len(without) == 1 else f"{len(without)} students have"
        yield (f"{who} no {field} in the gradebook; "
               f"they can be found by {by} only.")
