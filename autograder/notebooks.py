"""Keep source notebooks in step with the declarations: points, test cells, hints, outputs."""

import copy
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from autograder.declare.solutions import path_of

CHECK_OUTPUT = "nbval-check-output"
"""Tag of the cells whose stored output is a claim that CI tests."""

HINTS_BEGIN = "<!-- hints -->"

SOLUTION = ("### BEGIN SOLUTION", "### END SOLUTION")

KEPT = "# from source/{unit.name}/{unit.notebook}.ipynb by `autograder refresh`: edit it there"

SETUP_PATH = """import sys

sys.path.append("..")  # where the student kit keeps the package `course`
"""

SETUP_HIDDEN = """### BEGIN HIDDEN TESTS
from autograder import grade
### END HIDDEN TESTS"""

TEST = """check("{id}", {id})
### BEGIN HIDDEN TESTS
grade("{id}", {id})
### END HIDDEN TESTS"""


def read(path):
    """The notebook at ``path``, in format 4."""
    return nbformat.read(path, as_version=4)


def write(notebook, path):
    """Write a notebook the way JupyterLab does (one space, sorted keys, final newline)."""
    Path(path).write_text(nbformat.writes(notebook, version=4) + "\n", encoding="utf-8")


def source_path(root, unit):
    """Where a unit's instructor notebook lies."""
    return Path(root) / "source" / unit.name / f"{unit.notebook}.ipynb"


def grade_id(cell):
    """The cell's ``grade_id``, or None."""
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def stamp(notebook, unit):
    """A copy of the notebook with everything filled in that the declarations determine.

    Test cells get their text and points, the setup cell its hidden import, manual cells their
    points, and the prose before each exercise its graded hints.

    Raises
    ------
    ValueError
        If a declared exercise has no cells, or an exercise is not prose, solution, test in a row.
    """
    notebook = copy.deepcopy(notebook)
    cells = notebook.cells
    positions = {grade_id(cell): i for i, cell in enumerate(cells) if grade_id(cell)}
    _stamp_setup(cells, positions, unit)
    for exercise in unit.exercises:
        name = exercise.id
        missing = [key for key in (name, f"test_{name}") if key not in positions]
        if missing:
            raise ValueError(f"{unit.name}: no cell has the grade_id {missing[0]!r}.")
        at = positions[name]
        if positions[f"test_{name}"] != at + 1 or cells[at - 1].cell_type != "markdown":
            raise ValueError(f"{unit.name}: {name!r} is not prose, solution, test in a row.")
        _set_nbgrader(cells[at], name, solution=True)
        test = cells[at + 1]
        test.source = TEST.format(id=name)
        _set_nbgrader(test, f"test_{name}", points=exercise.points)
        prose = cells[at - 1]
        prose.source = prose.source.split(HINTS_BEGIN)[0].rstrip()
        if exercise.hints:
            prose.source += "\n\n" + hints_markdown(exercise.hints)
    for question in unit.manual:
        if question.id not in positions:
            raise ValueError(f"{unit.name}: no cell has the grade_id {question.id!r}.")
        _set_nbgrader(
            cells[positions[question.id]], question.id, solution=True, points=question.points
        )
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3",
            },
            "language_info": {"name": "python"},
        }
    )
    return notebook


def solutions(notebook, unit):
    """The solutions that edits are made in, each for where it is kept: ``{path: text}``."""
    cells = {grade_id(cell): cell.source for cell in notebook.cells}
    found = {}
    for exercise in unit.exercises:
        path = path_of(exercise)
        if path and exercise.id in cells:
            lines = cells[exercise.id].split("\n")
            kept = [line for line in lines if line.strip() not in SOLUTION]
            found[path] = "\n".join([KEPT.format(unit=unit), *kept, ""])
    return found


def keep_solutions(notebook, unit):
    """Write the texts of `solutions`."""
    for path, text in solutions(notebook, unit).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def hints_markdown(hints):
    """The graded hints, each behind a fold of its own."""
    folds = [
        f"<details><summary>Hint {number}</summary>\n\n{hint}\n\n</details>"
        for number, hint in enumerate(hints, 1)
    ]
    return "\n".join([HINTS_BEGIN, *folds])


def _stamp_setup(cells, positions, unit):
    if "setup" not in positions:
        raise ValueError(f"{unit.name}: no cell has the grade_id 'setup'.")
    setup = cells[positions["setup"]]
    visible = setup.source.split("### BEGIN HIDDEN TESTS")[0].rstrip()
    visible = visible.removeprefix(SETUP_PATH).strip()
    setup.source = f"{SETUP_PATH}\n{visible}\n{SETUP_HIDDEN}"
    _set_nbgrader(setup, "setup", points=0)


def _set_nbgrader(cell, name, *, solution=False, points=None):
    """nbgrader's cell metadata, schema 3: a solution, a test, or a manually graded answer."""
    grade = points is not None
    cell.id = name
    cell.metadata["nbgrader"] = nbformat.from_dict(
        {
            "grade": grade,
            "grade_id": name,
            "locked": grade and not solution,
            "schema_version": 3,
            "solution": solution,
            "task": False,
            **({"points": points} if grade else {}),
        }
    )


def with_outputs(notebook, folder, timeout=120):
    """A copy, run from top to bottom, that keeps outputs on the tagged cells only.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell of the notebook fails.
    """
    run = copy.deepcopy(notebook)
    client = NotebookClient(
        run, timeout=timeout, kernel_name="python3", coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    count = 0
    for cell in run.cells:
        if cell.cell_type != "code":
            continue
        if CHECK_OUTPUT in cell.metadata.get("tags", []):
            count += 1
            cell.execution_count = count
            for output in cell.outputs:
                output.pop("execution_count", None)
                if output.output_type == "execute_result":
                    output.execution_count = count
                if "data" in output:
                    output.data = {
                        key: value for key, value in output.data.items() if key == "text/plain"
                    }
        else:
            cell.outputs, cell.execution_count = [], None
        cell.metadata.pop("execution", None)
    run.metadata = copy.deepcopy(notebook.metadata)  # the kernel adds its version to it
    return run
