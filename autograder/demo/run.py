"""The main job on a made-up class, with the commands that an instructor types."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from autograder.demo.classroom import CORRUPT, hand_in, students
from autograder.exercises import UNITS
from autograder.gradebook import copy_settings, maxima
from autograder.release import environment
from autograder.report import class_lines, class_table


class DemoFailed(RuntimeError):
    """A submission that should have been graded was not."""


def run(units, root, folder, console):
    """Build the release, hand in, grade, write feedback, print the results.

    Parameters
    ----------
    units : sequence of Unit
    root : Path
        The repository.
    folder : Path
        The demo's own course folder, made anew: the instructor's gradebook is left alone.
    console : rich.console.Console

    Raises
    ------
    DemoFailed
        If any readable submission has no grade.
    """
    started = time.monotonic()
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    shutil.copytree(
        root / "source", folder / "source", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    copy_settings(root, folder)
    _command(console, folder, "release", *(unit.name for unit in units))
    people = students()
    console.print(f"{len(people)} students hand in:")
    for student in people:
        console.print(f"  [bold]{student.name:<8}[/bold] {student.about}")
        for unit in units:
            if student.hands_in(unit):
                hand_in(student, unit, folder)
    for name in ["all"] if len(units) == len(UNITS) else [unit.name for unit in units]:
        _command(console, folder, "grade", name, accepted=(0, 1))  # 1: some need attention
    console.print()
    for unit in units:
        lines = class_lines(folder, unit)
        console.print(class_table(unit, lines, maxima(folder, unit)))
        _require_grades(unit, lines, people)
    pages = sorted((folder / "feedback").glob("*/*/*.html"))
    console.print(f"{len(pages)} feedback pages, for instance {_relative(pages[0], root)}")
    console.print(f"Graded class and gradebook: {_relative(folder, root)}/")
    console.print(f"Done in {time.monotonic() - started:.0f} s.")


def _command(console, folder, *words, accepted=(0,)):
    console.print(f"[dim]$ autograder {' '.join(words)}[/dim]")
    done = subprocess.run(
        [sys.executable, "-m", "autograder", *words], cwd=folder, env=environment(),
        capture_output=True, text=True, check=False,
    )
    if done.returncode not in accepted:
        printed = (done.stdout + done.stderr)[-3000:]
        raise DemoFailed(f"autograder {' '.join(words)} failed:\n{printed}")


def _require_grades(unit, lines, people):
    graded = {line.student for line in lines if not line.note.startswith("needs attention")}
    due = {s.name for s in people if s.hands_in(unit) and s.fills != CORRUPT}
    missing = due - graded
    if missing:
        raise DemoFailed(f"{unit.name}: no grade for {', '.join(sorted(missing))}.")


def _relative(path, root):
    return Path(os.path.relpath(path, root)).as_posix()
