"""Notice, in the process that answers a battery, when a ready-made routine is used."""

import importlib.abc
import sys
import types
from itertools import islice


class Watch:
    """Looks out for functions ("numpy.convolve") and whole packages ("scipy").

    Made once, in the warm parent: a fork that looked through all modules would have to copy
    them. Only what was imported since is looked through in the fork.

    Parameters
    ----------
    names : iterable of str

    Attributes
    ----------
    used : set of str
        What was used since `start`.
    """

    def __init__(self, names):
        self.used = set()
        self.packages = {name for name in names if "." not in name}
        self.functions = [_Function(name, self.used) for name in names if "." in name]
        self.functions = [one for one in self.functions if one.original is not None]
        self.places = self._places(sys.modules.items())
        self.known = len(sys.modules)

    def start(self, namespace):
        """Put recorders in the places of what is watched.

        Parameters
        ----------
        namespace : dict
            The notebook's; routines that it holds under names of its own are watched, too.
        """
        since = islice(reversed(sys.modules.items()), max(len(sys.modules) - self.known, 0))
        for module, attribute, recorder in [*self.places, *self._places(since)]:
            try:
                setattr(module, attribute, recorder)
            except TypeError:  # a module of a kind of its own
                continue
        for name, value in list(namespace.items()):
            package = self._package(getattr(value, "__module__", None) or "")
            if package and callable(value) and not isinstance(value, type):
                namespace[name] = _recorder(value, package, self.used)
            for function in self.functions:
                if value is function.original:
                    namespace[name] = function.recorder
        sys.meta_path.insert(0, _Finder(self))

    def _places(self, modules):
        """(module, attribute, what to put there), for each of these modules that matters."""
        found, own = [], {function.package for function in self.functions}
        for name, module in modules:
            if not isinstance(module, types.ModuleType):
                continue
            if package := self._package(name):
                found.append((module, "__class__", _watched(type(module), package, self.used)))
            elif name.partition(".")[0] in own:
                found += [
                    (module, function.attribute, function.recorder) for function in self.functions
                    if vars(module).get(function.attribute) is function.original
                ]
        return found

    def _package(self, name):
        """The watched package that a module belongs to, or ""."""
        top = name.partition(".")[0]
        return top if top in self.packages else ""


class _Function:
    """A function that is watched, and what stands in its place."""

    def __init__(self, name, used):
        module, _, self.attribute = name.rpartition(".")
        self.package = name.partition(".")[0]
        self.original = getattr(sys.modules.get(module), self.attribute, None)
        self.recorder = _recorder(self.original, name, used)


def _recorder(function, name, used):
    def recorded(*args, **kwargs):
        used.add(name)
        return function(*args, **kwargs)

    return recorded


def _watched(kind, package, used):
    """A class of module that notes whoever takes something from it."""

    class Watched(kind):
        def __getattribute__(self, name):
            if not name.startswith("__"):
                used.add(package)
            return super().__getattribute__(name)

    return Watched


class _Finder(importlib.abc.MetaPathFinder):
    """Sees the first import of a watched package and leaves it to the others."""

    def __init__(self, watch):
        self.watch = watch

    def find_spec(self, fullname, path=None, target=None):
        """Note the name; find nothing."""
        package = fullname.partition(".")[0]
        if package in self.watch.packages:
            self.watch.used.add(package)
