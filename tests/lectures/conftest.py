"""The lectures' worked numbers, as a fixture for the tests of every unit."""

import ast
import json
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pytest

FACTS = Path(__file__).resolve().parents[1] / "data" / "lecture_facts.json"


@cache
def _facts():
    entries = json.loads(FACTS.read_text(encoding="utf-8"))["facts"]
    return {entry["id"]: entry for entry in entries}


@pytest.fixture(scope="session")
def fact():
    """``fact("L2-1d-valid")`` is that entry of lecture_facts.json, as a dict."""

    def look_up(identifier):
        facts = _facts()
        if identifier not in facts:
            raise KeyError(f"There is no fact {identifier!r}; there are: {', '.join(facts)}.")
        return facts[identifier]

    return look_up


@pytest.fixture(scope="session")
def fact_ids():
    """``fact_ids("conv1d")`` lists a topic's entries, so a test can see that it left none out."""
    return lambda topic: {key for key, entry in _facts().items() if entry["topic"] == topic}


@pytest.fixture(scope="module")
def arrays(request):
    """``arrays("l1-example", "l1_filter")``: an array that a cell of NOTEBOOK writes down."""
    notebook = nbformat.read(request.module.NOTEBOOK, as_version=4)
    cells = {cell.id: cell.source for cell in notebook.cells}

    def written(cell, name):
        for node in ast.parse(cells[cell]).body:
            if isinstance(node, ast.Assign) and node.targets[0].id == name:
                return np.array(ast.literal_eval(node.value.args[0]))
        raise LookupError(f"{name} is not written in the cell {cell}.")

    return written
