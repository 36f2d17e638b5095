"""The first process of a submission: it ends the notebook and never runs its code."""

import os
import resource
import select
import signal
import struct
import time

from autograder.sandbox.child import kernel_calls as kernel

INTERRUPT, KILL, DIED, FULL, USED = b"i", b"k", b"x", b"f", b"u"
SECONDS = struct.Struct("<d")
"""What follows after USED, when the host has asked for it."""


def supervise(control, notebook, *, alone, census, total):
    """Obey the host until it closes the control socket; then end everything.

    When the notebook's process has ended, the host is told: FULL if there was too much in memory.

    Parameters
    ----------
    control : socket
    notebook : int
        The notebook's process.
    alone : bool
        Whether this is the first process of a pid namespace: its end ends all others.
    census : Census
    total : int
        Bytes of memory that all descendants may take together.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    kernel.prctl(kernel.SET_DUMPABLE, 0)  # nobody inside may read or trace this process
    poll = select.poll()
    poll.register(control, select.POLLIN)
    try:
        watch = os.pidfd_open(notebook)
        poll.register(watch, select.POLLIN)
    except OSError:
        watch = None
    full = False
    while True:
        ready = {number for number, _ in poll.poll(200)}
        if control.fileno() in ready and not _obey(control, notebook, census):
            break
        full |= census.trim(total)
        if _reap(notebook):
            notebook = None
            if watch is not None:
                poll.unregister(watch)
            try:
                control.send(FULL if full else DIED)
            except OSError:
                break
    if not alone:
        _end_descendants(census)
    os._exit(0)


def _obey(control, notebook, census):
    try:
        order = control.recv(1)
        if order == USED:
            control.send(USED + SECONDS.pack(_processor(census)))
    except OSError:
        return False
    if notebook is not None and order in (INTERRUPT, KILL):
        os.kill(notebook, signal.SIGINT if order == INTERRUPT else signal.SIGKILL)
    return bool(order)


def _processor(census):
    """Seconds of processor time of the dead and the living below this process."""
    dead = resource.getrusage(resource.RUSAGE_CHILDREN)
    return dead.ru_utime + dead.ru_stime + census.processor(census.myself())


def _reap(notebook):
    """Collect the dead; whether the notebook's process is among them."""
    found = False
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if pid == 0:
            return found
        found |= pid == notebook


def _end_descendants(census):
    """Kill all that descend from this process, which adopts orphans, until none is left."""
    give_up = time.monotonic() + 5
    while time.monotonic() < give_up:
        below = census.descendants(os.getpid())
        for pid in below:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                continue
        _reap(None)
        if not below:
            return
        time.sleep(0.005)
