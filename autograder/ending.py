"""SIGTERM and SIGHUP end a process as Ctrl-C does: what it made is removed first."""

import signal
import sys
import threading
from contextlib import contextmanager

SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class Ended(SystemExit, KeyboardInterrupt):
    """The process is to end with this exit code.

    It is a KeyboardInterrupt, too: whoever removes what is half done when that comes, as nbgrader
    does, and goes on after any other error, does so here.
    """


def heed():
    """From now on they raise `Ended`, unless this process has other plans with them.

    Returns
    -------
    tuple of int
        The signals for which that is new; none outside the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        return ()
    new = tuple(one for one in SIGNALS if signal.getsignal(one) == signal.SIG_DFL)
    for one in new:
        signal.signal(one, _end)
    return new


@contextmanager
def heeded():
    """`heed` for a while."""
    new = heed()
    try:
        yield
    finally:
        for one in new:
            signal.signal(one, signal.SIG_DFL)


@contextmanager
def ended_by(kind):
    """`heed` from now on; an error of this kind ends the process with 2 and its own words."""
    heed()
    try:
        yield
    except kind as error:
        print(error, file=sys.stderr)
        raise Ended(2) from None


def _end(number, _):
    raise Ended(128 + number)
