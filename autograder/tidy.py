"""Make a well-formed notebook of anything that nbformat could read."""

import re

import nbformat

from autograder.notebooks import grade_id

MAX_CELLS = 1000
MAX_SOURCE = 200_000
"""Characters of one cell."""

FENCE = re.compile(r"\A\s*```[\w {}.-]*\n(.*)\n```\s*\Z", re.S)
TYPES = ("code", "markdown", "raw")
ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
PLAIN = str | int | float | None
OURS = "cnn_by_hand"
"""Key in the notebook's metadata under which our notes are kept."""
HANDED_IN = "handed_in"
"""Among them, and in nbgrader's resources: the SHA-256 of the file as it was handed in."""


def handed_in(notebook):
    """The SHA-256 of the file that a repaired notebook was handed in as; else empty."""
    return notebook.metadata.get(OURS, {}).get(HANDED_IN, "")


def tidy(notebook, known=frozenset()):
    """Repair the notebook's form in place.

    Parameters
    ----------
    notebook : NotebookNode
    known : set of str
        Ids and grade_ids of the course's cells: these stay when there are too many cells.

    Returns
    -------
    list of str
        What was done, a sentence each.
    """
    said = []
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        said.append("needs attention: the notebook has no list of cells")
        cells = []
    elif not cells:
        said.append("needs attention: the notebook has no cells")
    if len(cells) > MAX_CELLS:
        said.append(
            f"needs attention: the notebook has {len(cells)} cells; only the course's and the "
            f"first {MAX_CELLS} are graded"
        )
        cells = _fewer(cells, known)
    notebook.cells = [_cell(cell) for cell in cells if isinstance(cell, dict)]
    if len(notebook.cells) < len(cells):
        said.append("things that are no cells were left out")
    said += _without_text([cell for cell in cells if isinstance(cell, dict)])
    long = [cell for cell in notebook.cells if len(cell.source) > MAX_SOURCE]
    for cell in long:
        said.append(
            f"needs attention: a cell of {len(cell.source)} characters was cut to {MAX_SOURCE}"
        )
        cell.source = cell.source[:MAX_SOURCE]
    number(notebook.cells)
    if (notebook.nbformat, notebook.nbformat_minor) != (4, 5):
        notebook.nbformat, notebook.nbformat_minor = 4, 5
    return said


def note(notebook, sentence):
    """Add to our notes on a notebook."""
    ours = notebook.metadata.setdefault(OURS, nbformat.NotebookNode())
    ours["repairs"] = [*ours.get("repairs", ()), sentence]


def _without_text(cells):
    """A sentence for each cell whose text is none, at most a few."""
    found = []
    for number, cell in enumerate(cells, 1):
        source = cell.get("source", "")
        lines = source if isinstance(source, list) else [source]
        if not all(isinstance(line, str) for line in lines):
            name = _dict(_dict(cell.get("metadata")).get("nbgrader")).get("grade_id")
            where = f"`{name}`" if isinstance(name, str) else f"cell {number}"
            found.append(f"needs attention: the text of {where} is no text in the file; only what "
                         "is was graded")
    return found[:5]


def _fewer(cells, known):
    """The first cells, and later ones of the course that were not among them."""
    kept, seen = [], set()
    for index, cell in enumerate(cells):
        if not isinstance(cell, dict):
            continue
        marks = _dict(_dict(cell.get("metadata")).get("nbgrader"))
        keys = {key for key in (cell.get("id"), marks.get("grade_id")) if isinstance(key, str)}
        if index < MAX_CELLS or (keys & known) - seen:
            kept.append(cell)
        seen |= keys
    return kept


def _cell(cell):
    """A cell with every key that nbformat asks for and of the right type, without outputs."""
    kind = cell.get("cell_type")
    source = _text(cell.get("source", ""))
    made = {
        "cell_type": kind if kind in TYPES else "code" if "outputs" in cell else "markdown",
        "id": cell.get("id"),
        "source": source,
    }
    metadata = _dict(cell.get("metadata"))
    marks, tags = metadata.get("nbgrader"), metadata.get("tags")
    made["metadata"] = {}
    if isinstance(marks, dict):  # what is nested, nobody asks for
        made["metadata"]["nbgrader"] = {k: v for k, v in marks.items() if isinstance(v, PLAIN)}
    if isinstance(tags, list) and all(isinstance(tag, str) for tag in tags):
        made["metadata"]["tags"] = tags
    if made["cell_type"] == "code":
        made |= {"outputs": [], "execution_count": None}
    elif isinstance(cell.get("attachments"), dict):
        made["attachments"] = {
            name: {kind: text for kind, lines in bundle.items() if (text := _text(lines))}
            for name, bundle in cell["attachments"].items() if isinstance(bundle, dict)
        }
    return nbformat.from_dict(made)


def _text(lines):
    """Text, which a notebook may keep as a list of lines; anything else is none."""
    if isinstance(lines, list):
        return "".join(line for line in lines if isinstance(line, str))
    return lines if isinstance(lines, str) else ""


def _dict(value):
    return value if isinstance(value, dict) else {}


def number(cells):
    """Every cell has an id of its own; a grade_id claims the id that is like it."""
    taken = {name for cell in cells if isinstance(name := grade_id(cell), str)}
    for index, cell in enumerate(cells):
        name = cell.id
        own = name == grade_id(cell)
        if not isinstance(name, str) or not ID.fullmatch(name) or (name in taken and not own):
            cell.id = name = _free(f"cell-{index}", taken)
        taken.add(name)
    seen = set()
    for index, cell in enumerate(cells):
        if cell.id in seen:
            cell.id = _free(f"cell-{index}", taken)
            taken.add(cell.id)
        seen.add(cell.id)


def _free(name, taken):
    while name in taken:
        name += "-"
    return name


def retype(cell, kind):
    """Make a cell one of another kind; code in a fence becomes code."""
    cell.cell_type = kind
    if kind == "code":
        fenced = FENCE.match(cell.source)
        cell.source = fenced[1] if fenced else cell.source
        cell.pop("attachments", None)
        cell.outputs, cell.execution_count = [], None
    else:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
