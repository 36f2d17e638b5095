"""Which processes a submission has, and how much memory they take together."""

import os
import signal
import time

PAGE = os.sysconf("SC_PAGESIZE")
TICKS = os.sysconf("SC_CLK_TCK")
PAUSE = 0.2
"""Seconds between two looks, at least; on a busy machine a look takes at most a twentieth."""


class Census:
    """A view of ``/proc`` that stays when this process gets another one, or none.

    It belongs to the supervisor: student code must not inherit it.
    """

    def __init__(self):
        self.proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
        self.next = 0.0

    def close(self):
        """Give the view up."""
        os.close(self.proc)

    def myself(self):
        """This process's number as ``/proc`` counts, which may be another pid namespace's."""
        return int(os.readlink("self", dir_fd=self.proc))

    def descendants(self, root):
        """Living processes that descend from ``root``."""
        parents = {}
        for name in filter(str.isdigit, os.listdir(self.proc)):
            fields = self._read(f"{name}/stat").rpartition(b")")[2].split()
            if fields and fields[0] != b"Z":
                parents[int(name)] = int(fields[1])
        found, before = {root}, 0
        while len(found) > before:
            before = len(found)
            found |= {pid for pid, parent in parents.items() if parent in found}
        return found - {root}

    def processor(self, root):
        """Seconds of processor time of all that descend from ``root`` and of those they buried."""
        ticks = sum(
            sum(map(int, fields[11:15])) for pid in self.descendants(root)
            if (fields := self._read(f"{pid}/stat").rpartition(b")")[2].split())
        )
        return ticks / TICKS

    def memory(self, pid):
        """Bytes in memory; what forks still share counts in full for each of them."""
        fields = self._read(f"{pid}/statm").split()
        return int(fields[1]) * PAGE if fields else 0

    def share(self, pid):
        """Bytes in memory; what forks still share is divided among them."""
        for line in self._read(f"{pid}/smaps_rollup").splitlines():
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) * 1024
        return self.memory(pid)

    def trim(self, total):
        """End the largest of this process's descendants, until the others fit into ``total``.

        Returns
        -------
        bool
            Whether any was ended; nothing is looked at before it is time for it.
        """
        started = time.monotonic()
        if started < self.next:
            return False
        pids = self.descendants(self.myself())
        ended = False
        if sum(map(self.memory, pids)) > total:  # most often not: this is the cheap upper bound
            shares = sorted(((self.share(pid), pid) for pid in pids), reverse=True)
            excess = sum(share for share, _ in shares) - total
            for share, pid in shares:
                if excess <= 0:
                    break
                ended |= self._end(pid)
                excess -= share
        now = time.monotonic()
        self.next = now + max(PAUSE, 20 * (now - started))
        return ended

    def _end(self, pid):
        try:  # a number of another namespace is no use to os.kill
            place = os.open(str(pid), os.O_RDONLY | os.O_DIRECTORY, dir_fd=self.proc)
        except OSError:
            return False
        try:
            signal.pidfd_send_signal(place, signal.SIGKILL)
        except OSError:
            return False
        finally:
            os.close(place)
        return True

    def _read(self, path):
        """A file, or nothing if its process is gone."""
        try:
            with open(os.open(path, os.O_RDONLY, dir_fd=self.proc), "rb") as file:
                return file.read()
        except OSError:
            return b""
