"""Make submissions: a release notebook with a made-up student's code filled in."""

import ast
import copy
from dataclasses import dataclass
from pathlib import Path

from nbgrader import utils

from autograder import notebooks
from autograder.release import release_path
from course.quiz import PLACEHOLDER

STUDENTS = Path(__file__).with_name("students")
MARKERS = ("### BEGIN SOLUTION", "### END SOLUTION")
BLANK, SOLUTION, CORRUPT = "blank", "solution", "corrupt"


@dataclass(frozen=True)
class Student:
    """A made-up student.

    Attributes
    ----------
    name, about : str
    fills : str
        What stands where the student's own file has nothing: the "solution", or nothing
        ("blank"). "corrupt" hands in a file that is cut off in the middle.
    cells : dict
        The student's own code by exercise id.
    """

    name: str
    about: str
    fills: str
    cells: dict

    def hands_in(self, unit):
        """Whether the student hands in this unit: all of them, or those with own answers."""
        own = {exercise.id for exercise in unit.exercises} & set(self.cells)
        return bool(own) or not self.cells


def students(folder=STUDENTS):
    """The class: one file per student; a definition in it answers the exercise of its name."""
    return [_student(path) for path in sorted(Path(folder).glob("*.py"))]


def _student(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    fills, cells = SOLUTION, {}
    for node in tree.body:
        source = ast.get_source_segment(text, node)
        if isinstance(node, ast.FunctionDef):
            cells[node.name] = source
        elif isinstance(node, ast.Assign):
            name = node.targets[0].id
            if name == "FILLS":
                fills = ast.literal_eval(node.value)
            else:
                cells[name] = source
    return Student(path.stem, ast.get_docstring(tree), fills, cells)


def repr_of(text):
    """The text in double quotes, as the notebooks write it."""
    return f'"{text}"'


def without_markers(source):
    """A solution as a student would write it, without the instructor's markers."""
    return "\n".join(line for line in source.split("\n") if line.strip() not in MARKERS)


def hand_in(student, unit, root):
    """Write the student's notebook to ``submitted/<student>/<unit>/``."""
    released = notebooks.read(release_path(root, unit))
    solved = {
        notebooks.grade_id(cell): without_markers(cell.source)
        for cell in notebooks.read(notebooks.source_path(root, unit)).cells
    }
    notebook = copy.deepcopy(released)
    for cell in notebook.cells:
        name = notebooks.grade_id(cell)
        if cell.cell_type == "code" and not name:
            cell.source = cell.source.replace(repr_of(PLACEHOLDER), repr_of(student.name))
        if not name or not utils.is_solution(cell):
            continue
        if name in student.cells:
            cell.source = student.cells[name]
        elif student.fills != BLANK:
            cell.source = solved[name]
    path = Path(root) / "submitted" / student.name / unit.name / f"{unit.notebook}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    notebooks.write(notebook, path)
    if student.fills == CORRUPT:
        text = path.read_text(encoding="utf-8")
        path.write_text(text[: len(text) // 2], encoding="utf-8")
