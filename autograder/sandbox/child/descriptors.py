"""What is written to descriptors 1 and 2 past Python: by programs, and by libraries in C."""

import fcntl
import os
import tempfile

MOST = 4 << 20
"""Bytes that are looked at; a cell keeps less."""


class Descriptors:
    """Descriptors 1 and 2 as files that this process alone reads, and empties.

    A file, not a pipe: a program that prints much does not wait for a reader, and what is beyond
    the limit on files fails there.
    """

    def __init__(self):
        self.files = {}

    def open(self):
        """Begin to collect; once for each notebook, in its own process."""
        for fd, name in ((1, "stdout"), (2, "stderr")):
            # without a name, in the notebook's own folder for such files, which is bounded
            file = self.files[name] = tempfile.TemporaryFile()  # noqa: SIM115
            fcntl.fcntl(file, fcntl.F_SETFL, os.O_APPEND)  # each writer adds where the file ends
            os.dup2(file.fileno(), fd)

    def close(self):
        """Lead nowhere again, in a copy of the notebook that is called from outside."""
        for fd in (1, 2):
            nowhere = os.open("/dev/null", os.O_WRONLY)
            os.dup2(nowhere, fd)
            os.close(nowhere)
        for file in self.files.values():
            file.close()
        self.files = {}

    def drain(self, keep):
        """Hand what has come since the last time to ``keep(name, text)``."""
        for name, file in self.files.items():
            try:
                size = os.fstat(file.fileno()).st_size
                if not size:
                    continue
                data = os.pread(file.fileno(), min(size, MOST), 0)
                os.ftruncate(file.fileno(), 0)
            except (OSError, ValueError):  # closed by the notebook itself
                continue
            keep(name, data.decode("utf-8", "replace"))
