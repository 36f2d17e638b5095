"""nbgrader preprocessors of ours, plugged in through nbgrader_config.py."""

import json

import nbformat
from nbconvert.filters import strip_ansi
from nbgrader import utils
from nbgrader.preprocessors import CheckCellMetadata, NbGraderPreprocessor, OverwriteCells
from traitlets import List

from autograder.exercises import EXERCISES
from autograder.notebooks import grade_id
from autograder.tidy import number

BEGIN, END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


class AnswerStubs(NbGraderPreprocessor):
    """After ClearSolutions: a hand-worked answer keeps its ``name = ...`` and no ``raise``.

    nbgrader's stub raises NotImplementedError, which is right inside a function. Where a number
    is asked for, it would only be in the way.
    """

    def preprocess_cell(self, cell, resources, index):
        """Drop the raising line from the stub of a hand-worked answer."""
        exercise = EXERCISES.get(grade_id(cell))
        if exercise is not None and exercise.answer and utils.is_solution(cell):
            lines = [
                line for line in cell.source.split("\n")
                if line.strip() not in ("raise NotImplementedError()", "# YOUR CODE HERE")
            ]
            cell.source = "\n".join(lines)
        return cell, resources


class RunOn(NbGraderPreprocessor):
    """In the release: a failing `check` does not stop "Run All Cells".

    JupyterLab goes on after a cell with the tag ``raises-exception``. The source notebooks don't
    have it, so that a solution which fails its check fails in CI.
    """

    def preprocess_cell(self, cell, resources, index):
        """Tag the test cells."""
        if utils.is_grade(cell) and not utils.is_solution(cell) and grade_id(cell) != "setup":
            cell.metadata.tags = [*cell.metadata.get("tags", []), "raises-exception"]
        return cell, resources


class RestoreCells(OverwriteCells):
    """nbgrader's OverwriteCells: the gradebook has the last word on locked cells and on marks.

    `Repair` gives everybody the same marked cells. What became of them once becomes of them
    again, without another look at the gradebook, which takes longer than all other repairs.
    """

    given, restored = None, ()

    def missing_cell_transform(self, source_cell, *args, **kwargs):
        """A whole cell: nbgrader's is one only when it was written and read again."""
        return nbformat.from_dict(super().missing_cell_transform(source_cell, *args, **kwargs))

    def add_missing_grade_cells(self, nb, resources):
        """Put each missing cell after the nearest one before it that is there.

        nbgrader looks for the cell just before it, which may be missing as well.
        """
        model = self.gradebook.find_notebook(self.notebook_id, self.assignment_id)
        graded = {cell.name: cell for cell in model.grade_cells}
        solved = {cell.name for cell in model.solution_cells}
        place = 0
        for source in model.source_cells:
            there = [at for at, cell in enumerate(nb.cells) if grade_id(cell) == source.name]
            if not there and source.name in graded:
                self.log.warning("Missing grade cell %s encountered, adding to notebook",
                                 source.name)
                nb.cells.insert(place, self.missing_cell_transform(
                    source, graded[source.name].max_score, is_solution=source.name in solved,
                ))
                there = [place]
            place = there[-1] + 1 if there else place
        return nb, resources

    def preprocess(self, nb, resources):
        """Restore them."""
        about = resources["nbgrader"]
        given = about["db_url"], about["assignment"], about["notebook"], _marks(nb)
        if given == self.given:
            for cell, (marks, source) in zip(_marked(nb), self.restored, strict=True):
                cell.metadata["nbgrader"].update(marks)
                cell.source = cell.source if source is None else source
            return nb, resources
        kept = [_kept(cell) for cell in _marked(nb)]
        nb, resources = super().preprocess(nb, resources)
        if not all("id" in cell for cell in nb.cells):
            for cell in nb.cells:
                cell.setdefault("id", grade_id(cell))
            number(nb.cells)
        if kept == [_kept(cell) for cell in _marked(nb)]:
            self.given, self.restored = given, [
                (dict(cell.metadata["nbgrader"]), cell.source if utils.is_locked(cell) else None)
                for cell in _marked(nb)
            ]
        return nb, resources


class CheckMarks(CheckCellMetadata):
    """nbgrader's check of all marks, once for the same marks: `Repair` gives them to everybody."""

    passed = ()

    def preprocess(self, nb, resources):
        """Check them, unless those of the last notebook were the same."""
        marks = _marks(nb)
        if marks != self.passed:
            nb, resources = super().preprocess(nb, resources)
            self.passed = marks
        return nb, resources


def _marked(nb):
    return [cell for cell in nb.cells if "nbgrader" in cell.metadata]


def _marks(nb):
    """All that says what becomes of the marked cells: their types and marks, as text."""
    return [(cell.cell_type, json.dumps(cell.metadata["nbgrader"], sort_keys=True))
            for cell in _marked(nb)]


def _kept(cell):
    """What OverwriteCells changes only in cells that are not as they should be."""
    return cell.cell_type, grade_id(cell), utils.is_locked(cell)


class HideTests(NbGraderPreprocessor):
    """In feedback: the text of a hidden test stays hidden, for right and wrong answers alike."""

    # nbconvert's pages set it for every step, and traitlets warns of a step that cannot take it
    display_data_priority = List(config=True)

    def preprocess_cell(self, cell, resources, index):
        """Cut the hidden region out of the cell's source and out of what it raised."""
        if cell.cell_type == "code" and BEGIN in cell.source:
            shown = without_hidden(cell.source)
            hidden = _lines(cell.source) - _lines(shown)
            for output in cell.outputs:
                if output.output_type == "error" and _quotes(output, hidden):
                    said = f"A hidden test of this cell failed: {output.ename[:100]}."
                    output.evalue, output.traceback = "", [said]
            cell.source = shown
        return cell, resources


def _lines(source):
    return {line for text in source.split("\n") if len(line := "".join(text.split())) > 2}


def _quotes(error, hidden):
    """Whether an error tells a line of a hidden test, or the words that one has for it."""
    told = _lines(strip_ansi("\n".join(map(str, error.traceback))))
    words = "".join(str(error.evalue).split())
    return any((words and words in line) or any(one.endswith(line) for one in told)
               for line in hidden)


def without_hidden(source):
    """The source without its hidden test regions."""
    kept, hidden = [], False
    for line in source.split("\n"):
        if BEGIN in line:
            hidden = True
        elif END in line:
            hidden = False
        elif not hidden:
            kept.append(line)
    return "\n".join(kept)
