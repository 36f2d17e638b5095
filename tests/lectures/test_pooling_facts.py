"""Does unit 04 give the lectures' pooling examples, and is what its prose says of them true?"""

from pathlib import Path

import numpy as np
import pytest

from autograder.exercises.pooling import hands
from autograder.reference.pooling import avg_pool2d, global_average_pool, max_pool2d

NOTEBOOK = Path(__file__).resolve().parents[2] / "source" / "04_pooling" / "pooling.ipynb"
POOL = {"max": max_pool2d, "avg": avg_pool2d}


def pooled(entry):
    params = entry["params"]
    assert params["padding"] == 0
    pool = POOL[params["mode"]]
    return pool(entry["inputs"]["image"], tuple(params["pool"]), params["stride"])


def test_is_no_fact_of_the_topic_left_out(fact_ids):
    assert fact_ids("pooling") == {
        "L0-maxpool-2x2-s1", "L0-avgpool-2x2-s1", "L3-maxpool-2x2-s2", "L3-quiz-eye",
        "L4-pool-def",
    }


@pytest.mark.parametrize("identifier", ["L0-maxpool-2x2-s1", "L3-maxpool-2x2-s2"])
def test_is_the_printed_maximum_right(fact, identifier):
    entry = fact(identifier)
    assert pooled(entry).tolist() == entry["printed"]


def test_is_the_average_exact_where_the_slide_abbreviates(fact):
    entry = fact("L0-avgpool-2x2-s1")
    exact = pooled(entry)
    assert exact.tolist() == entry["correct"]
    printed = [shown for row in entry["printed"] for shown in row]
    for value, shown in zip(exact.ravel(), printed, strict=True):
        whole = str(shown).split(".")[0]
        assert int(value) == int(whole)
        assert value.is_integer() == (".x" not in str(shown))


@pytest.mark.parametrize("identifier", ["L0-maxpool-2x2-s1", "L0-avgpool-2x2-s1"])
def test_does_only_stride_1_fit_the_slide_of_l0(fact, identifier):
    entry = fact(identifier)
    image, rows = entry["inputs"]["image"], len(entry["printed"])
    fitting = [stride for stride in range(1, 5) if len(max_pool2d(image, 2, stride)) == rows]
    assert fitting == [1] == [entry["params"]["stride"]]


def test_does_the_result_of_l3_leave_the_map_open(fact, arrays):
    entry = fact("L3-maxpool-2x2-s2")
    other = arrays("other-map", "other_map")
    assert not np.array_equal(other, entry["inputs"]["image"])
    assert max_pool2d(other).tolist() == entry["printed"]


def test_do_the_definitions_of_l4_hold(fact):
    printed = fact("L4-pool-def")["printed"]
    assert "max: largest value" in printed and "average: mean value" in printed
    window = np.array([[-3.0, 8.0], [0.5, 2.0]])
    assert max_pool2d(window).item() == 8
    assert avg_pool2d(window).item() == window.mean()


def test_is_the_answer_to_the_quiz_of_l3_true_inside_a_window_only(fact):
    entry = fact("L3-quiz-eye")
    assert entry["printed"] is None and "maximum" in entry["correct"]
    spots = np.eye(8).reshape(8, 1, 8)
    rows = max_pool2d(spots, (1, 2))
    same = [np.array_equal(rows[i], rows[i + 1]) for i in range(7)]
    assert same == [True, False, True, False, True, False, True]


def test_does_pooling_have_no_parameters(fact):
    assert fact("L2-summary-pool")["printed"] == 0


def test_is_the_pooling_forgotten_before_fc6(fact):
    entry = fact("L4-alexnet-fc6")
    assert max_pool2d(np.zeros((13, 13)), 3, 2).shape == (6, 6)
    assert entry["correct"] == 6 * 6 * 256 * 4096
    assert entry["printed"] == f"{int(13 * 13 * 256 * 4096 / 1e6)}M"


@pytest.mark.parametrize(
    ("cell", "name", "identifier"),
    [("l3-windows", "l3_map", "L3-maxpool-2x2-s2"), ("l0-windows", "l0_map", "L0-maxpool-2x2-s1")],
)
def test_does_the_notebook_use_the_lectures_maps(fact, arrays, cell, name, identifier):
    assert arrays(cell, name).tolist() == fact(identifier)["inputs"]["image"]


@pytest.mark.parametrize(
    ("cell", "name", "declared"),
    [("map-for-hand-max", "hand_max_map", hands.MAX_MAP),
     ("map-for-hand-average", "hand_average_map", hands.AVERAGE_MAP)],
)
def test_do_students_see_the_maps_that_are_graded(arrays, cell, name, declared):
    assert np.array_equal(arrays(cell, name), declared)


def test_are_the_hand_answers_right_when_worked_out_on_paper():
    assert hands.HAND_MAX.reference() == [[3, 5, -3], [6, 8, 7]]
    assert hands.HAND_AVERAGE.reference() == [[12 / 4, 10 / 4, 4 / 4], [4 / 4, 23 / 4, 13 / 4]]


def test_is_the_maximum_of_four_negatives_the_one_nearest_to_0():
    assert max_pool2d([[-3, -1], [-7, -2]]).item() == -1


def test_are_the_windows_of_the_half_worked_table_right():
    columns = np.tile(np.arange(6.0), (4, 1))
    first = -max_pool2d(-columns, (2, 3), (2, 2))
    last = max_pool2d(columns, (2, 3), (2, 2))
    assert first.tolist() == [[0, 2], [0, 2]] and last.tolist() == [[2, 4], [2, 4]]


def test_is_the_worked_global_average_right():
    maps = [[[1, 2, 3], [4, 5, 9]], [[-1, 0, 0], [0, 0, 2.5]]]
    assert np.sum(maps[0]) == 24
    assert global_average_pool(maps).tolist() == [4, 0.25]
