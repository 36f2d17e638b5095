"""Find where a student's function uses a ready-made routine for what it was to work out itself.

Judged at use: an import at the top of a notebook, or a comparison in a scratch cell, is free.
"""

import ast
from dataclasses import dataclass
from functools import lru_cache

ROUTINES = (
    "numpy.convolve", "numpy.correlate", "numpy.polymul", "numpy.ma.convolve", "numpy.ma.correlate",
    "scipy", "torch", "tensorflow", "keras", "jax", "cv2", "skimage", "cupy", "cupyx", "PIL",
    "pandas", "statsmodels", "sklearn", "astropy", "mxnet", "paddle",
)
"""Functions and whole packages that answer an exercise by themselves."""


@dataclass(frozen=True)
class Shortcut:
    """A use of a ready-made routine.

    Attributes
    ----------
    routine : str
        "numpy.convolve", "scipy.signal.correlate2d"
    cell, line : int or None
        Where it is used; None if it was only seen while the function ran.
    text : str
        That line.
    """

    routine: str
    cell: int | None = None
    line: int | None = None
    text: str = ""

    def sentence(self):
        """What the report says."""
        where = f" (line {self.line}: {self.text})" if self.line else " (seen while it ran)"
        return f"uses {self.routine}{where}, which does what you were to work out yourself"


def find(cells, name, routines=ROUTINES):
    """The first shortcut in a function, or in what it uses of the notebook.

    Parameters
    ----------
    cells : sequence of str
        The notebook's code cells up to the exercise's test cell.
    name : str
        The student's function.
    routines : sequence of str
        What is a shortcut.

    Returns
    -------
    Shortcut or None
    """
    for full, cell, line in _reads(_Notebook(cells), name):
        if cell is not None and any(full == r or full.startswith(r + ".") for r in routines):
            return Shortcut(full, cell, line, cells[cell].split("\n")[line - 1].strip())
    return None


def reached(cells, name):
    """Names of the notebook that a function reads, itself or through what it uses.

    Parameters
    ----------
    cells : sequence of str
    name : str

    Returns
    -------
    set of str
    """
    return {read for read, cell, _ in _reads(_Notebook(cells), name) if cell is None}


def _reads(notebook, name):
    """What a function reads: ``(name, cell, line)``; the cell is None if it is not imported."""
    seen, waiting = set(), [name]
    while waiting:
        current = waiting.pop(0)
        if current in seen or current not in notebook.defined:
            continue
        seen.add(current)
        cell, node = notebook.defined[current]
        names = notebook.imported | _imports(node)
        for used, line in _uses(node):
            root, _, rest = used.partition(".")
            if root in names:
                yield f"{names[root]}.{rest}".rstrip("."), cell, line
            else:
                waiting.append(root)
                yield root, None, line


class _Notebook:
    """What the cells define and import at their outermost level; the last definition counts."""

    def __init__(self, cells):
        self.defined, self.imported = {}, {}
        for index, source in enumerate(cells):
            for imports, names, value in _bindings(source):
                self.imported |= imports
                for name in names:
                    self.defined[name] = (index, value)
                    self.imported.pop(name, None)


@lru_cache(maxsize=200)  # most are the course's own cells, and every exercise asks for all
def _bindings(source):
    """What each statement of a cell binds: what it imports, other names, and what they are."""
    return [
        (_imported(node), _names_set(node), node.value if isinstance(node, ast.Assign) else node)
        for node in _statements(source)
    ]


def _statements(source):
    """Statements that run when the cell runs, those under ``if`` and ``try`` included."""
    try:
        waiting = list(ast.parse(_without_magics(source)).body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    found = []
    while waiting:
        node = waiting.pop(0)
        found.append(node)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            waiting += [n for n in ast.iter_child_nodes(node) if isinstance(n, ast.stmt)]
            for handler in getattr(node, "handlers", ()):
                waiting += handler.body
    return found


def _names_set(node):
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def _imported(node):
    """Names that an import statement binds, with the full names they stand for."""
    if isinstance(node, ast.Import):
        return {
            a.asname or a.name.partition(".")[0]: a.name if a.asname else a.name.partition(".")[0]
            for a in node.names
        }
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    return {}


def _imports(node):
    found = {}
    for inner in ast.walk(node):
        found |= _imported(inner)
    return found


def _uses(node):
    """Dotted names that are read anywhere inside, with their lines, in reading order."""
    found = []
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute | ast.Name):
            name = _dotted(inner)
            if name:
                found.append((name, inner.lineno))
    found.sort(key=lambda use: (use[1], -len(use[0])))
    return found


def _dotted(node):
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])


def _without_magics(source):
    """The source with IPython's own lines blanked, so that line numbers stay."""
    lines = []
    for line in source.split("\n"):
        text = line.lstrip()
        magic = text.startswith(("%", "!", "?")) or text.rstrip().endswith("?")
        lines.append(line[: len(line) - len(text)] + "pass" if magic else line)
    return "\n".join(lines)
