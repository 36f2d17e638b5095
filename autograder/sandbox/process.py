"""The process of a notebook and its supervisor, seen from the outside."""

import secrets
import select
import socket
import time

from autograder.sandbox.child.channel import Channel, Closed, TimedOut, WireError
from autograder.sandbox.child.supervisor import FULL, INTERRUPT

STALE = 1000


class Process:
    """The notebook's process and its supervisor, as two sockets."""

    def __init__(self, main, control, limits):
        self.main = Channel(main, limits.reply)
        self.control = control
        self.limits = limits

    def ask(self, request, wall, *, body=b"", fds=(), grace=None):
        """One request and its answer, as (header, body).

        With ``grace``, a late process is interrupted first, and has so long to answer still.

        Raises
        ------
        WireError
        """
        request["id"] = secrets.token_hex(8)
        self.main.send(request, body, fds, timeout=max(wall, 1))
        deadline = time.monotonic() + wall
        try:
            return self._answer(request["id"], deadline)
        except TimedOut:
            if grace is None:
                raise
            self.order(INTERRUPT)
            return self._answer(request["id"], deadline + grace)

    def copied(self):
        """A channel to a fork of the notebook's process; None if there was no room for it.

        Raises
        ------
        WireError
        """
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                reply, _ = self.ask({"op": "snapshot"}, self.limits.call, fds=[theirs.fileno()])
        except WireError:
            ours.close()
            raise
        if reply.get("made"):
            return Channel(ours, self.limits.reply)
        ours.close()
        return None

    def _answer(self, number, deadline):
        for _ in range(STALE):
            self._wait(deadline)
            header, body = self.main.receive(deadline)
            if header.get("id") == number:
                return header, body
        raise WireError("no answer among many")

    def _wait(self, deadline):
        """Until there is something to read; a dead process may have left its socket open."""
        poll = select.poll()
        poll.register(self.main.sock, select.POLLIN)
        poll.register(self.control, select.POLLIN)
        ready = {fd for fd, _ in poll.poll(max(deadline - time.monotonic(), 0) * 1000)}
        if self.main.sock.fileno() not in ready:
            raise Closed("the process died") if ready else TimedOut("no answer in time")

    def was_full(self):
        """Whether the supervisor says, as it does at once, that memory was the reason."""
        poll = select.poll()
        poll.register(self.control, select.POLLIN)
        try:
            return bool(poll.poll(500)) and FULL in self.control.recv(64, socket.MSG_PEEK)
        except OSError:
            return False

    def order(self, order):
        """Tell the supervisor."""
        try:
            self.control.send(order)
        except OSError:
            return

    def close(self, *, wait):
        """The supervisor ends all when its socket closes; ``wait`` until it has."""
        self.main.close()
        if wait:
            try:
                self.control.shutdown(socket.SHUT_WR)
                self.control.settimeout(6)
                while self.control.recv(64):
                    pass
            except OSError:
                pass
        self.control.close()
