"""nbgrader preprocessor: what a student's notebook shows cannot act in a reader's browser."""

import re
import time

import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List

from autograder import cleaning
from autograder.grading import RECORD
from autograder.notebooks import grade_id
from autograder.sanitize import allowance, prose
from autograder.sanitize.pictures import MOST, Pictures

CLEANERS = {
    "text/plain": str,  # escaped by every reader; nbgrader reads the score from it
    "text/html": cleaning.html,
    "text/markdown": cleaning.markdown,
    "text/latex": cleaning.latex,
}
PICTURES = ("image/png", "image/jpeg")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
NOTEBOOK_METADATA = ("kernelspec", "cnn_by_hand")
CELL_METADATA = ("nbgrader", "tags", "deletable", "editable")
MAX_TAGS = 20_000
"""Of all outputs and Markdown of one notebook; what comes later is not shown."""
MAX_WORK = 2e9
"""Of all Markdown of one notebook, see `prose.work`: some seconds in any reader."""
WORD = re.compile(r"[\w. -]+")


class Neutralise(NbGraderPreprocessor):
    """Clean outputs, Markdown, attachments and metadata; scores are text and stay as they are.

    In `Autograde.autograde_preprocessors` after the execution; in `GenerateFeedback.preprocessors`
    once more, for notebooks that were graded by other means.
    """

    display_data_priority = List(config=True)  # nbconvert's pages set it, and warn without

    def preprocess(self, nb, resources):
        """Clean every cell, and all of the notebook's metadata that nobody asks for."""
        self.tags, self.bytes, self.work = MAX_TAGS, MOST, MAX_WORK
        started, self.until = time.thread_time(), allowance.deadline(resources)
        nb, resources = super().preprocess(nb, resources)
        allowance.charge(resources, started)
        kept = {key: nb.metadata[key] for key in NOTEBOOK_METADATA if key in nb.metadata}
        nb.metadata = nbformat.from_dict(kept | {"language_info": {"name": "python"}})
        return nb, resources

    def preprocess_cell(self, cell, resources, index):
        """Clean one cell."""
        for key in [key for key in cell.metadata if key not in CELL_METADATA]:
            del cell.metadata[key]
        tags = cell.metadata.get("tags")
        if tags is not None:
            words = tags if isinstance(tags, list) else []
            cell.metadata.tags = [tag for tag in words if WORD.fullmatch(str(tag))]
        if cell.cell_type == "code":
            ours = (grade_id(cell) or "").startswith("test_")
            cell.outputs = [self._output(output, ours) for output in cell.outputs]
            return cell, resources
        pasted = cell.pop("attachments", None)
        if cell.cell_type == "raw":
            cell.cell_type, cell.source = "markdown", quoted(cell.source)
            return cell, resources
        try:
            self._prose(cell, pasted, resources)
        except Exception as error:  # how an answer looks never decides about a grade
            self.log.warning("%s is shown as plain text: %r", cell.get("id"), error)
            cell.source = quoted(cell.source)
        return cell, resources

    def _prose(self, cell, pasted, resources):
        """Clean a Markdown cell; its pictures, wherever they were, become attachments."""
        folder = resources.get("metadata", {}).get("path") or None
        pictures = Pictures(pasted, folder, self.bytes)
        text, attachments = pictures.attach(cell.source)
        cell.source = self._clean("text/markdown", text, Pictures(
            attachments or pasted, folder, pictures.left))
        self.bytes = pictures.left
        if attachments and "attachment:picture-" in cell.source:
            cell.attachments = nbformat.from_dict(attachments)

    def _output(self, output, ours):
        """An output with the mime types of the lists above; our records in our own cells."""
        if "data" not in output:
            return output
        data = {}
        for kind, value in output.data.items():
            if kind in CLEANERS:
                text = "".join(value) if isinstance(value, list) else str(value)
                data[kind] = self._clean(kind, text)
            elif kind in PICTURES:
                data |= _picture(kind, value)
            elif kind == RECORD and ours:
                data[kind] = value
        if not data.get("text/html", "-").strip():
            del data["text/html"]
        if not data and output.data:
            data["text/plain"] = f"(not shown: {', '.join(sorted(map(repr, output.data)))})"
        output.data, output.metadata = nbformat.from_dict(data), nbformat.from_dict({})
        return output

    def _clean(self, kind, text, *pictures):
        if kind == "text/plain":
            return text
        self.tags -= text.count("<")
        if self.tags < 0:
            return "(not shown: too many tags)"
        self.work -= prose.work(text)
        if self.work < 0 or time.thread_time() > self.until:
            return prose.hardened(prose.plain(text))
        return CLEANERS[kind](text, *pictures)


def _picture(kind, value):
    return {kind: value} if isinstance(value, str) and BASE64.fullmatch(value) else {}


def quoted(text):
    """Any text as Markdown that shows it letter by letter."""
    return prose.hardened(prose.plain(text))
