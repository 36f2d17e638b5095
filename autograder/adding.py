"""A cell that is added to a unit after submissions: the gradebook takes it in, all grades stay.

nbgrader refuses to change the cells of a notebook that has submissions. Added ones take nothing
away: with a row for each submission, as nbgrader makes them for a new one, they can be graded.
"""

from pathlib import Path

from nbgrader import utils
from nbgrader.api import Comment, Grade, Gradebook, MissingEntry

from autograder.agreement import Disagreement
from autograder.notebooks import grade_id, read, source_path

KINDS = {
    "grade": utils.is_grade,
    "solution": utils.is_solution,
    "task": utils.is_task,
    "source": lambda cell: (utils.is_grade(cell) or utils.is_solution(cell)
                            or utils.is_locked(cell) or utils.is_task(cell)),
}
"""nbgrader's kinds of cells, as `SaveCells` tells them apart; one cell may be of several."""


def take_in(root, unit, db_url, settings):
    """Make room in the gradebook for the cells that source/ has and it has not.

    Parameters
    ----------
    root : Path
        The course folder.
    unit : Unit
    db_url : str
    settings : traitlets.config.Config

    Returns
    -------
    tuple of str
        What becomes of the submissions there are, in sentences; nothing where nothing changed.

    Raises
    ------
    Disagreement
        If a cell that has grades is gone from source/, or is of another kind; nothing is changed.
    """
    cells = {grade_id(cell): cell for cell in _cells(root, unit, settings) if grade_id(cell)}
    due = {kind: {name for name, cell in cells.items() if of_kind(cell)}
           for kind, of_kind in KINDS.items()}
    with Gradebook(db_url) as book:
        try:
            notebook = book.find_notebook(unit.notebook, unit.name)
        except MissingEntry:
            return ()
        count = len(notebook.submissions)
        held = {kind: {cell.name for cell in getattr(notebook, f"{kind}_cells")} for kind in KINDS}
        if not count or held == due:
            return ()
        gone = {name for kind in KINDS for name in held[kind] - due[kind]}
        if gone:
            names = ", ".join(f"`{name}`" for name in sorted(gone))
            raise Disagreement(
                f"{unit.name}: {names} is in the gradebook with {count} submissions, and in "
                f"source/ no more, or as a cell of another kind. Put it back (with 0 points, if it "
                "should not count), or begin anew: `nbgrader db assignment remove "
                f"{unit.name} --force` removes all grades of {unit.name}, those given by hand, too."
            )
        for kind in KINDS:
            for name in sorted(due[kind] - held[kind]):
                _add(book, notebook, unit, kind, cells[name])
        book.db.commit()
    new = [f"`{name}` ({float(cells[name].metadata.nbgrader['points']):g} points)"
           for name in sorted((due["grade"] | due["task"]) - held["grade"] - held["task"])]
    new += [f"`{name}`" for name in sorted((due["source"] - held["source"])
                                           - due["grade"] - due["task"])]
    return (
        f"{unit.name}: new in the gradebook: {', '.join(new)}. {count} submissions were made "
        f"without: they keep their points, and the next `autograder grade {unit.name}` puts in "
        "what is missing, not attempted. With --dry-run --diff it says first what that changes.",
    )


def _cells(root, unit, settings):
    """The cells of the source notebook, the course's header and footer among them."""
    cells = list(read(source_path(root, unit)).cells)
    about = settings.get("IncludeHeaderFooter", {})
    for part in ("header", "footer"):
        if about.get(part):
            cells += read(Path(root, about[part])).cells
    return cells


def _add(book, notebook, unit, kind, cell):
    values = {}
    if kind in ("grade", "task"):
        values = {"max_score": float(cell.metadata.nbgrader["points"]),
                  "cell_type": cell.cell_type}
    if kind == "source":
        values = {"cell_type": cell.cell_type, "locked": utils.is_locked(cell),
                  "source": cell.source}
    add = getattr(book, f"add_{kind}_cell")
    row = add(grade_id(cell), unit.notebook, unit.name, **values)
    for submission in notebook.submissions:
        if kind in ("grade", "task"):
            book.db.add(Grade(cell_id=row.id, notebook=submission))
        if kind in ("solution", "task"):
            book.db.add(Comment(cell_id=row.id, notebook=submission))
