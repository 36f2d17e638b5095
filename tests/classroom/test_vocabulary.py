"""Whatever nbgrader knows, cells, notebooks and assignments, is graded as it grades it."""

import shutil

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Base, Gradebook
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import select
from typer.testing import CliRunner

from autograder import gradebook, notebooks
from autograder.bench.sides import course_settings
from autograder.classroom.result import ATTENTION
from autograder.classroom.run import Class
from autograder.cli import app
from autograder.exercises import UNITS
from autograder.release import build
from autograder.units import units_of

UNIT = UNITS[0]
EXAM = "07_exam"
# nbgrader makes its objects before it adds them to the session
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def marked(cell, name, **marks):
    """A cell with nbgrader's marks."""
    cell.id = name
    cell.metadata.nbgrader = {
        "grade_id": name, "schema_version": 3, "grade": False, "solution": False, "task": False,
        "locked": False, **marks,
    }
    return cell


def own_cells(prefix, answer="None"):
    """Every kind of cell: an answer and its test, both in one, words, a task, read-only prose."""
    solution = f"{prefix} = {answer}"
    if answer == "None":
        solution = f"### BEGIN SOLUTION\n{prefix} = 11\n### END SOLUTION"
    return [
        marked(new_markdown_cell("Read this."), f"{prefix}_read", locked=True),
        marked(new_code_cell(solution), f"{prefix}_answer", solution=True),
        marked(new_code_cell(f"assert {prefix} == 11"), f"{prefix}_test", grade=True, points=4,
               locked=True),
        marked(new_code_cell("1 + 1"), f"{prefix}_shown", grade=True, solution=True, points=1),
        marked(new_markdown_cell("In words"), f"{prefix}_words", grade=True, solution=True,
               points=2),
        marked(new_markdown_cell("Draw something."), f"{prefix}_task", task=True, points=6,
               locked=True),
    ]


def plain(*cells):
    """A notebook for Python."""
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return new_notebook(cells=list(cells), metadata={"kernelspec": kernel})


@pytest.fixture(scope="module")
def released(root, tmp_path_factory):
    """A course with a header that is graded, own cells in a unit, a second notebook, an exam."""
    folder = tmp_path_factory.mktemp("vocabulary") / "course"
    home = folder / "source" / UNIT.name
    home.mkdir(parents=True)
    source = notebooks.read(notebooks.source_path(root, UNIT))
    source.cells += own_cells("mine")
    notebooks.write(source, home / f"{UNIT.notebook}.ipynb")
    notebooks.write(plain(*own_cells("extra")), home / "extra.ipynb")
    notebooks.write(plain(new_code_cell("import math")), home / "reading.ipynb")
    (home / "numbers.csv").write_text("1,2\n")
    exam = folder / "source" / EXAM
    exam.mkdir()
    # a name like one of ours makes it none of ours
    own = marked(new_code_cell("assert one == 11"), "test_conv1d", grade=True, points=3,
                 locked=True)
    notebooks.write(plain(*own_cells("one"), own), exam / "exam.ipynb")
    notebooks.write(plain(*own_cells("two")), exam / "part2.ipynb")
    pledge = marked(new_markdown_cell("I did it myself: ..."), "pledge", grade=True,
                    solution=True, points=1)
    notebooks.write(plain(new_markdown_cell("# A course"), pledge), folder / "header.ipynb")
    text = (root / gradebook.CONFIG).read_text(encoding="utf-8")
    (folder / gradebook.CONFIG).write_text(
        text + "\nc.IncludeHeaderFooter.header = 'header.ipynb'\n"
        "c.AssignLatePenalties.plugin_class = 'late.TenPercentADay'\n"
    )
    (folder / "late.py").write_text(LATE)
    build([UNIT], folder)
    from autograder.release import nbgrader

    nbgrader(folder, "generate_assignment", EXAM)
    with Gradebook(gradebook.default_url(folder)) as book:
        book.update_or_create_assignment(EXAM, duedate="2025-03-01 12:00 UTC")
    hand_in_all(folder)
    return folder


