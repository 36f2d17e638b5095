"""Who grades does not matter, nor who dies: processes here, or workers of a Dask cluster."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from distributed import Client
from typer.testing import CliRunner

from autograder import gradebook
from autograder.classroom import crew as crews
from autograder.classroom import desk
from autograder.classroom.result import ATTENTION
from autograder.classroom.run import Class
from autograder.classroom.task import Graded, Task
from autograder.cli import app
from autograder.demo.classroom import hand_in, students
from autograder.draw import ENVIRONMENT
from autograder.exercises import UNITS
from autograder.release import environment

UNIT = UNITS[0]
NAMES = ("ada", "goran", "hana", "ines", "kofi")
GRADE = desk.grade


class Machines:
    """A Dask scheduler and workers, each a process with an empty home of its own."""

    def __init__(self, folder):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.folder, self.processes, self.address = folder, [], f"tcp://127.0.0.1:{port}"
        self.scheduler = self._dask("scheduler", "--port", str(port))

    def worker(self, *words):
        """Start a worker."""
        return self._dask("worker", self.address, "--no-nanny", *(words or ("--nthreads", "1")))

    def ready(self, count):
        """Wait until that many workers have come."""
        with Client(self.address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=60)
        return self.address

    def stop(self):
        """End all of them."""
        for process in self.processes:
            process.kill()
            process.wait()

    def _dask(self, *words):
        home = self.folder / str(len(self.processes))
        home.mkdir()
        own = environment() | {"HOME": str(home), "TMPDIR": str(home)}
        own.pop(ENVIRONMENT, None)
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"],
            cwd=home, env=own, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.processes.append(process)
        return process


@pytest.fixture
def machines(tmp_path):
    """A scheduler, as yet without workers."""
    made = Machines(tmp_path)
    try:
        yield made
    finally:
        made.stop()


@pytest.fixture
def course(copy_of):
    """A course in which five students handed in."""
    root = copy_of("crew")
    for student in students():
        if student.name in NAMES:
            hand_in(student, UNIT, root)
    return root


@pytest.fixture(scope="module")
def expected(copy_of):
    """Scores and records of this class by one process on this machine."""
    root = copy_of("pool")
    for student in students():
        if student.name in NAMES:
            hand_in(student, UNIT, root)
    results = list(lesson(root).grade(jobs=1))
    assert len(results) == 1 + len(NAMES)
    return outcome(root)


def lesson(root):
    return Class(root, (UNIT,), gradebook.default_url(root))


def outcome(root):
    """Scores in the gradebook, and what every record says."""
    told = {
        path.parent.name: json.loads(path.read_text())["result"]
        for path in (root / "records").glob(f"*/{UNIT.name}.json")
    }
    return gradebook.scores(root, UNIT), told


def of(expected, names):
    """The part of an outcome that belongs to these students."""
    return tuple({name: part[name] for name in names} for part in expected)


def after_first(monkeypatch, act):
    """Do something as soon as the first result is written; who has one, as a growing list."""
    kept, done = Class._kept, []

    def keep(self, course, task, graded):
        result = kept(self, course, task, graded)
        done.append(task.student)
        if len(done) == 1:
            act()
        return result

    monkeypatch.setattr(Class, "_kept", keep)
    return done


def test_local_cluster_grades_as_the_pool(course, expected, capfd):
    """`--scheduler local` is a cluster of its own, and a quiet one."""
    done = CliRunner().invoke(app, ["grade", UNIT.name, "--root", str(course), "--scheduler",
                                    "local", "--jobs", "1"])
    assert done.exit_code == 0, done.output
    assert outcome(course) == expected
    assert capfd.readouterr().err == ""


def test_workers_without_shared_files_grade_as_the_pool(course, expected, machines):
    """Everything travels with the task, and a worker with many threads does one at a time."""
    machines.worker("--nthreads", "4")
    results = list(lesson(course).grade(scheduler=machines.ready(1)))
    assert len(results) == 1 + len(NAMES) and outcome(course) == expected
    with Client(machines.address, set_as_default=False) as client:
        loaded = client.run_on_scheduler(lambda: [*sys.modules])
    assert "autograder.classroom.desk" not in loaded, "the scheduler only passes tasks on"
    assert not list(machines.folder.glob(f"**/autograded/*/{UNIT.name}")), "no submission stays"


def test_killed_worker_leaves_its_work_to_the_others(course, expected, machines, monkeypatch):
    """Half of the cluster ends in the middle; nobody misses a grade."""
    first, _ = machines.worker(), machines.worker()
    done = after_first(monkeypatch, first.kill)
    results = list(lesson(course).grade(scheduler=machines.ready(2)))
    assert len(results) == 1 + len(NAMES) == 1 + len(done)
    assert outcome(course) == expected


@pytest.mark.parametrize("who", ["workers", "scheduler"])
def test_lost_cluster_stops_the_run_and_the_pool_goes_on(
    who, course, expected, machines, monkeypatch, capfd
):
    """A sentence and exit code 2; what is there is complete; the same command does the rest."""
    monkeypatch.setattr(crews, "DESERTED", 1.0)
    worker = machines.worker()
    done = after_first(monkeypatch, worker.kill if who == "workers" else machines.scheduler.kill)
    words = ["grade", UNIT.name, "--root", str(course)]
    stopped = CliRunner().invoke(app, [*words, "--scheduler", machines.ready(1)])
    assert stopped.exit_code == 2 and isinstance(stopped.exception, SystemExit)
    assert "The Dask scheduler" in stopped.output and "run the same command" in stopped.output
    assert capfd.readouterr().err == ""
    assert 1 <= len(done) < len(NAMES), stopped.output
    assert outcome(course) == of(expected, done)
    rest = CliRunner().invoke(app, [*words, "--jobs", "1"])
    assert rest.exit_code == 0 and outcome(course) == expected


def test_scheduler_that_is_not_there_is_said(course, monkeypatch):
    """No traceback for a wrong address."""
    monkeypatch.setattr(crews, "CONNECT", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    for wrong in (address, "tcp://nowhere"):
        done = CliRunner().invoke(app, ["grade", UNIT.name, "--root", str(course), "--scheduler",
                                        wrong])
        assert done.exit_code == 2 and "No Dask scheduler answers" in done.output, done.output


def test_worker_of_another_version_refuses(course, machines):
    """Nobody is graded by other code than the coordinator's: each one needs attention."""
    other = "import autograder.classroom.desk as desk; desk.code = lambda: 'another' * 9"
    machines.worker("--preload", other)
    _, *results = lesson(course).grade(scheduler=machines.ready(1))
    assert {result.state for result in results} == {ATTENTION}
    assert all("install the same version" in result.note for result in results)
    assert outcome(course) == ({}, {})


