"""How grading a class grows: with its size, with workers, and on a Dask cluster."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass

import psutil
from rich import box
from rich.table import Table

from autograder import notebooks
from autograder.bench.classroom import submissions
from autograder.classroom.run import Class
from autograder.demo.classroom import hand_in
from autograder.release import build

STEP = 100
MB = 1_000_000


@dataclass(frozen=True)
class Run:
    """One grading of the whole class.

    Attributes
    ----------
    name : str
    workers, count : int
    seconds : float
        All of it, the start of the workers included.
    times : tuple of float
        When each result had been written, in seconds after the start.
    memory : tuple of (float, float)
        MB of the coordinator and of the largest worker after each `STEP` results.
    cpu : float
        The coordinator's CPU time in seconds.
    """

    name: str
    workers: int
    count: int
    seconds: float
    times: tuple
    memory: tuple
    cpu: float = 0.0

    @property
    def rate(self):
        """Submissions a minute once all workers are warm: after the first tenth."""
        first = max(len(self.times) // 10, 2 * self.workers)
        return 60 * (len(self.times) - first) / (self.times[-1] - self.times[first - 1])


def prepare(units, count, root, folder):
    """A course folder with a release and a class that has handed in.

    Parameters
    ----------
    units : sequence of Unit
    count : int
        Submissions in all, spread over the units.
    root, folder : Path
        The repository, and a folder that is made anew.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for unit in units:
        target = notebooks.source_path(folder, unit)
        target.parent.mkdir(parents=True)
        shutil.copy(notebooks.source_path(root, unit), target)
    shutil.copy(root / "nbgrader_config.py", folder)
    build(units, folder)
    for submission in submissions(units, count, folder):
        hand_in(submission.student, submission.unit, folder)


def measure(name, units, folder, workers, scheduler=None):
    """Grade the whole class once.

    Returns
    -------
    Run
    """
    lesson = Class(folder, tuple(units), f"sqlite:///{folder / 'gradebook.db'}", force=True)
    times, memory, started, cpu = [], [], time.perf_counter(), time.process_time()
    results = lesson.grade(jobs=workers, scheduler=scheduler)
    count = next(results)
    for result in results:
        if result.state == "needs attention":
            raise RuntimeError(f"{result.unit}, {result.student}: {result.note}")
        times.append(time.perf_counter() - started)
        if len(times) % STEP == 0:
            memory.append(_memory())
    return Run(name, workers, count, time.perf_counter() - started, tuple(times), tuple(memory),
               time.process_time() - cpu)


def _memory():
    own = psutil.Process()
    workers = [0.0]
    for child in own.children():
        with contextlib.suppress(psutil.NoSuchProcess):
            workers.append(child.memory_info().rss / MB)
    return own.memory_info().rss / MB, max(workers)


@contextlib.contextmanager
def one_core():
    """What is started here has one core; a worker and its sandbox would use two, if idle."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    if cores is None:
        yield
        return
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


@contextlib.contextmanager
def cluster(workers, folder):
    """A Dask scheduler and its workers on loopback, each in an empty folder of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    address_file = folder / "scheduler.json"
    common = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m", "dask"]
    processes = [subprocess.Popen(
        [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
         "--scheduler-file", str(address_file)], cwd=folder, **common,
    )]
    try:
        for number in range(workers):
            home = folder / f"worker-{number}"
            home.mkdir()
            processes.append(subprocess.Popen(
                [*dask, "worker", "--scheduler-file", str(address_file), "--nthreads", "1",
                 "--no-dashboard", "--local-directory", str(home)],
                cwd=home, env=os.environ | {"HOME": str(home)}, **common,
            ))
        yield _address(address_file, workers)
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait(20)


def _address(path, workers):
    from distributed import Client

    deadline = time.monotonic() + 60
    while not path.exists():
        if time.monotonic() > deadline:
            raise TimeoutError("the Dask scheduler did not start within 60 s")
        time.sleep(0.1)
    with Client(scheduler_file=str(path), timeout=60) as client:
        client.wait_for_workers(workers, timeout=60)
        return client.scheduler.address


def workers_table(runs):
    """Rates and efficiency, the first run being the one to compare with."""
    table = _table("Submissions a minute, feedback pages included",
                   "", "workers", "a\nminute", "effi-\nciency", "s in\nall", "of it\nstart",
                   "coordinator\nms each")
    one = runs[0].rate / runs[0].workers
    for run in runs:
        table.add_row(
            run.name, str(run.workers), f"{run.rate:.0f}",
            f"{run.rate / run.workers / one:.0%}", f"{run.seconds:.1f}",
            f"{run.seconds - 60 * run.count / run.rate:.1f}", f"{1000 * run.cpu / run.count:.1f}",
        )
    return table


def growth_table(run):
    """Time and memory of each hundred submissions."""
    table = _table(f"A class of {run.count} as it grows, {run.workers} workers",
                   "graded", "ms each", "coordinator MB", "largest worker MB")
    before = 0.0
    for number, (coordinator, worker) in enumerate(run.memory, 1):
        until = run.times[number * STEP - 1]
        each = 1000 * run.workers * (until - before) / STEP
        table.add_row(str(number * STEP), f"{each:.0f}", f"{coordinator:.0f}", f"{worker:.0f}")
        before = until
    return table


def _table(title, *headings):
    table = Table(title=title, box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left",
                  padding=(0, 1, 0, 0))
    for heading in headings:
        table.add_column(heading, justify="right" if heading else "left", no_wrap=True)
    return table
