"""Run a student's cell as it was meant, where the harmless reading is plain."""

import ast
import re

from nbgrader import utils

from autograder.exercises import EXERCISES
from autograder.notebooks import grade_id
from autograder.plugins import without_hidden
from autograder.released import defines
from autograder.sandbox.outputs import node

PLACE = re.compile(r"cell \d+, line (\d+)")


def run(session, cell, shown):
    """A cell's outputs; where it stops at a package that is not there, the rest of it runs, too.

    Parameters
    ----------
    session : Session
    cell : nbformat cell
    shown : bool
        Whether its figures are drawn.

    Returns
    -------
    list of nbformat output nodes
    """
    source = source_of(cell)
    outputs = latest = session.run_cell(source, shown)
    while not utils.is_grade(cell) and (rest := _rest(source, latest)):
        package, source = rest
        said = f"({package} is not installed here; the rest of the cell was run without it.)\n"
        latest = session.run_cell(source, shown)
        outputs = [*outputs, node("stream", name="stdout", text=said), *latest]
    return outputs


def source_of(cell):
    """The cell's code.

    The setup cell's hidden import is the instructor's and stays outside; an answer under
    ``%%timeit``, which keeps what it defines to itself, is run once instead.
    """
    name = grade_id(cell)
    if name == "setup":
        return without_hidden(cell.source)
    first, _, rest = cell.source.partition("\n")
    timed = name in EXERCISES and first.split()[:1] == ["%%timeit"] and defines(rest, name)
    return f"\n{rest}" if timed else cell.source


def _rest(source, outputs):
    """What to run of a cell that stopped at the import of a package that is not there.

    Parameters
    ----------
    source : str
    outputs : sequence of nbformat output nodes

    Returns
    -------
    tuple of str or None
        The missing package, and the cell without what has run, the import, and the statements
        that only make use of it (``drive.mount(...)``).
    """
    last = outputs[-1] if outputs else {}
    if last.get("ename") != "ModuleNotFoundError":
        return None
    line, tree = line_of(last) + source.count("\n") + 1 - len(lines_of(source)), statements(source)
    failed = next((n for n in tree if n.lineno <= line <= n.end_lineno), None)
    if not isinstance(failed, ast.Import | ast.ImportFrom):
        return None
    names = {a.asname or a.name.partition(".")[0] for a in failed.names}
    lines = source.split("\n")
    for statement in tree:
        if statement.lineno <= failed.lineno or _only_uses(statement, names):
            first, last = statement.lineno - 1, statement.end_lineno
            lines[first:last] = [""] * (last - first)
    lines[0] = lines[0] or "pass"  # IPython counts from the first full line
    package = failed.module if isinstance(failed, ast.ImportFrom) else failed.names[0].name
    return package, "\n".join(lines)


def _only_uses(node, names):
    """Whether a statement that defines nothing reads one of these names."""
    read = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return isinstance(node, ast.Expr | ast.Assign) and bool(read & names)


def lines_of(source):
    """A cell's lines, from the first full one on: so IPython counts them."""
    lines = source.split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    return lines


def line_of(error):
    """The line of the cell at which it stopped, by an error's output; 0 if that is not known."""
    found = PLACE.search("\n".join(error.get("traceback", ())))
    return int(found[1]) if found else 0


def statements(source):
    """The statements of a cell, if it is plain Python."""
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
