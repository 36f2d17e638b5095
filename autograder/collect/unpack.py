"""Unpack a download so that no entry can leave its folder or fill the disk."""

import os
import shutil
import zipfile
import zlib
from dataclasses import dataclass, replace
from lzma import LZMAError
from pathlib import Path

from nbgrader.plugins import ExtractorPlugin
from traitlets import Integer

from autograder.collect.entries import is_junk, name_of, parts_of, refused, shown, time_of
from autograder.contents import MAX_BYTES
from autograder.mend import NEEDS

MAX_STUDENT = 3 * MAX_BYTES
MAX_ENTRIES, MAX_NESTED = 50_000, 2_000
DRAFT = ".unpacking"
BROKEN = (
    zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError, RuntimeError,
    NotImplementedError, ValueError,
)
ARCHIVES = (".7z", ".rar", ".tar", ".gz", ".bz2", ".xz")


class NotAZip(RuntimeError):
    """The download itself cannot be read."""


@dataclass(frozen=True)
class Unpacked:
    """A file of the download.

    Attributes
    ----------
    path : str
        With slashes, from the zip's root. What was in a student's own zip lies in a folder with
        the zip's name, ending included.
    place : Path
    time : datetime or None
        In UTC.
    misread : bool
        Whether a name in the path is in an encoding that the zip doesn't tell.
    """

    path: str
    place: Path
    time: object
    misread: bool = False


class SafeExtractor(ExtractorPlugin):
    """nbgrader's extractor plugin for zips that students had a hand in.

    Refused, with a sentence: paths that lead out, links, encrypted and damaged entries, what is
    too large. Zips inside are unpacked once, not deeper. Left out: what systems leave behind.

    Attributes
    ----------
    troubles : list of (path, sentence)
        What there is to say about an entry; what needs a person begins with "needs attention: ".
    """

    max_bytes = Integer(MAX_BYTES, help="Bytes of one file, unpacked.").tag(config=True)
    max_student = Integer(
        MAX_STUDENT, help="Bytes of all files of one student, unpacked."
    ).tag(config=True)

    def __init__(self, owner=None, **kwargs):
        super().__init__(**kwargs)
        self.owner = owner or (lambda path: path.split("/")[0])
        self.troubles = []
        self.sizes = {}

    def extract(self, archive_path, extracted_path):
        """Unpack every zip of a folder into a folder of its name; copy all other files."""
        for path in sorted(Path(archive_path).rglob("*")):
            place = Path(extracted_path, path.relative_to(archive_path))
            if path.suffix.lower() == ".zip":
                self.unpack(path, place.with_suffix(""))
            elif path.is_file():
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, place)
        for path, why in self.troubles:
            self.log.warning("%s: %s", path, why)

    def unpack(self, file, folder):
        """Unpack a download.

        Parameters
        ----------
        file, folder : Path

        Returns
        -------
        list of Unpacked

        Raises
        ------
        NotAZip
            If the file is no zip or its list of contents is damaged.
        """
        try:
            with zipfile.ZipFile(file) as archive:
                infos = archive.infolist()
                if len(infos) > MAX_ENTRIES:
                    raise NotAZip(f"{file.name} lists {len(infos)} files, more than {MAX_ENTRIES}.")
                needed, free = sum(info.compress_size for info in infos), _free(folder)
                if needed > free:
                    raise NotAZip(
                        f"{file.name} needs at least {needed // 1_000_000} MB to unpack; "
                        f"{free // 1_000_000} MB are free."
                    )
                found = {item.path: item for item in self._all(archive, folder, "")}
                return list(found.values())
        except FileNotFoundError:
            raise NotAZip(f"There is no file {file}.") from None
        except BROKEN as error:
            if isinstance(error, NotAZip):
                raise
            raise NotAZip(
                f"{file.name} cannot be read as a zip ({error}): download it again."
            ) from None

    def _all(self, archive, folder, above):
        infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
        # older ones first: of two entries with one name the newer keeps it
        for info in sorted(infos, key=lambda info: info.date_time):
            name, guessed = name_of(info)
            try:
                parts = parts_of(name)
                path = above + "/".join(parts)
                if is_junk(parts) or name.endswith("\\"):
                    continue
                why = refused(info)
                if why:
                    raise ValueError(why)
                for item in self._one(archive, info, path, folder):
                    yield replace(item, misread=item.misread or guessed)
                if guessed:
                    self._say(path, "its name is not UTF-8 and may be misread")
            except BROKEN as error:
                self._say(above + shown(name), f"{NEEDS}not unpacked: {_reason(error)}")

    def _one(self, archive, info, path, folder):
        place, draft = folder / path, folder / (path + DRAFT)
        draft.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._write(archive, info, path, draft)
            if place.is_file():
                self._say(path, "is twice in the zip; the newer one counts")
            draft.replace(place)
        except BROKEN:
            draft.unlink(missing_ok=True)
            raise
        ending, time = place.suffix.lower(), time_of(info)
        if ending == ".zip" and _nested(path):
            self._say(path, f"{NEEDS}is a zip in a zip in the download; it was not unpacked")
        elif ending == ".zip" and (inner := self._opened(path, place, draft)):
            with inner:
                yield from self._all(inner, folder, path + "/")
            draft.unlink()
            return
        elif ending in ARCHIVES:
            self._say(path, f"{NEEDS}is a {ending} archive; only .zip is unpacked")
        if time:
            os.utime(place, (time.timestamp(),) * 2)
        yield Unpacked(path, place, time)

    def _opened(self, path, place, draft):
        """A zip inside, moved aside for the folder of its name; None if it cannot be read."""
        try:
            inner = zipfile.ZipFile(place.replace(draft))
        except BROKEN:
            draft.replace(place)
            self._say(path, NEEDS + "is a damaged zip; it was not unpacked")
            return None
        count = len(inner.infolist())
        if count <= MAX_NESTED:
            return inner
        inner.close()
        draft.replace(place)
        self._say(
            path, f"{NEEDS}is a zip of {count} files, more than {MAX_NESTED}; it was not unpacked"
        )
        return None

    def _write(self, archive, info, path, place):
        """Copy an entry, counting what really comes out: a bomb's stated size may be a lie."""
        owner, size = self.owner(path), 0
        with archive.open(info) as source, place.open("xb") as target:
            while block := source.read(1 << 16):
                size += len(block)
                if size > self.max_bytes:
                    raise ValueError(f"it has more than {_megabytes(self.max_bytes)}")
                if self.sizes.get(owner, 0) + size > self.max_student:
                    raise ValueError(
                        f"the student's files have more than {_megabytes(self.max_student)}"
                    )
                target.write(block)
        self.sizes[owner] = self.sizes.get(owner, 0) + size

    def _say(self, path, why):
        self.troubles.append((path, why))


def _nested(path):
    return any(part.lower().endswith(".zip") for part in path.split("/")[:-1])


def _reason(error):
    if isinstance(error, FileExistsError | NotADirectoryError | IsADirectoryError):
        return "a file and a folder have the same name"
    if isinstance(error, zipfile.BadZipFile | zlib.error | LZMAError | EOFError):
        return "it is damaged in the zip"
    return str(error) or type(error).__name__


def _megabytes(size):
    return f"{size / 1_000_000:g} MB"


def _free(folder):
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free
