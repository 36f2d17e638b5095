"""The notebook's process: runs cells with IPython's semantics and keeps copies of itself."""

import contextlib
import linecache
import os
import signal
import sys
import traceback

from IPython.core.compilerop import CachingCompiler
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.sandbox.child import battery
from autograder.sandbox.child.capture import Hook, Outputs, Publisher, Stream
from autograder.sandbox.child.channel import Channel

MAX_FRAMES = 12
WARM = (
    "import numpy as np\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])",
    "import numpy.fft, numpy.linalg, numpy.random\nfrom course import *\nnoisy_line()",
    "figures.pictures({'a': photo(), 'b': np.eye(2)}, signed=['b'], alt='a')",
    "figures.grids({'a': [[-12.345, 67890]]}, mark={'a': [(0, 0)]}, alt='a')",
    "figures.window_1d([1, 2], [3], padding=1)\nfigures.window_2d([[1, 2]], [[3]])",
    "figures.curves({'a': [1, 2], 'b': [2, 1]}, alt='a')\nfigures.bars({'a': 1}, alt='a')",
    "figures.receptive_field([(2, 2)])",
)
"""Everything of the course that takes longer the first time."""


class Compiler(CachingCompiler):
    """Names the code of a cell after the cell."""

    cell = 0

    def get_code_name(self, raw_code, transformed_code, number):
        """``<cell 3>``, whatever runs inside it."""
        return f"<cell {self.cell}>"


class Shell(InteractiveShell):
    """IPython with its outputs collected and tracebacks that are short and fast."""

    def __init__(self, **kwargs):
        self.outputs = Outputs()
        super().__init__(**kwargs)
        self.compile = Compiler()

    def enable_gui(self, gui=None):
        """No windows here."""

    def ask_exit(self):
        """``exit`` in a cell does not end the notebook."""

    def _format_exception_for_storage(self, *args, **kwargs):
        return {}  # IPython would format every traceback a second time, richly

    def showtraceback(self, exc_tuple=None, *args, **kwargs):
        """The student's own lines and what went wrong."""
        kind, error, trace = exc_tuple or sys.exc_info()
        self.outputs.error(kind.__name__, _message(error), traceback_lines(kind, error, trace))

    def showsyntaxerror(self, *args, **kwargs):
        """The line, and where in it."""
        kind, error, _ = sys.exc_info()
        lines = traceback.format_exception_only(kind, error)
        self.outputs.error(kind.__name__, _message(error), "".join(lines).splitlines())

    def run(self, source, index, cap):
        """Run one cell; its outputs as plain data."""
        self.outputs = Outputs(cap)
        self.compile.cell = index
        try:
            self.run_cell(source, store_history=True)
        except BaseException as error:  # an interrupt that arrives between IPython's own lines
            self.outputs.error(type(error).__name__, _message(error), [type(error).__name__])
        return self.outputs.plain()


def _message(error):
    try:
        return str(error)
    except Exception:
        return ""


def traceback_lines(kind, error, trace):
    """A traceback of the cells' own lines, as Python prints it."""
    own = getattr(error, "_render_traceback_", None)
    if own is not None:
        with contextlib.suppress(Exception):
            return [str(line) for line in own()]
    frames = [
        (frame.f_code.co_filename, line, frame.f_code.co_name)
        for frame, line in traceback.walk_tb(trace)
        if "site-packages" not in frame.f_code.co_filename
    ]
    while frames and not frames[0][0].startswith("<cell "):
        frames.pop(0)  # the interpreter's way into the cell
    lines = ["Traceback (most recent call last):"] if frames else []
    cut = range(MAX_FRAMES // 2, max(len(frames) - MAX_FRAMES // 2, 0))
    for position, (file, line, name) in enumerate(frames):
        if len(cut) > 1 and position in cut:
            if position == cut.start:
                lines.append(f"  ... {len(cut)} more ...")
            continue
        inside = "" if name == "<module>" else f", in {name}"
        lines += [f"  {file.strip('<>')}, line {line}{inside}",
                  f"    {linecache.getline(file, line).strip()}"]
    try:
        last = "".join(traceback.format_exception_only(kind, error)).splitlines()
    except Exception:
        last = [kind.__name__]
    return lines + last


def warm_shell():
    """The shell, with everything imported and used once that a notebook of the course needs."""
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.autocall = 0
    shell = Shell.instance(
        config=config, display_pub_class=Publisher, displayhook_class=Hook, user_ns={}
    )
    sys.stdout, sys.stderr = Stream("stdout", shell), Stream("stderr", shell)
    with contextlib.suppress(ImportError):
        _warm_figures(shell)
    shell.reset(new_session=True)
    shell.execution_count = 1
    return shell


def _warm_figures(shell):
    import matplotlib.pyplot as pyplot

    shell.enable_matplotlib("inline")
    for cell in (*WARM, "1 / 0"):
        shell.run(cell, 0, 10**6)
    pyplot.close("all")
    with contextlib.suppress(AttributeError, ValueError):  # draws what is going to be closed
        shell.events.unregister("post_execute", pyplot._draw_all_if_interactive)


def draw_figures(shell, wanted):
    """Whether figures are rendered or only described in words."""
    from IPython.core.pylabtools import select_figure_formats
    from matplotlib.figure import Figure

    from course.figures import figure

    figure.RENDERED = wanted
    if wanted:
        select_figure_formats(shell, {"png"})
    else:
        shell.display_formatter.formatters["image/png"].for_type(Figure, lambda drawing: None)


def serve(channel, shell, watch):
    """Answer the host's requests until it is gone. Nothing outside trusts an answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    rendered = None
    while True:
        request, body = channel.receive(accept_fds=True)
        fds, channel.fds = channel.fds, []
        reply, answer = {"id": request["id"]}, b""
        if request["op"] == "run":
            if request["render"] != rendered:
                rendered = request["render"]
                draw_figures(shell, rendered)
            with _interruptible():
                reply["outputs"] = []
                reply["outputs"] = shell.run(request["source"], request["cell"], request["cap"])
        elif request["op"] == "value":
            with _interruptible():
                told, answer = battery.value(shell.user_ns, request["name"])
                reply |= told
        elif request["op"] == "snapshot":
            reply["made"] = _snapshot(channel, fds, shell, watch)
        elif request["op"] == "file":
            _keep(request["name"], body)
        channel.send(reply, answer)


@contextlib.contextmanager
def _interruptible():
    """Only here do interrupts reach the notebook."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _snapshot(channel, fds, shell, watch):
    """Fork a copy that waits on a socket of its own; whether there was room for it."""
    try:
        copy = os.fork()
    except OSError:
        copy = None
    if copy == 0:
        try:
            channel.close()
            import socket

            own = Channel(socket.socket(fileno=fds[0]), channel.limit)
            battery.wait(own, shell.user_ns, watch)
        finally:
            os._exit(0)
    for fd in fds:
        os.close(fd)
    return copy is not None


def _keep(name, body):
    with contextlib.suppress(OSError):  # too large for the limits: then it is not there
        os.makedirs(os.path.dirname(os.path.join(".", name)), exist_ok=True)
        with open(name, "wb") as file:
            file.write(body)
