"""Who grades: processes on this machine, or the workers of a Dask cluster."""

import logging
import time
import warnings
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from dataclasses import replace

from autograder.classroom import parcel
from autograder.classroom.pool import Died, Pool, cores
from autograder.sandbox.runner import clean_stale

LOCAL = "local"
TRIES = 3
PATIENCE = 2.0
CONNECT, ANSWER = 10.0, 30.0
"""Seconds in which a scheduler has to be there, and to answer when it is busy."""
DESERTED = 10.0
"""Seconds that a scheduler may be without workers: a nanny starts a new one in less."""


class Lost(RuntimeError):
    """All workers are gone, or the scheduler is."""


class Cluster:
    """The workers of a Dask scheduler: an address, or "local" for one in this process.

    Workers need the same packages installed, and nothing else of ours.
    """

    def __init__(self, address, jobs):
        import dask
        from distributed import Client, LocalCluster

        _hush()
        self.cluster, self.looked, self.deserted = None, -PATIENCE, None
        try:
            if address == LOCAL:
                # we try again ourselves: each task alone, so that the guilty one is known
                with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
                    self.cluster = LocalCluster(
                        n_workers=jobs, threads_per_worker=1, host="127.0.0.1",
                        dashboard_address=None, silence_logs=logging.CRITICAL,
                    )
            self.client = Client(self.cluster or address, timeout=CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise Lost(f"No Dask scheduler answers at {address}: {error}.") from None
        self.jobs = 1
        self.executor = self.client.get_executor(pure=False, retries=TRIES)

    def submit(self, course, task):
        """A future of `desk.grade`.

        The course, some 200 kB, travels with each task: kept by the workers, it would be lost
        with them.
        """
        try:
            return self.executor.submit(parcel.grade, parcel.pack(course, task))
        except (RuntimeError, OSError) as error:
            raise Lost(f"The Dask scheduler is gone: {error}.") from None

    def wait(self, running, timeout):
        """Those of the running futures that are done, after so many seconds at most."""
        return wait(running, timeout=timeout, return_when=FIRST_COMPLETED).done

    def result(self, future):
        """What came of a task.

        Raises
        ------
        Died
            If its worker was lost more often than Dask tries again.
        """
        from distributed import KilledWorker

        try:
            return future.result()
        except (KilledWorker, CancelledError) as error:
            self.check()
            raise Died(str(error)) from None

    def check(self):
        """Count the workers now and then; raise `Lost` if they or the scheduler are gone."""
        if self.client.status != "running":
            raise Lost("The Dask scheduler is gone.")
        now = time.monotonic()
        if now - self.looked < PATIENCE:
            return
        self.looked = now
        try:
            identity = self.client.scheduler.identity
            found = self.client.sync(identity, n_workers=-1, callback_timeout=ANSWER)["workers"]
        except (OSError, AttributeError):  # closed meanwhile
            raise Lost("The Dask scheduler does not answer.") from None
        self.jobs = max(len(found), 1)
        self.deserted = None if found else self.deserted or now
        if self.deserted and now - self.deserted >= DESERTED:
            raise Lost("The Dask scheduler has no workers.")

    def stop(self):
        """Leave the cluster, or end our own."""
        self.client.close(timeout=2)
        if self.cluster is not None:
            self.cluster.close(timeout=5)
            clean_stale()


def _hush():
    """What Dask logs is for those who run it; we say ourselves what happened."""
    for name in ("distributed", "distributed.client", "tornado", "tornado.application", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module=r"distributed\b")


def crew(jobs=None, scheduler=None):
    """Workers for a class.

    Parameters
    ----------
    jobs : int, optional
        Processes on this machine; by default one per core.
    scheduler : str, optional
        "tcp://..." of a Dask scheduler, or "local".

    Returns
    -------
    Pool or Cluster
    """
    jobs = jobs or len(cores())
    return Cluster(scheduler, jobs) if scheduler else Pool(jobs)


def work(crew, tasks):
    """Have tasks done, a few at a time, in any order.

    A task that fails is tried again by itself, so that one that kills its worker takes nobody with
    it; after a few tries it is given up. One that slept is done once more, alone, at the end: on a
    busy machine the wall's clock runs on while others work.

    Parameters
    ----------
    crew : Pool or Cluster
    tasks : iterable of (Course, Task)

    Yields
    ------
    course, task : Course, Task
    graded : Graded, or an exception
    """
    tasks, suspects, tries, running = iter(tasks), [], {}, {}
    sleepers, more = [], True
    while True:
        crew.check()
        while more and not suspects and len(running) < 2 * crew.jobs:
            pair = next(tasks, None)
            more = pair is not None
            if more:
                running[crew.submit(*pair)] = pair
        if suspects and not running:
            pair = suspects.pop()
            running[crew.submit(*pair)] = pair
        if sleepers and not running:
            pair = sleepers.pop()
            running[crew.submit(*pair)] = pair
        if not running:
            return
        for future in crew.wait(running, PATIENCE):
            pair = running.pop(future)
            try:
                graded = crew.result(future)
                if graded.slept and not pair[1].alone:
                    sleepers.append((pair[0], replace(pair[1], alone=True)))
                else:
                    yield (*pair, graded)
            except Lost:
                raise
            except Exception as error:  # a dead worker, or an accident on its machine
                tries[id(pair)] = tries.get(id(pair), 0) + 1
                if tries[id(pair)] < TRIES:
                    suspects.append(pair)
                else:
                    yield (*pair, error)
