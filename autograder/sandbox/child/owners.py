"""Whose code a file holds."""

import os
import sys

FREE = ("matplotlib", "matplotlib_inline", "mpl_toolkits", "IPython", "course")
"""What these do for themselves is nobody's shortcut."""

OURS = os.path.join(os.path.dirname(__file__), "")


class Owners:
    """Tells files of watched packages and of free ones from all others.

    Parameters
    ----------
    packages : iterable of str
        The watched ones.
    """

    def __init__(self, packages):
        roots = [path.rstrip("/") for path in sys.path if path]
        self.watched = {
            start: name for name in packages for root in roots
            for start in (f"{root}/{name}/", f"{root}/{name}.py")
        }
        self.free = tuple(f"{root}/{name}/" for name in FREE for root in roots)
        self.library = os.path.dirname(os.__file__) + "/"
        self.packages, self.kinds = {}, {}

    def package(self, file):
        """The watched package that a file belongs to, or ""."""
        if file not in self.packages:
            self.packages[file] = next(
                (name for start, name in self.watched.items() if file.startswith(start)), ""
            )
        return self.packages[file]

    def is_free(self, frame):
        """Whether matplotlib or IPython asks, for itself: the nearest that only hand on skipped."""
        while frame is not None:
            file = frame.f_code.co_filename
            if file not in self.kinds:
                self.kinds[file] = self._kind(file)
            if self.kinds[file] is not None:
                return self.kinds[file]
            frame = frame.f_back
        return False

    def _kind(self, file):
        """True for what is free, None for what only hands on, False for everybody else."""
        if file.startswith(self.free):
            return True
        hands_on = file.startswith(OURS) or file.startswith("<frozen") or self.package(file) or (
            file.startswith(self.library) and "-packages/" not in file
        )
        return None if hands_on else False
