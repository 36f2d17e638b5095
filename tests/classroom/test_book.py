"""The gradebook and the feedback page are what nbgrader itself would write."""

import os
from datetime import datetime

import pytest
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.coursedir import CourseDirectory

from autograder import gradebook, notebooks
from autograder.bench.sides import course_settings
from autograder.classroom.appeal import again
from autograder.classroom.book import Book
from autograder.classroom.result import ATTENTION
from autograder.classroom.run import Class
from autograder.demo.classroom import hand_in, students
from autograder.exercises import UNITS
from autograder.release import build

UNIT = UNITS[0]
CLASS = {student.name: student for student in students()}
TIMES = {
    "ada": "2025-03-01 10:00:00.000000 UTC",
    "farah": "2025-03-01 14:30:00 +0100",  # 13:30 in UTC
    "goran": "2025-03-01 12:00:01 UTC",
    "hana": "2025-03-02 11:00:00 UTC",  # is given an extension later
    "kofi": "2025-03-01 15:00:00 UTC",  # loses its timestamp later
    "ines": None,
}
DUE = datetime(2025, 3, 1, 12)
ZERO = "c.LateSubmissionPlugin.penalty_method = 'zero'"
BY_HAND = (
    ("ada", "explain_flip", 1.5, None), ("ada", "test_conv1d", 2.0, 0.5),
    ("goran", "explain_flip", 1.0, None), ("hana", "test_conv1d", None, 0.25),
    ("farah", "explain_flip", 0.5, None), ("ines", "explain_flip", 2.0, 1.0),
)
WORDS = (
    ("ada", "explain_flip", "Right, and well said."), ("farah", "conv1d", "You can do it."),
    ("ines", "zero_pad1d", "Fast & <b>simple</b>."),
)

# nbgrader makes its objects before it adds them to the session
pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def hand_in_all(root):
    """Six students, some of them late."""
    for name, time in TIMES.items():
        hand_in(CLASS[name], UNIT, root)
        if time:
            (root / "submitted" / name / UNIT.name / "timestamp.txt").write_text(f"{time}\n")


def set_due(url):
    """The day when the unit is due."""
    with Gradebook(url) as book:
        book.find_assignment(UNIT.name).duedate = DUE
        book.db.commit()


def grade_by_hand(root, url):
    """What happens between two gradings: grades, comments, an extension, a lost timestamp."""
    with Gradebook(url) as book:
        for student, cell, points, extra in BY_HAND:
            grade = book.find_grade(cell, UNIT.notebook, UNIT.name, student)
            grade.manual_score, grade.extra_credit = points, extra
            grade.needs_manual_grade = False
        for student, cell, text in WORDS:
            comment = book.find_comment(cell, UNIT.notebook, UNIT.name, student)
            comment.manual_comment = text
        book.db.commit()
        book.grant_extension(UNIT.name, "hana", days=1)
    (root / "submitted/kofi" / UNIT.name / "timestamp.txt").unlink()


def by_nbgrader(root):
    """Grade by nbgrader's own converter, in this process."""
    config = course_settings(root)
    config.Autograde.force = True
    course = CourseDirectory(config=config, assignment_id=UNIT.name)
    Autograde(coursedir=course, config=config).start()


def by_class(root, url, force=False):
    """Grade by ours; nobody needs attention."""
    _, *results = Class(root, (UNIT,), url, force=force).grade(jobs=1)
    assert len(results) == len(TIMES) and ATTENTION not in {r.state for r in results}, results


def rows(url):
    """Everything that the gradebook says of the unit's submissions, ids left out."""
    with Gradebook(url) as book:
        found = {}
        for one in book.assignment_submissions(UNIT.name):
            (notebook,) = one.notebooks
            found[one.student.id] = {
                "submission": (one.timestamp, one.extension, one.duedate, one.total_seconds_late),
                "notebook": (notebook.late_submission_penalty, notebook.score,
                             notebook.needs_manual_grade, notebook.failed_tests),
                "grades": {g.name: (g.auto_score, g.manual_score, g.needs_manual_grade,
                                    g.extra_credit, g.score, g.max_score)
                           for g in notebook.grades},
                "comments": {c.name: (c.auto_comment, c.manual_comment, c.comment)
                             for c in notebook.comments},
            }
        people = {s.id: (s.first_name, s.last_name, s.email, s.lms_user_id) for s in book.students}
    return people, found


def pages(root):
    """Feedback by student."""
    return {
        name: (root / "feedback" / name / UNIT.name / f"{UNIT.notebook}.html").read_text()
        for name in TIMES
    }


