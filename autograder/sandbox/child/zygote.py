"""The warm parent: everything is imported here once; each submission is a fork of it."""

import gc
import json
import os
import shutil
import signal
import socket

from autograder.sandbox.child import confine, notebook, supervisor
from autograder.sandbox.child import kernel_calls as kernel
from autograder.sandbox.child.census import Census
from autograder.sandbox.child.channel import Channel
from autograder.sandbox.child.watch import Watch

MAX_REQUEST = 65536


def main(settings):
    """Warm up, say so, then serve requests until the host is gone.

    Parameters
    ----------
    settings : dict
        ``fd`` of the socket to the host; ``uid`` for submissions or None; ``bubble``: whether
        this runs inside bubblewrap; ``fonts``: folder with matplotlib's list of fonts;
        ``watch``: routines whose use is noted.
    """
    host = socket.socket(fileno=settings["fd"])
    if settings["fonts"]:
        shutil.copytree(settings["fonts"], os.environ["MPLCONFIGDIR"], dirs_exist_ok=True)
    shell = notebook.warm_shell()
    watch = Watch(settings["watch"])
    nested = settings["bubble"] and _can_nest(settings["uid"])
    gc.collect()
    gc.freeze()
    kernel.gather_memory()
    confine.own_descriptors({host.fileno()})  # what went wrong so far, the host has read
    host.send(json.dumps({"ready": True, "nested": nested}).encode())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        message, fds, _, _ = socket.recv_fds(host, MAX_REQUEST, 2)
        if not message:
            os._exit(0)
        request = json.loads(message)
        founder = os.fork()
        if founder == 0:
            _found(host, (shell, watch), request, fds, settings["uid"], nested)
        for fd in fds:
            os.close(fd)
        os.waitpid(founder, 0)


def _can_nest(uid):
    """Whether a fork can have namespaces of its own."""
    pid = os.fork()
    if pid == 0:
        try:
            confine.become(uid)
            confine.enter_namespaces(1 << 20)
            first = os.fork()
            if first == 0:
                os._exit(0 if os.getpid() == 1 else 1)
            os._exit(os.waitstatus_to_exitcode(os.waitpid(first, 0)[1]))
        except BaseException:
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0


def _found(host, warm, request, fds, uid, nested):
    """In the fork: confine, fork the supervisor, which forks the notebook. Never returns."""
    try:
        host.close()
        os.setsid()
        confine.own_descriptors(fds)
        confine.become(uid)
        census = Census()
        if nested:
            confine.enter_namespaces(request["limits"]["scratch"])
        else:
            kernel.prctl(kernel.SET_SUBREAPER, 0)
        if os.fork():
            os._exit(0)
        main, control = (socket.socket(fileno=fd) for fd in fds)
        confine.enter_folder(request["folder"])
        if nested:
            kernel.drop_capabilities()
        else:
            kernel.prctl(kernel.SET_SUBREAPER, 1)
        child = os.fork()
        if child:
            main.close()
            supervisor.supervise(
                control, child, alone=nested, census=census, total=request["limits"]["total"]
            )
        control.close()
        census.close()
        os.setsid()
        private = nested or uid is not None
        confine.limit(request["limits"], private_count=private)
        confine.lock()
        notebook.serve(Channel(main, request["limits"]["reply"]), *warm)
    finally:
        os._exit(1)
