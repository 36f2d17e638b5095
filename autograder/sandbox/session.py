"""One submission inside the sandbox, seen from the outside."""

from autograder.sandbox.answers import Snapshot
from autograder.sandbox.budget import Budget
from autograder.sandbox.child.channel import Closed, TimedOut, WireError
from autograder.sandbox.child.supervisor import KILL
from autograder.sandbox.files import read_files
from autograder.sandbox.outputs import died, trusted, update
from autograder.sandbox.process import Process
from autograder.sandbox.reply import UNREADABLE, alone, missing, outcome_of

START = 20.0
TWICE = 2
NO_ROOM = "there was no room for a copy of the notebook: too many threads and processes, or too " \
    "much memory"


class Session:
    """Runs the cells of one notebook and keeps snapshots of it.

    Parameters
    ----------
    runner : Runner
    student_files : mapping or path, optional
        Files to find in the working folder: ``{name: bytes}``, or a folder (links are left out).

    What ended once is tried once more: what student code does to itself happens twice, an accident
    of the machine does not. What had been answered stands.
    """

    def __init__(self, runner, student_files=None):
        self.runner = runner
        self.limits = runner.limits
        self.files = read_files(student_files, self.limits.scratch // 2)
        self.cells = []
        self.suspects, self.culprits = set(), set()
        self.restarts, self.most = 0, TWICE * (self.limits.restarts + 1)
        self.printed, self.displays = 0, {}
        self.finished = False
        self.processes, self.snapshots = [], []
        self.budget = Budget(self.limits, self._used)
        self.process = None
        self._start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def run_cell(self, source, render=False):
        """Run a cell.

        Parameters
        ----------
        source : str
        render : bool
            Whether figures are drawn; otherwise only their descriptions remain.

        Returns
        -------
        list of nbformat output nodes
        """
        index = len(self.cells)
        self.cells.append(str(source))
        if self.finished:
            raise RuntimeError("The session is finished.")
        while self.process is not None:
            wall = self.budget.cell()
            if wall <= 0:
                self._lose()
                return [died("the time for the notebook's cells was used up: "
                             f"{self.limits.notebook:g} s of the processor's")]
            room = self.limits.output_notebook - self.printed
            cap = max(min(self.limits.output_cell, room), 1000)
            try:
                reply, _ = self._run(index, wall, render, cap)
            except WireError as error:
                full = isinstance(error, Closed) and self.process.was_full()
                self._blame(index, surely=full or isinstance(error, TimedOut))
                if index not in self.culprits:
                    self._restart(index)
                    continue
                self._restart(index + 1)
                return [died(self._why(error, wall, full))]
            outputs, size = trusted(reply.get("outputs"), cap, self.displays)
            update(self.displays, reply.get("updates"), cap)
            self.printed += size
            return outputs
        return [died("the notebook's process had ended before this cell")]

    def snapshot(self):
        """A copy of the notebook as it is now; it answers once the session is finished.

        Returns
        -------
        Snapshot
        """
        for _ in range(TWICE):
            if self.process is None:
                break
            try:
                channel = self.process.copied()
            except WireError:
                self._restart(len(self.cells))
                continue
            if channel is None:
                return Snapshot(None, self, NO_ROOM)
            self.snapshots.append(Snapshot(channel, self))
            return self.snapshots[-1]
        return Snapshot(None, self)

    def again(self, count):
        """A copy of the notebook as it was after its first ``count`` cells, which run anew.

        Returns
        -------
        Channel

        Raises
        ------
        WireError
            If that fails.
        """
        try:
            whole = self._rerun(count) or self._rerun(count)
            whole = whole and self.budget.left() > 0
            channel = self.process.copied() if whole else None
        finally:
            self._lose()
        if channel is None:
            raise WireError("the notebook could not be run again")
        return channel

    def value(self, name):
        """A variable of the notebook as it is now.

        Returns
        -------
        Outcome
            As `course.outcome.answered` tells it; no answer counts as raised.
        """
        wall = min(self.limits.call, self.budget.left())
        error = WireError("the notebook's process had ended")
        for _ in range(TWICE):
            if self.process is None:
                break
            try:
                reply = self.process.ask(
                    {"op": "value", "name": name}, wall, grace=self.limits.grace
                )
                return outcome_of(*reply, self.cells, alone)
            except WireError as failure:
                error = failure
                self._restart(len(self.cells))
            except UNREADABLE as failure:
                error = failure
            if not isinstance(error, Closed):
                break
        return missing(error, wall)

    def finish(self):
        """End the notebook's process for good; its snapshots stay."""
        self.finished = True
        if self.process is not None:
            self.process.order(KILL)
            self.process.main.close()
            self.process = None

    def close(self):
        """End everything that the submission has started."""
        self.finished = True
        for snapshot in self.snapshots:
            snapshot.close()
        for process in self.processes:
            process.close(wait=not self.runner.nested)
        self.processes, self.snapshots, self.process = [], [], None
        self.runner.ended(self)

    def _used(self):
        return sum(process.used() for process in self.processes)

    def _blame(self, index, *, surely=False):
        """A cell ended the notebook's process: the second time it was no accident."""
        if (surely or index in self.suspects) and self.runner.alive:
            self.culprits.add(index)
        self.suspects.add(index)

    def _why(self, error, wall, full):
        if isinstance(error, TimedOut):
            return f"the cell took longer than {wall:.3g} s and could not be interrupted"
        if full:
            most = self.limits.total // 2**20
            return f"the notebook's processes together took more than {most} MB of memory"
        return "this cell ended the notebook's process"

    def _run(self, index, wall, render, cap):
        return self.process.ask(
            {"op": "run", "source": self.cells[index], "cell": index, "render": render, "cap": cap},
            wall, grace=self.limits.grace,
        )

    def _start(self):
        for attempt in range(TWICE):
            self.process = Process(*self.runner.fork(), self.limits, self.budget)
            self.processes.append(self.process)
            try:
                self.process.ask({"op": "hello"}, START)
                for name, data in self.files.items():
                    self.process.ask({"op": "file", "name": name}, self.limits.call, body=data)
                return
            except WireError:  # the warm parent died just now: once is an accident
                self._lose()
                if attempt:
                    raise

    def _lose(self):
        if self.process is not None:
            self.process.order(KILL)
            self.process.main.close()
        self.process = None

    def _restart(self, count):
        """A fresh process that has run the first cells again, all but those that kill it."""
        self._lose()
        while len(self.culprits) <= self.limits.restarts and self.restarts < self.most:
            self.restarts += 1
            if self._rerun(count):
                return

    def _rerun(self, count):
        """Run the first cells in a fresh process; whether that went well."""
        index = -1
        try:
            self._start()
            for index in range(count):
                wall = min(self.limits.cell, self.budget.left())
                if index not in self.culprits and wall > 0:
                    self._run(index, wall, False, 1000)
            return True
        except (WireError, OSError) as error:
            self._lose()
            if index >= 0:
                self._blame(index, surely=isinstance(error, TimedOut))
            return False
