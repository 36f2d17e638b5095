"""The proof of the hidden tests, for every exercise of the course."""

import ast
import inspect

import pytest

from autograder import notebooks
from autograder.exercises import EXERCISES, UNITS
from autograder.verify import prove
from autograder.visible import visible_entry
from course import checking

FUNCTIONS = [exercise for exercise in EXERCISES.values() if not exercise.answer]


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_exercise_refuses_and_names_every_twin_and_accepts_every_variant(exercise):
    """Reference and variants get full points, each twin is refused and named, and only it."""
    assert prove(exercise).faults == []


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_exercise_is_fully_declared(exercise):
    """Points, hints and twins that speak."""
    assert exercise.points > 0
    assert exercise.twins
    assert 2 <= len(exercise.hints) <= 3
    for twin in exercise.twins:
        assert twin.says.endswith((".", "!", "?")) and twin.hint
    assert len(exercise.twin) == len(exercise.twins)


@pytest.mark.parametrize("exercise", FUNCTIONS, ids=lambda e: e.id)
def test_exercise_check_accepts_right_solutions_and_refuses_most_twins(exercise):
    """The visible cases pass what is right; what is wrong and fails them is named."""
    for function in (exercise.reference, *exercise.variants):
        assert checking.inspect_answer(exercise.id, function).status == "right", function.__name__
    seen = 0
    for twin in exercise.twins:
        report = checking.inspect_answer(exercise.id, twin.function)
        if report.status != "right":
            seen += 1
            assert twin.name in [likely.name for likely in report.likely], twin.name
    assert seen >= 0.7 * len(exercise.twins)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_exercise_check_judges_answers_by_their_seals(exercise):
    """The right answer passes `check`, known wrong ones are named; functions are tested above."""
    if not exercise.answer or not exercise.sealed:
        return
    assert checking.inspect_answer(exercise.id, exercise.reference()).status == "right"
    for twin in exercise.twins:
        report = checking.inspect_answer(exercise.id, twin.function())
        assert twin.name in [likely.name for likely in report.likely]


EXAMINATION = ("lecture_quiz", "match_effects", "my_quiz")


@pytest.mark.parametrize("name", EXAMINATION)
def test_exercise_of_an_examination_leaves_nothing_of_its_answers_in_the_kit(name):
    """`check` looks at the form only; a hash of a few possible answers could be tried out."""
    exercise = EXERCISES[name]
    entry = visible_entry(exercise)
    assert set(entry) == {"answer", "form", "parts"} and not exercise.sealed
    wrong = dict.fromkeys(entry["parts"], 12345)
    assert checking.inspect_answer(name, wrong).status == "right"
    assert checking.inspect_answer(name, {}).status == "not attempted"
    some = checking.inspect_answer(name, {entry["parts"][0]: 1, "no question": 2})
    assert some.headline == f"{len(wrong) - 1} of {len(wrong)} not answered yet."


def test_exercise_of_practice_says_how_many_numbers_are_right():
    """A list with one wrong number is nearly there."""
    right = list(EXERCISES["hand_valid"].reference())
    report = checking.inspect_answer("hand_valid", [*right[:-1], 999])
    assert report.headline == f"{len(right) - 1} of {len(right)} numbers are right."


def signature_in(source, name):
    """The signature of a function defined in a cell, whatever its layout."""
    tree = ast.parse(source)
    (node,) = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name]
    return f"({ast.unparse(node.args)})"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_unit_notebook_defines_each_function_with_the_references_signature(unit, root):
    """What students fill in is what the grader calls."""
    notebook = notebooks.read(notebooks.source_path(root, unit))
    sources = {notebooks.grade_id(cell): cell.source for cell in notebook.cells}
    for exercise in unit.exercises:
        if exercise.answer:
            assert f"{exercise.id} = " in sources[exercise.id]
        else:
            assert signature_in(sources[exercise.id], exercise.id) == str(
                inspect.signature(exercise.reference)
            )
