"""From source to grade and feedback, with nbgrader's own commands."""

import subprocess
import sys
from dataclasses import replace

import pytest

from autograder import gradebook, notebooks
from autograder.demo.classroom import BLANK, CORRUPT, SOLUTION, Student, hand_in, students
from autograder.draw import draw
from autograder.exercises import EXERCISES, UNITS
from autograder.release import environment
from autograder.report import class_lines

CLASS = {student.name: student for student in students()}
EXTRA = (Student("solution", "", SOLUTION, {}), Student("blank", "", BLANK, {}))
UNIT = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)


def nbgrader(folder, *words, check=True):
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words], cwd=folder, env=environment(),
        capture_output=True, text=True, check=False,
    )
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def graded(own_release):
    """Every unit handed in solved and blank; the first two also by some of the demo's class."""
    for unit in UNITS:
        people = list(EXTRA)
        if unit in UNITS[:2]:
            people += [CLASS[name] for name in ("goran", "hana", "kofi")]
        if unit is UNITS[0]:
            people.append(CLASS["lena"])
        for student in people:
            hand_in(student, unit, own_release)
        nbgrader(own_release, "autograde", unit.name, check=unit is not UNITS[0])
    nbgrader(own_release, "generate_feedback", UNITS[0].name)
    return own_release


def automatic(unit, scores):
    return sum(scores[f"test_{exercise.id}"] for exercise in unit.exercises)


@UNIT
def test_solution_notebook_scores_full_marks(unit, graded):
    """Every automatic point; manual questions wait for a person."""
    scores = gradebook.scores(graded, unit)["solution"]
    assert automatic(unit, scores) == sum(exercise.points for exercise in unit.exercises)
    assert all(scores[question.id] is None for question in unit.manual)


@UNIT
def test_blank_notebook_scores_zero(unit, graded):
    """Nothing attempted, nothing earned, manual questions included."""
    scores = gradebook.scores(graded, unit)["blank"]
    assert all(value == 0 for value in scores.values())
    records = gradebook.records(graded, unit, "blank")
    assert {record["status"] for record in records.values()} == {"not attempted"}


def test_wrong_aspect_costs_only_its_own_points(graded):
    """A stride that is ignored costs the stride's points, and is named."""
    record = gradebook.records(graded, UNITS[0], "hana")["conv1d"]
    lost = {a["name"] for a in record["aspects"] if a["points"] < a["maximum"]}
    assert lost == {"stride"}
    assert [mistake["name"] for mistake in record["mistakes"]] == ["stride-ignored"]
    scores = gradebook.scores(graded, UNITS[0])["hana"]
    assert scores["test_conv1d"] == record["points"] > 0


def test_grades_equal_those_of_an_examination_in_this_process(graded):
    """nbgrader's score is what `examine` says for this student, and nothing else."""
    from autograder.examine import examine
    from course.outcome import call

    exercise = EXERCISES["conv1d"]
    found = examine(
        exercise, lambda a, k: call(exercise.twin["kernel-flipped"].function, a, k),
        draw("conv1d", "goran"),
    )
    assert gradebook.scores(graded, UNITS[0])["goran"]["test_conv1d"] == found.points


def test_corrupt_submission_appears_and_stops_nobody(graded):
    """Nobody is missing from the report, and the cut-off file asks for attention."""
    lines = {line.student: line for line in class_lines(graded, UNITS[0])}
    assert lines["lena"].note.startswith("needs attention")
    assert lines["solution"].total == sum(e.points for e in UNITS[0].exercises)
    assert CLASS["lena"].fills == CORRUPT


def test_feedback_names_the_mistake_and_keeps_the_hidden_tests_hidden(graded):
    """The reason and the hint are there; the hidden cell, its inputs and values are not."""
    unit = UNITS[0]
    page = (graded / "feedback/goran" / unit.name / f"{unit.notebook}.html").read_text()
    twin = EXERCISES["conv1d"].twin["kernel-flipped"]
    assert twin.says in page and twin.hint[:40] in page
    assert "HIDDEN TESTS" not in page and "grade(&quot;" not in page
    cells = notebooks.read(graded / "autograded/goran" / unit.name / f"{unit.notebook}.ipynb").cells
    assert any("HIDDEN TESTS" in cell.source for cell in cells), "only feedback hides them"
    for case in EXERCISES["conv1d"].hidden(draw("conv1d", "goran")):
        numbers = [f"{value:.3g}" for value in case.args[0]]
        assert ", ".join(numbers) not in page


def test_demo_students_answer_only_exercises_that_exist():
    """A renamed exercise would silently turn a made-up student into a perfect one."""
    for student in CLASS.values():
        assert set(student.cells) <= set(EXERCISES), student.name
    assert len(CLASS) >= 12
    assert replace(CLASS["ada"]).cells == {}
