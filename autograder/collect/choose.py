"""Sort a download's files by student, and choose what counts."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from autograder.collect.names import CONFIRMED, WRITTEN, doubtful, passed_over, read
from autograder.collect.roster import Unknown, apart
from autograder.mend import NEEDS, TIMESTAMP

PACKED_AT_ONCE = timedelta(minutes=2)
"""Files of several students that are no further apart have the time of the download."""
MANY = 5


@dataclass
class Handed:
    """What one student handed in.

    Attributes
    ----------
    student : str
    person : tuple
        As the LMS tells students apart.
    files : dict
        ``{the student's name for the file: Unpacked}`` of those that count.
    older : list
        ``(name, Unpacked)`` of those that a resubmission replaced.
    time : datetime or None
        Of the submission, in UTC, if the zip tells it.
    packed : datetime or None
        Of the newest file in the zip: no earlier than the submission.
    attachment : int
        Canvas' number of the newest file; 0 if it is not Canvas'.
    late : bool
        Whether Canvas marked it late.
    made : bool
        Whether the student's id was made from the LMS's name.
    notes : list of str
    """

    student: str
    person: tuple = ()
    files: dict = field(default_factory=dict)
    older: list = field(default_factory=list)
    time: datetime | None = None
    packed: datetime | None = None
    attachment: int = 0
    late: bool = False
    made: bool = False
    notes: list = field(default_factory=list)


def read_all(unpacked, unit, roster):
    """What the paths say: ``(matches, skipped, unclear)``.

    A folder around everything, as some programs add when they pack a download again, is left out.

    Parameters
    ----------
    unpacked : sequence of autograder.collect.unpack.Unpacked
    unit : Unit
    roster : autograder.collect.roster.Roster

    Returns
    -------
    tuple
        A list of ``(Unpacked, Match)``, and two of ``(path, why)``: what is no submission, and
        what may be one but doesn't say whose.
    """
    around = wrapper(unpacked, unit)
    matches, skipped, unclear = [], [], []
    for item in unpacked:
        path = item.path.removeprefix(around)
        if why := passed_over(path, unit):
            skipped.append((item.path, why))
        elif match := read(path, unit):
            matches.append((item, match))
        else:
            unclear.append((item.path, doubtful(path) or "its path doesn't say whose it is"))
    matches, two = _by_folder(matches, roster)
    return matches, skipped, unclear + two


def wrapper(unpacked, unit):
    """The folder around a whole download, with a slash; "" if there is none."""
    tops = {item.path.split("/")[0] for item in unpacked}
    if len(tops) != 1:
        return ""
    around = tops.pop() + "/"
    if around == "submitted/":
        return ""
    known = {*WRITTEN, "nbgrader"}
    inside = [read(item.path.removeprefix(around), unit) for item in unpacked]
    whole = [read(item.path, unit) for item in unpacked]
    if any((match and match.layout in known) or doubtful(item.path)
           for match, item in zip(whole, unpacked, strict=True)):
        return ""
    return around if any(match and match.layout in known for match in inside) else ""


def _by_folder(matches, roster):
    """Plain folders, read as students' or as those of a unit or group around students' folders.

    A folder is a student's if the roster has its name, or if a notebook lies in it. Else, if the
    roster has the names of the folders in it, they are the students'. What is left could be one
    person's or several people's, and is nobody's.
    """
    known = {person.id for person in roster.people}
    folders = {}
    for item, match in matches:
        if match.layout == "plain":
            folders.setdefault(match.name, []).append((item, match))
    found = [pair for pair in matches if pair[1].layout != "plain"]
    unclear = []
    for name, files in folders.items():
        deep = [match.file_id for _, match in files if match.file_id.endswith(".ipynb")]
        inside = {path.split("/")[0].removesuffix(".zip") for path in deep if "/" in path}
        flat = any("/" not in path for path in deep) or not deep
        own_zip = all(".zip/" in path for path in deep)
        if name in known or flat or (own_zip and len(inside) == 1):
            found += files
        elif inside <= known:
            found += [
                (item, replace(match, name=folder.removesuffix(".zip"), file_id=rest))
                for item, match in files
                for folder, _, rest in [match.file_id.partition("/")] if rest
            ]
        elif len(inside) == 1 and len(folders) > 1:
            found += files
        else:
            unclear += [
                (item.path, f"{name!r} could be a student, or a folder around those of "
                 f"{', '.join(sorted(inside)[:5])}; students.csv or the gradebook would tell")
                for item, _ in files
            ]
    return found, unclear


def sorted_by_student(matches, roster, downloaded=None):
    """What every student handed in, and what cannot be given to anybody.

    Parameters
    ----------
    matches : list of (Unpacked, Match)
    roster : autograder.collect.roster.Roster
    downloaded : datetime, optional
        When the zip was made.

    Returns
    -------
    tuple
        ``{student: Handed}`` and a list of ``(path, why)``.
    """
    people, unknown = {}, []
    for item, match in matches:
        people.setdefault(match.person, []).append((item, match))
    claims = {}
    for person, files in people.items():
        try:
            student, note = roster.id_of(files[0][1])
            if note and files[0][0].misread and not files[0][1].name.isascii():
                raise Unknown("the name is in an encoding that the zip doesn't tell: pack it again "
                              "as UTF-8, or put the files into submitted/<id>/<unit>/ yourself")
            claims.setdefault(student, []).append((person, files, note))
        except Unknown as error:
            unknown += [(item.path, str(error)) for item, _ in files]
    found = {}
    for student, claimed in claims.items():
        several = len(claimed) > 1
        for (_, name, number), files, note in claimed:
            if several and (not note or not number):
                unknown += [
                    (item.path, f"{len(claimed)} people of the LMS would be {student!r}; "
                     f"{apart(files[0][1].layout)}")
                    for item, _ in files
                ]
                continue
            own = f"{student}-{number}" if several else student
            found[own] = _chosen(own, files)
            found[own].notes += [note] if note else []
            found[own].made = bool(note) and files[0][1].layout in CONFIRMED
            if several:
                found[own].notes.append(
                    f"{NEEDS}{len(claimed)} people are called {name!r}; {apart(files[0][1].layout)}"
                )
    _doubt_times(found, matches, downloaded)
    return found, unknown


def _chosen(student, files):
    """The newest of each file: by Canvas' numbers, else by time."""
    handed = Handed(student, files[0][1].person)
    same = {}
    for item, match in files:
        same.setdefault(match.file_id.casefold(), []).append((item, match))
    for versions in same.values():
        versions.sort(key=lambda pair: (
            pair[1].attempt, pair[1].attachment, pair[0].time.timestamp() if pair[0].time else 0,
        ))
        item, match = versions[-1]
        name = _placed(match.file_id)
        handed.files[match.file_id if name in handed.files else name] = item
        handed.older += [(_placed(match.file_id), other) for other, _ in versions[:-1]]
        if len(versions) > 1:
            by = f"resubmission {match.attempt}" if match.attempt else "the newest"
            handed.notes.append(
                f"{match.file_id} was handed in {len(versions)} times; {by} counts"
            )
        handed.late |= match.late
        handed.attachment = max(handed.attachment, match.attachment)
    times = [item.time for item in handed.files.values() if item.time]
    handed.packed = max(times, default=None)
    # Canvas packs a file with the time of the download; only that it was late is known
    if files[0][1].layout != "canvas" or handed.late:
        handed.time = handed.packed
    if handed.late:
        handed.notes.append("late, says Canvas; the time is the download's")
    return handed


def _placed(file_id):
    """Where a file goes in the student's folder; nobody but us writes nbgrader's timestamp.txt."""
    parts = file_id.split("/")
    parts = [part.removesuffix(".zip") for part in parts[:-1]] + parts[-1:]
    if parts[0].lower() == TIMESTAMP:
        parts[0] = "timestamp.handed-in.txt"
    return "/".join(parts)


def _doubt_times(found, matches, downloaded):
    """Drop the times if everything was packed in one go: they would make the whole class late.

    A few students may well hand in together, but hardly while the zip is made.
    """
    times = sorted(item.time for item, _ in matches if item.time)
    if len(found) < 2 or not times or times[-1] - times[0] > PACKED_AT_ONCE:
        return
    if len(found) < MANY and not (downloaded and abs(downloaded - times[-1]) < timedelta(days=1)):
        return
    for handed in found.values():
        if handed.time and not handed.late:
            handed.time = None
            handed.notes.append("the zip has the time of the download, not of the submission")
