"""Where hidden cases come from."""

import stat

import numpy as np

from autograder import draw as drawing


def numbers(*words):
    return drawing.draw(*words).rng.integers(1 << 60, size=4).tolist()


def test_draw_is_the_same_for_the_same_student():
    """A grade can be reproduced and appealed."""
    assert numbers("conv1d", "ada", "s") == numbers("conv1d", "ada", "s")


def test_draw_differs_by_student_exercise_and_secret():
    """Neither a neighbour's nor a published case helps."""
    draws = [
        numbers("conv1d", "ada", "s"), numbers("conv1d", "bo", "s"),
        numbers("conv2d", "ada", "s"), numbers("conv1d", "ada", "t"),
        numbers("conv1d", "", "s"), numbers("", "conv1d", "s"),
    ]
    assert len({tuple(d) for d in draws}) == len(draws)


def test_draw_differs_by_what_was_handed_in():
    """What one notebook finds out is of no use to the next; without one it is as it always was."""
    by_student = numbers("conv1d", "ada", "s")
    one, other = numbers("conv1d", "ada", "s", "a" * 64), numbers("conv1d", "ada", "s", "b" * 64)
    assert one == numbers("conv1d", "ada", "s", "a" * 64)
    assert one != other and by_student not in (one, other)
    assert by_student == [
        753303339911959518, 863402241734468277, 464370273553869004, 1127610653971794468]


def test_course_secret_is_made_once_and_private(tmp_path, monkeypatch):
    """First use makes it, later uses read it; only the owner can."""
    path = tmp_path / "secret"
    monkeypatch.setenv("CNN_BY_HAND_SECRET_FILE", str(path))
    first = drawing.course_secret()
    assert len(first) == 64 and drawing.course_secret() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["secret"]


def test_draw_reads_the_course_secret(course_secret_of_the_tests):
    """Without a secret given, the course's own counts."""
    assert np.array_equal(numbers("conv1d", "ada"), numbers("conv1d", "ada", "a secret for tests"))
