"""Who handed in a file, read from the path that the LMS gave it."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbgrader.plugins import FileNameCollectorPlugin
from traitlets import Unicode

from autograder.collect.roster import Unknown, roster_of
from autograder.exercises import UNITS

MOODLE = re.compile(
    r"(?P<name>[^/]+?)_(?P<number>\d+)_assignsubmission_file_/?(?P<file_id>[^/].*)"
)
MOODLE_TEXT = re.compile(r"[^/]+?_\d+_assignsubmission_(?!file_)\w+.*")
CANVAS = re.compile(
    r"(?:(?P<name>\w+?)_)??(?:(?P<late>LATE|late)_)?(?P<number>\d+|anon_\w+?)"
    r"_(?P<attachment>\d+)_(?P<file_id>[^/]+|[^/]+\.zip/.+)"  # a zip's folder has its name
)
CANVAS_TEXT = re.compile(r"\w+?_(?:(?:LATE|late)_)?\d+_(?:text|link)\.html")
ATTEMPT = re.compile(r"(?P<stem>[^/]+)-(?P<attempt>\d{1,3})(?P<ending>\.\w+(?:/.+)?)")
NBGRADER = re.compile(r"(?:submitted/)?(?P<name>[^/]+)/(?P<unit>[^/]+)/(?P<file_id>.+)")
FOLDER = re.compile(r"(?P<name>[^/]+)/(?P<file_id>.+)")
FLAT = re.compile(r"(?P<name>[^/]+)_(?P<file_id>[^/_]+\.ipynb)")


@dataclass(frozen=True)
class Match:
    """What a path says.

    Attributes
    ----------
    layout : str
        "moodle", "canvas", "nbgrader" or "plain".
    name : str
        The student's name as the LMS writes it, or the login; "" if it is withheld.
    number : str
        Canvas' number of the user. Moodle's number is drawn anew for each assignment.
    file_id : str
        The student's own name for the file.
    late : bool
        Whether Canvas marked it late.
    attempt, attachment : int
        Canvas' numbers: of the resubmission (from 0), and of the file (they grow).
    """

    layout: str
    name: str
    number: str
    file_id: str
    late: bool = False
    attempt: int = 0
    attachment: int = 0

    @property
    def person(self):
        """What tells the LMS's students apart."""
        layout = "login" if self.layout in ("plain", "nbgrader") else self.layout
        return layout, self.name, self.number


def read(path, unit):
    """What a path in a download says, or None if it says nothing that is unmistakable.

    Only the path's beginning is the LMS's; what follows is the student's, and counts for nothing.

    Parameters
    ----------
    path : str
        With slashes, from the zip's root.
    unit : Unit
    """
    if match := MOODLE.fullmatch(path):
        return Match("moodle", **match.groupdict())
    if match := CANVAS.fullmatch(path):
        return _canvas(**match.groupdict())
    match = NBGRADER.fullmatch(path)
    if match and match["unit"] == unit.name:
        return Match("nbgrader", match["name"], "", match["file_id"])
    match = FOLDER.fullmatch(path)
    if match and match["name"] not in {unit.name, "submitted"}:
        return Match("plain", match["name"].removesuffix(".zip"), "", match["file_id"])
    match = FLAT.fullmatch(path)
    if match and match["file_id"] == f"{unit.notebook}.ipynb":
        return Match("plain", match["name"], "", match["file_id"])
    return None


def passed_over(path, unit):
    """Why a path is no submission to this unit, or an empty string.

    Text that was typed into the LMS, and what was handed in to another unit.
    """
    if MOODLE_TEXT.fullmatch(path) or CANVAS_TEXT.fullmatch(path):
        return "text or a link typed into the LMS, not a file"
    match = NBGRADER.fullmatch(path)
    others = {other.name for other in UNITS} - {unit.name}
    if match and match["unit"] in others and not MOODLE.fullmatch(path):
        return f"handed in to {match['unit']}"
    return ""


def _canvas(name, late, number, attachment, file_id):
    attempt = ATTEMPT.fullmatch(file_id)
    if attempt:
        file_id = attempt["stem"] + attempt["ending"]
    return Match(
        "canvas", name or "", number, file_id, bool(late),
        int(attempt["attempt"]) if attempt else 0, int(attachment),
    )


class LmsNames(FileNameCollectorPlugin):
    """nbgrader's collector plugin for Moodle's and Canvas' names of files.

    With ``c.ZipCollectApp.collector_plugin = "autograder.collect.names.LmsNames"`` the command
    ``nbgrader zip_collect`` knows them, too. `autograder collect` uses `read` itself, because
    nbgrader's command stops at the first student who has handed in before.
    """

    base = Unicode("", help="The folder that the paths begin below.").tag(config=True)

    @cached_property
    def roster(self):
        """Whom the course knows."""
        folder = self.parent.coursedir
        return roster_of(Path(folder.root), folder.db_url)

    def collect(self, submitted_file):
        """nbgrader's dictionary for a file, or None if it can't be told whose it is."""
        unit = next(
            (unit for unit in UNITS if unit.name == self.parent.coursedir.assignment_id), None
        )
        match = read(self._path(submitted_file), unit) if unit else None
        if match is None:
            return None
        try:
            student, _ = self.roster.id_of(match)
        except Unknown as error:
            self.log.warning("%s: %s", submitted_file, error)
            return None
        return {"student_id": student, "file_id": match.file_id}

    def _path(self, file):
        extracted = self.base or self.parent._format_collect_path(self.parent.extracted_directory)
        parts = Path(file).relative_to(extracted).parts
        return "/".join(parts[1:] or parts)  # an archive is unpacked into a folder of its name
