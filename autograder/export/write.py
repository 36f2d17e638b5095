"""Write a file of grades whole or not at all."""

import os
import tempfile

from autograder.export.grades import ExportFailed


def write(path, text):
    """Replace a file at once; only its owner can read it.

    Parameters
    ----------
    path : Path
    text : str

    Raises
    ------
    ExportFailed
        If the file cannot be written; what was there before is left.
    """
    draft = None
    try:
        descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(draft, path)
    except OSError as error:
        if draft and os.path.exists(draft):
            os.unlink(draft)
        raise ExportFailed(f"{path} cannot be written: {error.strerror}.") from None