def kill_or_grade(course, task):
    """A task that ends the process it runs in, if there is a file for its student."""
    place = Path(os.environ["DEADLY"], task.student)
    if not place.exists():
        return Graded(task.student) if course is None else GRADE(course, task)
    with place.open("a") as tries:
        tries.write("x")
    os.kill(os.getpid(), signal.SIGKILL) if task.files else os._exit(1)


@pytest.fixture
def deadly(tmp_path, monkeypatch):
    """A folder: a student with a file in it kills the worker; the file counts the tries."""
    folder = tmp_path / "deadly"
    folder.mkdir()
    monkeypatch.setenv("DEADLY", str(folder))
    monkeypatch.setattr(desk, "grade", kill_or_grade)
    return folder


def test_task_that_ends_its_worker_is_given_up_alone(deadly):
    """Two such tasks in a crowd: each is tried a few times, and all others are done once."""
    tasks = [(None, Task(f"s{number}", {}, "")) for number in range(12)]
    for name in ("s3", "s4"):
        (deadly / name).touch()
    pool = crews.Pool(2)
    try:
        found = {task.student: graded for _, task, graded in crews.work(pool, tasks)}
    finally:
        pool.stop()
    assert found.keys() == {task.student for _, task in tasks}
    died = {name for name, graded in found.items() if isinstance(graded, crews.Died)}
    assert died == {"s3", "s4"}
    assert all(1 < len((deadly / name).read_text()) <= crews.TRIES for name in died)


def test_submission_that_kills_its_worker_needs_attention(course, expected, deadly):
    """Everybody else is graded as ever; the one has no grade and no record."""
    (deadly / "goran").touch()
    _, *results = lesson(course).grade(jobs=2)
    (broken,) = [result for result in results if result.state == ATTENTION]
    assert broken.student == "goran" and broken.note.startswith("needs attention: ")
    assert outcome(course) == of(expected, set(NAMES) - {"goran"})


def test_pool_stops_whatever_its_workers_are_at(deadly):
    """Large tasks wait, a worker dies, another is busy: all ends, and no thread was ever there."""
    (deadly / "s1").touch()
    threads = threading.active_count()
    for _ in range(3):
        pool = crews.Pool(2)
        tasks = ((None, Task(f"s{number}", {"a": bytes(1 << 20)}, "")) for number in range(6))
        found = crews.work(pool, tasks)
        assert {next(found)[1].student for _ in range(2)} <= {f"s{number}" for number in range(6)}
        processes = [worker.process for worker in pool.workers]
        assert threading.active_count() == threads
        pool.stop()
        assert processes and not any(process.is_alive() for process in processes)


def where(course, task):
    """In a worker: long enough for all of them to have one, the cores that it may use."""
    time.sleep(0.3)
    return sorted(os.sched_getaffinity(0))


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="no cores to choose from here")
def test_workers_keep_to_a_core_where_there_is_one_for_each(monkeypatch):
    """Fewer workers than cores go where there is room."""
    monkeypatch.setattr(desk, "grade", where)
    own = crews.cores()
    for jobs in {1, len(own)}:
        pool = crews.Pool(jobs)
        try:
            running, done = [pool.submit(None, None) for _ in range(jobs)], []
            while len(done) < jobs:
                done += pool.wait(running, 60)
            found = sorted(pool.result(job) for job in done)
        finally:
            pool.stop()
        assert found == ([[core] for core in own] if jobs == len(own) else [own])
