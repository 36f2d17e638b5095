"""The outside of the sandbox: starts the warm parent and has it forked for each submission."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

from autograder.sandbox import bubble
from autograder.sandbox.limits import Limits
from autograder.sandbox.session import Session

PREFIX = "cnn-by-hand-"
START_TIMEOUT = 120
FIRST_UID, UIDS = 60000, 5000
MODES = ("auto", "required", "off")


class SandboxUnavailable(Exception):
    """There is no sandbox, and one was asked for."""


class SandboxWarning(UserWarning):
    """Student code is confined by limits only."""


class Runner:
    """Runs submissions, one after the other, each in a fresh fork of one warm parent.

    Parameters
    ----------
    limits : Limits
    mode : {"auto", "required", "off"}
        With "auto" bubblewrap is used where it works, else a warning says what is missing;
        "required" refuses to run without it; "off" means limits only, without a word.
    watch : sequence of str
        Routines ("numpy.convolve") and packages ("scipy") whose use a battery can note.

    Attributes
    ----------
    isolation : {"bubblewrap", "limits only"}
    nested : bool
        Whether each submission has namespaces of its own. If not, bubblewrap is started anew
        for each of them: as safe, but slower.

    Raises
    ------
    SandboxUnavailable
        If the mode is "required" and bubblewrap does not work, or this is not Linux.
    """

    def __init__(self, limits=None, mode="auto", watch=()):
        if mode not in MODES:
            raise ValueError(f"mode must be one of {', '.join(MODES)} (got {mode!r})")
        if not sys.platform.startswith("linux"):
            raise SandboxUnavailable(
                "The sandbox needs Linux. Here, grade in the notebook's own kernel (nbgrader's "
                "Execute in Autograde.autograde_preprocessors) or in a Linux container."
            )
        self.limits = limits or Limits()
        self.watch = tuple(watch)
        clean_stale()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        self.zygote, self.used = None, []
        self.sessions = self.forks = 0
        self.nested = False
        try:
            bubble.stage(self._inside())
            self.isolation = self._choose(mode)
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def session(self, student_files=None):
        """A fresh process for one submission; see `Session`."""
        self.sessions += 1
        return Session(self, student_files)

    @property
    def alive(self):
        """Whether the warm parent is running."""
        return self.zygote is not None and self.zygote.process.poll() is None

    def fork(self):
        """Sockets to a new notebook process and to its supervisor."""
        for attempt in (1, 2):
            if not self.alive:
                self._stop()
            elif self.zygote.forked and self.isolation == "bubblewrap" and not self.nested:
                self.used.append(self.zygote)  # in one bubble, one would read what another left
                self.zygote = None
            if self.zygote is None:
                self.zygote = self._started(self.isolation == "bubblewrap")
            main, main_inside = socket.socketpair()
            control, control_inside = socket.socketpair()
            request = {"limits": self.limits.plain(), "folder": self._work_folder()}
            with main_inside, control_inside:
                try:
                    self.zygote.fork(request, [main_inside.fileno(), control_inside.fileno()])
                    return main, control
                except OSError:  # it has died; once is an accident
                    main.close()
                    control.close()
                    self._stop()
                    if attempt == 2:
                        raise

    def ended(self, session):
        """Clean up after a session."""
        if self.isolation != "bubblewrap":
            shutil.rmtree(self.folder / "work", ignore_errors=True)
        elif not self.nested:
            self._stop()

    def close(self):
        """End the warm parent and everything in it."""
        self._stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _choose(self, mode):
        if mode != "off":
            why = "it is not installed"
            for _ in range(2 * bool(shutil.which("bwrap"))):  # one failure may be an accident
                try:
                    self.zygote = self._started(True)
                    return "bubblewrap"
                except (OSError, SandboxUnavailable) as error:
                    why = str(error)
            if mode == "required":
                raise SandboxUnavailable(f"bubblewrap is required but {why}.")
            warnings.warn(
                f"Student code runs without bubblewrap ({why}). Time, memory and output are "
                "limited and sockets refused, but student code can read and change every file that "
                "this user can, the gradebook and the course secret among them. Install "
                "bubblewrap, or grade as a user of its own or in a container.",
                SandboxWarning, stacklevel=4,
            )
        self.zygote = self._started(False)
        return "limits only"

    def _started(self, inside_bubble):
        zygote = Zygote(self._inside(), inside_bubble, self.limits.scratch, self.watch)
        self.nested = zygote.nested
        return zygote

    def _inside(self):
        path = self.folder / "inside"
        path.mkdir(exist_ok=True)
        return path

    def _work_folder(self):
        if self.isolation == "bubblewrap":
            return "/tmp/submission"
        self.forks += 1  # a notebook that is run again leaves the files of its copies alone
        return str(self.folder / "work" / str(self.forks) / "submission")

    def _stop(self):
        for zygote in [*self.used, self.zygote]:
            if zygote is not None:
                zygote.stop()
        self.zygote, self.used = None, []


class Zygote:
    """The warm parent as a process and a socket."""

    def __init__(self, folder, inside_bubble, scratch, watch):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        uid = FIRST_UID + os.getpid() % UIDS if inside_bubble and os.getuid() == 0 else None
        fd = theirs.fileno()
        if inside_bubble:
            command, env = bubble.bubble_command(folder, fd, uid, scratch, watch), {}
        else:
            home = folder.parent / "home"
            home.mkdir(exist_ok=True)
            env = bubble.environment(folder, str(home), bubble=False)
            command = bubble.python_command(folder, fd, uid, watch, bubble=False)
        self.socket = ours
        self.forked = False
        with theirs:
            self.process = subprocess.Popen(
                command, env=env, pass_fds=[fd], stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/",
            )
        self.nested = self._ready()

    def _ready(self):
        self.socket.settimeout(START_TIMEOUT)
        try:
            answer = self.socket.recv(1000)
        except OSError:
            answer = b""
        self.socket.settimeout(5)
        with self.process.stderr as errors:  # no submission has this descriptor
            if answer:
                return json.loads(answer)["nested"]
            self.stop()
            os.set_blocking(errors.fileno(), False)
            lines = (errors.read(10_000) or b"").decode(errors="replace").strip().splitlines()
        raise SandboxUnavailable(lines[-1] if lines else "it did not start")

    def fork(self, request, fds):
        """Ask for a fork that owns these sockets."""
        self.forked = True
        socket.send_fds(self.socket, [json.dumps(request).encode()], fds)

    def stop(self):
        """End it; in bubblewrap everything inside ends with it."""
        self.socket.close()
        self.process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)


def clean_stale():
    """Remove folders of runners that were killed."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        pid = path.name.removeprefix(PREFIX).partition("-")[0]
        try:
            mine = path.lstat().st_uid == os.getuid() and not path.is_symlink()
        except OSError:
            continue
        if mine and pid.isdigit() and not os.path.exists(f"/proc/{pid}"):
            shutil.rmtree(path, ignore_errors=True)
