"""The command `autograder collect`."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table
from sqlalchemy.exc import SQLAlchemyError

from autograder.collect.place import NEW, OLDER, OTHER, REPLACED, SAME, UNSURE
from autograder.collect.run import CollectFailed
from autograder.collect.run import collect as collect_download
from autograder.units import unit_of

STATUSES = {
    NEW: "collected", SAME: "unchanged", REPLACED: "replaced", OLDER: "left", UNSURE: "left",
    OTHER: "left",
}
HEADINGS = ("student", "", "files", "time", "notes")


def collect(
    file: Annotated[Path, typer.Argument(help="The zip with all submissions, from the LMS.")],
    unit: Annotated[str, typer.Argument(help="The unit, for instance 01_conv1d.")],
    root: Annotated[Path, typer.Option(help="The course folder; by default this one.")] = Path("."),
    force: Annotated[
        bool, typer.Option("--force", help="Replace what is there, newer or not; it is kept.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done; change nothing.")
    ] = False,
    db: Annotated[
        str | None, typer.Option(help="The gradebook's URL; the configured one by default.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not a table.")] = False,
):
    """Place the submissions of an LMS's download in submitted/.

    Students are found in the gradebook and in students.csv (the columns of `nbgrader db student
    import`), by Canvas' number, by login or by name; others get an id made from their name, which
    is said, and needs attention if there is a class list. A submission
    that is there is replaced by a newer one only, and kept in collected/. Ends with 0 if all is
    well, 1 if something needs attention, 2 if nothing could be collected.
    """
    try:
        found = collect_download(
            file, _unit(unit, root, db), root, force=force, dry_run=dry_run, db=db,
        )
    except CollectFailed as error:
        Console(stderr=True).print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(2) from None
    attention = any(line.attention for line in found)
    if as_json:
        typer.echo(json.dumps(
            {"unit": unit, "dry_run": dry_run, "attention": attention,
             "lines": [line.as_dict() for line in found]},
            ensure_ascii=False, indent=1,
        ))
    else:
        show(found, Console(), dry_run)
    raise typer.Exit(1 if attention else 0)


def show(lines, console, dry_run):
    """Print a line per student, then what is nobody's."""
    table = Table(*(Column(name, overflow="fold") for name in HEADINGS), box=SIMPLE_HEAD,
                  pad_edge=False)
    for line in lines:
        notes = "\n".join(line.notes)
        table.add_row(
            *(escape(cell) for cell in (
                line.student or "–", STATUSES.get(line.status, line.status), "\n".join(line.files),
                line.time, notes,
            )),
            style="red" if line.attention else None,
        )
    console.print(table)
    students = sum(line.status != "" for line in lines)
    needed = sum(line.attention for line in lines)
    word = "would be " if dry_run else ""
    placed = sum(STATUSES.get(line.status) in ("collected", "replaced") for line in lines)
    console.print(
        f"{students} students; {placed} {word}placed; lines that need attention: {needed}."
    )


def _unit(name, root, db):
    try:
        return unit_of(name, root, db)
    except KeyError as error:
        raise typer.BadParameter(error.args[0]) from None
    except SQLAlchemyError as error:
        said = f"The gradebook cannot be read: {str(error).splitlines()[0]}"
        Console(stderr=True).print(said, style="red", markup=False, soft_wrap=True)
        raise typer.Exit(2) from None
