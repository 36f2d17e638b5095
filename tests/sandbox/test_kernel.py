"""The sandbox beside a real kernel: the same cells, the same outputs."""

import os
import re

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = {
    "a display that is updated": (
        "from IPython.display import display\nh = display('a', display_id=True)\nprint('mine')",
        "h.update('b')\nprint('end')",
        "for i in range(50):\n    h.update(i)",
    ),
    "two displays of one id": (
        "from IPython.display import display\nh = display(1, display_id='x')\nh.display(2)",
        "h.update(3)",
    ),
    "outputs that are cleared": (
        "from IPython.display import clear_output\nprint(1)\nclear_output()\nprint(2)",
        "print(1)\nclear_output(wait=True)",
        "print(1)\nclear_output(wait=True)\nprint(2)",
        "for i in range(3):\n    clear_output(wait=True)\n    print(i)",
        "1\n",
    ),
    "the last error": ("1 / 0", "%tb", "import sys\ntype(sys.last_value).__name__", "2"),
    "no error yet": ("%tb", "import sys\nhasattr(sys, 'last_value')"),
    "a syntax error": ("x = (", "import sys\nsys.last_value.lineno"),
    "programs that print": (
        "import subprocess\nprint(subprocess.run(['echo', 'kept'], capture_output=True).stdout)",
        "!echo shell",
        "words = !echo caught\nwords",
        "%%bash\necho from bash",
    ),
    "python as a program": ("!python -c 'print(5)'", "!python -c 'import numpy; print(6)'"),
    "descriptors": (
        "import sys\nsys.stdout.fileno() >= 0, sys.stderr.fileno() >= 0",
        "import sys\nprint('err', file=sys.stderr)",
    ),
    "arguments": ("import sys\nlen(sys.argv) > 0 and 'ipykernel' in sys.argv[0]",),
    "tasks": (
        "import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    return 7\n"
        "task = asyncio.create_task(f())",
        "task.done()",
        "await task",
        "await asyncio.gather(f(), f())",
        "asyncio.run(f())",
    ),
    "scripts": ("%%writefile s.py\nprint('in it')\nx = 3", "%run s.py", "x"),
    "a figure in a script": (
        "import matplotlib.pyplot as plt", "%%writefile p.py\nimport matplotlib.pyplot as plt\n"
        "plt.plot([1, 2])\n", "%run p.py",
    ),
    "results": ("1", "None", "2;", "_", "print('x')\n3", "'a'\n'b'"),
    "names": ("__name__", "from pathlib import Path\nPath('.').is_dir()"),
    "warnings": ("import warnings\nwarnings.warn('careful')",),
    "input": ("input('? ')",),
    "the end of a loop": ("raise SystemExit(3)", "4"),
    "an interrupt of its own": ("raise KeyboardInterrupt", "5"),
    "magics": ("%time 1", "%%capture c\nprint('kept')", "c.stdout", "%pwd\nNone"),
}


def told(outputs):
    """Outputs without what differs from run to run or is worded by the kernel."""
    found = []
    for output in outputs:
        kind = output["output_type"]
        if kind == "stream":
            text = re.sub(r"/\S*ipykernel_[^:\s]*|<cell \d+>", "CELL", output["text"])
            text = re.sub(r"CPU times.*|Wall time.*|CELL:\d+:|/\S*(?=/IPython/)", "…", text)
            text = text.replace("\r\n", "\n")
            if found and found[-1][:2] == (kind, output["name"]):
                found[-1] = (kind, output["name"], found[-1][2] + text)
            else:
                found.append((kind, output["name"], text))
        elif kind == "error":
            found.append((kind, output["ename"]))
        else:
            found.append((kind, output["data"].get("text/plain"), "image/png" in output["data"]))
    return found


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """``kernel(cells) -> outputs of each``: one real kernel, emptied before each notebook."""
    notebook = nbformat.v4.new_notebook()
    client = NotebookClient(notebook, timeout=120, allow_errors=True, kernel_name="python3",
                            resources={"metadata": {"path": str(tmp_path_factory.mktemp("k"))}})
    # within pytest the kernel leaves descriptors alone
    outside = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    with client.setup_kernel(env=outside):
        def run(cells):
            fresh = ["%reset -f", "import sys\nfor name in ('type', 'value', 'traceback', 'exc'):\n"
                     "    vars(sys).pop('last_' + name, None)"]
            notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in (*fresh, *cells)]
            for index, cell in enumerate(notebook.cells):
                client.execute_cell(cell, index)
            return [told(cell.outputs) for cell in notebook.cells[len(fresh):]]

        yield run


@pytest.mark.parametrize("cells", NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_cells_show_what_a_real_kernel_shows(kernel, session, cells):
    """Streams by name and text, displays, results, kinds of errors, in order."""
    ours = [session.run_cell(cell, render=True) for cell in cells]
    for cell, mine, due in zip(cells, ours, kernel(cells), strict=True):
        assert told(mine) == due, cell


PAST_PYTHON = {
    "import os\nos.system('echo hi; echo err >&2')\nprint('after')":
        [("stream", "stdout", "hi\n"), ("stream", "stderr", "err\n"),
         ("stream", "stdout", "after\n")],
    "import subprocess\nsubprocess.run(['echo', 'child'])\nNone":
        [("stream", "stdout", "child\n")],
    "import os\nos.write(1, b'one\\n');": [("stream", "stdout", "one\n")],
    "import os\nos.write(2, b'two\\n')\n1 / 0":
        [("stream", "stderr", "two\n"), ("error", "ZeroDivisionError")],
}
"""A kernel shows these, too, but by a thread of its own that may be late on a busy machine."""


def test_what_is_written_past_python_is_shown_in_order(session):
    """By programs and to descriptors 1 and 2; nothing is left for the next cell."""
    for cell, due in PAST_PYTHON.items():
        assert told(session.run_cell(cell)) == due, cell
    assert session.run_cell("None") == []


MANY = {
    "displays": "from IPython.display import display\nfor i in range(1200):\n    display(i)\n",
    "prints": "print('x' * 2_000_000)\n",
    "both": "for i in range(1100):\n    print('x' * 2000)\n    display(i)\n",
}


@pytest.mark.parametrize("source", MANY.values(), ids=MANY)
def test_error_and_result_survive_any_amount_of_output(session, source):
    """nbgrader reads points from them: what fails after a flood has failed."""
    outputs = session.run_cell(source + "assert False, 'y' * 30_000")
    assert outputs[-1].output_type == "error" and outputs[-1].ename == "AssertionError"
    assert any("cut here" in output.get("text", "") for output in outputs)
    result = session.run_cell(source + "0.5")[-1]
    assert result.data["text/plain"] == "0.5"


def test_warning_after_a_flood_is_still_on_stderr(session):
    """nbgrader gives no points to what writes there."""
    outputs = session.run_cell("import sys\nprint('x' * 2_000_000)\nprint('!', file=sys.stderr)")
    assert "stderr" in {output.get("name") for output in outputs}


def test_display_is_updated_across_cells(session):
    """Also thousands of times, without a word lost afterwards."""
    (shown,) = session.run_cell("from IPython.display import display\nh = display('a', "
                                "display_id=True)")
    (said,) = session.run_cell("for i in range(3000):\n    h.update(i)\nprint('end')")
    assert (shown.data["text/plain"], said.text) == ("2999", "end\n")
