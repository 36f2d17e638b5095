"""Processes on this machine that grade, each on a pipe of its own.

No thread and no queue stands between the coordinator and its workers. With a shared queue, the end
of one worker can leave a thread that writes into it, and whoever waits for that thread, stuck for
ever; here all ends that anybody reads or writes are the two processes' own, so an end is an end.
"""

import gc
import multiprocessing
import os
import pickle
import signal
import sys
from collections import deque
from multiprocessing import connection

from autograder.classroom import desk
from autograder.ending import SIGNALS
from autograder.sandbox.runner import clean_stale


class Died(RuntimeError):
    """The worker that had this task ended."""


class Job:
    """A task that somebody works on, or will; it is done when ``answer`` is there."""

    def __init__(self, course, task):
        self.parcel = pickle.dumps((course, task))
        self.answer = None

    def result(self):
        """What came of it; raises what was raised."""
        fine, found = self.answer
        if fine:
            return found
        raise found


class Worker:
    """A process, our end of its pipe, and the job it has."""

    def __init__(self, context, place):
        self.channel, theirs = context.Pipe()
        with theirs:  # only the worker has its end: should it die, ours says so
            self.process = context.Process(target=_serve, args=(theirs, place), daemon=True)
            self.process.start()
        self.place, self.job = place, None

    def give(self, job):
        """Hand a job over; whether the worker is still there to take it."""
        try:
            self.channel.send_bytes(job.parcel)
        except OSError:
            return False
        self.job = job
        return True

    def take(self):
        """The job, done; its worker may have died of it."""
        job, self.job = self.job, None
        try:
            job.answer = pickle.loads(self.channel.recv_bytes())
        except (EOFError, OSError):
            self.process.join(5)
            how = f"its process ended with {self.process.exitcode}"
            job.answer = False, Died(how)
        except Exception as error:  # an error that cannot be rebuilt here
            job.answer = False, RuntimeError(f"{type(error).__name__}: {error}")
        return job

    def end(self):
        """End the process, whatever it is at."""
        self.process.terminate()
        self.process.join(5)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join(5)
        self.channel.close()


class Pool:
    """Processes on this machine, forked from one that has everything imported.

    Where there is one for each core, each keeps to its own: a worker and its sandbox work in turn,
    and wandering from core to core costs time.
    """

    def __init__(self, jobs):
        self.jobs = jobs
        self.workers, self.waiting = [], deque()
        method = "fork" if sys.platform.startswith("linux") else "spawn"
        self.context = multiprocessing.get_context(method)
        own = cores()
        pinned = jobs >= len(own) > 1
        self.places = [own[number % len(own)] if pinned else None for number in range(jobs)]

    def submit(self, course, task):
        """A `Job` of `desk.grade`."""
        job = Job(course, task)
        self.waiting.append(job)
        self._hand_out()
        return job

    def wait(self, running, timeout):
        """Those of the running jobs that are done, after so many seconds at most."""
        busy = {worker.channel: worker for worker in self.workers if worker.job}
        done = []
        for channel in connection.wait([*busy], timeout):
            worker = busy[channel]
            done.append(worker.take())
            if isinstance(done[-1].answer[1], Died):
                self._bury(worker)
        self._hand_out()  # first, so that nobody is idle while results are written
        return [job for job in done if job in running]

    def result(self, job):
        """What came of a job.

        Raises
        ------
        Died
            If its worker ended.
        """
        return job.result()

    def check(self):
        """Nothing to see to: a worker that ends is replaced."""

    def stop(self):
        """End the processes, whatever they are at."""
        self.waiting.clear()
        while self.workers:
            self.workers.pop().end()
        clean_stale()

    def _hand_out(self):
        """Give what waits to who is idle; start a worker where there is none."""
        while self.waiting:
            idle = next((worker for worker in self.workers if not worker.job), None)
            if idle is None and len(self.workers) == self.jobs:
                return
            if idle is None:
                idle = self._started()
            if idle.give(self.waiting[0]):
                self.waiting.popleft()
            else:
                self._bury(idle)

    def _started(self):
        if not self.workers:
            gc.freeze()  # what is there now is never collected, nor copied because of it
        places = [*self.places]
        for worker in self.workers:
            places.remove(worker.place)
        self.workers.append(Worker(self.context, places[0]))
        return self.workers[-1]

    def _bury(self, worker):
        self.workers.remove(worker)
        worker.end()
        clean_stale()


def cores():
    """The cores that this process may use, as far as the system tells; at least one."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]


def _serve(channel, place):
    """Grade what comes. It ends with its coordinator, which cleans up; Ctrl-C is not for it."""
    if place is not None:
        os.sched_setaffinity(0, {place})
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for one in SIGNALS:
        signal.signal(one, signal.SIG_DFL)
    if sys.platform.startswith("linux"):
        from autograder.sandbox.child import kernel_calls

        kernel_calls.prctl(kernel_calls.SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    while True:
        try:
            course, task = pickle.loads(channel.recv_bytes())
        except (EOFError, OSError):
            return
        try:
            answer = True, desk.grade(course, task)
        except Exception as error:
            answer = False, error
        channel.send_bytes(_packed(answer))


def _packed(answer):
    try:
        return pickle.dumps(answer)
    except Exception:
        return pickle.dumps((False, RuntimeError(f"{type(answer[1]).__name__}: {answer[1]}")))
