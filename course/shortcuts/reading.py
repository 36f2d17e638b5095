"""What a function reaches when it is called, read from the notebook and the modules beside it."""

import sys
from collections import deque
from dataclasses import dataclass

from course.shortcuts.cells import bindings, written

MAX_MODULE = 300_000
MAX_CODE = 400_000
"""Characters of all cells and modules."""
MAX_STEPS = 100_000
"""Names that are looked up: in a notebook of the course some hundreds."""
DEEPEST = 20


class TooMuch(Exception):
    """There is more than can be read in a reasonable time, and nobody knows what it reaches."""


@dataclass(frozen=True)
class Found:
    """A name that is read on the way.

    Attributes
    ----------
    name : str
        In full where it comes from elsewhere: "numpy.convolve".
    foreign : bool
        Whether it comes from neither the notebook nor a module beside it.
    place : int or str
        The cell, or the module's file.
    line : int
    text : str
        That line.
    """

    name: str
    foreign: bool
    place: int | str
    line: int
    text: str


class Reading:
    """A notebook's cells, and the modules beside it as they are needed.

    Parameters
    ----------
    cells : sequence of str
    files : mapping of str to bytes, optional

    Raises
    ------
    TooMuch
        Here or when it is asked.
    """

    def __init__(self, cells, files=None):
        self.cells = cells
        self.files = {
            name: data.decode("utf-8", "replace") for name, data in (files or {}).items()
            if name.endswith(".py") and len(data) <= MAX_MODULE
        }
        self.files |= dict(filter(None, map(written, cells)))
        self.steps, self.lines, self.read = 0, {}, sum(map(len, cells))
        if self.read > MAX_CODE:
            raise TooMuch
        self.spaces = {"": _Space(enumerate(cells))}

    def reached(self, name):
        """Everything that calling a function of the notebook may read, nearest first.

        Yields
        ------
        Found
        """
        seen, words, fresh, methods = {("", name)}, set(), set(), {}
        waiting = deque(self._definitions("", name))
        while waiting:
            module, place, uses = waiting.popleft()
            fresh |= uses.words - words
            words |= uses.words
            for word, method in uses.methods.items():
                methods.setdefault(word, []).append((module, place, method))
                fresh |= {word} & words
            for read, foreign, line, owns in self._reads(module, uses):
                yield Found(read, foreign, place, line, self._line(place, line))
                for own in owns:
                    if own not in seen:
                        seen.add(own)
                        waiting += self._definitions(*own)
            if not waiting:  # methods run only if something that is reached asks for them
                waiting += [one for word in sorted(fresh) for one in methods.pop(word, ())]
                fresh.clear()

    def _reads(self, module, uses):
        """(name, whether it is foreign, line, what it is of ours), for all that is read."""
        found = [(line, self._resolved(module, full), full) for full, line in uses.imported]
        found += [(line, self._meanings(module, dotted), dotted) for dotted, line in uses.names]
        for line, meanings, dotted in sorted(found, key=lambda one: one[0]):
            owns = [one for one in meanings if isinstance(one, tuple)]
            for full in meanings:
                if isinstance(full, str):
                    yield full, True, line, ()
            if owns or not meanings:
                yield dotted.partition(".")[0], False, line, owns

    def _definitions(self, module, name):
        defined = self._space(module).defined.get(name, ())
        return [(module, place, uses) for place, uses in defined]

    def _meanings(self, module, dotted, depth=0):
        """What a name may stand for: full names from elsewhere, and ours as (module, name)."""
        self._step()
        space, (root, _, rest) = self._space(module), dotted.partition(".")
        found = [(module, root)] if root in space.defined else []
        for full in space.imported.get(root, ()):
            found += self._resolved(module, f"{full}.{rest}".rstrip("."), depth + 1)
        for star in reversed(space.stars) if not found and depth < DEEPEST else ():
            if own := self._own(star, module):
                found = self._meanings(own, dotted, depth + 1)
            elif hasattr(sys.modules.get(star), root):
                found = [f"{star}.{dotted}"]
            if found:
                break
        return found

    def _resolved(self, module, full, depth=0):
        """What a full name stands for."""
        self._step()
        parts = full.split(".", DEEPEST)
        for count in range(len(parts), 0, -1):
            if own := self._own(".".join(parts[:count]), module):
                rest = ".".join(parts[count:])
                if not rest:
                    return []
                return (depth < DEEPEST and self._meanings(own, rest, depth)) or [full]
        return [full]

    def _own(self, name, module):
        """The name of a module beside the notebook, seen from another one; "" if there is none."""
        package = module.rpartition(".")[0]
        for one in (f"{package}.{name}", f"{module}.{name}", name):
            if not one.startswith(".") and self._file(one):
                return one
        return ""

    def _file(self, module):
        path = module.replace(".", "/")
        return next((p for p in (f"{path}.py", f"{path}/__init__.py") if p in self.files), None)

    def _space(self, module):
        if module not in self.spaces:
            file = self._file(module)
            self.read += len(self.files.get(file, ""))
            if self.read > MAX_CODE:
                raise TooMuch
            self.spaces[module] = _Space([(file, self.files[file])] if file else [])
        return self.spaces[module]

    def _step(self):
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise TooMuch

    def _line(self, place, line):
        if place not in self.lines:
            text = self.cells[place] if isinstance(place, int) else self.files[place]
            self.lines[place] = text.split("\n")
        lines = self.lines[place]
        return lines[line - 1].strip() if line <= len(lines) else ""


class _Space:
    """What sources define and import at their outermost level; the last definition counts."""

    def __init__(self, sources):
        self.defined, self.imported, self.stars = {}, {}, []
        for place, source in sources:
            for binding in bindings(source):
                self._add(place, binding)

    def _add(self, place, binding):
        self.stars += binding.stars
        for name, full in binding.imports.items():
            if not binding.more:
                self.defined.pop(name, None)
            self.imported.setdefault(name, [])
            self.imported[name] = [*(self.imported[name] if binding.more else ()), full]
        for name in binding.names:
            if binding.more:
                self.defined.setdefault(name, []).append((place, binding.uses))
            else:
                self.defined[name] = [(place, binding.uses)]
                self.imported.pop(name, None)
