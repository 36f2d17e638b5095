"""The tables of `autograder scale`."""

from io import StringIO

import pytest
from rich.console import Console

from autograder.bench.scaling import Run, growth_table, workers_table


def run_of(rate, workers, count=200, start=3.0):
    """A run that ends a submission every 1/rate seconds, after the workers have started."""
    times = tuple(start + number / rate for number in range(1, count + 1))
    memory = tuple((100.0 + n, 200.0) for n in range(count // 100))
    return Run("local pool", workers, count, times[-1], times, memory)


def text_of(table):
    console = Console(width=80, record=True, file=StringIO())
    console.print(table)
    return console.export_text()


@pytest.mark.parametrize("start", [0.0, 30.0])
def test_rate_is_that_of_warm_workers(start):
    """How long the workers took to start does not change it."""
    assert run_of(2.0, 1, start=start).rate == pytest.approx(120)


def test_efficiency_compares_with_the_first_run():
    """Two workers that do 1.8 times as much have an efficiency of 90 %; the start is told."""
    text = text_of(workers_table([run_of(2.0, 1), run_of(3.6, 2)]))
    assert "100%" in text and "90%" in text and "3.0" in text


def test_growth_has_a_row_for_each_hundred():
    """Milliseconds a submission takes a worker, and the memory after it."""
    rows = text_of(growth_table(run_of(2.0, 2))).splitlines()
    numbers = [row.split() for row in rows if row.split() and row.split()[0] in ("100", "200")]
    assert numbers == [["100", "1060", "100", "200"], ["200", "1000", "101", "200"]]
