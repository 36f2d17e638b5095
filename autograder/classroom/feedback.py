"""The command `autograder feedback`."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import SQLAlchemyError

from autograder.agreement import Disagreement
from autograder.classroom.command import Db, Root, UnitName, _db, _say, _units
from autograder.classroom.course import NotReleased
from autograder.classroom.pages import write_pages
from autograder.classroom.shelf import Busy


def feedback(
    unit: UnitName,
    student: Annotated[
        list[str] | None, typer.Option(help="Only this student; may be repeated.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes on this machine; one per core by default.")
    ] = None,
    root: Root = Path("."),
    db: Db = None,
):
    """Write the feedback pages again, with what was graded by hand since; no grade changes.

    Ends with 0, 1 if a page could not be made or there is none to be made, 2 if it could not run.
    """
    root, made, failed = root.resolve(), 0, 0
    db_url = _db(root, db)
    chosen = _units(unit, root, db_url)
    try:
        for one in chosen:
            for path, trouble in write_pages(root, one, db_url, tuple(student or ()), jobs):
                made, failed = made + (not trouble), failed + bool(trouble)
                if trouble:
                    _say(f"{path.relative_to(root)}: {trouble}")
    except (NotReleased, Disagreement, Busy, OSError, SQLAlchemyError) as error:
        _say(str(error).splitlines()[0])
        raise typer.Exit(2) from None
    if not made + failed:
        _say(f"There is no graded notebook for it: run `autograder grade {unit}` first.")
    print(f"{made} pages written in feedback/")
    raise typer.Exit(0 if made and not failed else 1)
