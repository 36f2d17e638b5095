"""The notebook's process: runs cells with IPython's semantics and keeps copies of itself."""

import contextlib
import os
import signal
import sys

from traitlets.config import Config

from autograder.sandbox.child import battery
from autograder.sandbox.child.capture import Hook, Publisher, Stream
from autograder.sandbox.child.channel import Channel
from autograder.sandbox.child.shell import Shell

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
    # a kernel, whose backend is set from outside, has no runner of its own for scripts that draw
    shell.magics_manager.registry["ExecutionMagics"].default_runner = None
    for cell in (*WARM, "1 / 0"):
        shell.run(cell, 0, 10**6)
    pyplot.close("all")
    for name in ("type", "value", "traceback", "exc"):
        vars(sys).pop(f"last_{name}", None)
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
    sys.path.insert(0, "")  # as in Jupyter: modules are looked for beside the notebook first
    sys.argv[:] = sys.orig_argv[:] = ["ipykernel_launcher.py"]  # not what we were started with
    shell.descriptors.open()
    rendered = None
    while True:
        request, body = channel.receive(accept_fds=True)
        fds, channel.fds = channel.fds, []
        reply, answer = {"id": request["id"]}, b""
        if request["op"] == "run":
            if request["render"] != rendered:
                rendered = request["render"]
                draw_figures(shell, rendered)
            _forget_listing()
            with _interruptible():
                reply["outputs"] = []
                reply["outputs"] = shell.run(request["source"], request["cell"], request["cap"])
                reply["updates"] = shell.outputs.updates
        elif request["op"] == "value":
            with _interruptible():
                told, answer = battery.value(shell.user_ns, request["name"])
                reply |= told
        elif request["op"] == "snapshot":
            reply["made"] = _snapshot(channel, fds, shell, watch)
        elif request["op"] == "file":
            _keep(request["name"], body)
        channel.send(reply, answer)


def _forget_listing():
    """Let the next import look at the folder anew.

    Python believes a listing until the folder's time stamp changes; a module that a cell writes
    just after an import may carry the same one.
    """
    with contextlib.suppress(OSError):
        finder = sys.path_importer_cache.get(os.getcwd())
        if finder is not None:
            finder.invalidate_caches()


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
            shell.descriptors.close()
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
