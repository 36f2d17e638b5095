"""The words and pictures that a student sees."""

import numpy as np

from course.compare import values
from course.feedback import Likely, Report
from course.panels import tables
from course.picture import panels_of

LIKELY = Likely("You rotated the kernel.", "kernel-flipped", "Look at the first product.")


def test_report_text_is_short_and_labelled():
    """At most six lines before the picture, each with a label, the likely mistake first."""
    report = Report("conv2d", "wrong on a 3x4 picture.", "wrong",
                    (("shape", "yours (2, 3), expected (2, 3)"), ("values", "6 of 6 differ")),
                    (LIKELY,))
    lines = report.text().splitlines()
    assert lines[0] == "conv2d: wrong on a 3x4 picture."
    assert lines[1] == "  likely   You rotated the kernel."  # its label is the instructor's
    assert len(lines) <= 6


def test_report_html_escapes_what_comes_from_a_student():
    """An exception's text can't become markup."""
    report = Report("f", "raised.", "raised", (("raised", "<script>alert(1)</script>"),))
    assert "<script>" not in report.html()
    assert "&lt;script&gt;" in report.html()


def test_report_html_says_the_verdict_in_words():
    """Colour is never the only sign."""
    for status, word in [("right", "Right"), ("partial", "Partly right"),
                         ("wrong", "Not right yet"), ("not attempted", "Not attempted yet")]:
        assert word in Report("f", "", status).html()


def test_report_html_says_not_attempted_once():
    """The verdict and the headline would be the same words."""
    page = Report("f", "not attempted yet.", "not attempted").html()
    assert page.lower().count("not attempted") == 1


def test_panel_cuts_large_arrays_around_the_first_difference():
    """A picture of 8 x 8 numbers, with words that say which part it is."""
    array = np.arange(600.0).reshape(20, 30)
    marks = np.zeros(array.shape, bool)
    marks[15, 25] = True
    (cut,) = tables("yours", array, marks)
    assert len(cut.rows) == 8 and len(cut.rows[0]) == 8
    assert cut.note == "rows 12 to 19 of 20; columns 22 to 29 of 30"
    assert cut.down[0] == "12" and cut.across[0] == "22"
    assert any(cell.differs for row in cut.rows for cell in row)


def test_panels_show_every_channel_and_of_many_those_that_differ():
    """Three channels are three tables; of ten some, the one that differs among them."""
    assert [one.note for one in tables("x", np.zeros((3, 2, 2)))] == [
        "channel 0", "channel 1", "channel 2"]
    marks = np.zeros((10, 2, 2), bool)
    marks[8, 1, 0] = True
    notes = [one.note for one in tables("yours", np.zeros((10, 2, 2)), marks, axis="plane")]
    assert len(notes) == 4 and "plane 8 of 10" in notes


def test_panels_stand_side_by_side_unless_an_array_has_planes():
    """Everything of a picture in one line; of a picture in colour a line for each array."""
    verdict = values(np.ones((2, 2)), np.zeros((2, 2)))
    for x, lines in ((np.ones((3, 3)), [3]), (np.ones((3, 3, 3)), [3, 2])):
        report = Report("conv2d", "wrong.", "wrong", panels=panels_of([("x", x)], verdict))
        assert [len(line) for line in report.groups()] == lines


def test_panels_mark_the_cells_that_differ():
    """Yours and expected carry the same marks."""
    verdict = values(np.array([1.0, 5.0]), np.array([1.0, 2.0]))
    x, yours, expected = panels_of([("x", np.arange(3.0)), ("stride", 2)], verdict)
    assert (x.title, yours.title, expected.title) == ("x", "yours", "expected")
    assert [cell.differs for cell in yours.rows[0]] == [False, True]
    assert yours.rows[0][1].text == "5" and expected.rows[0][1].text == "2"


def test_panels_survive_other_shapes_and_empty_results():
    """An empty or misshapen result is a picture, not a crash."""
    for mine in (np.zeros(0), np.zeros((2, 0)), np.zeros((1, 2, 3, 4)), np.array(3.0)):
        verdict = values(mine, np.ones((2, 2)))
        assert Report("f", "", "wrong", panels=panels_of([], verdict)).html()
