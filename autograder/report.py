"""The instructor's class report: who has how many points, and which mistake was named."""

from dataclasses import dataclass

from rich import box
from rich.table import Table
from rich.text import Text

from autograder import gradebook
from autograder.mend import NEEDS, everybody, look, misnamed, students
from autograder.reading import shown, told


@dataclass(frozen=True)
class Line:
    """One student's line in the class report.

    Attributes
    ----------
    student : str
    points : dict of str to float or None
        By exercise, and by an instructor's own cell; None where nothing was recorded.
    mistakes : tuple of str
        Named mistakes as ``exercise: name``.
    note : str
        What needs the instructor's attention.
    """

    student: str
    points: dict
    mistakes: tuple[str, ...]
    note: str = ""

    @property
    def total(self):
        """All automatic points."""
        return sum(value or 0 for value in self.points.values())


def class_lines(root, unit, db=None):
    """One line for everybody in the gradebook or in ``submitted/``, by name.

    See `gradebook.url_of` for `db`.
    """
    scores, handed = gradebook.scores(root, unit, db), {*students(root, unit)}
    there, wrong = handed | {*scores}, misnamed(root, unit)
    blank = dict.fromkeys(gradebook.maxima(root, unit, db))
    return [
        _guarded(root, unit, student, scores.get(student), student in handed, blank)
        if student in there
        else Line(shown(student), blank, (), wrong.get(student, "handed nothing in"))
        for student in sorted({*there, *wrong, *everybody(root), *gradebook.roster(root, db)})
    ]


def _guarded(root, unit, student, scores, handed, blank):
    """A student's line, whatever is in the files that it is read from."""
    try:
        return _line(root, unit, student, scores, handed, blank)
    except Exception as error:
        return Line(shown(student), blank, (), NEEDS + told(error))


def _line(root, unit, student, scores, handed, blank):
    if not gradebook.is_graded(root, unit, student):
        said = "; ".join(look(root, unit, student)) or "could not be graded"
        said = said if said.startswith(NEEDS) else NEEDS + said
        return Line(shown(student), blank, (), said)
    records = gradebook.records(root, unit, student)
    ours = {exercise.id for exercise in unit.exercises}
    points = {
        name: (scores or {}).get(f"test_{name}" if name in ours else name) for name in blank
    }
    mistakes = tuple(
        f"{name}: {mistake['name']}"
        for name, record in records.items()
        for mistake in record["mistakes"]
    )
    raised = [name for name, record in records.items() if record["status"] == "raised"]
    notes = [f"raises an error: {', '.join(raised)}"] if raised else []
    notes += gradebook.repairs(root, unit, student)
    notes += look(root, unit, student) if handed else ()
    return Line(student, points, mistakes, "; ".join(notes))


def class_table(unit, lines, maxima=None):
    """The lines as a table for the terminal: points by exercise, mistakes named.

    The exercises are numbered, with their names below: so the table fits 80 columns.

    Parameters
    ----------
    unit : Unit
    lines : list of Line
    maxima : dict of str to float, optional
        See `autograder.gradebook.maxima`; by default those that are declared.
    """
    maxima = maxima or {exercise.id: exercise.points for exercise in unit.exercises}
    names = "  ".join(f"{i} {name}" for i, name in enumerate(maxima, 1))
    table = Table(
        title=f"{unit.name}: automatic points", caption=names, box=box.SIMPLE_HEAD,
        pad_edge=False, title_justify="left", caption_justify="left", title_style="bold",
    )
    table.add_column("student\nof", overflow="fold", max_width=14)
    for i, points in enumerate(maxima.values(), 1):
        table.add_column(f"{i}\n{points:g}", justify="right", no_wrap=True)
    table.add_column(f"sum\n{sum(maxima.values()):g}", justify="right")
    table.add_column("mistakes named", overflow="fold")
    for line in lines:
        cells = ["–" if value is None else f"{value:g}" for value in line.points.values()]
        words = "\n".join((*line.mistakes, *([line.note] if line.note else [])))
        table.add_row(Text(line.student), *cells, f"{line.total:g}", Text(words))
    return table
