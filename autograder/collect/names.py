"""Who handed in a file, read from the path that the LMS gave it.

Moodle's names are those of ``mod/assign/classes/downloader.php``, Canvas' those of
``lib/content_zipper.rb``. Of Blackboard, Brightspace and Gradescope there is no source to read and
no specification by the vendor: what such a path says is believed only where the roster has the
login, number or name (`autograder.collect.roster`), and never becomes an id.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbgrader.plugins import FileNameCollectorPlugin
from traitlets import Unicode

from autograder.collect.roster import Unknown, roster_of
from autograder.exercises import UNITS
from autograder.units import unit_of

# Moodle writes blanks for the underscores of a name; "file_" since 2.3, a folder "file_/" since
# 3.1, "file/" since 4.1
MOODLE = re.compile(
    r"(?P<name>[^/_]+)_(?P<number>\d+)_assignsubmission_file(?:_(?!/)|_?/)(?P<file_id>[^/].*)"
)
MOODLE_TEXT = re.compile(r"[^/_]+_\d+_assignsubmission_(?!file[_/])\w+.*")
MOODLE_TEAM = re.compile(r"(?P<name>[^/_]+)_assignsubmission_file[_/].*")
MARK = re.compile(r"_\d+_assignsubmission_")
# a user's number has no leading 0, and stands behind the name or "anon_" stands for both
CANVAS = re.compile(
    r"(?:(?P<name>\w*?)_(?:(?P<late>LATE|late)_)?(?P<number>[1-9]\d*)"
    r"|(?:(?P<late_anon>LATE|late)_)?(?P<anon>anon_\w+?))"
    r"_(?P<attachment>[1-9]\d*)_(?P<file_id>[^/]+|[^/]+\.zip/.+)"  # a zip's folder has its name
)
# Canvas takes "_7_" out of a name; one that ends in "_7" stays, and can be read in two ways
CANVAS_TWO = re.compile(
    r"(?:(?:(?!_\d+_)\w)*_(?:LATE_|late_)?[1-9]\d*_[1-9]\d*_[1-9]\d*|\d+_[1-9]\d*(?!_[1-9]\d*_))"
    r"_(?:[^/]+|[^/]+\.zip/.+)"
)
CANVAS_TEXT = re.compile(r"\w*?_(?:(?:LATE|late)_)?(?:\d+|anon_\w+)_(?:text|link)\.html")
ATTEMPT = re.compile(r"(?P<stem>[^/]+)-(?P<attempt>\d{1,3})(?P<ending>\.\w+(?:/.+)?)")
BLACKBOARD = re.compile(
    r"(?P<name>[^/]+)_attempt_\d{4}(?:-\d\d){5}(?:_(?P<file_id>[^/].*)|\.txt)"
)
BRIGHTSPACE = re.compile(
    r"\d+-\d+ - (?P<name>[^/]+?) ?- [^/]*\b\d{4} [^/]*?(?: - |/)(?P<file_id>[^/].*)"
)
GRADESCOPE = re.compile(r"(?:[^/]+/)?(?P<name>submission_\d+)/(?P<file_id>.+)")
NBGRADER = re.compile(r"(?:submitted/)?(?P<name>[^/]+)/(?P<unit>[^/]+)/(?P<file_id>.+)")
FOLDER = re.compile(r"(?P<name>[^/]+)/(?P<file_id>.+)")
FLAT = re.compile(r"(?P<name>[^/]+)_(?P<file_id>[^/_]+\.ipynb)")
WRITTEN = {"moodle", "canvas", "blackboard", "brightspace", "gradescope"}
"""Layouts whose names an LMS writes: nobody's folder is called so by accident."""
CONFIRMED = {"moodle", "canvas"}
"""Those that were read from the LMS's own source."""


