"""The commands `autograder grade`, `regrade` and `explain`."""

import json
import os
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from autograder.agreement import Disagreement
from autograder.classroom import appeal, rehearse
from autograder.classroom.course import NotReleased
from autograder.classroom.record import same
from autograder.classroom.result import ATTENTION
from autograder.classroom.run import Class, Stopped
from autograder.classroom.shelf import Busy
from autograder.classroom.stranger import stranger
from autograder.ending import heeded
from autograder.extras import need
from autograder.gradebook import url_of
from autograder.release import environment
from autograder.sandbox import SandboxUnavailable
from autograder.settings import CONFIG, Refused
from autograder.units import unit_of, units_of

STATES = ("full", "partial", ATTENTION, "as before")
INTERRUPTED = 130
REDRAWN = 0.1
"""Seconds after which the bar is drawn again: drawing takes as long as some results do."""

Root = Annotated[Path, typer.Option(help="The course folder; by default this one.")]
Db = Annotated[str | None, typer.Option(
    help="The gradebook's URL, sqlite:///... or postgresql://...; the configured one by default.")]
UnitName = Annotated[str, typer.Argument(help="The unit, for instance 01_conv1d.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, not a table.")]


def grade(
    unit: Annotated[str, typer.Argument(help="The unit, for instance 01_conv1d; or all.")],
    student: Annotated[
        list[str] | None, typer.Option(help="Only this student; may be repeated.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes on this machine; one per core by default.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="A Dask scheduler, tcp://...; or local for one made here.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Grade again what is graded.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what is to do; stop.")] = False,
    diff: Annotated[bool, typer.Option(
        "--diff", help="With --dry-run: grade, and say who would change by how many points.")
    ] = False,
    root: Root = Path("."),
    db: Db = None,
    as_json: AsJson = False,
):
    """Grade all new and changed submissions and write their feedback pages.

    What is written is complete: a run that was stopped, in whatever way, goes on when the command
    is given again. Ends with 0 if all are graded, 1 if some need attention or were asked for and
    handed nothing in, 2 if it could not run.
    """
    if diff and not dry_run:
        raise typer.BadParameter("--diff goes with --dry-run: it writes nothing")
    if scheduler:
        need("distributed", "--scheduler")
    chosen, root = tuple(student or ()), root.resolve()
    db_url = _db(root, db)
    lesson = (rehearse.Rehearsal if diff else Class)(
        root, _units(unit, root, db_url), db_url, chosen, force)
    absent = [said for name in chosen if (said := stranger(root, lesson.units, name))]
    for sentence in absent:
        _say(sentence)
    if absent and len(absent) == len(chosen):
        raise typer.Exit(2)
    console, results, started = Console(), [], time.monotonic()
    try:
        if dry_run and not diff:
            results = lesson.look()
        else:
            with heeded():
                _watch(lesson.grade(jobs=jobs, scheduler=scheduler), results)
    except (Stopped, NotReleased, Disagreement, Refused, Busy, OSError) as error:
        _say(error)
        raise typer.Exit(2) from None
    except KeyboardInterrupt as error:
        _say(f"Stopped. {_done(results)} of the submissions are graded, and complete; the same "
             "command goes on with the rest.")
        raise typer.Exit(getattr(error, "code", INTERRUPTED)) from None
    changes = [one for one in results if isinstance(one, rehearse.Change)]
    results = [one for one in results if one not in changes]
    if diff:
        rehearse.show(console, changes, as_json)
    elif as_json:
        typer.echo(json.dumps([asdict(result) for result in results], indent=1))
    else:
        console.print(_table(results, dry_run))
        if not dry_run:
            console.print(f"{_done(results)} graded in {time.monotonic() - started:.0f} s. "
                          "`autograder report` shows points and mistakes.")
    for result in results:
        if result.state == ATTENTION and not as_json:
            console.print(f"{result.unit}, {result.student}: {result.note}", style="red",
                          markup=False, soft_wrap=True)
    raise typer.Exit(1 if absent or any(r.state == ATTENTION for r in results) else 0)


def regrade(
    unit: UnitName,
    student: Annotated[str, typer.Option(help="The student.")],
    root: Root = Path("."),
    db: Db = None,
):
    """Grade one submission again and compare with its record; nothing is written.

    Ends with 0 if the grade is reproduced to the letter, 1 if not, 2 if it could not run.
    """
    graded, record, _ = _again(root, unit, student, db)
    if record is None:
        _say(f"{student} has no record for {unit}: run `autograder grade {unit}` first.")
        raise typer.Exit(2)
    if same(record, graded.record):
        print(f"{student}, {unit}: the same to the letter, as graded {record['graded']}.")
        return
    for sentence in appeal.differences(record, graded.record):
        print(f"{student}, {unit}: {sentence}")
    raise typer.Exit(1)


def explain(
    student: Annotated[str, typer.Argument(help="The student.")],
    unit: UnitName,
    exercise: Annotated[str | None, typer.Argument(help="Only this exercise.")] = None,
    wrong: Annotated[bool, typer.Option("--wrong", help="Only the cases that are wrong.")] = False,
    root: Root = Path("."),
    db: Db = None,
):
    """Show every case of a submission: hidden inputs, what was expected, what came back.

    For the instructor only: it gives the hidden cases away.
    """
    graded, record, examinations = _again(root, unit, student, db)
    if exercise is not None and exercise not in examinations:
        raise typer.BadParameter(f"there is no {exercise!r}; there are {', '.join(examinations)}")
    for name, examination in examinations.items():
        if exercise in (None, name):
            lines = (appeal.lines_of(examination, wrong) if examination
                     else [f"{name}: not judged"])
            print("\n".join(map(_plain, lines)), end="\n\n")
    for sentence in graded.record["result"]["repairs"]:
        print(_plain(f"notebook: {sentence}"))
    if record is not None and not same(record, graded.record):
        print("This is not what the record says; see `autograder regrade`.")


def _plain(line):
    """A line without signs that a terminal obeys: a student's message may hold any."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line)


def _again(root, unit, student, db):
    try:
        root, db_url = root.resolve(), _db(root, db)
        return appeal.again(root, _units(unit, root, db_url)[0], student, db_url)
    except (appeal.CannotAppeal, NotReleased, Disagreement, Refused, OSError,
            SQLAlchemyError, SandboxUnavailable) as error:
        _say(str(error).splitlines()[0])
        raise typer.Exit(2) from None


def _watch(progress, results):
    """Show how it goes, on a terminal; fill in the results."""
    total = next(progress)
    counts = Counter()
    with Progress(
        BarColumn(), TextColumn("{task.completed} of {task.total}"), TimeRemainingColumn(),
        TextColumn("{task.description}"), console=Console(stderr=True), transient=True,
        auto_refresh=False,  # a thread would be forked into the workers
    ) as bar:
        task, drawn = bar.add_task("", total=total), 0.0
        for result in progress:
            results.append(result)
            counts[getattr(result, "state", "compared")] += 1
            words = ", ".join(f"{counts[state]} {state}" for state in (*STATES, "compared")
                              if counts[state])
            bar.update(task, advance=1, description=words)
            if time.monotonic() - drawn > REDRAWN:
                bar.refresh()
                drawn = time.monotonic()


def _table(results, dry_run):
    """How many of each unit came out how."""
    states = ("to do", ATTENTION, "as before") if dry_run else STATES
    table = Table("unit", *states, *(() if dry_run else ("mean points", "s each")))
    for name in sorted({result.unit for result in results}):
        of_unit = [result for result in results if result.unit == name]
        counts = Counter(result.state for result in of_unit)
        row = [str(counts[state]) for state in states]
        graded = [result for result in of_unit if result.maximum]
        if not dry_run:
            mean = sum(result.points for result in graded) / len(graded) if graded else 0.0
            fresh = [result.seconds for result in of_unit if result.seconds]
            row += [f"{mean:.1f} of {graded[0].maximum:g}" if graded else "–",
                    f"{sum(fresh) / len(fresh):.2f}" if fresh else "–"]
        table.add_row(name, *row)
    return table


def _done(results):
    return sum(result.state in STATES[:2] or result.seconds > 0 for result in results)


def _units(names, root, db_url=None):
    """The assignments of this name, or of these; all for "all", or without a name."""
    names = [names] if isinstance(names, str) else names or ["all"]
    try:
        if "all" in names:
            return units_of(root, db_url)
        return tuple(unit_of(name, root, db_url) for name in names)
    except KeyError as error:
        raise typer.BadParameter(error.args[0]) from None
    except SQLAlchemyError as error:
        _say(f"The gradebook cannot be read: {str(error).splitlines()[0]}")
        raise typer.Exit(2) from None


def _db(root, given):
    """The gradebook's URL; see `autograder.gradebook.url_of`."""
    os.environ["PATH"] = environment()["PATH"]  # nbgrader calls `alembic` by its name
    root = root.resolve()
    if not given and not (root / CONFIG).exists():
        raise typer.BadParameter(f"{root.name} is no course folder: it has no {CONFIG}")
    return url_of(root, given)


def _say(sentence):
    Console(stderr=True).print(str(sentence), style="red", markup=False, soft_wrap=True)
