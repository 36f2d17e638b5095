"""Names that nobody has who handed in."""

from difflib import get_close_matches

from autograder.mend import students
from autograder.reading import shown

FEW = 12
"""So many names are listed; of more, those that are alike."""


def stranger(root, units, name):
    """Why there is nothing of a student to be graded.

    Parameters
    ----------
    root : Path
        The course folder.
    units : sequence of Unit
    name : str

    Returns
    -------
    str
        A sentence that says who is there; empty if the student handed in.
    """
    there = sorted({shown(student) for unit in units for student in students(root, unit)})
    if name in there:
        return ""
    said = f"{name!r} handed nothing in for {units[0].name if len(units) == 1 else 'any unit'}"
    if not there:
        return f"{said}, and nobody else did."
    if len(there) <= FEW:
        return f"{said}; these did: {', '.join(there)}."
    alike = get_close_matches(name, there, n=3)
    return f"{said}; {len(there)} others did{', among them ' if alike else ''}{', '.join(alike)}."
