"""One submission inside the sandbox, seen from the outside."""

import secrets
import select
import socket
import time

from autograder.sandbox.answers import Snapshot
from autograder.sandbox.child.channel import Channel, Closed, TimedOut, WireError
from autograder.sandbox.child.supervisor import INTERRUPT, KILL
from autograder.sandbox.files import read_files
from autograder.sandbox.outputs import died, trusted

STALE = 1000
START = 20.0


class Session:
    """Runs the cells of one notebook and keeps snapshots of it.

    Parameters
    ----------
    runner : Runner
    student_files : mapping or path, optional
        Files to find in the working folder: ``{name: bytes}``, or a folder (links are left out).

    Attributes
    ----------
    deaths : int
        How often one of its processes ended by itself or was killed by somebody else.
    """

    def __init__(self, runner, student_files=None):
        self.runner = runner
        self.limits = runner.limits
        self.files = read_files(student_files, self.limits.scratch // 2)
        self.cells = []
        self.culprits = set()
        self.restarts = 0
        self.deaths = 0
        self.printed = 0
        self.finished = False
        self.until = time.monotonic() + self.limits.notebook
        self.processes, self.snapshots = [], []
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
        if self.process is None:
            return [died("the notebook's process had ended before this cell")]
        wall = min(self.limits.cell, self.until - time.monotonic())
        if wall <= 0:
            self._lose()
            return [died(f"the notebook's {self.limits.notebook:g} s were used up")]
        room = self.limits.output_notebook - self.printed
        cap = max(min(self.limits.output_cell, room), 1000)
        try:
            reply = self._run(index, wall, render, cap)
        except WireError as error:
            self.mourn(error)
            if self.runner.alive:
                self.culprits.add(index)
            why = f"the cell took longer than {wall:.3g} s and could not be interrupted" \
                if isinstance(error, TimedOut) else "this cell ended the notebook's process"
            self._restart()
            return [died(why)]
        outputs, size = trusted(reply.get("outputs"), cap)
        self.printed += size
        return outputs

    def snapshot(self):
        """A copy of the notebook as it is now; it answers once the session is finished.

        Returns
        -------
        Snapshot
        """
        if self.process is not None:
            ours, theirs = socket.socketpair()
            try:
                with theirs:
                    self.process.ask({"op": "snapshot"}, self.limits.call, fds=[theirs.fileno()])
                self.snapshots.append(Snapshot(Channel(ours, self.limits.reply), self))
                return self.snapshots[-1]
            except WireError as error:
                self.mourn(error)
                ours.close()
                self._restart()
        return Snapshot(None, self)

    def mourn(self, error):
        """Count processes that ended although nobody here told them to."""
        self.deaths += isinstance(error, Closed)

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

    def _run(self, index, wall, render, cap):
        return self.process.ask(
            {"op": "run", "source": self.cells[index], "cell": index, "render": render, "cap": cap},
            wall, grace=self.limits.grace,
        )

    def _start(self):
        for attempt in (1, 2):
            self.process = Process(*self.runner.fork(), self.limits)
            self.processes.append(self.process)
            try:
                self.process.ask({"op": "hello"}, START)
                break
            except WireError as error:  # the warm parent died just now: once is an accident
                self.mourn(error)
                self._lose()
                if attempt == 2:
                    raise
        for name, data in self.files.items():
            self.process.ask({"op": "file", "name": name}, self.limits.call, body=data)

    def _lose(self):
        if self.process is not None:
            self.process.order(KILL)
            self.process.main.close()
        self.process = None

    def _restart(self):
        """A fresh process that has run the earlier cells again, all but those that kill it."""
        self._lose()
        while self.restarts < self.limits.restarts:
            self.restarts += 1
            index = -1
            try:
                self._start()
                for index in range(len(self.cells)):
                    wall = min(self.limits.cell, self.until - time.monotonic())
                    if index not in self.culprits and wall > 0:
                        self._run(index, wall, False, 1000)
                return
            except (WireError, OSError):
                self._lose()
                if index >= 0:
                    self.culprits.add(index)


class Process:
    """The notebook's process and its supervisor, as two sockets."""

    def __init__(self, main, control, limits):
        self.main = Channel(main, limits.reply)
        self.control = control
        self.limits = limits

    def ask(self, request, wall, *, body=b"", fds=(), grace=None):
        """One request and its answer.

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

    def _answer(self, number, deadline):
        for _ in range(STALE):
            self._wait(deadline)
            header, _ = self.main.receive(deadline)
            if header.get("id") == number:
                return header
        raise WireError("no answer among many")

    def _wait(self, deadline):
        """Until there is something to read; a dead process may have left its socket open."""
        poll = select.poll()
        poll.register(self.main.sock, select.POLLIN)
        poll.register(self.control, select.POLLIN)
        ready = {fd for fd, _ in poll.poll(max(deadline - time.monotonic(), 0) * 1000)}
        if self.main.sock.fileno() not in ready:
            raise Closed("the process died") if ready else TimedOut("no answer in time")

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
