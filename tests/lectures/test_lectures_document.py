"""Does a cell take up every item of the lectures, and is every slip in the one list?"""

import pytest

from autograder import lectures, notebooks
from autograder.exercises import UNITS
from autograder.exercises.shapes import lecture_quiz
from course import lecture_slips
from course.slips import CERTAINTIES, SLIPS


def test_is_the_document_what_the_tags_give(root):
    """Else run ``python -m autograder.lectures``."""
    assert (root / lectures.DOCUMENT).read_text(encoding="utf-8") == lectures.text(root)


def test_is_every_item_taken_up_by_a_cell_or_left_out_for_a_reason(root):
    taken_up, items = set(lectures.taken_up(root)), set(lectures.items(root))
    assert taken_up <= items, "tags of items that the lectures don't have"
    assert taken_up.isdisjoint(lectures.LEFT_OUT), "left out, and yet taken up"
    assert taken_up | set(lectures.LEFT_OUT) == items


def test_is_every_mistake_of_the_facts_a_slip_with_a_grade_of_certainty(fact, root):
    ids = [slip.id for slip in SLIPS]
    assert len(set(ids)) == len(ids)
    wrong = {item for item in lectures.items(root) if item not in lectures.IN_WORDS
             and fact(item)["status"] == "lecture-typo"}
    assert wrong <= set(ids)
    assert {slip.certainty for slip in SLIPS} == set(CERTAINTIES)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.id)
def test_does_the_unit_of_a_slip_take_it_up(slip, root):
    units = {unit for unit, _ in lectures.taken_up(root).get(slip.id, [])}
    assert slip.unit in units if slip.unit else slip.id in lectures.LEFT_OUT


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_does_a_notebook_show_the_slips_of_its_unit(unit, root):
    """The table itself comes from the list, not from the notebook."""
    cells = notebooks.read(notebooks.source_path(root, unit)).cells
    shown = [cell.id for cell in cells if f'lecture_slips("{unit.name}")' in cell.source]
    assert len(shown) == bool(lecture_slips(unit.name).slips)


def test_do_the_slips_not_give_away_what_the_quiz_asks():
    asked = {"L2-6x6-r1c4": "L2_fourth_value", "L3-fc-200-approx": "L3_weights",
             "L4-alexnet-conv2": "L4_conv2", "L4-alexnet-conv5": "L4_conv5_channels",
             "L4-alexnet-fc6": "L4_fc6"}
    for slip in SLIPS:
        assert (slip.right == "") == (slip.id in asked), slip.id
        if slip.id in asked:
            right = str(lecture_quiz.RIGHT[asked[slip.id]])
            words = f"{slip.printed} {slip.evidence}".replace(",", "").split()
            assert right not in words
