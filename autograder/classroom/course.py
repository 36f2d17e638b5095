"""What a worker has to know of one unit, as bytes that travel with its tasks."""

import hashlib
import importlib.metadata
import json
import platform
import tempfile
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from nbgrader.api import Base, Gradebook
from sqlalchemy import create_engine, insert, select

from autograder.agreement import check_gradebook, check_source
from autograder.draw import course_secret
from autograder.settings import CONFIG, check, modules, settings

PACKAGES = ("nbgrader", "nbconvert", "nbformat", "ipython", "numpy", "scipy", "matplotlib")
TABLES = ("course", "assignment", "notebook", "base_cell", "grade_cells", "solution_cells",
          "task_cells", "source_cell")


class NotReleased(ValueError):
    """A unit is not in the gradebook yet."""


@dataclass(frozen=True, eq=False)
class Course:
    """One unit as a worker needs it; equal courses have equal digests.

    Attributes
    ----------
    unit : str
    files : mapping of str to bytes
        ``nbgrader_config.py``, modules beside it, and everything under ``source/<unit>/``.
    book : bytes
        An SQLite gradebook that holds the unit's cells and no student.
    cells : str
        What these cells say, as text: tests, points, types; no ids, no dates. How late somebody is
        belongs to the task: another due date grades only those again whom it concerns.
    secret : str
        Where hidden inputs come from.
    code : str
        Digest of the installed autograder: a worker with another one refuses.
    """

    unit: str
    files: dict
    book: bytes
    cells: str
    secret: str
    code: str

    @cached_property
    def digest(self):
        """Changes with everything that may change a grade: cells, settings, secret, code."""
        parts = [self.unit, self.secret, self.code, json.dumps(versions()), self.cells]
        parts += [f"{name}\0{digest_of(data)}" for name, data in sorted(self.files.items())]
        return digest_of("\n".join(parts).encode())

    @property
    def beside(self):
        """The files of the unit's folder, by their path in it."""
        prefix = f"source/{self.unit}/"
        return {path.removeprefix(prefix): data for path, data in self.files.items()
                if path.startswith(prefix)}

    def __eq__(self, other):
        return isinstance(other, Course) and self.digest == other.digest

    def __hash__(self):
        return hash(self.digest)


def course_of(root, unit, db_url):
    """Collect what a worker needs.

    Parameters
    ----------
    root : Path
        The course folder.
    unit : Unit
    db_url : str
        The instructor's gradebook.

    Raises
    ------
    NotReleased
        If the gradebook does not know the unit's cells.
    Disagreement
        If it has other points for them than source/, or source/ others than are declared.
    Refused
        If a setting would be ignored.
    """
    root = Path(root)
    check(settings(root))
    rows = _rows(unit.name, db_url)
    check_source(root, unit)
    check_gradebook(root, unit, _points(rows, unit.notebook))
    sources = [root / CONFIG, *sorted((root / "source" / unit.name).rglob("*"))]
    files = modules(root) | {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sources
        if path.is_file() and not {".ipynb_checkpoints", "__pycache__"} & set(path.parts)
    }
    return Course(unit.name, files, _book(rows), _words(rows), course_secret(), code())


def _points(rows, notebook):
    """The points of a notebook's graded cells by name."""
    ids = {row["id"] for row in rows["notebook"] if row["name"] == notebook}
    names = {row["id"]: row["name"] for row in rows["base_cell"] if row["notebook_id"] in ids}
    return {names[row["id"]]: row["max_score"] for part in ("grade_cells", "task_cells")
            for row in rows[part] if row["id"] in names}


def _words(rows):
    """All that nbgrader's rows say of the cells, in an order of its own, as text."""
    notebooks = {row["id"]: row["name"] for row in rows["notebook"]}
    cells = {row["id"]: (notebooks[row["notebook_id"]], row["name"]) for row in rows["base_cell"]}
    said = [("notebook", row["name"], row["kernelspec"]) for row in rows["notebook"]]
    for part in ("grade_cells", "solution_cells", "task_cells"):
        said += [(part, *cells[row["id"]], _values(row)) for row in rows[part]]
    said += [("source_cell", notebooks[row["notebook_id"]], row["name"], _values(row))
             for row in rows["source_cell"]]
    return json.dumps(sorted(said, key=repr))


def _values(row):
    return {key: str(value) for key, value in sorted(row.items()) if not key.endswith("id")}


def _book(rows):
    """The rows of one assignment as an SQLite file."""
    tables = [Base.metadata.tables[table] for table in TABLES]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "gradebook.db")
        path.write_bytes(_empty())
        engine = create_engine(f"sqlite:///{path}")
        with engine.begin() as connection:
            for table in tables:
                if rows[table.name]:
                    connection.execute(insert(table), rows[table.name])
        engine.dispose()
        return path.read_bytes()


@cache
def _empty():
    """An SQLite gradebook without a row; its tables take longer to make than a unit's rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "gradebook.db")
        engine = create_engine(f"sqlite:///{path}")
        Base.metadata.create_all(engine)
        engine.dispose()
        return path.read_bytes()


def _rows(name, db_url):
    """The rows of one assignment by table, its students left out."""
    with Gradebook(db_url) as book, book.engine.connect() as connection:
        rows = _of_assignment(connection, name)
    if rows is None:
        raise NotReleased(f"The gradebook does not know {name!r}: run `autograder release` first.")
    return rows


def _of_assignment(connection, name):
    table = Base.metadata.tables
    rows = {"course": _all(connection, select(table["course"]))}
    rows["assignment"] = _all(
        connection, select(table["assignment"]).where(table["assignment"].c.name == name)
    )
    if not rows["assignment"]:
        return None
    assignment = rows["assignment"][0]["id"]
    rows["notebook"] = _all(connection, select(table["notebook"]).where(
        table["notebook"].c.assignment_id == assignment))
    notebooks = [row["id"] for row in rows["notebook"]]
    if not notebooks:  # only a due date is known
        return None
    for part in ("base_cell", "source_cell"):
        rows[part] = _all(
            connection, select(table[part]).where(table[part].c.notebook_id.in_(notebooks))
        )
    cells = [row["id"] for row in rows["base_cell"]]
    for part in ("grade_cells", "solution_cells", "task_cells"):
        rows[part] = _all(connection, select(table[part]).where(table[part].c.id.in_(cells)))
    return rows


def _all(connection, query):
    return [dict(row) for row in connection.execute(query).mappings()]


def digest_of(data):
    """The SHA-256 of some bytes, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


@cache
def code():
    """A digest of the installed autograder and of the students' package."""
    import autograder
    import course

    found = hashlib.sha256()
    for package in (autograder, course):
        folder = Path(package.__file__).parent
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return found.hexdigest()


@cache
def versions():
    """Versions of what grades depend on."""
    found = {name: importlib.metadata.version(name) for name in PACKAGES}
    return {"python": platform.python_version(), **found}
