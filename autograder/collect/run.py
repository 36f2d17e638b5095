"""Collect a download: unpack, tell whose is what, place it, look at it."""

import tempfile
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from autograder.collect import place
from autograder.collect.choose import read_all, sorted_by_student
from autograder.collect.names import WRITTEN, read
from autograder.collect.roster import RosterFailed, Unknown, apart, roster_of
from autograder.collect.unpack import NotAZip, SafeExtractor
from autograder.mend import NEEDS
from autograder.mend import mend as mend_unit

EXPECTED = (
    "Expected Moodle's names (First Last_123456_assignsubmission_file_/x.ipynb), Canvas' "
    "(lastfirst_12345_67890_x.ipynb) or folders by student (login/x.ipynb)."
)


class CollectFailed(RuntimeError):
    """Nothing could be collected, and nothing was changed."""


@dataclass
class Line:
    """What there is to say about a student, or about a file that is nobody's.

    Attributes
    ----------
    student : str
        "" for a file that is nobody's.
    files : list of str
    time : str
        In UTC; "" if unknown.
    status : str
        new, same, replaced, older, unsure, other or failed; "" for a file that is nobody's.
    notes : list of str
        What needs a person begins with "needs attention: ".
    """

    student: str
    files: list
    time: str = ""
    status: str = ""
    notes: list = field(default_factory=list)

    @property
    def attention(self):
        """Whether a person is needed."""
        return any(note.startswith(NEEDS) for note in self.notes)

    def as_dict(self):
        """The line for JSON."""
        return asdict(self) | {"attention": self.attention}


def collect(file, unit, root, force=False, dry_run=False, db=None):
    """Place the submissions of a download at ``submitted/<student>/<unit>/``.

    One broken entry stops nothing but itself. A submission that is there is replaced by a newer
    one only and then kept in ``collected/<unit>/<student>/``, as is what a resubmission replaced:
    no file of a student is ever lost. At the end `autograder.mend.mend` finds renamed notebooks.

    Parameters
    ----------
    file, root : Path
        The zip and the course folder.
    unit : Unit
    force : bool
        Replace what is there even if it is newer or its time is unknown.
    dry_run : bool
        Only say what would be done.
    db : str, optional
        The gradebook's URL.

    Returns
    -------
    list of Line
        By student; files that are nobody's come last.

    Raises
    ------
    CollectFailed
        If the zip, the gradebook or students.csv cannot be read, or no file says whose it is.
    """
    file, root = Path(file), Path(root)
    extractor = SafeExtractor(owner=lambda path: _owner(path, unit))
    with tempfile.TemporaryDirectory(prefix="collect-") as folder:
        try:
            roster = roster_of(root, db)
            unpacked = extractor.unpack(file, Path(folder))
        except (NotAZip, RosterFailed) as error:
            raise CollectFailed(str(error)) from None
        matches, skipped, unclear = read_all(unpacked, unit, roster)
        if not matches:
            seen = "; ".join(f"{path!r}: {why}" for path, why in
                             (*unclear, *skipped, *extractor.troubles)[:3])
            raise CollectFailed(
                f"{file.name} holds no submission to {unit.name}. {seen + '. ' if seen else ''}"
                + EXPECTED
            )
        downloaded = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        found, unknown = sorted_by_student(matches, roster, downloaded)
        lines = {
            student: _placed(root, unit, handed, force, dry_run)
            for student, handed in sorted(found.items())
        }
    students = {handed.person: student for student, handed in found.items()}
    others = [Line("", [path], notes=[why]) for path, why in skipped]
    others += [Line("", [path], notes=[NEEDS + why]) for path, why in (*unclear, *unknown)]
    for path, why in extractor.troubles:
        match = _match(path, unit)
        name = match and students.get(match.person)
        if match and not name and why.startswith(NEEDS):
            name = _name(match, roster)
        if name:
            line = lines.setdefault(name, Line(name, [], status="failed"))
            line.notes.append(_about(match.file_id, why))
        else:
            others.append(Line("", [path], notes=[why]))
    if not dry_run:
        mended = mend_unit(root, unit)
        for student, line in lines.items():
            line.notes += mended.get(student, ())
    return [*(lines[student] for student in sorted(lines)), *others]


def _placed(root, unit, handed, force, dry_run):
    line = Line(
        handed.student, sorted(handed.files), _utc(handed.time),
        place.decide(root, unit, handed, force), list(handed.notes),
    )
    there = place.time_there(place.home(root, unit, handed.student))
    if line.status == place.OLDER:
        line.notes.append(f"not newer than what is there{f' ({_utc(there)})' if there else ''}; "
                          "that stays")
    elif line.status == place.UNSURE:
        line.notes.append(NEEDS + "differs from what is there, and it can't be told which is newer;"
                          " that stays, --force replaces it")
    elif line.status == place.OTHER:
        line.notes.append(f"{NEEDS}what is there is by another {handed.person[1]!r} of the LMS "
                          f"(number {handed.person[2]} now); that stays: "
                          f"{apart(handed.person[0])}")
    elif line.status == place.SAME:
        line.notes.append("was collected before")
    elif not dry_run:
        try:
            moved = place.put(root, unit, handed)
        except OSError as error:
            line.status = "failed"
            line.notes.append(f"{NEEDS}could not be placed: {error.strerror or error}")
            return line
        if moved:
            line.notes.append(f"replaces an earlier one, kept in {moved.relative_to(root)}")
    if line.status == place.REPLACED:
        line.notes += _graded_before(root, unit, handed)
    return line


def _graded_before(root, unit, handed):
    """What grades it again: nbgrader's command only if it can see that the submission is newer."""
    graded = Path(root, "autograded", handed.student, unit.name)
    if not graded.exists():
        return []
    said = f"was graded before; `autograder grade {unit.name}` grades it again"
    before = place.time_there(graded)
    if before and handed.time and handed.time > before:
        return [said]
    return [f"{said} (`nbgrader autograde` only with --force)"]


def _match(path, unit):
    """What a path says, perhaps in a folder around everything."""
    path = path.replace("\\", "/")
    match = read(path, unit)
    if match is None or match.layout == "plain":
        match = read(path.partition("/")[2], unit) or match
    return match


def _owner(path, unit):
    match = _match(path, unit)
    return match.person if match else path.split("/")[0]


def _name(match, roster):
    """The student of a file that was refused, if an LMS named it."""
    try:
        return roster.id_of(match)[0] if match.layout in WRITTEN else ""
    except Unknown:
        return ""


def _about(file, why):
    return NEEDS + f"{file}: " + why.removeprefix(NEEDS) if why.startswith(NEEDS) else (
        f"{file}: {why}"
    )


def _utc(time):
    return f"{time:%Y-%m-%d %H:%M:%S} UTC" if time else ""

