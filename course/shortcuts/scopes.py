"""What the names in a piece of Python mean, by Python's own table of symbols."""

import ast
import symtable
from dataclasses import dataclass, field

FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
COMPREHENSIONS = {
    ast.ListComp: "listcomp", ast.SetComp: "setcomp", ast.DictComp: "dictcomp",
    ast.GeneratorExp: "genexpr",
}

MAX_COMPARED = 1_000_000
"""Beyond it nothing is a scope's own: everything counts as reached."""


@dataclass
class Uses:
    """What a piece of code reads when it runs.

    Attributes
    ----------
    names : list of (str, int)
        Dotted names that begin with a global one, with their lines.
    imported : list of (str, int)
        Full names of what it imports itself.
    words : set of str
        Every attribute, and every text that could be the name of one.
    methods : dict of str to Uses
        Of a class: the functions that run only if somebody asks for them by name.
    """

    names: list = field(default_factory=list)
    imported: list = field(default_factory=list)
    words: set = field(default_factory=set)
    methods: dict = field(default_factory=dict)

    def settle(self):
        """In order, and each name once, where it is read first."""
        for uses in (self.names, self.imported):
            uses.sort(key=lambda use: (use[1], -len(use[0])))
            first = {}
            for name, line in uses:
                first.setdefault(name, line)
            uses[:] = first.items()
        for method in self.methods.values():
            method.settle()


class Scopes:
    """A module or a cell: its statements, and what their names mean.

    Raises
    ------
    SyntaxError, ValueError, RecursionError, MemoryError
        If it can't be read.
    """

    def __init__(self, source):
        self.tree = ast.parse(source)
        self.own, waiting = {}, [symtable.symtable(source, "<cell>", "exec")]
        while waiting:
            table = waiting.pop()
            inner = table.get_children()
            waiting += inner
            own = set()  # each symbol is compared with all inner scopes
            if len(inner) * len(table.get_identifiers()) < MAX_COMPARED:
                own = {one.get_name() for one in table.get_symbols() if not one.is_global()}
            place = table.get_name(), table.get_lineno()
            self.own[place] = self.own.get(place, own) & own

    def uses(self, *nodes):
        """What these nodes of the outermost level read."""
        imports = {}
        for node in nodes:
            for inner in ast.walk(node):
                imports |= imported(inner)
        found = Uses()
        for node in nodes:
            if isinstance(node, ast.ClassDef):
                self._class(node, found, imports)
            else:
                self._walk(node, None, found, imports)
        found.settle()
        return found

    def _class(self, node, found, imports):
        """Of a class only what Python itself runs; the other methods are kept apart."""
        inside = self._own(node.name, node)
        for part in (*node.bases, *node.keywords, *node.decorator_list):
            self._walk(part, None, found, imports)
        for statement in node.body:
            if isinstance(statement, FUNCTIONS) and not statement.name.startswith("__"):
                method = found.methods[statement.name] = Uses()
                self._walk(statement, inside, method, imports)
            else:
                self._walk(statement, inside, found, imports)

    def _walk(self, node, own, found, imports):
        """Add what a node reads; ``own`` are its scope's own names, None outermost."""
        match node:
            case ast.Name():
                self._name(node, node.id, own, found, imports)
            case ast.Attribute():
                dotted, root = _dotted(node)
                found.words.update(dotted.split("."))
                if isinstance(root, ast.Name):
                    self._name(node, f"{root.id}.{dotted}", own, found, imports)
                else:
                    self._walk(root, own, found, imports)
            case ast.Constant(value=str(text)):
                if text.isidentifier():
                    found.words.add(text)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                inside = self._own(getattr(node, "name", "lambda"), node)
                for part in (*getattr(node, "decorator_list", ()), *node.args.defaults,
                             *filter(None, node.args.kw_defaults)):
                    self._walk(part, own, found, imports)
                body = node.body if isinstance(node.body, list) else [node.body]
                for part in body:
                    self._walk(part, inside, found, imports)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                inside = self._own(COMPREHENSIONS[type(node)], node)
                first = node.generators[0].iter
                self._walk(first, own, found, imports)
                parts = [p for g in node.generators for p in (g.target, g.iter, *g.ifs)]
                parts += [p for p in ast.iter_child_nodes(node) if isinstance(p, ast.expr)]
                for part in parts:
                    if part is not first:
                        self._walk(part, inside, found, imports)
            case ast.ClassDef():
                inside = self._own(node.name, node)
                for part in (*node.bases, *node.keywords, *node.decorator_list):
                    self._walk(part, own, found, imports)
                for part in node.body:
                    self._walk(part, inside, found, imports)
            case _:
                for part in ast.iter_child_nodes(node):
                    self._walk(part, own, found, imports)

    def _name(self, node, dotted, own, found, imports):
        root, _, rest = dotted.partition(".")
        if own is None or root not in own:
            found.names.append((dotted, node.lineno))
        elif root in imports:
            found.imported.append((f"{imports[root]}.{rest}".rstrip("."), node.lineno))

    def _own(self, name, node):
        """A scope's own names; of several in one line those of all, others may be global."""
        return self.own.get((name, node.lineno), frozenset())


def imported(node):
    """Names that an import statement binds, with the full names they stand for."""
    if isinstance(node, ast.Import):
        return {
            a.asname or a.name.partition(".")[0]: a.name if a.asname else a.name.partition(".")[0]
            for a in node.names
        }
    if isinstance(node, ast.ImportFrom) and node.module:
        return {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names if a.name != "*"}
    if isinstance(node, ast.ImportFrom):  # from . import part
        return {a.asname or a.name: a.name for a in node.names if a.name != "*"}
    return {}


def _dotted(node):
    """The attributes after the root, and the root."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join(reversed(parts)), node
