"""Hostile submissions: no unearned point, no leak, nothing changed outside, bounded time."""

import contextlib
import hashlib
import os
import socket
import time
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.draw import draw
from autograder.execute import SandboxExecute
from autograder.exercises import EXERCISES
from tests.attacks.attack import RIGHT
from tests.attacks.escaping import ESCAPING
from tests.attacks.exhausting import EXHAUSTING
from tests.attacks.forging import FORGING

ATTACKS = (*FORGING, *ESCAPING, *EXHAUSTING)
CANARY = "canary-7f3a91"
POINTS = EXERCISES["conv1d"].points
SECONDS = 10
"""Of the grader's own processor; what student code uses, its limits bound."""
SMALL = {
    "patience": 1, "processor": 12.0, "cell": 2.0, "call": 1.5, "battery": 4.0, "notebook": 8.0,
    "grace": 0.5, "cpu": 5,
    "memory": 1500 * 2**20, "total": 400 * 2**20, "processes": 24, "file": 4 * 2**20,
    "scratch": 16 * 2**20,
    "output_cell": 100_000, "output_notebook": 300_000, "reply": 8 * 2**20,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with what an instructor has."""
    folder = tmp_path_factory.mktemp("instructor")
    for name in ("gradebook.db", "source/unit.ipynb", "submitted/other/unit.ipynb", ".secret"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{CANARY} {name}")
    return folder


@pytest.fixture(scope="module")
def listener():
    """A port of ours that nobody inside may reach."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture(scope="module")
def execute():
    """The preprocessor, with small limits."""
    preprocessor = SandboxExecute(mode="auto", limits=SMALL, figures="none")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INSTRUCTORS_TOKEN", CANARY)
        if preprocessor.runner().isolation != "bubblewrap":
            pytest.skip("needs bubblewrap")
        yield preprocessor
    for runner in preprocessor.runners.values():
        runner.close()
    preprocessor.runners.clear()


def submission(cells, after=()):
    test = new_code_cell('check("conv1d", conv1d)\n### hidden text', metadata={
        "nbgrader": {"grade_id": "test_conv1d", "grade": True, "solution": False, "points": POINTS}
    })
    return new_notebook(cells=[*map(new_code_cell, cells), test, *map(new_code_cell, after)])


def graded(execute, notebook, student="mallory"):
    """The graded notebook and its points."""
    resources = {"nbgrader": {"student": student, "assignment": "none"}}
    execute.preprocess(notebook, resources)
    test = next(c for c in notebook.cells if c.metadata.get("nbgrader"))
    return notebook, float(test.outputs[-1].data["text/plain"])


def text_of(notebook):
    return repr([cell.outputs for cell in notebook.cells])


def state(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in folder.rglob("*")
    }


def hidden_numbers(student="mallory"):
    for case in EXERCISES["conv1d"].hidden(draw("conv1d", student)):
        numbers = [float(v) for v in case.args[0]]
        if len(numbers) > 2:
            yield repr(numbers)[1:-1]


def running(words):
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if words in path.read_bytes().replace(b"\0", b" "):
                return True
    return False


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_attack_gains_nothing(attack, execute, folder, listener, record_property):
    """No unearned point, nothing leaked or changed, bounded work; the next student is fine."""
    port = str(listener.getsockname()[1])
    cells, after = (
        [c.replace("@folder@", str(folder)).replace("@port@", port) for c in some]
        for some in (attack.cells, attack.after)
    )
    if attack.limits:
        execute = SandboxExecute(mode="auto", limits=SMALL | attack.limits, figures="none")
    before, files = state(folder), set(os.listdir("/tmp"))
    start, used = time.monotonic(), time.process_time()
    notebook, points = graded(execute, submission(cells, after))
    seconds, used = time.monotonic() - start, time.process_time() - used
    text = text_of(notebook)
    secrets = (CANARY, "### hidden text", "FOUND", *hidden_numbers())
    leaked = [secret for secret in secrets if secret in text]
    for name, value in (("attack", attack.name), ("gained", points - attack.earns),
                        ("leaked", "YES" if leaked else "no"), ("seconds", seconds)):
        record_property(name, value)

    assert points == attack.earns
    last = [c for c in notebook.cells if not c.metadata.get("nbgrader")][-1]
    assert attack.shows in repr(last.outputs)
    assert leaked == []
    assert len(text) < 1_000_000
    assert state(folder) == before
    assert not {f for f in set(os.listdir("/tmp")) - files if "left_behind" in f or f == "seen"}
    with pytest.raises(BlockingIOError):
        listener.accept()
    assert used < SECONDS
    honest = submission([
        "import os, sys, builtins\n"
        "assert not hasattr(builtins, 'LEFT') and 'LEFT' not in os.environ\n"
        "assert 'left_behind' not in sys.modules\n"
        "assert not os.path.exists('/tmp/left_behind') and not os.listdir('/dev/shm')",
        RIGHT,
    ])
    honest, points = graded(execute, honest, "honest")
    assert points == POINTS and not honest.cells[0].outputs
    assert not running(b"sleep 98765")


def test_links_in_the_submission_folder_are_left_out(execute, folder, tmp_path):
    """A link to the gradebook is not followed; a file of the student's is there."""
    (tmp_path / "data.csv").write_text("1,2")
    (tmp_path / "link.csv").symlink_to(folder / "gradebook.db")
    (tmp_path / "folder").symlink_to(folder)
    os.mkfifo(tmp_path / "pipe")
    with execute.runner().session(tmp_path) as session:
        (output,) = session.run_cell("import os\nprint(os.listdir('.'), open('data.csv').read())")
    assert output.text == "['data.csv'] 1,2\n"


def test_stored_outputs_of_a_submission_are_replaced(execute):
    """A gigantic or forged output that is handed in does not stay."""
    notebook = submission([RIGHT])
    for cell in notebook.cells:
        cell.outputs = [{"output_type": "stream", "name": "stdout", "text": CANARY * 10**6}]
    notebook, points = graded(execute, notebook)
    assert points == POINTS and CANARY not in text_of(notebook)


def test_a_cell_that_only_looks_like_a_test_is_not_judged(execute):
    """A cell of the student's own with the test's name earns nothing."""
    notebook = submission([RIGHT])
    notebook.cells[-1].metadata["nbgrader"]["grade"] = False
    execute.preprocess(notebook, {"nbgrader": {"student": "mallory"}})
    assert [output.output_type for output in notebook.cells[-1].outputs] == ["error"]  # no check


def test_the_suite_is_large_enough():
    """At least forty attacks, each with a name of its own."""
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 40
