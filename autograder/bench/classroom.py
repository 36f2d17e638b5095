"""A mixed class for the bench: the demo's students, and made-up ones where they have nothing."""

from dataclasses import dataclass, replace

from autograder import notebooks
from autograder.demo.classroom import BLANK, CORRUPT, SOLUTION, Student, students
from autograder.spec import Unit

STYLES = ("boris", "chen", "dana")
KINDS = ("right", "wrong", "other style", "blank", "half done")


@dataclass(frozen=True)
class Submission:
    """One student's notebook of one unit."""

    unit: Unit
    kind: str
    student: Student

    def __str__(self):
        return f"{self.unit.name}, {self.student.name} ({self.kind})"


def submissions(units, count, root):
    """As many submissions, spread over the units, with all kinds in turn in each unit.

    Parameters
    ----------
    units : sequence of Unit
    count : int
    root : Path
        The course folder with ``source/``.

    Returns
    -------
    list of Submission
        In each unit no two students have the same name.
    """
    found = []
    for number in range(count):
        turn, place = divmod(number, len(units))
        unit, kind = units[place], KINDS[turn % len(KINDS)]
        candidates = people(unit, kind, root)
        student = candidates[(turn // len(KINDS) + place) % len(candidates)]
        student = replace(student, name=f"{student.name}-{turn + 1}")
        found.append(Submission(unit, kind, student))
    return found


def people(unit, kind, root):
    """Who hands in this kind of notebook: the demo's students with answers of their own first."""
    everybody = [student for student in students() if student.fills != CORRUPT]
    ours = {exercise.id for exercise in unit.exercises}
    own = [student for student in everybody if ours & set(student.cells)]
    if kind == "right":
        return [s for s in everybody if not s.cells and s.fills == SOLUTION]
    if kind == "blank":
        return [s for s in everybody if not s.cells and s.fills == BLANK]
    if kind == "other style":
        return [s for s in own if s.name in STYLES] or [s for s in everybody if s.name in STYLES]
    if kind == "half done":
        return [s for s in own if s.fills == BLANK] or [_half_done(unit, root)]
    wrong = [s for s in own if s.fills == SOLUTION and s.name not in STYLES]
    return wrong or [_without_return(unit, root)]


def _half_done(unit, root):
    solved = _solutions(unit, root)
    first = unit.exercises[: len(unit.exercises) // 2]
    cells = {exercise.id: solved[exercise.id] for exercise in first}
    return Student("half", "The first half of the solutions, then nothing.", BLANK, cells)


def _without_return(unit, root):
    solved = _solutions(unit, root)
    cells = {
        exercise.id: solved[exercise.id].replace("return ", "result = ")
        for exercise in unit.exercises[::2] if not exercise.answer
    }
    return Student("forgetful", "Forgets `return` in every second exercise.", SOLUTION, cells)


def _solutions(unit, root):
    cells = notebooks.read(notebooks.source_path(root, unit)).cells
    return {notebooks.grade_id(cell): cell.source for cell in cells}