@dataclass(frozen=True)
class Match:
    """What a path says.

    Attributes
    ----------
    layout : str
        "moodle", "canvas", "blackboard", "brightspace", "gradescope", "nbgrader" or "plain".
    name : str
        The student's name as the LMS writes it, or the login; "" if it is withheld. Of Blackboard
        the name of the assignment, an underscore and the login.
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
    if doubtful(path):
        return None
    if match := MOODLE.fullmatch(path):
        return Match("moodle", **match.groupdict())
    if match := CANVAS.fullmatch(path):
        return _canvas(**match.groupdict())
    for layout, form in (("blackboard", BLACKBOARD), ("brightspace", BRIGHTSPACE),
                         ("gradescope", GRADESCOPE)):
        match = form.fullmatch(path)
        if match and match["file_id"]:
            return Match(layout, match["name"].strip(), "", match["file_id"])
    match = NBGRADER.fullmatch(path)
    if match and match["unit"] == unit.name:
        return Match("nbgrader", match["name"], "", match["file_id"])
    match = FOLDER.fullmatch(path)
    if match and match["name"] not in {unit.name, "submitted"}:
        return Match("plain", match["name"].removesuffix(".zip"), "", match["file_id"])
    match = FLAT.fullmatch(path)
    if match and match["file_id"].removesuffix(".ipynb") in unit.notebooks:
        return Match("plain", match["name"], "", match["file_id"])
    return None


def passed_over(path, unit):
    """Why a path is no submission to this unit, or an empty string.

    Text that was typed into the LMS, and what was handed in to another unit.
    """
    if MOODLE_TEXT.fullmatch(path) or CANVAS_TEXT.fullmatch(path):
        return "text or a link typed into the LMS, not a file"
    match = BLACKBOARD.fullmatch(path)
    if match and not match["file_id"]:
        return "Blackboard's note about a submission"
    if path.rpartition("/")[2] == "submission_metadata.yml":
        return "Gradescope's list of the submissions"
    match = NBGRADER.fullmatch(path)
    others = {other.name for other in UNITS} - {unit.name}
    if match and match["unit"] in others and not MOODLE.fullmatch(path):
        return f"handed in to {match['unit']}"
    return ""


def doubtful(path):
    """Why a path that an LMS wrote can be read as two people's, or as a team's; "" if it can't."""
    top = path.split("/")[0]
    if len(MARK.findall(top)) > 1:
        return "its name has Moodle's mark twice: it can't be told which name is the student's"
    if MOODLE_TEAM.fullmatch(path):
        return "Moodle's folder for whoever is in no team: several people's"
    if CANVAS_TWO.fullmatch(path) and not MARK.search(top):
        return "its numbers are not as Canvas writes them: it can't be told which is the student's"
    return ""


def _canvas(name, late, number, late_anon, anon, attachment, file_id):
    attempt = ATTEMPT.fullmatch(file_id)
    if attempt:
        file_id = attempt["stem"] + attempt["ending"]
    return Match(
        "canvas", name or "", number or anon, file_id, bool(late or late_anon),
        int(attempt["attempt"]) if attempt else 0, int(attachment),
    )


class LmsNames(FileNameCollectorPlugin):
    """nbgrader's collector plugin for the LMSs' names of files.

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
        if self.named_regexp:  # the instructor's own rule
            return super().collect(submitted_file)
        folder = self.parent.coursedir
        try:
            unit = unit_of(folder.assignment_id, folder.root, folder.db_url)
        except KeyError as error:
            self.log.warning("%s", error.args[0])
            return None
        match = read(self._path(submitted_file), unit)
        if match is None:
            return None
        try:
            student, note = self.roster.id_of(match)
        except Unknown as error:
            self.log.warning("%s: %s", submitted_file, error)
            return None
        if note:
            self.log.warning("%s: %s", submitted_file, note)
        return {"student_id": student, "file_id": match.file_id}

    def _path(self, file):
        place = self.parent._format_collect_path
        extracted = self.base or place(self.parent.extracted_directory)
        parts = Path(file).relative_to(extracted).parts
        if self.base or Path(place(self.parent.archive_directory), f"{parts[0]}.zip").exists():
            parts = parts[1:] or parts  # an archive is unpacked into a folder of its name
        return "/".join(parts)
