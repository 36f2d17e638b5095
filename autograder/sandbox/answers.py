"""Answers of a student's functions, asked for from the outside and believed in nothing."""

import math
import secrets
import socket
import time

from autograder.sandbox.asks import MAX_ASKS, Asks
from autograder.sandbox.child.channel import Channel, Closed, WireError
from autograder.sandbox.child.wire import Opaque, encoded
from autograder.sandbox.reply import UNREADABLE, missing, outcome_of
from course.outcome import RAISED, VALUE, Outcome, unchanged

STALE = 100
RENEWALS = 2
UNSEEN = {
    "program": "starts another program or process, in which nobody sees what is used",
    "recorder": "looks into or changes what records the use of ready-made routines",
}


class Snapshot:
    """A frozen copy of a notebook. It answers after the session's `finish`, not before.

    So what a battery hands in can't come back through a later cell.
    """

    def __init__(self, channel, session, why="the notebook's process had ended"):
        self.channel = channel
        self.session = session
        self.why = why
        self.count = len(session.cells)
        self.current = None
        self.spent = False
        self.renewals = 0

    def battery(self, watch=False, helpers=None, last=False):
        """A fresh copy that answers calls; it takes the place of an earlier one.

        Parameters
        ----------
        watch : bool
            Whether the use of the runner's routines is to be noted.
        helpers : mapping of str to callable, optional
            Functions of the notebook that the host answers in their place; see `Asks`.
        last : bool
            Whether no other battery is expected: the copy itself answers then, which is quicker.
            Should it be lost, the notebook's cells are run again.

        Returns
        -------
        Battery
        """
        if not self.session.finished:
            raise RuntimeError("Call `finish` first: all cells have to be run by then.")
        self._end_battery()
        self.current = Battery(self, watch, helpers or {}, last)
        return self.current

    def send(self, request, *, last, **settings):
        """Ask the copy for a battery; one that was used up is made anew."""
        if self.channel is not None:
            try:
                self.channel.send(request | {"last": last}, **settings)
            except Closed:
                self.lose()
        if self.channel is None and self.spent and self.renewals < RENEWALS:
            self.renewals += 1
            self.channel, self.spent = self.session.again(self.count), False
            last = False  # it was lost once already
            self.channel.send(request | {"last": last}, **settings)
        if self.channel is None:
            raise WireError(self.why)
        if last:
            self.lose()

    def lose(self):
        """No copy is left; the next battery has one made anew."""
        self.channel.close()
        self.channel, self.spent = None, True

    def call(self, name, args=(), kwargs=None, parameters=()):
        """Call a function in this snapshot's battery; see `Battery.call`."""
        return (self.current or self.battery()).call(name, args, kwargs, parameters)

    def close(self):
        """Let the copy end."""
        self._end_battery()
        self.spent = False
        if self.channel is not None:
            self.channel.close()
            self.channel = None

    def _end_battery(self):
        if self.current is not None:
            self.current.close()


class Battery:
    """Calls that judge one exercise, answered by a throw-away fork of a snapshot or by itself.

    Attributes
    ----------
    used : set of str
        Which of the watched routines were used so far, as far as the inside says.
    unseen : set of str
        Why others may have been used unseen: see `UNSEEN`.
    asks : Asks
        The questions that it may ask, and those that it has asked.
    """

    def __init__(self, snapshot, watch, helpers, last):
        self.snapshot = snapshot
        self.watch = watch
        self.last = last
        self.limits = snapshot.session.limits
        self.budget = snapshot.session.budget
        self.before = self.budget.spent()
        self.channel = None
        self.lost = 0
        self.used, self.unseen = set(), set()
        self.asks = Asks(helpers)

    def call(self, name, args=(), kwargs=None, parameters=()):
        """Call a function of the notebook as `course.outcome.call` does.

        Parameters
        ----------
        name : str
        args : tuple
        kwargs : dict, optional
        parameters : sequence of str
            Names of the positional arguments, to say which of them was changed.

        Returns
        -------
        Outcome
            Whatever happens inside; no answer counts as raised.
        """
        kwargs = dict(kwargs or {})
        before = [*args, *kwargs.values()]
        names = [*parameters[: len(args)]]
        names += [f"argument {i + 1}" for i in range(len(names), len(args))] + list(kwargs)
        plain, body = encoded(before)
        request = {"op": "call", "name": name, "args": plain, "names": list(kwargs)}
        return self._ask(request, body, lambda values: _returned(values, before, names))

    def _ask(self, request, body, finish):
        for attempt in (1, 2):
            left = self.limits.battery - (self.budget.spent() - self.before)
            wall = min(self.limits.call, left, self.budget.left())
            if self.lost >= self.limits.timeouts or wall <= 0:
                break
            try:
                header, data = self._exchange(request, body, wall)
                self.budget.keep(len(data))
                used, unseen = header.get("used"), header.get("unseen")
                if isinstance(used, list):
                    watched = self.snapshot.session.runner.watch
                    self.used |= {name for name in watched if name in used}
                if isinstance(unseen, list):
                    self.unseen |= {why for why in UNSEEN if why in unseen}
                return outcome_of(header, data, self.snapshot.session.cells, finish)
            except UNREADABLE as error:
                self.close()
                if attempt == 1 and isinstance(error, Closed):
                    continue  # what ends its own process does so twice; an accident does not
                self.lost += 1
                return missing(error, wall)
        return Outcome(RAISED, error="no answer, after too many others were missing")

    def _exchange(self, request, body, wall):
        if self.channel is None:
            self._open(wall)
        clock = self.budget.clock(wall)
        try:
            return self._answered(request, body, wall, clock)
        finally:
            clock.charge()

    def _answered(self, request, body, wall, clock):
        request["id"] = secrets.token_hex(8)
        self.channel.send(request, body, timeout=wall)
        self.asks.left = MAX_ASKS
        for _ in range(STALE + MAX_ASKS):
            clock.wait(self.channel.sock)
            header, data = self.channel.receive(clock.until)
            if header.get("id") != request["id"]:
                continue
            if "ask" not in header:
                return header, data
            reply, data = self.asks.answer(header, data)
            self.channel.send(reply, data, timeout=max(clock.until - time.monotonic(), 0.001))
        raise WireError("too many answers")

    def _open(self, wall):
        request = {
            "watch": self.watch, "helpers": list(self.asks.helpers),
            "cpu": math.ceil(self.limits.battery) + 1,
        }
        ours, theirs = socket.socketpair()
        with theirs:
            self.channel = Channel(ours, self.limits.reply)
            self.snapshot.send(request, last=self.last, fds=[theirs.fileno()], timeout=wall)

    def close(self):
        """Let the answering process end."""
        if self.channel is not None:
            self.channel.close()
            self.channel = None


def _returned(values, before, names):
    if len(values) != len(before) + 1:
        raise WireError("an answer with parts missing")
    value, *after = values
    changed = [
        name for name, old, new in zip(names, before, after, strict=True) if not _kept(old, new)
    ]
    return Outcome(VALUE, value, changed=tuple(changed))


def _kept(before, after):
    if callable(before):
        return True
    if isinstance(after, Opaque):
        return False
    try:
        return bool(unchanged(before, after))
    except Exception:  # lists of arrays and other things that can't be compared as a whole
        return False
