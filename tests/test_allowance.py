"""Cleaning and rendering live on what running a notebook has left of its processor time."""

import time

import nbformat
import pytest

from autograder.neutralise import Neutralise
from autograder.sanitize import allowance


@pytest.mark.parametrize(("left", "granted"), [(40.0, allowance.MOST), (5.0, 5.0),
                                               (-3.0, allowance.LEAST), (None, allowance.MOST)])
def test_deadline_is_what_is_left_within_bounds(left, granted):
    """A submission that used everything up is shown all the same; nobody waits for longer."""
    about = {} if left is None else {allowance.LEFT: left}
    until = allowance.deadline({"nbgrader": about})
    assert until - time.thread_time() == pytest.approx(granted, abs=0.5)


def test_cleaning_takes_its_time_off_what_is_left():
    """So that the page that follows has less."""
    cells = [nbformat.v4.new_markdown_cell("**word** <b>x</b> " * 500) for _ in range(20)]
    about = {allowance.LEFT: 8.0}
    Neutralise().preprocess(nbformat.v4.new_notebook(cells=cells), {"nbgrader": about})
    assert 0.0 < 8.0 - about[allowance.LEFT] < 8.0


def test_what_comes_after_the_deadline_is_shown_as_text(monkeypatch):
    """Not lost, and not rendered."""
    monkeypatch.setattr(allowance, "LEAST", 0.0)
    cell = nbformat.v4.new_markdown_cell("<i>late</i> & **bold**")
    shown, _ = Neutralise().preprocess(
        nbformat.v4.new_notebook(cells=[cell]), {"nbgrader": {allowance.LEFT: 0.0}})
    assert "<i>" not in shown.cells[0].source and "late" in shown.cells[0].source
