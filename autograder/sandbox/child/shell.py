"""IPython as the notebook's process has it: collected outputs, short tracebacks, no windows."""

import ast
import asyncio
import builtins
import contextlib
import getpass
import linecache
import sys
import traceback

from IPython.core import async_helpers
from IPython.core.compilerop import CachingCompiler
from IPython.core.error import StdinNotImplementedError
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Instance

from autograder.sandbox.child.capture import Outputs, Stream
from autograder.sandbox.child.descriptors import Descriptors

MAX_FRAMES = 12


class Compiler(CachingCompiler):
    """Names the code of a cell after the cell."""

    cell = 0

    def get_code_name(self, raw_code, transformed_code, number):
        """``<cell 3>``, whatever runs inside it."""
        return f"<cell {self.cell}>"


class Transformer(TransformerManager):
    """Looks for IPython's own syntax only in what is no Python: to look for it takes long."""

    def __init__(self):
        super().__init__()
        self.usual = [*self.token_transformers]

    def do_token_transforms(self, lines):
        """Replace magics, shell commands and questions, none of which is Python."""
        if self.token_transformers == self.usual and _is_python("".join(lines)):
            return lines
        return super().do_token_transforms(lines)


def _is_python(source):
    try:
        ast.parse(source, "<>")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


class Shell(InteractiveShell):
    """IPython with its outputs collected and tracebacks that are short and fast."""

    input_transformer_manager = Instance(Transformer, ())

    def __init__(self, **kwargs):
        self.outputs, self.descriptors = Outputs(), Descriptors()
        super().__init__(**kwargs)
        builtins.input = getpass.getpass = self.no_input
        self.compile = Compiler()

    def should_run_async(self, raw_cell, **settings):
        """Whether a cell needs an event loop; one without these words is not compiled for it."""
        if "async" not in raw_cell and "await" not in raw_cell:
            return False
        # as in Jupyter, whose cells all run inside a loop: a task may be made without waiting
        return "asyncio" in raw_cell or super().should_run_async(raw_cell, **settings)

    def no_input(self, *_, **__):
        """Nobody is there to answer."""
        raise StdinNotImplementedError(
            "raw_input was called, but this frontend does not support input requests.")

    def enable_gui(self, gui=None):
        """No windows here."""

    def ask_exit(self):
        """``exit`` in a cell does not end the notebook."""

    def _format_exception_for_storage(self, *args, **kwargs):
        return {}  # IPython would format every traceback a second time, richly

    def showtraceback(self, exc_tuple=None, *args, **kwargs):
        """The student's own lines and what went wrong; ``%tb`` shows it again."""
        try:
            kind, error, trace = self._get_exc_info(exc_tuple)
        except ValueError:
            print("No traceback available to show.", file=sys.stderr)
            return
        self.outputs.error(kind.__name__, _message(error), traceback_lines(kind, error, trace))

    def showsyntaxerror(self, *args, **kwargs):
        """The line, and where in it."""
        kind, error, _ = self._get_exc_info()
        lines = traceback.format_exception_only(kind, error)
        self.outputs.error(kind.__name__, _message(error), "".join(lines).splitlines())

    def run(self, source, index, cap):
        """Run one cell; its outputs as plain data."""
        self.outputs = outputs = Outputs(cap, self._drain)
        self.compile.cell = index
        self._have_streams()
        try:
            self.run_cell(source, store_history=True)
            self._let_tasks_go_on()
        except BaseException as error:  # an interrupt that arrives between IPython's own lines
            outputs.error(type(error).__name__, _message(error), [type(error).__name__])
        return outputs.plain()

    def _drain(self):
        self.descriptors.drain(self.outputs.late)

    def _let_tasks_go_on(self):
        """Tasks of this cell and of earlier ones take their next steps, as between two cells."""
        loop = async_helpers._asyncio_event_loop  # none before the first cell that needs one
        if loop is not None and not loop.is_closed() and asyncio.all_tasks(loop):
            loop.run_until_complete(asyncio.sleep(0))

    def _have_streams(self):
        """What an earlier cell put in the place of a stream has to be one, or no cell runs."""
        for name in ("stdout", "stderr"):
            given = getattr(sys, name, None)
            if not (callable(getattr(given, "write", None)) and hasattr(given, "flush")):
                setattr(sys, name, Stream(name, self))


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
