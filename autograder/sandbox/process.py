"""The process of a notebook and its supervisor, seen from the outside."""

import secrets
import select
import socket
import time

from autograder.sandbox.child.channel import Channel, Closed, TimedOut, WireError
from autograder.sandbox.child.supervisor import FULL, INTERRUPT, SECONDS, USED

STALE = 1000


class Process:
    """The notebook's process and its supervisor, as two sockets."""

    def __init__(self, main, control, limits, budget):
        self.main = Channel(main, limits.reply)
        self.control = control
        self.limits = limits
        self.budget = budget
        self.said = b""
        self.last = 0.0

    def ask(self, request, wall, *, body=b"", fds=(), grace=None):
        """One request and its answer, as (header, body).

        ``wall`` is counted as `Budget` does. With ``grace``, a late process is interrupted first,
        and has so long to answer still.

        Raises
        ------
        WireError
        """
        request["id"] = secrets.token_hex(8)
        self.main.send(request, body, fds, timeout=max(wall, 1))
        clock = self.budget.clock(wall)
        try:
            return self._answer(request["id"], clock)
        except TimedOut:
            if grace is None:
                raise
            self.order(INTERRUPT)
            return self._answer(request["id"], clock, time.monotonic() + grace)
        finally:
            clock.charge()

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

    def _answer(self, number, clock, until=None):
        for _ in range(STALE):
            self._wait(clock, until)
            header, body = self.main.receive(until or clock.until)
            if header.get("id") == number:
                return header, body
        raise WireError("no answer among many")

    def _wait(self, clock, until):
        """Until there is something to read; a dead process may have left its socket open."""
        sockets = (self.main.sock,) if self.said else (self.main.sock, self.control)
        ready = {self.control.fileno()} if self.said else clock.wait(*sockets, until=until)
        if self.main.sock.fileno() not in ready and not self._readable():
            raise Closed("the process died")

    def _readable(self):
        poll = select.poll()
        poll.register(self.main.sock, select.POLLIN)
        return bool(poll.poll(0))

    def used(self):
        """Processor seconds that it and all it started have used; never fewer than before."""
        self.control.settimeout(2)
        found = b""
        try:
            self.control.send(USED)
            while len(found) < 1 + SECONDS.size:
                part = self.control.recv(1 + SECONDS.size - len(found))
                if not part:
                    break
                found += part
                cut = found.find(USED)
                self.said += found[:cut] if cut >= 0 else found
                found = found[cut:] if cut >= 0 else b""
        except OSError:  # it has ended, or is very busy
            return self.last
        if len(found) == 1 + SECONDS.size:
            self.last = max(self.last, *SECONDS.unpack(found[1:]))
        return self.last

    def was_full(self):
        """Whether the supervisor says, as it does at once, that memory was the reason."""
        poll = select.poll()
        poll.register(self.control, select.POLLIN)
        try:
            if not self.said and poll.poll(500):
                self.said += self.control.recv(64)
        except OSError:
            return False
        return FULL in self.said

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
