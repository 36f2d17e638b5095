"""nbgrader preprocessor: make a broken submission gradable, and say what was done."""

import copy
import os
from pathlib import Path

import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder import claim
from autograder.gradebook import released_as
from autograder.mend import NEEDS, strays
from autograder.nearby import point_out
from autograder.notebooks import grade_id
from autograder.released import defines, is_work, released
from autograder.tidy import HANDED_IN, OURS, retype, tidy

MISSING = "# This cell was missing from the submission; it was put back for grading.\n"


class Repair(NbGraderPreprocessor):
    """First in `Autograde.sanitize_preprocessors`: every cell of the course once, in order, marked.

    nbgrader's OverwriteCells has the last word on locked cells. What was done is kept in the
    notebook's metadata, ``metadata["cnn_by_hand"]["repairs"]``, one sentence each; beside it the
    SHA-256 of the file as it was handed in.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.asked = {}

    def preprocess(self, nb, resources):
        """Repair the notebook of one student."""
        about = resources.get("nbgrader", {})
        unit = released(self._root(), about.get("assignment", ""), about.get("notebook"))
        ours = unit.known if unit else frozenset()
        said = [*_links(self._root(), about), *about.get("tidied", ()), *tidy(nb, ours),
                *_kernel(nb)]
        known, kernel = self._released(about)
        if unit is not None:
            nb.cells = repaired(nb.cells, unit, said, known)
        elif kernel.get("language", "python") != "python":
            name = kernel.get("name")
            raise ValueError(f"its kernel is {name!r}, and only Python runs in the sandbox")
        else:
            nb.cells = claim.single(nb.cells, said)
        nb.metadata = nbformat.from_dict({
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3",
            },
            "language_info": {"name": "python"},
            OURS: {"repairs": said, HANDED_IN: about.get(HANDED_IN, "")},
        })
        for sentence in said:
            self.log.warning("%s: %s", about.get("student", ""), sentence)
        return nb, resources

    def _released(self, about):
        """Names of all cells, a header's, too, which no source notebook has; and the kernel."""
        which = tuple(about.get(key) for key in ("db_url", "assignment", "notebook"))
        if which not in self.asked:
            self.asked[which] = released_as(*which) if all(which) else (frozenset(), {})
        return self.asked[which]

    def _root(self):
        return self.config.get("CourseDirectory", {}).get("root") or os.getcwd()


class LeavesFolder(ValueError):
    """A notebook, or its folder, is a link to somewhere else."""


def _links(root, about):
    """Take back what nbgrader copied through links that lead out of the student's folder.

    Raises
    ------
    LeavesFolder
        If the notebook itself is one of them: this submission then gets no grade.
    """
    inside = (about.get("student", ""), about.get("assignment", ""))
    folder, said = Path(root, "submitted", *inside), []
    if not all(inside) or not folder.exists():
        return said
    for path in strays(folder):
        if path == folder or path.name == f"{about.get('notebook')}.ipynb":
            raise LeavesFolder(f"{path} is a link that leaves the student's folder")
        name = path.relative_to(folder)
        copied = Path(root, "autograded", *inside, name)
        if copied.is_file() and not copied.is_symlink():
            copied.unlink()
        said.append(f"{NEEDS}{name} is a link that leaves the folder; it is not followed")
    return said


def _kernel(notebook):
    spec = notebook.metadata.get("kernelspec", {})
    language = spec.get("language", "python") if isinstance(spec, dict) else "python"
    name = spec.get("name", "python3") if isinstance(spec, dict) else "python3"
    if (language, name) == ("python", "python3"):
        return []
    return [f"the notebook asked for the kernel {str(name)[:40]!r}; it is graded with Python"]


