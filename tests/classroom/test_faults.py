"""Killed at any moment, a class loses nothing: the same command finishes, with the same grades."""

import multiprocessing
import os
import random
import signal
import time

import psutil

KILLS = 50
CLASS = ("ada", "farah", "goran-1", "hana", "emre", "kofi-1")


def state_of(classroom):
    """Everything that counts: grades, records but for their times, notebooks and pages."""
    records = {name: classroom.record(name) for name in CLASS}
    for record in records.values():
        del record["graded"], record["seconds"]
    pages = {
        name: (classroom.notebook(name, "autograded").read_bytes(),
               *(page.read_text() for page in (classroom.root / "feedback" / name).rglob("*.html")))
        for name in CLASS
    }
    return classroom.scores(), records, pages


def life(classroom):
    """Grade until the end; in a process of its own."""
    list(classroom.lesson().grade(jobs=2))


def kill_somebody(process, draw):
    """Kill the coordinator, or a worker, or a sandbox's process; whether there was one."""
    try:
        family = [psutil.Process(process.pid)]
        family += family[0].children(recursive=True)
        draw.choice(family[:1] if draw.random() < 0.5 else family).send_signal(signal.SIGKILL)
    except psutil.NoSuchProcess:
        return False
    return True


def test_no_kill_loses_or_changes_a_grade(classroom, tmp_path, fresh_release):
    """Fifty kills at random moments of anything that takes part."""
    classroom.hand_in(*CLASS).grade(jobs=2)
    due, draw = state_of(classroom), random.Random(1)
    before, fork = sandboxes(), multiprocessing.get_context("fork")
    kills, classes, longest = 0, 0, 2.5
    while kills < KILLS:
        classes += 1
        other = type(classroom)(tmp_path / f"class-{classes}", fresh_release).hand_in(*CLASS)
        finished = False
        while not finished:
            process = fork.Process(target=life, args=(other,))
            process.start()
            process.join(draw.uniform(0.1, longest) if kills < KILLS else None)
            if process.is_alive() and kill_somebody(process, draw):
                kills += 1
            process.join(60)
            assert not process.is_alive(), "the coordinator hangs"
            finished = process.exitcode == 0
        assert state_of(other) == due
    print(f"{kills} kills in {classes} classes recovered with identical grades")
    deadline = time.monotonic() + 10
    while sandboxes() - before and time.monotonic() < deadline:
        time.sleep(0.2)
    assert sandboxes() <= before, "workers and sandboxes end with their coordinator"


def sandboxes():
    """Process ids of all sandboxes on this machine that descend from this process or nobody."""
    found = set()
    for process in psutil.process_iter(["name", "ppid"]):
        if process.info["name"] == "bwrap" and process.info["ppid"] in (1, os.getpid()):
            found.add(process.pid)
    return found