LATE = '''
from nbgrader.plugins import BasePlugin


class TenPercentADay(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return round(score * 0.1 * (total_seconds_late // 86400), 2)
'''


def hand_in_all(folder):
    """Ada does everything, Bob nothing, Cleo leaves notebooks, cells and marks out."""
    for student in ("ada", "bob", "cleo"):
        for name in (UNIT.name, EXAM):
            target = folder / "submitted" / student / name
            shutil.copytree(folder / "release" / name, target)
    for student, changes in {
        "ada": {"extra": "extra = 11", "exam": "one = 11", "part2": "two = 11"},
        "cleo": {"exam": "one = 7"},
    }.items():
        for path in (folder / "submitted" / student).rglob("*.ipynb"):
            notebook = notebooks.read(path)
            for cell in notebook.cells:
                if notebooks.grade_id(cell) == f"{changes.get(path.stem, '')[:3]}_answer" or (
                    path.stem == "extra" and notebooks.grade_id(cell) == "extra_answer"
                ):
                    cell.source = changes.get(path.stem, cell.source)
                if notebooks.grade_id(cell) == "mine_answer" and student == "ada":
                    cell.source = "mine = 11"
                if (notebooks.grade_id(cell) or "").endswith(("words", "pledge")):
                    cell.source += " I see."
            notebooks.write(notebook, path)
    cleo = folder / "submitted/cleo"
    (cleo / UNIT.name / "extra.ipynb").unlink()
    path = cleo / EXAM / "exam.ipynb"
    notebook = notebooks.read(path)
    gone = {"one_answer", "one_test", "one_task"}  # a test and its neighbour, and a task
    notebook.cells = [c for c in notebook.cells if notebooks.grade_id(c) not in gone]
    notebooks.write(notebook, path)
    (folder / "submitted/ada" / EXAM / "timestamp.txt").write_text("2025-03-03 13:00:00 UTC")
    (folder / "submitted/ada" / EXAM / "submission_secret.txt").write_text("s3cret")


def copied(folder, target):
    """A copy of the course whose gradebook is its own."""
    shutil.copytree(folder, target)
    return target


def by_nbgrader(root, monkeypatch):
    """`nbgrader autograde` and `nbgrader generate_feedback`, in this process."""
    monkeypatch.chdir(root)
    monkeypatch.syspath_prepend(str(root))
    for name in (UNIT.name, EXAM):
        for converter in (Autograde, GenerateFeedback):
            config = course_settings(root)
            course = CourseDirectory(config=config, assignment_id=name)
            converter(coursedir=course, config=config).start()


def tables(url):
    """The whole database, table by table: ids and what refers to them as names."""
    with Gradebook(url) as book:
        named, found = {}, {}
        with book.engine.connect() as connection:
            rows = {
                table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
                for table in Base.metadata.sorted_tables
            }
        for name in ("assignment", "notebook", "base_cell", "submitted_assignment",
                     "submitted_notebook"):
            for row in rows[name]:
                own = {k: named.get(v, v) for k, v in row.items() if k != "id"}
                named[row["id"]] = (name, *(own.get(k) for k in NAMES[name]))
        for name, of_table in rows.items():
            keys = [key for key in (of_table or [{}])[0] if key != "id" or name not in OWN_IDS]
            found[name] = sorted(
                ([(key, named.get(row[key], row[key])) for key in keys] for row in of_table),
                key=repr,
            )
    return found


NAMES = {
    "assignment": ["name"], "notebook": ["assignment_id", "name"],
    "base_cell": ["notebook_id", "name", "type"],
    "submitted_assignment": ["assignment_id", "student_id"],
    "submitted_notebook": ["assignment_id", "notebook_id"],
}
OWN_IDS = ("grade", "comment")


