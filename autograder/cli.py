"""The `autograder` command."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from autograder import kit as student_kit
from autograder import notebooks, visible
from autograder import release as releasing
from autograder.agreement import Disagreement
from autograder.agreement import differences as other_points
from autograder.bench import run as benchmark
from autograder.bench.command import scale
from autograder.bench.sides import BenchFailed
from autograder.classroom.command import _units, explain, grade, regrade
from autograder.classroom.feedback import feedback
from autograder.collect.command import collect
from autograder.demo import run as demonstration
from autograder.doctor import examine
from autograder.exercises import UNITS, unit_named
from autograder.export.command import export
from autograder.gradebook import CONFIG, maxima
from autograder.mend import NEEDS
from autograder.mend import mend as mend_unit
from autograder.report import class_lines, class_table
from autograder.verify import prove_all

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Build, prove and grade the course CNN by Hand.",
)
console = Console()

BUSY = 1.5
"""Load above which times are not to be trusted."""

Root = Annotated[Path, typer.Option(help="The course folder; by default this one.")]
Units = Annotated[
    list[str] | None, typer.Argument(help="Units, for instance 01_conv1d; all if not given.")
]


def needs(root, *names):
    """End with 2 and a sentence if a folder has not what a command needs."""
    missing = [name for name in names if not (Path(root) / name).exists()]
    if missing:
        said = (f"{Path(root).resolve()} has no {', '.join(missing)}: go to the course folder, or "
                "name it by --root. `autograder doctor` says more.")
        Console(stderr=True).print(said, style="red", markup=False, soft_wrap=True)
        raise typer.Exit(2)


def chosen(names):
    """The declared units named, or all of them."""
    try:
        return tuple(unit_named(name) for name in names) if names else UNITS
    except KeyError as error:
        raise typer.BadParameter(error.args[0]) from None


@app.command()
def verify(
    units: Units = None,
    draws: Annotated[int, typer.Option(min=1, help="For so many draws of the hidden cases.")] = 3,
):
    """Prove the hidden tests: references and variants pass, twins are refused and named."""
    table = Table("exercise", "cases", "twins", "refused", "named", "variants", "accepted",
                  "corners")
    proofs = prove_all(chosen(units), draws)
    for proof in proofs:
        numbers = (proof.cases, proof.twins, proof.refused, proof.named, proof.variants,
                   proof.accepted, f"{proof.corners}/{proof.pairs}")
        table.add_row(proof.exercise, *map(str, numbers), style="red" if proof.faults else None)
    console.print(table)
    faults = [(proof.exercise, fault) for proof in proofs for fault in proof.faults]
    for exercise, fault in faults:
        console.print(f"[red]{exercise}[/red]: {fault}")
    raise typer.Exit(1 if faults else 0)


@app.command()
def refresh(units: Units = None, root: Root = Path(".")):
    """Bring source/ and the visible cases in step with the declared exercises."""
    needs(root, "source")
    for unit in chosen(units):
        path = notebooks.source_path(root, unit)
        notebook = notebooks.read(path)
        notebooks.keep_solutions(notebook, unit)
        visible.write(unit, root)
        for sentence in other_points(notebook, unit):
            said = f"{sentence}: set to what is declared"
            console.print(said, style="yellow", markup=False, soft_wrap=True)
        notebook = notebooks.stamp(notebook, unit)
        notebooks.write(notebooks.with_outputs(notebook, path.parent), path)
        console.print(f"refreshed {path}")


@app.command()
def release(
    units: Units = None,
    root: Root = Path("."),
    kit: Annotated[
        Path | None, typer.Option(help="The student kit's zip; build/student-kit.zip if not given.")
    ] = None,
):
    """Build the students' notebooks in release/ from source/, and the student kit.

    The kit holds all units that are released, the chosen ones and those from before. It is refused
    if a solution, a hidden test, a reference, an answer or a compiled cache would leak.
    """
    needs(root, CONFIG, "source")
    try:
        said = releasing.build(chosen(units), root)
        there = [unit for unit in UNITS if releasing.release_path(root, unit).exists()]
        path = student_kit.build(there, root, kit or root / "build/student-kit.zip")
    except (releasing.ReleaseError, student_kit.LeakFound, Disagreement) as error:
        console.print(str(error), style="red", markup=False)
        raise typer.Exit(1) from None
    for unit in chosen(units):
        console.print(f"released {releasing.release_path(root, unit)}")
    for sentence in said:
        console.print(sentence, style="yellow", markup=False, soft_wrap=True)
    console.print(f"wrote {path} with {', '.join(unit.name for unit in there)}, "
                  f"{path.stat().st_size // 1024} kB; the leak check found nothing", soft_wrap=True)


@app.command()
def doctor(
    root: Root = Path("."),
    db: Annotated[
        str | None, typer.Option(help="The gradebook's URL; the configured one by default.")
    ] = None,
):
    """Look at this machine and the course folder: a line each, with what to do."""
    ill = 0
    for subject, well, said in examine(root, db):
        ill += not well
        console.print(f"{'ok  ' if well else 'MEND'}  {subject:<14} {said}", markup=False,
                      highlight=False, soft_wrap=True)
    raise typer.Exit(1 if ill else 0)


app.command()(collect)
app.command()(grade)
app.command()(feedback)
app.command()(regrade)
app.command()(explain)


@app.command()
def mend(units: Units = None, root: Root = Path(".")):
    """Before grading: find renamed notebooks and say which submissions need attention."""
    needs(root, "submitted")
    attention = False
    for unit in _units(units, root):
        found = mend_unit(root, unit)
        console.print(f"[bold]{unit.name}[/bold]: {len(found)} students")
        for student, sentences in found.items():
            for sentence in sentences or ("in order",):
                attention |= sentence.startswith(NEEDS)
                console.print(f"  {student:<12} {sentence}", markup=False, soft_wrap=True)
    raise typer.Exit(1 if attention else 0)


@app.command()
def report(
    units: Units = None,
    root: Root = Path("."),
    db: Annotated[
        str | None, typer.Option(help="The gradebook's URL; the configured one by default.")
    ] = None,
):
    """Print who has how many points, and which mistakes were named."""
    if not db:
        needs(root, CONFIG)
    for unit in _units(units, root, db):
        try:
            lines, most = class_lines(root, unit, db), maxima(root, unit, db)
        except SQLAlchemyError as error:
            said = f"The gradebook cannot be read: {str(error).splitlines()[0]}"
            Console(stderr=True).print(said, style="red", markup=False, soft_wrap=True)
            raise typer.Exit(2) from None
        console.print(class_table(unit, lines, most))


app.command()(export)


@app.command()
def demo(units: Units = None, root: Root = Path(".")):
    """Release, grade and give feedback to a made-up class."""
    needs(root, CONFIG, "source")
    try:
        demonstration.run(chosen(units), root.resolve(), root.resolve() / "build/demo", console)
    except demonstration.DemoFailed as error:
        console.print(str(error), style="red", markup=False)
        raise typer.Exit(1) from None


app.command()(scale)


@app.command()
def bench(
    units: Annotated[
        list[str] | None, typer.Option("--units", help="A unit; may be repeated; all by default.")
    ] = None,
    submissions: Annotated[int, typer.Option(min=1, help="Submissions in all.")] = 30,
    figures: Annotated[
        str, typer.Option(help="Ours with figures: all rendered, manual (the default) or both.")
    ] = "both",
    root: Root = Path("."),
):
    """Grade a mixed class by nbgrader as it comes and by ours, on one core; compare the times.

    Both sides grade in this process, in turn; one submission of each unit, which warms both up,
    does not count. Of our time "student code" is spent waiting for cells and calls in the sandbox,
    "judge" is the rest of that step, "rest" in the other steps; "write" is what a coordinator
    does. The feedback page, which nbgrader does not write here, is told by itself. The floor is a
    fork of a warm process that runs the same cells. It fails if a score differs.
    """
    if figures not in ("both", *benchmark.FIGURES):
        raise typer.BadParameter(f"--figures must be all, manual or both (got {figures!r})")
    settings = tuple(benchmark.FIGURES) if figures == "both" else (figures,)
    try:
        lines, differences = benchmark.run(
            chosen(units), submissions, root.resolve(), root.resolve() / "build/bench", settings,
            lambda line: console.print(f"[dim]{line}[/dim]"),
        )
    except (releasing.ReleaseError, BenchFailed) as error:
        console.print(str(error), style="red", markup=False)
        raise typer.Exit(1) from None
    for setting in settings:
        console.print(benchmark.table_of(lines, setting))
    load = os.getloadavg()[0]  # one of it is ours
    if load > BUSY:
        console.print(f"The machine was busy (load {load:.1f}): measure again on a quiet one.")
    for difference in differences:
        console.print(difference, style="red", markup=False)
    if not differences:
        console.print(f"All scores of the {len(lines)} submissions are the same on both sides.")
    raise typer.Exit(1 if differences else 0)
