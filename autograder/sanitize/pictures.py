"""Pictures that a student pasted, or laid beside the notebook: found by any of their names."""

import base64
import binascii
import re
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote

from autograder import svg

KINDS = (
    ("image/png", b"\x89PNG\r\n\x1a\n", "png"),
    ("image/jpeg", b"\xff\xd8\xff", "jpg"),
    ("image/gif", b"GIF8", "gif"),
    ("image/webp", b"RIFF", "webp"),
)
LARGEST = 5_000_000
"""Bytes of one picture."""
MOST = 20_000_000
"""Bytes of all pictures of one notebook."""
START = re.compile(r"!\[(?P<alt>[^\[\]]{0,2000})\]\(")
FARTHEST = 1000
"""Characters of an address, but for a picture's own data."""
TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*'|\([^()]*\))\s*\Z""")
DATA = re.compile(r"data:image/[\w.+-]+;base64,[A-Za-z0-9+/=]*")
ATTACHED = "attachment:"


def kind_of(data):
    """The mime type and suffix of a picture that browsers show; None of anything else.

    Parameters
    ----------
    data : bytes
    """
    for kind, begins, suffix in KINDS:
        if data.startswith(begins) and (kind != "image/webp" or data[8:12] == b"WEBP"):
            return kind, suffix
    return None


class Pictures:
    """The pictures that one cell can show.

    Parameters
    ----------
    attachments : object
        The cell's attachments, of any content.
    folder : Path or None
        Where the files lie that were handed in beside the notebook.
    left : int
        How many bytes all of them may have.
    """

    def __init__(self, attachments=None, folder=None, left=MOST):
        self.attached = {}
        for name, bundle in (attachments if isinstance(attachments, dict) else {}).items():
            if isinstance(bundle, dict):
                self.attached[_plain(name)] = bundle
        self.folder = Path(folder) if folder else None
        self.left = left
        self.used = {}

    def find(self, address):
        """The picture at an address.

        Parameters
        ----------
        address : str
            As it stands in Markdown or in a tag.

        Returns
        -------
        data : str or None
            Its ``data:`` address.
        why : str
            Without one: why it is not shown, in words.
        """
        address = address.strip()
        if DATA.fullmatch(address):
            if svg.harmless(address):
                return address, ""
            return self._shown(address.partition(",")[2], "a picture")
        for name in (address, unquote(address)):
            name = _plain(name)
            bundle = self.attached.get(name.removeprefix(ATTACHED))
            if bundle is not None:
                return self._attached(name.removeprefix(ATTACHED), bundle)
            if not re.match(r"[a-z][a-z0-9+.-]*:|//", name, re.I):
                data, why = self._file(name)
                if data or why:
                    return data, why
        said = re.sub(r"\s+", " ", unquote(address))[:200].removeprefix(ATTACHED)
        where = ("it was not handed in" if not re.match("[a-z]+:|//", said, re.I)
                 else "it lies elsewhere")
        return None, f"{said}: {where}"

    def _attached(self, name, bundle):
        for value in bundle.values():
            value = "".join(map(str, value)) if isinstance(value, list) else value
            if isinstance(value, str):
                data, why = self._shown(value, name)
                if data:
                    return data, why
        return None, f"{name}: it is no PNG, JPEG, GIF or WebP picture"

    def _file(self, name):
        if self.folder is None or not name or "\0" in name or name.startswith("/"):
            return None, ""
        try:
            for path in (self.folder / name, *self._alike(name)):
                inside = path.resolve().is_relative_to(self.folder.resolve())
                if inside and path.is_file() and not path.is_symlink():
                    if path.stat().st_size > LARGEST:
                        return None, f"{name}: it has more than {LARGEST // 1_000_000} MB"
                    return self._shown(path.read_bytes(), name)
        except (OSError, ValueError, RuntimeError):
            pass
        return None, ""

    def _alike(self, name):
        """Files of the same name in another Unicode form."""
        here = self.folder / Path(name).parent
        return [path for path in here.iterdir() if _plain(path.name) == _plain(Path(name).name)]

    def _shown(self, data, name):
        if isinstance(data, str):
            if len(data) > 2 * LARGEST:
                return None, f"{name}: it has more than {LARGEST // 1_000_000} MB"
            try:
                data = base64.b64decode("".join(data.split()), validate=True)
            except (binascii.Error, ValueError):
                return None, f"{name}: it is no PNG, JPEG, GIF or WebP picture"
        kind = kind_of(data)
        if kind is None:
            return None, f"{name}: it is no PNG, JPEG, GIF or WebP picture"
        if len(data) > min(self.left, LARGEST):
            return None, f"{name}: the notebook's pictures are too large"
        self.left -= len(data)
        return f"data:{kind[0]};base64,{base64.b64encode(data).decode()}", ""

    def attach(self, text):
        """Markdown whose pictures are attachments with plain names, whatever they were before.

        Parameters
        ----------
        text : str

        Returns
        -------
        text : str
            What cannot be shown is said in its place.
        attachments : dict
        """
        parts, attachments, at = [], {}, 0
        for found in START.finditer(text):
            if found.start() < at:
                continue
            address, end = self._address(text, found.end())
            if end is None:
                continue
            data, why = self.find(address)
            parts.append(text[at : found.start()])
            at = end
            if data is None:
                parts.append(f"(picture not shown: {_words(why)})")
                continue
            if data not in self.used:
                kind, _, content = data.removeprefix("data:").partition(";base64,")
                if kind == "image/svg+xml":  # one of the course's own
                    parts.append(text[found.start() : end])
                    continue
                self.used[data] = f"picture-{len(self.used) + 1}.{kind.rpartition('/')[2]}"
                attachments[self.used[data]] = {kind: content}
            alt = re.sub(r"[^\w\s.,;:+()/-]", " ", found["alt"])[:300]
            parts.append(f"![{' '.join(alt.split())}]({ATTACHED}{self.used[data]})")
        return "".join((*parts, text[at:])), attachments

    def _address(self, text, start):
        """The address that begins here, and where its bracket ends; (None, None) if nowhere."""
        data = DATA.match(text, start)
        if data and text[data.end() : data.end() + 1] == ")":
            return data[0], data.end() + 1
        rest = text[start : start + FARTHEST].split("\n\n")[0]
        ends = [found.start() for found in re.finditer(r"\)", rest)][:20]
        candidates = [
            (address.removeprefix("<").removesuffix(">"), start + end + 1) for end in ends
            for address in (rest[:end].strip(), TITLE.sub("", rest[:end].strip()))
        ]
        for address, end in candidates:
            known = _plain(address), _plain(unquote(address))
            if any(name.removeprefix(ATTACHED) in self.attached for name in known) or (
                    ":" not in address and any(self._file_is_there(name) for name in known)):
                return address, end
        return candidates[0] if candidates else (None, None)

    def _file_is_there(self, name):
        if self.folder is None or not name or "\0" in name:
            return False
        try:
            return (self.folder / name).is_file() or bool(self._alike(name))
        except (OSError, ValueError):
            return False


def _plain(name):
    return normalize("NFC", str(name))


def _words(text):
    """Text in which no reader of Markdown sees more than words."""
    return re.sub(r"([\\`*_{}\[\]()<>#$!|~&])", r"\\\1", text)
