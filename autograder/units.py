"""What a course folder grades: each assignment of the gradebook, ours with what is declared."""

from dataclasses import replace
from pathlib import Path

from nbgrader.api import Base
from sqlalchemy import create_engine, inspect, make_url, select

from autograder.exercises import UNITS
from autograder.gradebook import url_of
from autograder.spec import Unit


def units_of(root, db=None):
    """All assignments: the declared units in their order, then the others by name.

    An assignment is one that nbgrader has released: it is in the gradebook, with its notebooks.
    A declared unit is listed even if it is not.

    Parameters
    ----------
    root : Path
        The course folder.
    db : str, optional
        See `autograder.gradebook.url_of`.
    """
    there = _notebooks(url_of(root, db))
    ours = [_with_others(unit, there.pop(unit.name, ())) for unit in UNITS]
    rest = [Unit(name, names[0], others=names[1:]) for name, names in sorted(there.items())]
    return (*ours, *rest)


def unit_of(name, root, db=None):
    """The assignment called ``name``; see `units_of`.

    Raises
    ------
    KeyError
        If there is none; the message lists those there are.
    """
    units = units_of(root, db)
    for unit in units:
        if unit.name == name:
            return unit
    there = ", ".join(unit.name for unit in units)
    hint = ""
    if Path(root, "source", str(name)).is_dir():
        hint = f" It has a folder in source/: release it by `nbgrader generate_assignment {name}`."
    raise KeyError(f"There is no unit {name!r}; there are: {there}.{hint}")


def _with_others(unit, names):
    return replace(unit, others=tuple(name for name in names if name != unit.notebook))


def _notebooks(url):
    """The names of all notebooks in the gradebook, by assignment; no gradebook is made here."""
    url = make_url(url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return {}
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("notebook"):
                return {}
            assignment, notebook = (Base.metadata.tables[n] for n in ("assignment", "notebook"))
            found = {}
            for name, of_it in connection.execute(
                select(assignment.c.name, notebook.c.name)
                .join_from(notebook, assignment, notebook.c.assignment_id == assignment.c.id)
                .order_by(notebook.c.name)
            ):
                found[name] = (*found.get(name, ()), of_it)
            return found
    finally:
        engine.dispose()
