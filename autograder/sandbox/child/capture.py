"""What a cell prints and displays, collected with a cap while it arrives."""

import io

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher

NOTE = "\n... output cut here: more than {} bytes\n"


class Outputs:
    """The outputs of one cell as plain dictionaries in nbformat's form."""

    def __init__(self, limit=0):
        self.items = []
        self.limit = limit
        self.size = 0

    def text(self, name, text):
        """Printed text; what goes beyond the limit is dropped and a note says so."""
        if self.size > self.limit:
            return
        room = self.limit - self.size
        self.size += len(text)
        if self.size > self.limit:
            text = text[:room] + NOTE.format(self.limit)
        last = self.items[-1] if self.items else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["pieces"].append(text)
        else:
            self.items.append({"output_type": "stream", "name": name, "pieces": [text]})

    def rich(self, kind, data, metadata=None):
        """A display or a cell's result."""
        size = sum(len(value) if isinstance(value, str | bytes) else 200 for value in data.values())
        if self.size + size > self.limit:
            self.size = max(self.size, self.limit)
            self.text("stdout", " ")  # leaves the note
            return
        self.size += size + 100
        self.items.append({"output_type": kind, "data": data, "metadata": metadata or {}})

    def error(self, name, message, lines):
        """An exception; always kept, cut to a readable length."""
        self.items.append({
            "output_type": "error", "ename": name[:200], "evalue": message[:5000],
            "traceback": [line[:5000] for line in lines[:60]],
        })

    def clear(self):
        """Forget what there is, as ``clear_output`` asks; what was used up stays used up."""
        self.items = []

    def plain(self):
        """JSON-able data."""
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
        """None, as in Jupyter's simpler kernels."""
        raise io.UnsupportedOperation("fileno")


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
        """Collect a display."""
        self.shell.outputs.rich("display_data", plain_bundle(data), metadata)

    def clear_output(self, wait=False):
        """Forget the cell's outputs so far."""
        self.shell.outputs.clear()


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
