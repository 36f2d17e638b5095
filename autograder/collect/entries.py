"""What one entry of a zip is: its safe path, its time, and why it may be refused."""

import re
import stat
import struct
import unicodedata
from datetime import UTC, datetime

JUNK = {"__MACOSX", ".ipynb_checkpoints", ".DS_Store", "Thumbs.db", "desktop.ini", "__pycache__"}
LONGEST = 200
"""Bytes of one part of a path; file systems allow 255, and copies get longer names."""
UTF8 = 0x800
EXTENDED_TIME = 0x5455


def name_of(info):
    """The entry's name, and whether its encoding had to be guessed.

    A zip says whether a name is UTF-8. Many programs write UTF-8 and don't say so, and Korean
    Windows writes its own code page; then `zipfile` takes the name for code page 437. What is
    Korean syllables and ASCII throughout was written in Korean: in other code pages the same bytes
    are lines of boxes or no letters that stand side by side.
    """
    if info.flag_bits & UTF8 or info.orig_filename.isascii():
        return info.orig_filename, False
    data = info.orig_filename.encode("cp437")
    for encoding in ("utf-8", "euc_kr"):
        try:
            name = data.decode(encoding)
        except UnicodeError:
            continue
        if encoding == "utf-8" or all(sign.isascii() or "가" <= sign <= "힣" for sign in name):
            return name, False
    return info.orig_filename, True


def parts_of(name):
    """The parts of an entry's path, safe to join below a folder.

    Backslashes separate as slashes do, as programs on Windows write them.

    Raises
    ------
    ValueError
        If the path would leave the folder; the message says how.
    """
    name = name.replace("\\", "/")
    if name.startswith("/"):
        raise ValueError("its path is absolute")
    if re.match(r"[A-Za-z]:", name):
        raise ValueError("its path begins with a drive letter")
    if "\0" in name:
        raise ValueError("its path has a zero byte in it")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise ValueError("its path leads out of the folder by '..'")
    if not parts:
        raise ValueError("it has no name")
    return tuple(shown(part) for part in parts)


def is_junk(parts):
    """Whether a path is what systems and editors leave behind."""
    return bool(JUNK & set(parts)) or parts[-1].startswith("._")


def refused(info):
    """Why an entry is not unpacked whatever it holds, or an empty string."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "it is a link, and links are not followed"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "it is neither a file nor a folder"
    return "it is encrypted" if info.flag_bits & 1 else ""


def time_of(info):
    """When an entry was last changed, in UTC, or None if the zip doesn't say.

    A zip's own dates have no time zone: they are taken to be in this machine's, unless the entry
    has the "extended timestamp" that Unix programs add.
    """
    seconds = _extended(info.extra)
    try:
        if seconds is not None:
            return datetime.fromtimestamp(seconds, UTC)
        local = datetime(*info.date_time)
        # 1980-01-01 is what is written where there is no date
        return local.astimezone(UTC) if local > datetime(1980, 1, 2) else None
    except (ValueError, OverflowError, OSError):
        return None


def _extended(extra):
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == EXTENDED_TIME and size >= 5 and len(extra) >= 9 and extra[4] & 1:
            return struct.unpack("<l", extra[5:9])[0]
        extra = extra[4 + size:]
    return None


def shown(part):
    """A name without what a terminal or a file system trips over."""
    part = unicodedata.normalize("NFC", part)
    part = "".join(letter if letter.isprintable() else "_" for letter in part)
    stem, dot, ending = part.rpartition(".")
    if len(part.encode()) <= LONGEST:
        return part
    ending = dot + ending if dot and len(ending) < 10 else ""
    stem = (stem if ending else part).encode()[: LONGEST - len(ending.encode())]
    return stem.decode(errors="ignore") + ending
