"""Grade one class by nbgrader as it comes and by ours, submission by submission, on one core."""

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rich import box
from rich.table import Table

from autograder import notebooks
from autograder.bench.classroom import Submission, submissions
from autograder.bench.floor import Floor
from autograder.bench.sides import STOCK, Ours, Stock
from autograder.draw import ENVIRONMENT
from autograder.gradebook import copy_settings
from autograder.release import build, environment

FIGURES = {
    "all": "every figure rendered on both sides",
    "manual": "ours with its default, only figures that a person looks at",
}


@dataclass(frozen=True)
class Line:
    """One submission, graded by everybody.

    Attributes
    ----------
    submission : Submission
    seconds : dict
        What each side's ``grade`` says: nbgrader's, and ours for each setting of the figures.
    floor : dict
        Seconds of a bare fork that runs the same cells.
    """

    submission: Submission
    seconds: dict
    floor: dict

    def __str__(self):
        taken = (f"{name} {1000 * part['all']:.0f} ms" for name, part in self.seconds.items())
        of = self.submission
        return f"{of.unit.name}, {of.student.name} ({of.kind}): {', '.join(taken)}"


def run(units, count, root, folder, figures=tuple(FIGURES), progress=lambda line: None):
    """Grade the class.

    Parameters
    ----------
    units : sequence of Unit
    count : int
        Submissions in all.
    root, folder : Path
        The repository, and a folder that is made anew.
    figures : sequence of str
        Settings of `SandboxExecute.figures`.
    progress : callable
        Told each line.

    Returns
    -------
    lines : list of Line
    differences : list of str
        Scores that are not the same on both sides.
    """
    if folder.exists():
        shutil.rmtree(folder)
    template = folder / "template"
    template.mkdir(parents=True)
    for unit in units:
        target = notebooks.source_path(template, unit)
        target.parent.mkdir(parents=True)
        shutil.copy(notebooks.source_path(root, unit), target)
    copy_settings(root, template)
    build(units, template)
    lines = []
    with _settled(folder), Floor() as floor:
        sides = {STOCK: Stock(template, folder / STOCK)}
        sides |= {name: Ours(template, folder / f"figures-{name}", name) for name in figures}
        wanted = submissions(units, count, template)
        for submission in {one.unit.name: one for one in reversed(wanted)}.values():
            student = replace(submission.student, name="warm-up")
            _graded(replace(submission, student=student), sides, floor, backwards=False)
        for number, submission in enumerate(wanted):
            lines.append(_graded(submission, sides, floor, backwards=number % 2 == 0))
            progress(lines[-1])
    return lines, differences(sides, units)


def _graded(submission, sides, floor, backwards):
    names = list(reversed(sides)) if backwards else list(sides)
    taken = {name: sides[name].grade(submission) for name in names}
    path = sides[STOCK].graded_path(submission)
    cells = [cell.source for cell in notebooks.read(path).cells if cell.cell_type == "code"]
    ours = [name for name in sides if name != STOCK]
    return Line(
        submission,
        taken,
        {name: floor.seconds(cells, path.parent, name == "all") for name in ours},
    )


def differences(sides, units):
    """Where our sides score otherwise than nbgrader's."""
    found = []
    for unit in units:
        stock = sides[STOCK].scores(unit)
        for name in sides:
            ours = sides[name].scores(unit)
            for student, due in stock.items():
                given = ours.get(student, {})
                found += [
                    f"{unit.name}, {student}, {cell}: nbgrader {due.get(cell)}, ours "
                    f"{given.get(cell)} (figures {name})"
                    for cell in sorted(due.keys() | given.keys())
                    if due.get(cell) != given.get(cell)
                ]
    return found


def table_of(lines, figures):
    """Milliseconds per submission for one setting of the figures.

    Parameters
    ----------
    lines : sequence of Line
    figures : str

    Returns
    -------
    rich.table.Table
    """
    table = Table(title=f"Milliseconds per submission; {FIGURES[figures]}", box=box.SIMPLE_HEAD,
                  pad_edge=False, padding=0, title_justify="left")
    table.add_column("unit", no_wrap=True)
    for heading in ("nbgrader", "ours", "times\nfaster", "student\ncode", "judge", "rest",
                    "write", "page", "floor", "ours /\nfloor"):
        table.add_column(heading, justify="right", no_wrap=True)
    units = list(dict.fromkeys(line.submission.unit.name for line in lines))
    for unit in units:
        of_unit = [line for line in lines if line.submission.unit.name == unit]
        table.add_row(unit, *_numbers(of_unit, figures), end_section=unit == units[-1])
    table.add_row("total", *_numbers(lines, figures), style="bold")
    return table


def _numbers(lines, figures):
    def mean(values):
        return 1000 * sum(values) / len(lines)

    stock = mean(line.seconds[STOCK]["all"] for line in lines)
    ours, execute, student, write, page = (
        mean(line.seconds[figures][part] for line in lines)
        for part in ("all", "execute", "student", "write", "page")
    )
    floor = mean(line.floor[figures] for line in lines)
    return (f"{stock:.0f}", f"{ours:.0f}", f"{stock / ours:.1f}",
            f"{student / ours:.0%}", f"{(execute - student) / ours:.0%}",
            f"{(ours - execute - write) / ours:.0%}", f"{write:.1f}", f"{page:.0f}", f"{floor:.0f}",
            f"{ours / floor:.2f}")


@contextmanager
def _settled(folder):
    """One core, nbgrader's commands on the path, and a course secret of the bench's own."""
    secret = folder / "course-secret"
    secret.write_text("the bench is the same every time\n")
    before = dict(os.environ)
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    os.environ.update(environment())
    os.environ[ENVIRONMENT] = str(secret)
    try:
        if cores:
            _stay_on({max(cores)})
        yield
    finally:
        if cores:
            _stay_on(cores)
        os.environ.clear()
        os.environ.update(before)


def _stay_on(cores):
    """Keep all threads of this process, and so its later children, on these cores."""
    for thread in Path("/proc/self/task").iterdir():
        os.sched_setaffinity(int(thread.name), cores)
