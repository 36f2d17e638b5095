"""Notice, in the process that answers a battery, when a ready-made routine is used.

Four observers, each for what the others can't see:

- NumPy's two C functions behind `convolve`, `correlate` and `polymul` are replaced before any cell
  runs: whatever keeps one (a list, a partial, a default argument, a closure) keeps ours;
- a watched package notes who takes something from its modules or imports it;
- once a notebook has done so, each call into such a package is noted, by whatever way it is made;
- where nothing could be seen, in another program for instance, that is noted instead.

What matplotlib and IPython do for themselves is nobody's shortcut.
"""

import ctypes
import importlib.abc
import sys
import threading
import types
from itertools import islice

from autograder.sandbox.child.owners import Owners

CORE = ("numpy._core.multiarray", "numpy.core.multiarray")
UNSEEN = {
    **dict.fromkeys(("subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.fork",
                     "os.forkpty", "os.spawn", "pty.spawn"), "program"),
    **dict.fromkeys(("gc.get_objects", "gc.get_referrers", "gc.get_referents", "ctypes.dlopen",
                     "ctypes.dlsym", "ctypes.call_function", "ctypes.cdata",
                     "ctypes.PyObj_FromPtr"), "recorder"),
}
"""Audit events after which it is not known what was used, and why."""


class Watch:
    """Looks out for functions of NumPy ("numpy.convolve") and whole packages ("scipy").

    Made once, in the warm parent, before any student's code runs.

    Parameters
    ----------
    names : iterable of str

    Attributes
    ----------
    used : set of str
        What was used since `start`.
    unseen : set of {"program", "recorder"}
        Why something may have been used without being seen.
    """

    def __init__(self, names):
        self.used, self.unseen = set(), set()
        self.packages = {name for name in names if "." not in name}
        self.functions = [name for name in names if name.startswith("numpy.")]
        self.owners = Owners(self.packages)
        self.armed = self.taken = False
        self.core = self._replace_core() if self.functions else ()
        self._swap(sys.modules.items())
        self.known = len(sys.modules)
        if self.packages:
            sys.meta_path.insert(0, _Finder(self))

    def start(self):
        """From now on everything counts."""
        since = islice(reversed(sys.modules.items()), max(len(sys.modules) - self.known, 0))
        self._swap([*since])
        self.armed = True
        sys.addaudithook(self._audit)  # nobody can take it away
        if self.taken:
            threading.setprofile(self._seen)
            sys.setprofile(self._seen)
        self.before = self._parts()

    def settle(self, error=""):
        """After a call: see whether the recorder is still whole.

        Parameters
        ----------
        error : str
            Name of the exception that it raised. Too deep a recursion ends a profile, too.
        """
        if error == "RecursionError" and self.taken:
            sys.setprofile(self._seen)
        if self._parts() != self.before:
            self.unseen.add("recorder")

    def take(self, package):
        """Somebody has taken something from a package's modules, or imports it."""
        if not self.owners.is_free(sys._getframe(2)):
            self.taken = True
            if self.armed:
                self.used.add(package)

    def _seen(self, frame, event, argument):
        """Python's profile function: is told of every call."""
        if event == "call":
            package = self.owners.package(frame.f_code.co_filename)
            if package and package not in self.used and not self.owners.is_free(frame.f_back):
                self.used.add(package)
        elif event == "c_call":
            module = getattr(argument, "__module__", None)
            if module is None:
                module = type(getattr(argument, "__self__", None)).__module__
            package = str(module).partition(".")[0]
            if package in self.packages and not self.owners.is_free(frame):
                self.used.add(package)

    def _audit(self, event, arguments):
        if event in UNSEEN and not self.owners.is_free(sys._getframe(1)):
            self.unseen.add(UNSEEN[event])

    def _parts(self):
        """Everything that the recorder needs to be what it is."""
        methods = [*vars(Watch).values(), *vars(Owners).values()]
        return [
            sys.getprofile() if self.taken else None, id(self.used), id(self.owners),
            *((vars(m).get(a), r.__code__, *(c.cell_contents for c in r.__closure__))
              for m, a, r in self.core),
            *((method, method.__code__) for method in methods if callable(method)),
        ]

    def _replace_core(self):
        """Put recorders in the places of NumPy's own functions: (module, attribute, recorder)."""
        core = next((sys.modules[name] for name in CORE if name in sys.modules), None)
        placed = []
        for attribute in ("correlate", "correlate2"):
            original = getattr(core, attribute, None)
            if original is None:
                continue
            recorder = _recorder(original, self._numpy)
            for module in [*sys.modules.values()]:
                if isinstance(module, types.ModuleType) \
                        and vars(module).get(attribute) is original:
                    setattr(module, attribute, recorder)
                    placed.append((module, attribute, recorder))
        return placed

    def _numpy(self):
        """One of NumPy's functions was used: note the one that was called by name."""
        frame, name, module = sys._getframe(2), "correlate", ""
        while frame is not None and str(frame.f_globals.get("__name__")).startswith("numpy"):
            name, module = frame.f_code.co_name, frame.f_globals["__name__"]
            frame = frame.f_back
        if self.armed:
            masked = "numpy.ma." if module.startswith("numpy.ma") else "numpy."
            full = masked + name
            self.used.add(full if full in self.functions else self.functions[0])

    def _swap(self, modules):
        """Have the modules of watched packages note who takes something from them."""
        for name, module in [*modules]:
            package = name.partition(".")[0]
            if package in self.packages and isinstance(module, types.ModuleType):
                try:
                    module.__class__ = _watched(type(module), package, self)
                except TypeError:  # a module of a kind of its own
                    continue


def _recorder(original, note):
    """A function that notes its use; where the original is, it knows by number only."""
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(original))
    place, kind = id(original), ctypes.py_object

    def recorded(*args, **kwargs):
        note()
        return ctypes.cast(place, kind).value(*args, **kwargs)

    recorded.__name__ = recorded.__qualname__ = original.__name__
    recorded.__module__, recorded.__doc__ = original.__module__, original.__doc__
    return recorded


def _watched(kind, package, watch):
    """A class of module that notes whoever takes something from it."""

    class Watched(kind):
        def __getattribute__(self, name):
            if name == "__dict__" or not name.startswith("__"):
                watch.take(package)
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
            self.watch.take(package)
