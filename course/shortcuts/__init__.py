"""Find where a student's function uses a ready-made routine for what it was to work out itself.

Judged by what the function reaches when it is called: an import at the top of a notebook, a
comparison in a scratch cell, a local variable of the same name, a method nobody calls are free.
"""

from dataclasses import dataclass

from course.shortcuts.reading import Reading, TooMuch

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
        Where it is used; None if it was only seen while the function ran, or in a module.
    text : str
        That line.
    module : str
        The file beside the notebook that holds the line, or "".
    """

    routine: str
    cell: int | None = None
    line: int | None = None
    text: str = ""
    module: str = ""

    def sentence(self):
        """What the report says."""
        place = f"{self.module}, " if self.module else ""
        where = f" ({place}line {self.line}: {self.text})" if self.line else " (seen while it ran)"
        return f"uses {self.routine}{where}, which does what you were to work out yourself"


def find(cells, name, routines=ROUTINES, files=None):
    """The first shortcut in a function, or in what it reaches.

    Parameters
    ----------
    cells : sequence of str
        The notebook's code cells up to the exercise's test cell.
    name : str
        The student's function.
    routines : sequence of str
        What is a shortcut.
    files : mapping of str to bytes, optional
        What lies beside the notebook: modules in it are read, too.

    Returns
    -------
    Shortcut or None

    Raises
    ------
    TooMuch
        If there is more than can be read.
    """
    for found in Reading(cells, files).reached(name):
        if found.foreign and any(
            found.name == r or found.name.startswith(r + ".") for r in routines
        ):
            cell = found.place if isinstance(found.place, int) else None
            module = "" if cell is not None else found.place
            return Shortcut(found.name, cell, found.line, found.text, module)
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
        Empty if there is more than can be read.
    """
    try:
        return {
            found.name for found in Reading(cells).reached(name)
            if not found.foreign and isinstance(found.place, int)
        }
    except TooMuch:
        return set()
