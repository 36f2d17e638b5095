"""An answer for a person that was written beside its box: in a new cell, the box left untouched."""

from itertools import takewhile

from autograder.mend import NEEDS
from autograder.notebooks import grade_id
from autograder.released import is_work

POINTER = {
    "markdown": "\n\n*Nothing was written here; read the new cells {where} as the answer.*",
    "raw": "\n\nNothing was written here; read the new cells {where} as the answer.",
    "code": "\n# Nothing was written here; read the new cells {where} as the answer.",
}


def point_out(cells, unit, said):
    """Point from each such box to the new cells: it is no longer blank, so a person grades it.

    nbgrader gives an untouched box 0 points and "No response.", and nobody would look.

    Parameters
    ----------
    cells : list of NotebookNode
        In the course's order; the boxes are changed.
    unit : Released
    said : list of str
        Takes a sentence for each of them.
    """
    for place, cell in enumerate(cells):
        model = unit.marked.get(grade_id(cell))
        if model is None or not _by_hand(model) or is_work(cell.source, model.source):
            continue
        above = any(one.cell_type != "code" for one in _new(reversed(cells[:place]), unit))
        places = ["above"] * above + ["below"] * bool(_new(cells[place + 1:], unit))
        if places:
            where = " and ".join(places)
            cell.source += POINTER[cell.cell_type].format(where=where)
            said.append(f"{NEEDS}`{grade_id(model)}` is untouched; new cells {where} hold "
                        "something: read them as its answer")


def _by_hand(model):
    marks = model.metadata.nbgrader
    return bool(marks.get("grade") and marks.get("solution"))


def _new(cells, unit):
    """The student's own cells up to the next one of the course's; blank ones left out."""
    own = takewhile(lambda cell: cell.id not in unit.known, cells)
    return [cell for cell in own if cell.source.strip()]
