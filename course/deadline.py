"""A time limit for a function that may never end."""

import contextlib
import signal
import threading
import time

SECONDS = 5.0
"""Of processor time, for one call; what sleeps has ten times as much on the clock."""
PATIENCE = 10


class TookTooLong(BaseException):
    """Raised inside a function that does not end; no `except Exception` catches it."""


def deadline(seconds=None):
    """End what runs inside after some seconds of processor time, by raising `TookTooLong` in it.

    By the system's timers where there are any and this is the main thread, else by a thread that
    watches, which cannot wake what sleeps.

    Parameters
    ----------
    seconds : float, optional
        `SECONDS` if not given.

    Returns
    -------
    context manager
    """
    seconds = SECONDS if seconds is None else seconds
    timers = threading.current_thread() is threading.main_thread() and hasattr(
        signal, "setitimer")
    taken = timers and any(signal.getitimer(timer)[0] for timer, _ in _timers())
    return _timed(seconds) if timers and not taken else _watched(seconds)


def _timers():
    return ((signal.ITIMER_PROF, signal.SIGPROF), (signal.ITIMER_REAL, signal.SIGALRM))


@contextlib.contextmanager
def _timed(seconds):
    over = []

    def ring(number, frame):
        if not over:
            raise TookTooLong

    before = [(number, signal.signal(number, ring)) for _, number in _timers()]
    try:
        try:
            for (timer, _), factor in zip(_timers(), (1, PATIENCE), strict=True):
                signal.setitimer(timer, seconds * factor, 1.0)  # again, if something catches it
            yield
        finally:
            over.append(True)
    finally:  # also where it rang at the very end, on the way to the line above
        over.append(True)
        for timer, _ in _timers():
            signal.setitimer(timer, 0)
        for number, handler in before:
            signal.signal(number, handler)


@contextlib.contextmanager
def _watched(seconds):
    try:
        from ctypes import c_ulong, py_object, pythonapi
    except ImportError:  # a browser's Python: its tab can be closed
        yield
        return
    done, lock, thread = threading.Event(), threading.Lock(), threading.get_ident()

    def throw(error):
        pythonapi.PyThreadState_SetAsyncExc(c_ulong(thread), error)

    def watch():
        processor, clock = time.process_time(), time.monotonic()
        while not done.wait(min(0.1, seconds / 5)):
            late = time.process_time() - processor > seconds
            if late or time.monotonic() - clock > PATIENCE * seconds:
                with lock:
                    if not done.is_set():
                        throw(py_object(TookTooLong))
                done.wait(1.0)  # again, if something catches it

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            done.set()
            throw(None)  # one that has not arrived yet