@pytest.fixture(scope="module")
def both(released, tmp_path_factory):
    """The course graded by nbgrader's commands and by ours; and our results."""
    folder = tmp_path_factory.mktemp("both")
    theirs, ours = copied(released, folder / "theirs"), copied(released, folder / "ours")
    with pytest.MonkeyPatch.context() as patch:
        by_nbgrader(theirs, patch)
    url = gradebook.default_url(ours)
    _, *results = Class(ours, units_of(ours, url), url).grade(jobs=1)
    return theirs, ours, {(one.unit, one.student): one for one in results}


def test_database_is_the_one_that_nbgrader_writes(both):
    """Row by row in each table, tasks, second notebooks, headers and plain assignments included."""
    theirs, ours = (tables(gradebook.default_url(root)) for root in both[:2])
    assert ours.keys() == theirs.keys()
    for name, expected in theirs.items():
        assert ours[name] == expected, name
    kinds = {dict(row)["type"] for row in theirs["base_cell"]}
    assert kinds == {"GradeCell", "SolutionCell", "TaskCell"}


def test_folders_are_those_that_nbgrader_lays_down(both):
    """Notebooks, pages, what was handed in beside them, and what the course adds."""
    for place in ("autograded", "feedback"):
        theirs, ours = (
            {str(p.relative_to(root)): p for p in (root / place).rglob("*") if p.is_file()}
            for root in both[:2]
        )
        assert ours.keys() == theirs.keys()
        for name, path in theirs.items():
            if path.suffix == ".ipynb":
                assert notebooks.read(ours[name]) == notebooks.read(path), name
            elif path.suffix != ".html":
                assert ours[name].read_bytes() == path.read_bytes(), name
    assert f"feedback/ada/{EXAM}/timestamp.txt" in ours
    assert f"autograded/bob/{UNIT.name}/numbers.csv" not in theirs


def test_results_count_an_instructors_own_cells(both):
    """Points of every cell that no person grades; what was not handed in is said."""
    found = both[2]
    ours = sum(exercise.points for exercise in UNIT.exercises)
    ada, bob, cleo = (found[UNIT.name, name] for name in ("ada", "bob", "cleo"))
    assert (ada.points, ada.maximum) == (8, ours + 8)
    assert (bob.points, bob.maximum, bob.state) == (0, ours + 8, "partial")
    assert cleo.state == ATTENTION and "there is no extra.ipynb" in cleo.note
    assert (found[EXAM, "ada"].points, found[EXAM, "ada"].state) == (11, "full")
    assert (found[EXAM, "cleo"].points, found[EXAM, "cleo"].maximum) == (0, 11)


def test_plugin_in_the_course_folder_takes_its_penalty(both):
    """`late.TenPercentADay` of nbgrader's documentation, as named in the settings."""
    with Gradebook(gradebook.default_url(both[1])) as book:
        penalties = {n.name: n.late_submission_penalty
                     for n in book.find_submission(EXAM, "ada").notebooks}
    assert penalties == {"exam": 1.4, "part2": 0.8}


def test_commands_know_an_assignment_that_is_none_of_ours(both, monkeypatch):
    """`report` has a column for each cell that is graded, `export` the points, `grade` all."""
    root = both[1]
    runner = CliRunner()

    def said(*words):
        done = runner.invoke(app, [*words, "--root", str(root)], env={"COLUMNS": "300"})
        assert done.exit_code in (0, 1), done.output
        return done.output

    report = said("report", EXAM)
    assert "one_test" in report and "part2/two_test" in report
    own = said("report", UNIT.name)
    assert "mine_test" in own and "extra/extra_test" in own
    assert "as before" in said("grade", "all")
    out = root / "grades.csv"
    said("export", EXAM, "--to", "canvas", "--out", str(out))
    assert EXAM in out.read_text()
    broken = runner.invoke(app, ["grade", "08_none", "--root", str(root)])
    assert broken.exit_code == 2 and EXAM in broken.output
