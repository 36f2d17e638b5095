"""What a cell prints and displays, collected with a cap while it arrives."""

import io

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher

NOTE = "\n... output cut here: more than {} bytes\n"
MANY = "\n... displays cut here: more than {}\n"
MAX_ITEMS = 900
LAST_RESULT = 10_000
"""Characters that a cell's result may have when all else is used up: its score is read from it."""


class Outputs:
    """The outputs of one cell as plain dictionaries in nbformat's form.

    What a cell is graded by is never dropped: its error, its result, and whether it wrote to
    stderr.

    Parameters
    ----------
    limit : int
        Most characters, errors apart.
    drain : callable
        Brings along what was written past Python, to descriptors 1 and 2.
    """

    def __init__(self, limit=0, drain=lambda: None):
        self.items, self.updates = [], []
        self.limit = limit
        self.size = 0
        self.drain = drain
        self.noted = set()
        self.clears = False  # at the next output

    def text(self, name, text):
        """Printed text; what goes beyond the limit is dropped and a note says so."""
        self._begin()
        self.late(name, text)

    def late(self, name, text):
        """The same for text that was written past Python."""
        self._forget()
        if self.size > self.limit and name in self.noted:
            return
        room = max(self.limit - self.size, 0)
        self.size += len(text)
        if self.size > self.limit:
            self.noted.add(name)
            text = text[:room] + NOTE.format(self.limit)
        self._stream(name, text)

    def _stream(self, name, text):
        last = self.items[-1] if self.items else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["pieces"].append(text)
        else:
            self.items.append({"output_type": "stream", "name": name, "pieces": [text]})

    def rich(self, kind, data, metadata=None, display=None):
        """A display or a cell's result; ``display`` is the id by which it may be updated."""
        self._begin()
        size = sum(len(value) if isinstance(value, str | bytes) else 200 for value in data.values())
        if self.size + size > self.limit or len(self.items) >= MAX_ITEMS:
            if "displays" not in self.noted:
                self.noted.add("displays")
                self._stream("stdout", NOTE.format(self.limit) if self.size + size > self.limit
                             else MANY.format(MAX_ITEMS))
            if kind != "execute_result":
                return
            data = {"text/plain": str(data.get("text/plain", ""))[:LAST_RESULT]}
            size = 0
        self.size += size + 100
        self.items.append({"output_type": kind, "data": data, "metadata": metadata or {},
                           "display": display})

    def update(self, display, data, metadata=None):
        """New data for all displays of an id, those of earlier cells too."""
        for item in self.items:
            if item.get("display") == display:
                item |= {"data": data, "metadata": metadata or {}}
        self.updates = [one for one in self.updates if one["display"] != display]
        self.updates.append({"display": display, "data": data})

    def error(self, name, message, lines):
        """An exception; always kept, cut to a readable length."""
        self._begin()
        self.items.append({
            "output_type": "error", "ename": name[:200], "evalue": message[:5000],
            "traceback": [line[:5000] for line in lines[:60]],
        })

    def clear(self, wait=False):
        """Forget what there is, at once or when something follows; what was used stays used."""
        if wait:
            self.clears = True
        else:
            self.items = []

    def _begin(self):
        self.drain()
        self._forget()

    def _forget(self):
        if self.clears:
            self.items, self.clears = [], False

    def plain(self):
        """JSON-able data."""
        self.drain()
        for item in self.items:
            if "pieces" in item:
                item["text"] = "".join(item.pop("pieces"))
        return self.items


class Stream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of the notebook."""

    encoding = "utf-8"

    def __init__(self, name, owner):
        self.name = name
        self.owner = owner

    def write(self, text):
        """Append to the cell's outputs."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            self.owner.outputs.text(self.name, text)
        return len(text)

    def writable(self):
        """Yes."""
        return True

    def isatty(self):
        """No."""
        return False

    def fileno(self):
        """The descriptor that programs write to; what comes there is collected, too."""
        return 1 if self.name == "stdout" else 2


class Silence(io.TextIOBase):
    """Swallows what a student's function prints while it is called by the grader."""

    encoding = "utf-8"

    def write(self, text):
        """Nothing is kept."""
        return len(text)


def plain_bundle(data):
    """A mime bundle as JSON-able text."""
    import base64

    plain = {}
    for mime, value in data.items():
        if isinstance(value, bytes):
            value = base64.b64encode(value).decode("ascii")
        if isinstance(value, list) and all(isinstance(line, str) for line in value):
            value = "".join(value)
        if isinstance(value, str) or mime.endswith("json"):
            plain[str(mime)] = value
    return plain


class Publisher(DisplayPublisher):
    """Where ``display`` ends."""

    def publish(self, data, metadata=None, *, transient=None, update=False, **kwargs):
        """Collect a display, or what it becomes."""
        display = (transient or {}).get("display_id")
        if update:
            self.shell.outputs.update(display, plain_bundle(data), metadata)
        else:
            self.shell.outputs.rich("display_data", plain_bundle(data), metadata, display)

    def clear_output(self, wait=False):
        """Forget the cell's outputs so far; with ``wait``, once there is another one."""
        self.shell.outputs.clear(wait)


class Hook(DisplayHook):
    """Where a cell's last value ends."""

    def quiet(self):
        """Whether the cell ends in a semicolon; one without any is not taken apart to see."""
        cells = self.shell.history_manager.input_hist_parsed
        return bool(cells) and ";" in cells[-1] and super().quiet()

    def write_output_prompt(self):
        """No prompt."""

    def write_format_data(self, format_dict, md_dict=None):
        """Collect a result."""
        self.shell.outputs.rich("execute_result", plain_bundle(format_dict), md_dict)

    def finish_displayhook(self):
        """Nothing is pending."""
        self._is_active = False
