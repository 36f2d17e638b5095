"""Which student of the course an LMS means."""

import csv
import re
import unicodedata
from dataclasses import dataclass

from nbgrader.api import Student
from sqlalchemy import create_engine, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from autograder.gradebook import default_url, url_of
from autograder.mend import NEEDS

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
    listed : bool
        Whether students.csv names them. nbgrader's gradebook has everybody who was graded, so it
        is a class list only if somebody in it has a name or a number.
    """

    people: tuple = ()
    listed: bool = False

    @property
    def is_list(self):
        """Whether somebody who is not in it is a surprise."""
        return self.listed or any(one.keys or one.lms_user_id for one in self.people)

    def id_of(self, match):
        """The nbgrader id of the student that a download means, and a note.

        By Canvas' number if the roster has it as ``lms_user_id``, else by name; by the login where
        the LMS writes it. Moodle's number is another one in each assignment, and says nothing.
        Somebody whom the roster doesn't have gets an id made from the name, which the note says,
        if the form of the name is known from the LMS's source.

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
        if match.layout == "blackboard":
            found = [p for p in self.people if match.name.endswith(f"_{p.id}")]
        elif match.layout == "canvas":
            # somebody of that name with another number is somebody else
            found = [p for p in self.people if match.number and p.lms_user_id == match.number]
            found = found or [p for p in self._named(match) if not p.lms_user_id]
        else:
            found = self._named(match)
        if len(found) > 1:
            ids = ", ".join(person.id for person in found)
            who = match.name or match.number
            raise Unknown(f"{who!r} could be any of {ids}; {apart(match.layout)}")
        if found:
            return _checked(found[0].id), ""
        if match.layout not in ("moodle", "canvas"):
            raise Unknown(f"no student in students.csv or the gradebook is meant by {match.name!r}")
        made = made_id(match)
        if made in {person.id for person in self.people}:
            return made, "known by the id made from its name only"
        return made, (NEEDS if self.is_list else "") + (
            f"not in the gradebook or students.csv by number or name: id made from "
            f"{match.name or match.number!r}"
        )

    def _named(self, match):
        return [person for person in self.people if key(match.name) in person.keys]

    def _login(self, name):
        known = {person.id for person in self.people}
        note = "" if name in known or not known else f"{name!r} is not in the gradebook"
        return _checked(name), NEEDS + note if note and self.is_list else note


def apart(layout):
    """How two people of one name can be told apart."""
    if layout == "canvas":
        return "give each an lms_user_id in students.csv, Canvas' number of the user"
    return ("their names must differ in the LMS and in students.csv (no number in such a download "
            "tells them apart); or put the files into submitted/<id>/<unit>/ yourself")


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

    Canvas' number is added, because it is the same in the whole course; Moodle's where it hides
    the names ("Participant").
    """
    text = unicodedata.normalize("NFC", match.name).lower()
    text = re.sub(r"['’ʼ`]", "", text)
    words = re.sub(r"[^\w]+|_", "-", text).strip("-")
    if match.layout == "canvas" or words == "participant":
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
    people, listed = {}, _table(root / "students.csv")
    for row in (*_gradebook(root, db), *listed):
        before = people.get(row["id"], Person(row["id"]))
        people[row["id"]] = Person(
            row["id"], *(str(row.get(field) or getattr(before, field)).strip() for field in FIELDS)
        )
    return Roster(tuple(people.values()), bool(listed))


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