def repaired(cells, unit, said, known=frozenset()):
    """The student's cells with each of the course's marked cells exactly once.

    Parameters
    ----------
    cells : list of NotebookNode
    unit : Released
    said : list of str
        Takes a sentence for everything that was done.
    known : set of str
        Further names that keep their marks.
    """
    holders = claim.holders(cells, unit, said)
    dropped = set()
    for name, places in holders.items():
        model = unit.marked[name]
        keep = _kept(cells, places, model)
        if len(places) > 1:
            said.append(f"`{name}` was there {len(places)} times; {_which(model)} is graded")
        for place in places:
            if place == keep:
                _mark(cells[place], model, said)
            elif place > keep or not _is_students(cells[place], model):
                dropped.add(place)
            else:
                _unmark(cells[place], unit)
    claimed = {place for places in holders.values() for place in places}
    for place, cell in enumerate(cells):
        if grade_id(cell) in known - unit.marked.keys():
            continue  # nbgrader's own steps see to it
        if place not in claimed and "nbgrader" in cell.metadata:
            if cell.metadata.nbgrader.get("grade_id"):
                said.append(f"marks of an unknown cell were removed from {cell.id!r}")
            del cell.metadata["nbgrader"]
    cells = [cell for place, cell in enumerate(cells) if place not in dropped]
    _unique(cells)
    cells = _completed(_ordered(cells, unit, said), unit, said)
    point_out(cells, unit, said)
    return cells


def _which(model):
    return "one" if _locked(model) else "the last one with work in it"


def _locked(model):
    marks = model.metadata.nbgrader
    return bool(marks.get("locked") or (marks.get("grade") and not marks.get("solution")))


def _is_students(cell, model):
    return not _locked(model) and is_work(cell.source, model.source)


def _kept(cells, places, model):
    """The last place with the student's work, else the last."""
    if not places:
        return None
    work = [place for place in places if _is_students(cells[place], model)]
    return (work or places)[-1]


def _mark(cell, model, said):
    """Give a cell the marks, type and id of the course's cell."""
    name, marks = grade_id(model), cell.metadata.get("nbgrader", {})
    if cell.cell_type != model.cell_type:
        said.append(f"`{name}` was a {cell.cell_type} cell; read as {model.cell_type} again")
        retype(cell, model.cell_type)
    if marks:
        due = model.metadata.nbgrader
        points = marks.get("points", due.get("points"))
        if "points" in due and points != due["points"]:
            said.append(f"the points of `{name}` were changed to {str(points)[:20]}; set back")
        if any(bool(marks.get(key)) != bool(due.get(key)) for key in ("grade", "solution")):
            said.append(f"the marks of `{name}` were changed; set back")
    cell.metadata = copy.deepcopy(model.metadata)
    cell.id = model.id


def _unmark(cell, unit):
    cell.metadata.pop("nbgrader", None)
    if cell.id in unit.known:
        cell.id = f"{cell.id}-copy"


def _unique(cells):
    seen = set()
    for cell in reversed(cells):  # the marked cell is the last of its name
        while cell.id in seen:
            cell.id = f"{cell.id[:50]}-copy"
        seen.add(cell.id)


def _ordered(cells, unit, said):
    """The course's order, if marked cells are out of it; students' cells stay behind theirs."""
    order = unit.order
    marked = [order[cell.id] for cell in cells if grade_id(cell) in unit.marked]
    if marked == sorted(marked):
        return cells
    said.append("cells were moved; they are graded in the course's order")
    groups = [(-1, [])]
    for cell in cells:
        if cell.id in order:
            groups.append((order[cell.id], []))
        groups[-1][1].append(cell)
    return [cell for _, group in sorted(groups, key=lambda group: group[0]) for cell in group]


def _completed(cells, unit, said):
    """The cells with the marked ones that are missing put back, each after its forerunner."""
    present = {cell.id for cell in cells}
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    for place, model in enumerate(unit.cells):
        name = grade_id(model)
        if not name or model.id in present:
            continue
        added = copy.deepcopy(model)
        elsewhere = any(defines(source, name) for source in code)
        if model.cell_type == "code" and not _locked(model):
            added.source = MISSING + ("" if elsewhere else model.source)
        by_hand = model.metadata.nbgrader.get("grade") and not _locked(model)
        said.append(
            f"{'needs attention: ' if by_hand else ''}`{name}` was missing; it was put back"
            + (" empty: its code stands in another cell" if elsewhere else "")
        )
        before = {cell.id for cell in unit.cells[:place]}
        spots = [spot for spot, cell in enumerate(cells) if cell.id in before]
        at = spots[-1] + 1 if spots else 0
        if _locked(model) and name.startswith("test_"):
            at = max(at, _after(cells, name.removeprefix("test_")))
        cells.insert(at, added)
        present.add(model.id)
    return cells


def _after(cells, name):
    """The place after the last cell that defines a name."""
    places = [
        place for place, cell in enumerate(cells)
        if cell.cell_type == "code" and defines(cell.source, name)
    ]
    return places[-1] + 1 if places else 0
