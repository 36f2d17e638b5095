"""Points are said in three places: declared, in source/, in the gradebook. They have to agree.

What is declared counts for the exercises and manual questions of a unit, what the notebook in
source/ says for an instructor's own cells, and `autograder release` takes both to the gradebook.
"""

from nbgrader import utils

from autograder.notebooks import grade_id, read, source_path


class Disagreement(ValueError):
    """Two of the places say different things of a cell."""


def declared(unit):
    """The declared points: ``{grade_id: points}``."""
    return {
        **{f"test_{exercise.id}": float(exercise.points) for exercise in unit.exercises},
        **{question.id: float(question.points) for question in unit.manual},
    }


def in_source(root, unit):
    """The points of all graded cells in source/: ``{grade_id: points}``."""
    path = source_path(root, unit)
    cells = read(path).cells if path.exists() else ()
    return {grade_id(cell): float(cell.metadata.nbgrader.get("points") or 0.0)
            for cell in cells if utils.is_grade(cell) or utils.is_task(cell)}


def differences(notebook, unit):
    """Where a notebook's points are not the declared ones, in sentences with both numbers."""
    due = declared(unit)
    for cell in notebook.cells:
        name = grade_id(cell)
        given = cell.metadata.get("nbgrader", {}).get("points")
        if name in due and given is not None and float(given) != due[name]:
            yield f"`{name}` has {given:g} points in source/{unit.name}, {due[name]:g} are declared"


def check_source(root, unit):
    """Refuse a source notebook whose points are not the declared ones.

    Raises
    ------
    Disagreement
        With both numbers, and what to do.
    """
    path = source_path(root, unit)
    said = list(differences(read(path), unit)) if path.exists() else ()
    if said:
        raise Disagreement(
            f"{'; '.join(said)}. The declaration counts: change it there if it is wrong, then run "
            f"`autograder refresh {unit.name}`, which writes its points into the notebook."
        )


def check_gradebook(root, unit, held):
    """Refuse a gradebook whose points are not those of source/.

    Parameters
    ----------
    root : Path
    unit : Unit
    held : dict of str to float
        The points of the cells that the gradebook knows.

    Raises
    ------
    Disagreement
        With both numbers, and what to do.
    """
    said = [
        f"`{name}` has {points:g} points in source/{unit.name}, "
        + (f"{held[name]:g} in the gradebook" if name in held else "the gradebook does not know it")
        for name, points in in_source(root, unit).items() if held.get(name) != points
    ]
    if said:
        raise Disagreement(f"{'; '.join(said)}. Run `autograder release {unit.name}` first.")
