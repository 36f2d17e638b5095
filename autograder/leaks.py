"""Refuse a student kit that holds what students must not have."""

import ast
import inspect
import json
import re
import textwrap
from functools import cache
from pathlib import PurePosixPath

import nbformat

from autograder import draw, notebooks
from autograder.declare.solutions import FOLDER, path_of
from autograder.exercises import UNITS

MARKERS = (
    "BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "BEGIN MARK SCHEME", "import autograder",
    "from autograder", "from scipy", "import scipy",
)
CACHES = (".pyc", ".pyo", ".so", ".pyd")
FOLDERS = (
    "__pycache__", ".ipynb_checkpoints", "autograder", "source", "submitted", "gradebook.db",
    FOLDER,
)


def leaks(files, root):
    """Everything in the kit that a student must not have.

    Parameters
    ----------
    files : mapping of str to bytes
        The kit's content by path.
    root : Path
        The course folder, whose ``source/`` holds the solutions to look for.

    Returns
    -------
    list of str
        One sentence for each find; empty for a clean kit.
    """
    solution_lines = _solution_lines(root)
    finds = []
    for path, content in files.items():
        parts = PurePosixPath(path).parts
        if path.endswith(CACHES) or any(folder in parts for folder in FOLDERS):
            finds.append(f"{path}: compiled code, caches and instructor folders don't belong here.")
            continue
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            continue  # a picture or an array archive
        finds += _in_text(path, text, solution_lines)
        if path.endswith(".ipynb"):
            finds += _in_notebook(path, text)
        if path.endswith(".py"):
            finds += _in_code(path, text)
        if "/visible/" in path:
            finds += _in_visible(path, text)
    return finds


def _in_text(path, text, solution_lines):
    finds = [f"{path}: holds {marker!r}." for marker in MARKERS if marker in text]
    if draw.secret_path().exists() and draw.course_secret() in text:
        finds.append(f"{path}: holds the course secret.")
    if path.endswith((".py", ".ipynb", ".md", ".txt")):
        source = _notebook_source(text) if path.endswith(".ipynb") else text
        lines = [_squeeze(line) for line in source.split("\n")]
        for name, solution in solution_lines.items():
            length = len(solution)
            runs = (lines[i : i + length] for i in range(len(lines) - length + 1))
            if any(run == solution for run in runs):
                finds.append(f"{path}: holds the solution of {name!r}.")
    squeezed = re.sub(r"\s", "", text)
    for exercise_id, written in _answers().items():
        if written in squeezed:
            finds.append(f"{path}: holds the answer of {exercise_id!r}.")
    return finds


def _in_notebook(path, text):
    notebook = nbformat.reads(text, as_version=4)
    finds = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.outputs:
            finds.append(f"{path}: cell {cell.id!r} holds outputs.")
        if cell.cell_type == "code":
            finds += _in_code(f"{path}, cell {cell.id!r}", cell.source)
    return finds


def _in_code(path, text):
    try:
        tree = ast.parse(text)
    except SyntaxError:  # a cell with a magic; its functions are looked at by the solution lines
        return []
    return [
        f"{path}: `{node.name}` is {_instructor_functions()[_body(node)]}."
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and _body(node) in _instructor_functions()
    ]


def _in_visible(path, text):
    finds = []
    for name, entry in json.loads(text).items():
        allowed = {"answer", "twins", "form", "sealed", "parts"}
        if entry["answer"] and set(entry) - allowed:
            extra = ", ".join(sorted(set(entry) - allowed))
            finds.append(f"{path}: {name!r} is a sealed answer, but the file has its {extra}.")
    return finds


def _notebook_source(text):
    cells = nbformat.reads(text, as_version=4).cells
    return "\n".join(cell.source for cell in cells)


def _squeeze(line):
    return re.sub(r"\s", "", line)


def _solution_lines(root):
    """Each exercise's solution region in source/, as squeezed lines."""
    found = {}
    for unit in UNITS:
        path = notebooks.source_path(root, unit)
        if not path.exists():
            continue
        for cell in notebooks.read(path).cells:
            begin, end = notebooks.SOLUTION
            region = re.search(rf"{begin}\n(.*?)\n\s*{end}", cell.source, re.S)
            if region:
                found[notebooks.grade_id(cell)] = [
                    _squeeze(line) for line in region.group(1).split("\n")
                ]
    return found


@cache
def _answers():
    """Hand-worked answers long enough to be looked for as text, squeezed."""
    found = {}
    for unit in UNITS:
        for exercise in unit.exercises:
            if not exercise.answer or inspect.signature(exercise.reference).parameters:
                continue  # no answer, or another one for each student
            right = exercise.reference()
            if isinstance(right, list | tuple | dict) and len(right) > 2:
                found[exercise.id] = _squeeze(json.dumps(right, ensure_ascii=False))
    return found


@cache
def _instructor_functions():
    """Bodies of all references, solutions, variants and hidden-case generators."""
    found = {}
    for unit in UNITS:
        for exercise in unit.exercises:
            if exercise.answer:
                continue
            functions = {exercise.reference: "the reference", exercise.hidden: "the hidden cases"}
            functions |= dict.fromkeys(exercise.variants, "a right solution")
            bodies = {_body_of(function): what for function, what in functions.items()}
            path = path_of(exercise)
            if path and path.exists():
                node = ast.parse(path.read_text(encoding="utf-8")).body[0]
                bodies[_body(node)] = "the solution"
            found |= {body: f"{what} of {exercise.id!r}" for body, what in bodies.items() if body}
    return found


def _body_of(function):
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError, IndentationError):
        return ""
    node = tree.body[0]
    return _body(node) if isinstance(node, ast.FunctionDef) else ""


def _body(node):
    """A function's statements without its docstring, whatever their layout.

    One-line bodies are too common to mean anything.
    """
    statements = node.body
    if ast.get_docstring(node) is not None:
        statements = statements[1:]
    if len(statements) < 2:
        return ""
    return "\n".join(ast.dump(statement) for statement in statements)
