"""Which student of the course an LMS means."""

import csv
import re
import unicodedata
from dataclasses import dataclass

from nbgrader.api import Student
from sqlalchemy import create_engine, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from autograder.gradebook import default_url, url_of

LONGEST = 100
FIELDS = ("first_name", "last_name", "lms_user_id")


class RosterFailed(RuntimeError):
    """The gradebook or students.csv cannot be read."""


class Unknown(ValueError):
    """A name that cannot be given to one student."""


@dataclass(frozen=True)
class Person:
    """A student as nbgrader knows one."""

    id: str
    first_name: str = ""
    last_name: str = ""
    lms_user_id: str = ""

    @property
    def keys(self):
        """The name in both orders, to compare."""
        return {key(self.first_name + self.last_name), key(self.last_name + self.first_name)} - {""}


@dataclass(frozen=True)
class Roster:
    """The course's students.

    Attributes
    ----------
    people : tuple of Person
    """

    people: tuple = ()

    def id_of(self, match):
        """The nbgrader id of the student that a download means, and a note.

        By Canvas' number if the roster has it as ``lms_user_id``, else by name. Moodle's number
        is another one in each assignment, so it only tells namesakes apart. Somebody whom the
        roster doesn't have gets an id made from the name, which the note says.

        Parameters
        ----------
        match : autograder.collect.names.Match

        Raises
        ------
        Unknown
            If two students could be meant, or the name cannot be an id.
        """
        if match.layout in ("plain", "nbgrader"):
            return self._login(match.name)
        numbered = [p for p in self.people if match.number and p.lms_user_id == match.number]
        named = [p for p in self.people if key(match.name) in p.keys]
        if match.layout == "canvas":
            # somebody of that name with another number is somebody else
            found = numbered or [p for p in named if p.lms_user_id in ("", match.number)]
        else:
            found = [p for p in named if p in numbered] or named
        if len(found) > 1:
            ids = ", ".join(person.id for person in found)
            raise Unknown(
                f"{match.name or match.number!r} could be any of {ids}; make their names or "
                "lms_user_ids differ in students.csv"
            )
        if found:
            return _checked(found[0].id), ""
        made = made_id(match)
        return made, f"not in the gradebook by number or name: id made from {match.name!r}"

    def _login(self, name):
        known = {person.id for person in self.people}
        note = "" if name in known or not known else f"{name!r} is not in the gradebook"
        return _checked(name), note


def key(name):
    """A name's letters and digits, to compare names that are written differently."""
    text = unicodedata.normalize("NFC", name).casefold()
    return "".join(letter for letter in text if letter.isalnum())


def is_id(text):
    """Whether a text can be a student's id: a folder's name without signs that nbgrader expands."""
    return (
        0 < len(text) <= LONGEST and text == text.strip() and text.isprintable()
        and not re.search(r"[/\\*?\[\]+:\"<>|]", text) and text[0] not in ".-"
    )


def made_id(match):
    """A safe id from an LMS name: "Zoë O'Brien-Kim" becomes ``zoë-obrien-kim``.

    Canvas' number is added, because it is the same in the whole course.
    """
    text = unicodedata.normalize("NFC", match.name).lower()
    text = re.sub(r"['’ʼ`]", "", text)
    words = re.sub(r"[^\w]+|_", "-", text).strip("-")
    if match.layout == "canvas":
        words = "-".join(filter(None, (words, match.number.replace("_", "-"))))
    return _checked(words[:LONGEST].rstrip("-") or f"participant-{match.number}")


def _checked(name):
    if not is_id(name):
        raise Unknown(
            f"{name!r} cannot be a student's id: expected a folder's name without / \\ * ? [ ] + :"
        )
    return name


def roster_of(root, db=None):
    """The students in the gradebook and in ``students.csv``, which counts if they differ.

    The file has the columns of ``nbgrader db student import``: id, first_name, last_name, email,
    lms_user_id. The gradebook is only read.

    Parameters
    ----------
    root : Path
        The course folder.
    db : str, optional
        The gradebook's URL; see `autograder.gradebook.url_of`.

    Raises
    ------
    RosterFailed
        If one of the two is there and cannot be read.
    """
    people = {}
    for row in (*_gradebook(root, db), *_table(root / "students.csv")):
        before = people.get(row["id"], Person(row["id"]))
        people[row["id"]] = Person(
            row["id"], *(str(row.get(field) or getattr(before, field)).strip() for field in FIELDS)
        )
    return Roster(tuple(people.values()))


def _gradebook(root, db):
    url = url_of(root, db)
    if url == default_url(root) and not (root / "gradebook.db").exists():
        return []  # connecting would make an empty one
    columns = [getattr(Student, name) for name in ("id", *FIELDS)]
    try:
        engine = create_engine(url)
        try:
            with engine.connect() as connection:
                return [dict(row) for row in connection.execute(select(*columns)).mappings()]
        finally:
            engine.dispose()
    except (SQLAlchemyError, ArgumentError, ImportError) as error:
        why = str(error).splitlines()[0]
        raise RosterFailed(f"The gradebook cannot be read for its students: {why}") from None


def _table(path):
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, skipinitialspace=True))
    except (OSError, UnicodeError, csv.Error) as error:
        raise RosterFailed(f"{path.name} cannot be read as UTF-8 text: {error}") from None
    if rows and "id" not in rows[0]:
        columns = ", ".join(map(str, rows[0]))
        raise RosterFailed(f"{path.name} has no column 'id'; it has: {columns}.")
    return [row for row in rows if (row["id"] or "").strip()]
