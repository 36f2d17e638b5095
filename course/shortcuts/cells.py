"""What a cell or a module binds at its outermost level, with IPython's own lines read as Python."""

import ast
import re
from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache

from course.shortcuts.scopes import FUNCTIONS, Scopes, Uses, imported

BODY_RUNS = ("%%time", "%%capture", "%%prun")
"""Cell magics whose body runs in the notebook as if it stood alone."""

LONG = 20_000
"""Characters of a cell."""
BRANCHES = (ast.ExceptHandler, ast.match_case)
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)


@dataclass(frozen=True)
class Binding:
    """What one statement binds.

    Attributes
    ----------
    names : tuple of str
    uses : Uses
        What these names hold, or run.
    more : bool
        Whether it adds to what the names held before (``table["f"] = ...``).
    imports : dict of str to str
        Names that it imports, with what they stand for.
    stars : tuple of str
        Modules all of whose names it imports.
    """

    names: tuple = ()
    uses: Uses = field(default_factory=Uses)
    more: bool = False
    imports: dict = field(default_factory=dict)
    stars: tuple = ()


@lru_cache(maxsize=2000)  # most are the course's own cells, and every exercise asks for all
def bindings(source):
    """What each statement binds, in order; nothing if the source can't be read."""
    runs = tuple(_module_of(path) for path in re.findall(r"^%run\s+(\S+\.py)\b", source, re.M))
    found = [Binding(stars=runs)] if runs else []
    try:
        scopes = Scopes(python(source))
        for node, perhaps in _statements(scopes.tree):
            found += _bound(node, scopes, perhaps)
    except UNREADABLE:
        return ()
    return tuple(found)


def written(source):
    """The file that a cell with ``%%writefile`` writes, as (name, text), or None."""
    first, _, rest = source.lstrip().partition("\n")
    match = re.match(r"%%(?:writefile|file)\s+(?:-a\s+|--append\s+)?[\"']?([^\"']+)[\"']?$",
                     first[:500].rstrip())
    return (match[1], "\n" + rest) if match else None  # its lines keep their numbers


def python(source):
    """A cell as Python, line for line."""
    try:
        ast.parse(source)
        return source
    except UNREADABLE:
        pass
    first, _, rest = source.lstrip().partition("\n")
    if first.startswith("%%"):
        blank = "\n" * (source.count("\n") - rest.count("\n"))
        return python(blank + rest) if first.split()[0] in BODY_RUNS else ""
    plain = re.sub(r"^([ \t]*)%(?:time|prun)[ \t]+(?!-)", r"\1", source, flags=re.M)
    if len(source) > LONG:  # IPython reads it all again for each of its own lines
        return re.sub(r"^([ \t]*)(?:[!%?]|[\w., \t]+=[ \t]*[!%]).*", r"\1pass", plain, flags=re.M)
    from IPython.core.inputtransformer2 import TransformerManager

    return TransformerManager().transform_cell(plain)


def _module_of(path):
    return path.removeprefix("./").removesuffix(".py").replace("/", ".")


def _statements(tree):
    """Statements that run when the cell runs, and whether each is sure to."""
    waiting, found = deque((node, False) for node in tree.body), []
    while waiting:
        node, perhaps = waiting.popleft()
        found.append((node, perhaps))
        if not isinstance(node, FUNCTIONS | ast.ClassDef):
            inside = [
                inner for part in ast.iter_child_nodes(node)
                for inner in (part.body if isinstance(part, BRANCHES) else [part])
                if isinstance(inner, ast.stmt)
            ]
            sure = isinstance(node, ast.With | ast.AsyncWith)
            waiting.extendleft((inner, perhaps or not sure) for inner in reversed(inside))
    return found


def _bound(node, scopes, perhaps):
    """The bindings of one statement; ``perhaps`` what the names held before stays possible."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        star = isinstance(node, ast.ImportFrom) and any(a.name == "*" for a in node.names)
        stars = (node.module,) if star and node.module else ()
        return [Binding(more=perhaps, imports=imported(node), stars=stars)]
    if isinstance(node, FUNCTIONS | ast.ClassDef):
        return [Binding((node.name,), scopes.uses(node), perhaps)]
    targets, parts = _assigned(node)
    found, names, held = [], [], []
    for target in targets:
        names += [n.id for n in ast.walk(target)
                  if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        held += [root] if (root := _holder(target)) else []
    if parts and (names or held):
        uses, more = scopes.uses(*parts), perhaps or isinstance(node, ast.AugAssign)
        found = [Binding(tuple(names), uses, more), Binding(tuple(held), uses, True)]
    if isinstance(node, ast.Assign | ast.Expr):
        found += [
            Binding((inner.target.id,), scopes.uses(inner.value), perhaps)
            for inner in ast.walk(node) if isinstance(inner, ast.NamedExpr)
        ]
    return found


def _assigned(node):
    """What a statement assigns to, and from which expressions."""
    match node:
        case ast.Assign():
            return node.targets, [node.value]
        case ast.AugAssign() | ast.AnnAssign():
            return [node.target], [node.value] if node.value else []
        case ast.For() | ast.AsyncFor():
            return [node.target], [node.iter]
        case ast.With() | ast.AsyncWith():
            items = [item for item in node.items if item.optional_vars]
            return [i.optional_vars for i in items], [i.context_expr for i in items]
    return [], []


def _holder(target):
    """The name that ``name[...] = `` or ``name.part = `` puts something into, or ""."""
    inside = False
    while isinstance(target, ast.Attribute | ast.Subscript):
        target, inside = target.value, True
    return target.id if inside and isinstance(target, ast.Name) else ""
