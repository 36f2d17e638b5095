"""What grading now would change: all that is to do is graded, compared, and written nowhere."""

import json
from dataclasses import asdict, dataclass, field

from rich.table import Table

from autograder.classroom.desk import counts
from autograder.classroom.result import ATTENTION, Result
from autograder.classroom.run import Class
from autograder.classroom.standing import standings
from autograder.mend import NEEDS, renamed


@dataclass(frozen=True)
class Change:
    """What grading a submission again would make of its points.

    Attributes
    ----------
    unit, student : str
    before : float or None
        Points in the gradebook, those given by hand and late penalties included; None without any.
    after : float
    cells : dict of str to (float or None, float)
        Points before and after of the cells in which they differ.
    """

    unit: str
    student: str
    before: float | None
    after: float
    cells: dict = field(default_factory=dict)

    @property
    def points(self):
        """By how many points the student would change."""
        return self.after - (self.before or 0.0)


class Rehearsal(Class):
    """A class that is graded without writing: a `Change` for each, a `Result` for the others."""

    def _entry(self, register, student):
        if renamed(self.root, register.unit, student) is not None:
            note = f"handed in under another name: run `autograder mend {register.unit.name}` first"
            return Result(register.unit.name, student, ATTENTION, note=NEEDS + note)
        return register.entry(student, self.force)

    def _kept(self, course, task, graded):
        trouble = graded.trouble if not isinstance(graded, Exception) else (
            f"{NEEDS}{type(graded).__name__}: {graded}")
        if trouble:
            return Result(course.unit, task.student, ATTENTION, note=trouble)
        unit = self.registers[course.unit].unit
        return change(unit, graded, self._standings(course.unit).get(task.student))

    def _standings(self, unit):
        if unit not in self.__dict__.setdefault("known", {}):
            self.known[unit] = self._write(standings, self.db_url, unit)
        return self.known[unit]


def change(unit, graded, standing):
    """Compare what came of a submission with the gradebook.

    Parameters
    ----------
    unit : Unit
    graded : Graded
    standing : dict of str to Standing, or None
        By notebook; see `autograder.classroom.standing`.
    """
    after, before, penalty = dict(graded.record["result"]["scores"]), {}, 0.0
    for notebook, known in (standing or {}).items():
        penalty += known.penalty
        for name, (auto, manual, extra) in known.grades.items():
            cell = unit.key(notebook, name)
            before[cell] = counts(auto, manual, extra)
            after[cell] = counts(after.get(cell), manual, extra)
    after = {cell: points or 0.0 for cell, points in after.items()}
    cells = {cell: (before.get(cell), after[cell]) for cell in after
             if (before.get(cell) or 0.0) != after[cell]}
    late = sum(part.penalty or 0.0 for part in graded.parts.values())
    return Change(
        unit.name, graded.student, sum(before.values()) - penalty if standing else None,
        sum(after.values()) - late, cells,
    )


def table_of(changes):
    """Who would change by how many points, and in which cells."""
    table = Table("unit", "student", "before", "after", "change", "where")
    for one in changes:
        where = ", ".join(f"{name} {0 if was is None else was:g} → {now:g}"
                          for name, (was, now) in one.cells.items())
        if one.before is None:
            where = "not graded yet"
        elif not where and one.points:
            where = "late penalty"
        table.add_row(one.unit, one.student, "–" if one.before is None else f"{one.before:g}",
                      f"{one.after:g}", f"{one.points:+g}", where)
    return table


def summary(changes):
    """The end of the table, as a sentence."""
    again = [one for one in changes if one.before is not None]
    differ = [one for one in again if one.points or one.cells]
    total = sum(one.points for one in differ)
    return (f"{len(differ)} of {len(again)} that were graded before would change, by {total:+g} "
            f"points in all; {len(changes) - len(again)} are new. Nothing was written.")


def show(console, changes, as_json):
    """Who would change by how many points."""
    differ = [one for one in changes if one.before is None or one.points or one.cells]
    if as_json:
        print(json.dumps([asdict(one) | {"points": one.points} for one in differ], indent=1))
        return
    if differ:
        console.print(table_of(differ))
    console.print(summary(changes), soft_wrap=True)
