"""The floor: fork a warm process and run the same cells in it, hidden tests included.

No sandbox, no limits, no notebook, no gradebook, no outputs kept, no tracebacks printed, and
IPython as it comes: about what any grader that runs these cells in a fresh process has to pay.
"""

import gc
import json
import os
import subprocess
import sys
import time

from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.sandbox.child.notebook import WARM

GRADE = "from autograder import grade\ngrade('conv1d', lambda *args: None)"


class Floor:
    """The warm process, seen from outside."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "autograder.bench.floor"], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def seconds(self, cells, folder, render):
        """How long a fork takes that runs these cells in this folder."""
        request = {"cells": cells, "folder": str(folder), "render": render}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


class Silent(DisplayPublisher):
    """Figures are rendered and dropped."""

    def publish(self, data, metadata=None, **kwargs):
        """Drop them."""


class Bare(InteractiveShell):
    """IPython without its costly tracebacks."""

    def showtraceback(self, *args, **kwargs):
        """Nothing."""

    def enable_gui(self, gui=None):
        """No windows here."""


def warm_shell():
    """A shell in which everything that the course needs was used once."""
    config = Config()
    config.HistoryManager.enabled = False
    shell = Bare.instance(config=config, display_pub_class=Silent)
    shell.enable_matplotlib("inline")
    for cell in (*WARM, GRADE):
        shell.run_cell(cell).raise_error()
    shell.reset()
    return shell


def run(shell, cells, folder, render):
    """In the fork."""
    from matplotlib.figure import Figure

    from course.figures import figure

    os.chdir(folder)
    figure.RENDERED = render
    if not render:
        shell.display_formatter.formatters["image/png"].for_type(Figure, lambda drawing: None)
    for cell in cells:
        shell.run_cell(cell)


def serve():
    """Fork for each request on the standard input; answer with its seconds."""
    answers = os.fdopen(os.dup(1), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    shell = warm_shell()
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        request = json.loads(line)
        started = time.perf_counter()
        child = os.fork()
        if child == 0:
            try:
                run(shell, **request)
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        print(time.perf_counter() - started, file=answers, flush=True)


if __name__ == "__main__":
    serve()
