"""nbgrader's execution step, done in the sandbox."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder import notebooks
from autograder.demo.classroom import BLANK, CORRUPT, hand_in, students
from autograder.draw import draw
from autograder.examine import examine
from autograder.execute import SandboxExecute, exercise_of
from autograder.exercises import EXERCISES, UNITS
from autograder.grading import RECORD, judged, outputs_of

UNIT = UNITS[0]
PEOPLE = [student for student in students() if student.fills != CORRUPT]
MARKS = {"grade_id": "test_conv1d", "grade": True, "solution": False, "points": 5}
SHORTCUT = """
import numpy as np
def conv1d(x, w, stride=1, padding=0):
    x = np.pad(np.asarray(x, float), padding)
    if len(w) > len(x):
        raise ValueError(f"{len(w)} of w, {len(x) - 2 * padding} of x")
    return np.correlate(x, w, "valid")[::stride]
"""


@pytest.fixture(scope="module")
def execute():
    """The preprocessor with its defaults."""
    preprocessor = SandboxExecute()
    preprocessor.runner()
    yield preprocessor


def run(execute, notebook, student):
    about = {"nbgrader": {"student": student, "assignment": UNIT.name}}
    return execute.preprocess(notebook, about)[0]


def outputs(execute, *cells):
    notebook = new_notebook(cells=[
        *map(new_code_cell, cells), new_code_cell("", metadata={"nbgrader": dict(MARKS)}),
    ])
    return run(execute, notebook, "somebody").cells[-1].outputs


@pytest.mark.parametrize("student", PEOPLE, ids=lambda student: student.name)
def test_grades_equal_those_of_this_process(student, execute, fresh_release):
    """The whole demo class: the same outputs to the letter, without the sandbox."""
    hand_in(student, UNIT, fresh_release)
    path = fresh_release / "submitted" / student.name / UNIT.name / f"{UNIT.notebook}.ipynb"
    notebook = notebooks.read(path)
    space = {}
    due, examined = {}, {}
    for cell in notebook.cells:
        exercise = exercise_of(cell)
        if exercise is not None:
            found = judged(exercise, space.get(exercise.id), student.name, examined)
            due[exercise.id] = found.record()
        elif notebooks.grade_id(cell) and cell.cell_type == "code":
            exec("import numpy as np" if "setup" in cell.id else cell.source, space)
    run(execute, notebook, student.name)
    records = {
        exercise_of(cell).id: output.data[RECORD]
        for cell in notebook.cells if exercise_of(cell)
        for output in cell.outputs if RECORD in output.data
    }
    assert records == due and len(records) == len(UNIT.exercises)
    if student.fills != BLANK:
        errors = [o for c in notebook.cells for o in c.get("outputs", ()) if "ename" in o]
        assert errors == []


def test_outputs_of_a_test_cell_are_those_of_grade(execute):
    """Feedback with its record, then the points as the value that nbgrader reads."""
    shown = outputs(execute, "def conv1d(x, w, stride=1, padding=0): return 1")
    found = examine(
        EXERCISES["conv1d"], lambda a, k: __import__("course.outcome").outcome.answered(1),
        draw("conv1d", "somebody"),
    )
    assert shown == outputs_of(found)
    assert shown[-1].data["text/plain"] == "0.0"


def test_shortcut_is_refused_or_flagged(execute):
    """No points by default; as a flag, all points and a note; the line is named."""
    display, points = outputs(execute, SHORTCUT)
    assert points.data["text/plain"] == "0.0"
    assert display.data[RECORD]["status"] == "shortcut"
    assert 'line 7: return np.correlate(x, w, "valid")[::stride]' in display.data["text/plain"]
    execute.shortcuts = "flag"
    display, points = outputs(execute, SHORTCUT)
    execute.shortcuts = "refuse"
    assert points.data["text/plain"] == "5.0"
    assert "please look at it" in display.data["text/plain"]


def test_comparison_in_a_scratch_cell_costs_nothing(execute):
    """SciPy is there, and may be used beside the answer."""
    right = SHORTCUT.replace(
        'np.correlate(x, w, "valid")[::stride]',
        "[float(x[s : s + len(w)] @ np.asarray(w, float))"
        " for s in range(0, len(x) - len(w) + 1, stride)]",
    )
    _, points = outputs(
        execute, "from scipy import signal", right,
        "assert (signal.correlate([1, 2, 3], [1, 2], 'valid') == conv1d([1, 2, 3], [1, 2])).all()",
    )
    assert points.data["text/plain"] == "5.0"


def test_instructors_plain_test_cell_runs_inside(execute):
    """nbgrader's own rules: an error is no points, hidden regions included."""
    marks = {"grade_id": "test_other", "grade": True, "solution": False, "points": 1}
    source = "### BEGIN HIDDEN TESTS\nassert x == 2\n### END HIDDEN TESTS\n1"
    for value, kind in ((1, "error"), (2, "execute_result")):
        notebook = new_notebook(cells=[
            new_code_cell(f"x = {value}"), new_code_cell(source, metadata={"nbgrader": marks}),
        ])
        assert run(execute, notebook, "a").cells[-1].outputs[-1].output_type == kind


def test_setup_cells_hidden_import_stays_outside(execute):
    """The package `autograder` is no student's business."""
    setup = new_code_cell(
        "x = 1\n### BEGIN HIDDEN TESTS\nfrom autograder import grade\n### END HIDDEN TESTS",
        metadata={"nbgrader": {"grade_id": "setup", "grade": True, "solution": False}},
    )
    notebook = new_notebook(cells=[setup, new_code_cell("'grade' in dir(), x")])
    run(execute, notebook, "a")
    assert setup.outputs == []
    assert notebook.cells[-1].outputs[0].data["text/plain"] == "(False, 1)"


def test_course_figures_are_computed_only_where_somebody_looks(execute, monkeypatch):
    """The course's own cell is passed over; changed, or on demand, it is run and drawn."""
    from autograder.released import released

    course = next(
        cell for cell in released(".", UNITS[2].name).cells if cell.id == "box-figure"
    )
    code = "from course import *\nfilter_image = lambda x, w: print('called') or x\n" \
        "box_kernel = lambda n: 0\ngrey = photo(grey=True)"
    changed = new_code_cell(course.source + "\n# mine", id="box-figure")
    for cell, figures, printed in (
        (course, "manual", False), (changed, "manual", True), (course, "all", True)
    ):
        monkeypatch.setattr(execute, "figures", figures)
        notebook = new_notebook(cells=[new_code_cell(code), cell.copy()])
        about = {"nbgrader": {"student": "somebody", "assignment": UNITS[2].name}}
        outputs = execute.preprocess(notebook, about)[0].cells[-1].outputs
        assert any("called" in output.get("text", "") for output in outputs) == printed
        pages = [output.get("data", {}).get("text/html", "") for output in outputs]
        assert any("data:image/svg" in page for page in pages) == printed
