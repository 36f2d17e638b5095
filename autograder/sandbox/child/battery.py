"""A frozen copy of a notebook, and the throw-away forks of it that answer the grader's calls."""

import contextlib
import os
import resource
import signal
import socket
import time
import traceback
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from autograder.sandbox.child.asking import Asker
from autograder.sandbox.child.capture import Silence
from autograder.sandbox.child.channel import Channel
from autograder.sandbox.child.wire import decoded, encoded
from course.probes import PROBES

MAX_MESSAGE = 2000


def wait(channel, namespace, watch):
    """Fork an answering process whenever the host asks for one; end the one before.

    Where the host does not expect to ask again, this process answers itself: a fork costs more
    than most batteries.
    """
    worker = None
    while True:
        request, _ = channel.receive(accept_fds=True)
        fds, channel.fds = channel.fds, []
        if worker is not None:
            with contextlib.suppress(OSError):
                os.kill(worker, signal.SIGKILL)
                os.waitpid(worker, 0)
            worker = None
        worker = 0 if request["last"] else _forked()
        if worker == 0:
            try:
                channel.close()
                _limit_processor(request["cpu"])
                revive(namespace)
                if request["watch"]:
                    watch.start()
                own = Channel(socket.socket(fileno=fds[0]), channel.limit)
                asker = Asker(own)
                asker.depute(request["helpers"], namespace)
                answer(own, namespace, watch, asker)
            finally:
                os._exit(0)
        for fd in fds:
            os.close(fd)


def _limit_processor(seconds):
    """A call that never ends is not ended by the host, which goes on with a fresh copy."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    least = seconds if hard == resource.RLIM_INFINITY else min(seconds, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (least, least))


def _forked():
    """A fork; where there is no room, the notebook's own threads may be about to end."""
    for _ in range(50):
        try:
            return os.fork()
        except OSError:
            time.sleep(0.02)
    return os.fork()


def revive(namespace):
    """Let pools of threads start theirs anew: a fork has none but the one that forked.

    Otherwise a function that hands its work to a pool of an earlier cell waits for ever.
    """
    for pool in [*namespace.values()]:
        if issubclass(type(pool), ThreadPoolExecutor):
            with contextlib.suppress(Exception):
                ThreadPoolExecutor.__init__(
                    pool, pool._max_workers, pool._thread_name_prefix, pool._initializer,
                    pool._initargs,
                )


def answer(channel, namespace, watch, asker):
    """Answer calls until the host is gone."""
    while True:
        request, body = channel.receive()
        name = request["name"]
        asker.number = request["id"]
        given = decoded(request["args"], body, layout=True, probes=PROBES)
        count = len(given) - len(request["names"])
        named = dict(zip(request["names"], given[count:], strict=True))
        reply, body = call(namespace, name, given[:count], named)
        asker.over()
        if watch.armed:
            watch.settle(reply.get("error"))
        reply |= {"used": sorted(watch.used), "unseen": sorted(watch.unseen)}
        channel.send({"id": request["id"], **reply}, body)


def value(namespace, name):
    """A variable of the notebook, as a reply and its body."""
    if name not in namespace:
        return _missing(name), b""
    try:
        values, body = encoded([namespace[name]])
    except BaseException as error:  # an object that does not want to be looked at
        return _raised(error), b""
    return {"kind": "value", "values": values}, body


def _missing(name):
    return {"kind": "raised", "error": "NameError", "message": f"name {name!r} is not defined"}


def call(namespace, name, args, kwargs):
    """Call a function of the notebook: what `course.outcome.call` does, told in plain data.

    Returns
    -------
    tuple
        The reply and its body. It carries the result and, after it, the arguments as the call
        left them: whether they were changed is for the host to find out.
    """
    if name not in namespace:
        return _missing(name), b""
    function = namespace[name]
    if not callable(function):
        return {"kind": "raised", "error": "TypeError",
                "message": f"{_text(function)} is not a function"}, b""
    silence = Silence()
    try:
        with (
            contextlib.redirect_stdout(silence),
            contextlib.redirect_stderr(silence),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            value = function(*args, **kwargs)
            values, body = _plain([value, *args, *kwargs.values()])
    except NotImplementedError:
        return {"kind": "unattempted"}, b""
    except BaseException as error:
        return _raised(error), b""
    return {"kind": "value", "values": values}, body


def _raised(error):
    return {
        "kind": "raised", "error": type(error).__name__, "message": _text(error),
        "place": place(error),
    }


def _plain(values):
    try:
        return encoded(values)
    except NotImplementedError as error:  # an object that refuses to be looked at is an answer
        raise TypeError(str(error)) from None


def _text(value):
    try:
        return str(value)[:MAX_MESSAGE]
    except BaseException:
        return ""


def place(error):
    """The last line of a cell in the traceback as (cell, line), or None."""
    found = None
    for frame, line in traceback.walk_tb(error.__traceback__):
        name = frame.f_code.co_filename
        if name.startswith("<cell ") and line:
            found = [int(name[6:-1]), line]
    return found
