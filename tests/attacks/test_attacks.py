"""Hostile submissions: no unearned point, no leak, nothing changed outside, bounded time."""

import contextlib
import hashlib
import os
import re
import socket
import time
from functools import cache
from pathlib import Path

import psutil
import pytest
from bleach._vendor import html5lib
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.classroom.page import Page
from autograder.draw import draw
from autograder.execute import SandboxExecute
from autograder.exercises import EXERCISES
from autograder.grading import RECORD
from autograder.neutralise import Neutralise
from autograder.notebooks import grade_id
from tests.attacks.attack import RIGHT
from tests.attacks.escaping import ESCAPING
from tests.attacks.exhausting import EXHAUSTING
from tests.attacks.forging import FORGING
from tests.attacks.reaching import REACHING
from tests.attacks.showing import SHOWING
from tests.attacks.telling import TELLING
from tests.test_page import acting

ATTACKS = (*FORGING, *REACHING, *ESCAPING, *TELLING, *SHOWING, *EXHAUSTING)
CANARY = "canary-7f3a91"
POINTS = EXERCISES["conv1d"].points
SECONDS = 10
"""Of the grader's own processor; what student code uses, its limits bound."""
MEMORY = 300e6
"""By so many bytes the grader may grow, whatever comes back."""
COVERS = re.compile(r"margin(-\w+)?:\s*-|calc|position|translate|opacity:\s*0[\s;]*$|99999|\\")
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


def submission(cells, after=(), words=()):
    """The cells, tests of the exercises they define (of conv1d the last), and what follows."""
    notebook = new_notebook(cells=[])
    for code in cells:
        names = re.findall(r"^def (\w+)", code, re.M)
        notebook.cells += [new_code_cell(code), *(
            test_of(name) for name in names if name in EXERCISES and name != "conv1d")]
    notebook.cells += [test_of("conv1d"), *map(new_code_cell, after),
                       *map(new_markdown_cell, words)]
    return notebook


def test_of(name):
    return new_code_cell(f'check("{name}", {name})\n### hidden text', metadata={"nbgrader": {
        "grade_id": f"test_{name}", "grade": True, "solution": False,
        "points": EXERCISES[name].points,
    }})


test_of.__test__ = False


def graded(execute, notebook, student="mallory", resources=None):
    """The graded notebook and its points."""
    resources = {} if resources is None else resources
    resources["nbgrader"] = {"student": student, "assignment": "none"}
    execute.preprocess(notebook, resources)
    tests = [cell for cell in notebook.cells if cell.metadata.get("nbgrader")]
    return notebook, sum(float(test.outputs[-1].data["text/plain"]) for test in tests)


def page_of(notebook, resources):
    """The notebook as it is cleaned, and its page."""
    Neutralise().preprocess(notebook, resources)
    return Page().from_notebook_node(notebook, resources)[0]


def covering(page):
    """Styles that move something over something else, or hide it."""
    elements = html5lib.parse(page, namespaceHTMLElements=False).iter() if page else ()
    return [one for e in elements if COVERS.search(one := e.attrib.get("style", ""))]


@cache
def own_parts():
    """What acts on everybody's page."""
    return acting(page_of(submission([RIGHT]), {"nbgrader": {}}))


def text_of(notebook):
    return repr([cell.get("outputs") for cell in notebook.cells])


def state(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in folder.rglob("*")
    }


def hidden_numbers(tells=None, student="mallory"):
    """The hidden inputs as they are written; the words that would tell them."""
    for case in EXERCISES["conv1d"].hidden(draw("conv1d", student)):
        numbers = [float(v) for v in case.args[0]]
        if len(numbers) > 2:
            yield repr(numbers)[1:-1]
        if tells and len(word := tells(case.args[0])) > 4:
            yield word


def running(words):
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if words in path.read_bytes().replace(b"\0", b" "):
                return True
    return False


@pytest.mark.attack
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
    memory, resources = psutil.Process().memory_info().rss, {}
    start, used = time.monotonic(), time.process_time()
    notebook, points = graded(execute, submission(cells, after, attack.words), resources=resources)
    page = page_of(notebook, resources) if attack.words else ""
    seconds, used = time.monotonic() - start, time.process_time() - used
    memory = psutil.Process().memory_info().rss - memory
    text = text_of(notebook)
    secrets = (CANARY, "### hidden text", "FOUND", *hidden_numbers(attack.tells))
    leaked = [secret for secret in secrets if secret in text]
    leaked += covering(page)
    leaked += sorted(acting(page) - own_parts()) if page else []
    for name, value in (("attack", attack.name), ("gained", f"{points - attack.earns:g}"),
                        ("leaked", "YES" if leaked else "no"), ("seconds", seconds)):
        record_property(name, value)

    assert points == attack.earns
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert attack.shows in repr([c for c in code if not c.metadata.get("nbgrader")][-1].outputs)
    said = next(c for c in code if grade_id(c) == "test_conv1d").outputs[0].data
    assert not attack.status or said[RECORD]["status"] == attack.status, said["text/plain"]
    assert all(words in said["text/plain"] for words in attack.says), said["text/plain"]
    assert leaked == []
    assert len(text) < 1_000_000
    assert state(folder) == before
    assert not {f for f in set(os.listdir("/tmp")) - files if "left_behind" in f or f == "seen"}
    with pytest.raises(BlockingIOError):
        listener.accept()
    assert used < SECONDS and memory < MEMORY
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


@pytest.mark.attack
def test_links_in_the_submission_folder_are_left_out(execute, folder, tmp_path):
    """A link to the gradebook is not followed; a file of the student's is there."""
    (tmp_path / "data.csv").write_text("1,2")
    (tmp_path / "link.csv").symlink_to(folder / "gradebook.db")
    (tmp_path / "folder").symlink_to(folder)
    os.mkfifo(tmp_path / "pipe")
    with execute.runner().session(tmp_path) as session:
        (output,) = session.run_cell("import os\nprint(os.listdir('.'), open('data.csv').read())")
    assert output.text == "['data.csv'] 1,2\n"


@pytest.mark.attack
def test_stored_outputs_of_a_submission_are_replaced(execute):
    """A gigantic or forged output that is handed in does not stay."""
    notebook = submission([RIGHT])
    for cell in notebook.cells:
        cell.outputs = [{"output_type": "stream", "name": "stdout", "text": CANARY * 10**6}]
    notebook, points = graded(execute, notebook)
    assert points == POINTS and CANARY not in text_of(notebook)


@pytest.mark.attack
def test_a_cell_that_only_looks_like_a_test_is_not_judged(execute):
    """A cell of the student's own with the test's name earns nothing."""
    notebook = submission([RIGHT])
    notebook.cells[-1].metadata["nbgrader"]["grade"] = False
    execute.preprocess(notebook, {"nbgrader": {"student": "mallory"}})
    assert [output.output_type for output in notebook.cells[-1].outputs] == ["error"]  # no check


def test_the_suite_is_large_enough():
    """Each with a name of its own."""
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 130
