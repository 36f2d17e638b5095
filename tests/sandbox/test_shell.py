"""IPython's semantics, where a shorter way than IPython's own is taken."""

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from autograder import notebooks
from autograder.exercises import UNITS
from autograder.sandbox.child.shell import Transformer

CELLS = {
    "a magic": "%timeit 1",
    "a magic among statements": "x = 1\n%time x\nif x:\n    %time y = 2\n",
    "a magic that is assigned": "x = %time 1\ny = (1 %\n2)",
    "a cell magic": "%%capture kept\nprint('%')",
    "a shell command": "!ls\nfiles = !ls",
    "a question": "import math\nmath.pi?\n??math",
    "no question": "x = 1  # why?\ny = 'what?'\nz = '''\n%time\n!ls\n?\n'''",
    "quoted arguments": ",print a b\n;print a b\n/print 1",
    "percent signs": "x = 7 \\\n% 3\ny = (7\n% 3)\nz = f'{x % y}'",
    "a prompt": "In [1]: x = 1\n   ...: y = 2",
    "another prompt": ">>> x = 1\n... y = 2",
    "an indented cell": "    x = 1\n    y = 2",
    "blank lines first": "\n\n  \nx = 1",
    "nothing": "",
    "only blanks": " \n\t\n",
    "an error": "def f(:\n    %time x",
    "an open bracket": "x = (1,\n%time",
    "a loop that waits": "async for x in y:\n    await x",
    "a null character": "x = 1\0",
    "deep": "(" * 500 + ")" * 500,
}


@pytest.mark.parametrize("source", CELLS.values(), ids=CELLS)
def test_cells_are_transformed_as_by_ipython(source):
    """Magics, shell commands, questions and prompts, and what only looks like them."""
    assert Transformer().transform_cell(source) == TransformerManager().transform_cell(source)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_cells_of_the_course_are_transformed_as_by_ipython(root, unit):
    """All of them."""
    for cell in notebooks.read(notebooks.source_path(root, unit)).cells:
        if cell.cell_type == "code":
            due = TransformerManager().transform_cell(cell.source)
            assert Transformer().transform_cell(cell.source) == due


def test_transformer_of_a_student_sees_python_as_well(session):
    """As extensions of IPython use it."""
    session.run_cell(
        "from IPython.core.inputtransformer2 import TokenTransformBase\n"
        "class Third(TokenTransformBase):\n"
        "    @classmethod\n"
        "    def find(cls, lines):\n"
        "        tokens = (token for line in lines for token in line)\n"
        "        return next((cls(t.start) for t in tokens if t.string == 'three'), None)\n"
        "    def transform(self, lines):\n"
        "        return [line.replace('three', '3') for line in lines]\n"
        "get_ipython().input_transformer_manager.token_transformers.append(Third)"
    )
    (shown,) = session.run_cell("three + 1")
    assert shown.data["text/plain"] == "4"


@pytest.mark.parametrize(("source", "shown"), [
    ("1;", []), ("1 ; # quiet", []), ("x = 1; x", ["1"]), ("'a;'", ["'a;'"]), ("2  # not;", ["2"]),
])
def test_semicolon_at_the_end_keeps_a_cell_quiet(session, source, shown):
    """At the end of the code, that is."""
    assert [output.data["text/plain"] for output in session.run_cell(source)] == shown


def test_cell_may_wait_for_something(session):
    """With `await` outside any function, as in a notebook's kernel."""
    (shown,) = session.run_cell("import asyncio\nawait asyncio.sleep(0, 'done')")
    assert shown.data["text/plain"] == "'done'"
    (shown,) = session.run_cell(
        "async def two():\n    yield 1\n    yield 2\n[x async for x in two()]"
    )
    assert shown.data["text/plain"] == "[1, 2]"
