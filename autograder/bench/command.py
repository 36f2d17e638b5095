"""The command `autograder scale`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from autograder.bench import scaling
from autograder.classroom.crew import LOCAL
from autograder.exercises import UNITS
from autograder.extras import need


def scale(
    submissions: Annotated[
        int, typer.Option(min=24, help="Submissions of the made-up class, over all units.")
    ] = 120,
    workers: Annotated[int, typer.Option(min=2, help="The most workers.")] = 2,
    growth: Annotated[
        bool, typer.Option("--growth", help="Only the growth of one class with all workers.")
    ] = False,
    root: Annotated[Path, typer.Option(help="The course folder; by default this one.")] = Path("."),
):
    """Grade a made-up class with one worker and with more, by the local pool and by Dask.

    Rates are those of warm workers; the start is told beside them.
    """
    need("distributed", "autograder scale")
    folder = root.resolve() / "build/scaling"
    console = Console()
    scaling.prepare(UNITS, submissions, root.resolve(), folder / "class")

    def measured(name, count, scheduler=None):
        run = scaling.measure(name, UNITS, folder / "class", count, scheduler)
        console.print(f"[dim]{name}, {count} workers: {run.seconds:.0f} s[/dim]")
        return run

    if growth:
        console.print(scaling.growth_table(measured("local pool", workers)))
        return
    with scaling.one_core():
        runs = [measured("local pool, one core", 1)]
    runs += [measured("local pool, all cores", 1), measured("local pool, all cores", workers),
             measured("Dask, local cluster", workers, LOCAL)]
    with scaling.cluster(workers, folder / "dask") as address:
        runs.append(measured("Dask, external scheduler", workers, address))
    console.print(scaling.workers_table(runs))
