"""How much of its processor time a submission has used, and how long one answer is waited for.

Processor time decides, as the supervisor reads it from the kernel, for all of the submission's
processes together. The clock on the wall, which runs on while others work, only ends what sleeps.
"""

import select
import time

from autograder.sandbox.child.channel import TimedOut, WireError

FIRST = 0.5
"""Seconds before anybody asks how much was used: most answers are there by then."""
UNSURE = 5.0
"""So much may be charged by the wall, which is never too little, until it is asked for."""
SLEPT = (
    "a cell or a function waited many times as long as it may compute, also when it was graded "
    "again by itself: it was ended, and what it had not answered by then counts as unanswered"
)


class Slept(TimedOut):
    """No answer in a long time, in which little was computed."""


class Budget:
    """Of one run of a submission: cells, batteries, second examinations and what is done again.

    Parameters
    ----------
    limits : Limits
    used : callable
        Processor seconds that all of the submission's processes have used by now.

    Attributes
    ----------
    slept : bool
        Whether the wall ended anything.
    """

    def __init__(self, limits, used):
        self.limits = limits
        self.used = used
        self.until = time.monotonic() + limits.patience * limits.processor
        self.sure = self.charged = 0.0
        self.room = limits.kept
        self.slept = False

    def spent(self):
        """Processor seconds so far, at most."""
        if self.charged > UNSURE:
            self.sure, self.charged = max(self.used(), self.sure), 0.0
        return self.sure + self.charged

    def left(self):
        """Processor seconds that are left; none when the wall has had enough."""
        if time.monotonic() >= self.until:
            self.slept = True
            return 0.0
        return self.limits.processor - self.spent()

    def cell(self):
        """Seconds that the next cell may take; of all, some are left for the calls."""
        left = self.left()
        return min(self.limits.cell, left, left - self.limits.processor + self.limits.notebook)

    def keep(self, size):
        """Note that an answer of so many bytes is kept until the submission is judged.

        Raises
        ------
        WireError
            If there were too many already.
        """
        self.room -= size
        if self.room < 0:
            raise WireError(f"all answers together have more than {self.limits.kept >> 20} MB")

    def clock(self, seconds):
        """A `Clock` for one answer."""
        return Clock(self, seconds)


class Clock:
    """Waits for one answer: so many seconds of processor time, on the wall many times as long."""

    def __init__(self, budget, seconds):
        self.budget = budget
        self.seconds = seconds
        self.started = time.monotonic()
        patience = budget.limits.patience
        self.until = min(self.started + seconds * patience, max(budget.until, self.started))
        self.first = self.until if patience <= 1 else self.started + min(FIRST, seconds / 2)
        self.base = None
        self.measured = None

    def wait(self, *sockets, until=None):
        """Those of the sockets that there is something to read from.

        Raises
        ------
        TimedOut
            If there is nothing in time; `Slept` if it was the wall that ended it.
        """
        poll = select.poll()
        for one in sockets:
            poll.register(one, select.POLLIN)
        while True:
            pause = self._pause() if until is None else until - time.monotonic()
            ready = {fd for fd, _ in poll.poll(max(pause, 0) * 1000)}
            if ready:
                return ready
            if until is not None and time.monotonic() >= until:
                raise TimedOut("no answer in time")

    def _pause(self):
        """Seconds until the next look; raises when nothing is left."""
        now = time.monotonic()
        if now >= self.until:
            computed = self.budget.limits.patience <= 1 or self._spent() >= self.seconds
            self.budget.slept |= not computed
            raise (TimedOut if computed else Slept)("no answer in time")
        if now < self.first:
            return self.first - now
        spent = self._spent()
        if spent >= self.seconds:
            raise TimedOut("no answer in time")
        return min(max(self.seconds - spent, 0.05), self.until - now)

    def _spent(self):
        used = self.budget.used()
        if self.base is None:
            self.base = used - (time.monotonic() - self.started)
        self.measured = used - self.base
        return self.measured

    def charge(self):
        """Put what this took on the budget."""
        wall = time.monotonic() - self.started
        if self.base is None:
            self.budget.charged += wall
        else:
            self.budget.charged += min(wall, self._spent())