@pytest.fixture(scope="module")
def nbgraders(copy_of):
    """By nbgrader's autograde, twice, and its feedback: rows after each, and the folder."""
    root = copy_of("nbgrader", ZERO)
    url = gradebook.default_url(root)
    set_due(url)
    hand_in_all(root)
    by_nbgrader(root)
    first = rows(url)
    grade_by_hand(root, url)
    by_nbgrader(root)
    config = course_settings(root)
    course = CourseDirectory(config=config, assignment_id=UNIT.name)
    GenerateFeedback(coursedir=course, config=config).start()
    return root, first, rows(url)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ours(request, copy_of):
    """The same by `Class`, in a gradebook of either kind."""
    if request.param == "sqlite":
        root = copy_of("sqlite", ZERO)
    else:
        url = request.getfixturevalue("server").new("book")
        root = copy_of("postgresql", ZERO, f"c.CourseDirectory.db_url = {url!r}")
        (root / "gradebook.db").unlink()
        build([UNIT], root)
        assert not (root / "gradebook.db").exists(), "nbgrader follows its settings"
    url = gradebook.url_of(root)
    set_due(url)
    hand_in_all(root)
    by_class(root, url)
    first = rows(url)
    grade_by_hand(root, url)
    by_class(root, url, force=True)
    return root, first, rows(url)


def test_book_writes_the_rows_that_nbgrader_writes(nbgraders, ours):
    """Students, times, penalties, grades and comments of a first grading."""
    (people, found), (theirs, expected) = ours[1], nbgraders[1]
    assert people == theirs and found.keys() == expected.keys() == TIMES.keys()
    for name, row in expected.items():
        assert found[name] == row, name
    assert expected["goran"]["notebook"][0] == 18 and expected["ada"]["notebook"][0] is None
    assert expected["farah"]["comments"]["explain_flip"][0] == "No response."


def test_book_keeps_what_people_gave_when_it_grades_again(nbgraders, ours):
    """Points, extra credit and comments by hand survive; nbgrader's rule marks them to look at."""
    (_, found), (_, expected) = ours[2], nbgraders[2]
    for name, row in expected.items():
        assert found[name] == row, name
    assert found["ada"]["grades"]["test_conv1d"] == (5, 2, True, 0.5, 2.5, 5)
    assert found["ada"]["comments"]["explain_flip"][2] == "Right, and well said."
    assert found["hana"]["notebook"][0] is None, "the extension counts"
    assert found["kofi"]["notebook"][0] == 17, "the time that is known counts"


def test_autograded_notebook_equals_nbgraders(nbgraders, ours):
    """The same cells with the same outputs."""
    for name in TIMES:
        both = []
        for root in (nbgraders[0], ours[0]):
            folder = root / "autograded" / name / UNIT.name
            notebook = notebooks.read(folder / f"{UNIT.notebook}.ipynb")
            both.append((notebook, sorted(path.name for path in folder.iterdir())))
        assert both[0] == both[1], name


def test_feedback_page_equals_nbgraders(nbgraders, ours):
    """Tag by tag and word by word, what people gave and wrote included."""
    expected, found = pages(nbgraders[0]), pages(ours[0])
    for name in TIMES:
        assert list(parts(found[name])) == list(parts(expected[name])), name
    assert "Right, and well said." in found["ada"]


def parts(page):
    """A page's tags with their attributes, and its words."""
    for node in BeautifulSoup(page, "html.parser").descendants:
        if node.name is not None:
            yield node.name, sorted((key, str(value)) for key, value in node.attrs.items())
        elif node.strip():
            yield " ".join(node.split())


def test_book_writes_a_student_as_a_whole_or_not_at_all(ours, monkeypatch):
    """A failure between the rows leaves the gradebook as it was."""
    from autograder.classroom.task import Graded, Part

    url = gradebook.url_of(ours[0])
    before = rows(url)
    parts = {UNIT.notebook: Part(scores={"test_conv1d": 0.0})}
    with Book(url, UNIT) as book:
        monkeypatch.setattr(book, "_comments", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            book.write(Graded("ada", parts=parts), datetime(2020, 1, 1))
        with pytest.raises(ZeroDivisionError):
            book.write(Graded("newcomer", parts=parts), None)
    assert rows(url) == before


def test_desk_leaves_the_environment_as_it_was(copy_of, monkeypatch):
    """The worker's copy of the course secret is used while it grades, and not afterwards."""
    root = copy_of("desk")
    hand_in(CLASS["ada"], UNIT, root)
    graded, _, examinations = again(root, UNIT, "ada", gradebook.default_url(root))
    before = dict(os.environ)
    monkeypatch.setenv("NBGRADER_EXECUTION", "mine")
    again(root, UNIT, "ada", gradebook.default_url(root))
    assert os.environ.pop("NBGRADER_EXECUTION") == "mine" and dict(os.environ) == before
    assert graded.parts[UNIT.notebook].scores["test_conv1d"] == examinations["conv1d"].points == 5


def test_timestamp_that_is_no_time_needs_attention(copy_of):
    """As with nbgrader such a submission is not graded: nobody is in time by writing nonsense."""
    root = copy_of("nonsense")
    hand_in(CLASS["ada"], UNIT, root)
    (root / "submitted/ada" / UNIT.name / "timestamp.txt").write_text("yesterday, I think")
    _, result = Class(root, (UNIT,), gradebook.default_url(root)).grade(jobs=1)
    assert result.state == ATTENTION and "timestamp.txt holds no time: 'yesterday" in result.note
    assert rows(gradebook.default_url(root)) == ({}, {})
