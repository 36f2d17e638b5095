"""A hostile submission, graded and given feedback for: what a browser gets of it."""

import base64
import json
import re
from xml.etree import ElementTree

import pytest
from bleach._vendor import html5lib
from nbconvert import HTMLExporter
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.server_extensions.formgrader.handlers import template_path
from traitlets.config import Config

from autograder import gradebook, notebooks
from autograder.bench.sides import course_settings
from autograder.demo.classroom import SOLUTION, Student, hand_in
from autograder.exercises import UNITS
from tests.test_neutralise import HTML, MARKDOWN, PNG, TEX

UNIT = UNITS[0]
PEOPLE = ("honest", "hostile")
EVERYTHING = "\n\n".join([*HTML, *MARKDOWN, *TEX])
BREAKOUTS = ("</script><script>evil()</script>", "'\"><img src=x onerror=evil()>", "{{ evil }}",
             "</pre></div><iframe src='https://evil.example'></iframe>",
             "</title><svg onload=evil()>")
SHOWS = """
from IPython.display import *
from course import *
import sys
texts = @texts@
for text in texts:
    display(HTML(text), Markdown(text), Latex(text), Pretty(text))
    display({'text/html': text}, raw=True, metadata={'text/html': {'isolated': True}, text: text})
    display({'image/svg+xml': text, 'application/javascript': text}, raw=True)
    display({'image/png': text, 'image/jpeg': text, text: text}, raw=True)
    display({'image/png': 'iVBORw0KGgo='}, raw=True,
            metadata={'image/png': {'width': '1" onerror="evil()', 'height': text, 'alt': text}})
"""
ACTS = """
display(SVG(data='<svg xmlns="http://www.w3.org/2000/svg" onload="evil()"><script>evil()</script>'
            '</svg>'), Javascript('evil()'), IFrame('https://evil.example', 1, 1),
        Image(url='https://evil.example/x.png'), Video('https://evil.example/x.mp4'),
        YouTubeVideo('evil'), FileLink('"><script>evil()</script>'))
"""
PRINTS = """
for text in texts:
    print(text)
    print('\\x1b[31m' + text, '\\x1b[38;5;1"onclick="evil()m', file=sys.stderr)
print('\\x1b]8;;javascript:evil()\\x07x\\x1b]8;;\\x07')
"""
RAISES = """
raise type(texts[0], (Exception,), {})('\\x1b[31m' + ''.join(texts))
"""
RENDERS = """
class Odd(Exception):
    def _render_traceback_(self): return ['\\x1b[1;31m<script>evil()</script>', *texts]
raise Odd()
"""
CONV = """
def conv1d(x, w, stride=1, padding=0):
    raise ValueError("<script>evil()</script>" + ''.join(texts[:9]))  # <img src=x onerror=evil()>
"""
OURS = """
from course import *
display(figures.grids({'<b>x': [[1, 2]]}, alt='two numbers'))
display(animate.slide_1d([3, 1, 4], [1, -1]))
"""
FILES = ("\"><img src=x onerror=evil()>.png", "a\nb.csv", "..csv", "'quoted' \\ $(evil).txt")


def _words(text):
    return frozenset(text.split())


def code(source, **more):
    return {"cell_type": "code", "id": "x", "metadata": {}, "source": source, "outputs": [],
            "execution_count": None} | more


def markdown(source, **more):
    return {"cell_type": "markdown", "id": "x", "metadata": {}, "source": source} | more


def spoil(path):
    """Turn an honest notebook into a hostile one."""
    notebook = json.loads(path.read_text())
    cells = notebook["cells"]
    shows = SHOWS.replace("@texts@", repr([*HTML, *MARKDOWN, *TEX, *BREAKOUTS]))
    for cell in cells:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if name == "conv1d":
            cell["source"] = CONV
        elif name.startswith("explain"):
            cell["source"] = EVERYTHING
            cell["attachments"] = {BREAKOUTS[1]: {"image/png": BREAKOUTS[1], "text/html": "x"}}
        for text in BREAKOUTS:
            cell["metadata"][text] = text
            cell["metadata"].setdefault("nbgrader", {})["comment"] = text
        cell["metadata"]["tags"] = list(BREAKOUTS)
    first = [code(s) for s in (shows, ACTS, PRINTS, RAISES, RENDERS)]
    forged = [{"output_type": "display_data", "data": {"text/html": HTML[0]}, "metadata": {}}]
    notebook["cells"] = [
        *first, *cells,
        *(markdown(text, id=text, metadata={"name": text}) for text in (*HTML, *MARKDOWN, *TEX)),
        markdown("![x](attachment:a.png)", attachments={"a.png": {"image/png": PNG}}),
        {"cell_type": "raw", "id": "r", "metadata": {"raw_mimetype": "text/html"},
         "source": EVERYTHING},
        code("%%html\n" + HTML[0]), code("%%javascript\nevil()"),
        code("%%svg\n<svg onload=evil()>"), code("1", outputs=forged),
        code(f"# {BREAKOUTS[0]}\n{BREAKOUTS[1]!r}"), code(OURS),
    ]
    notebook["metadata"] = {
        "title": BREAKOUTS[4], "authors": [{"name": BREAKOUTS[1]}],
        "kernelspec": {"name": BREAKOUTS[1], "display_name": BREAKOUTS[0], "language": "html"},
        "language_info": {"name": BREAKOUTS[1], "pygments_lexer": "html", "file_extension": ".html",
                          "codemirror_mode": {"name": BREAKOUTS[1]}, "mimetype": "text/html"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"x": BREAKOUTS[0]}},
    }
    path.write_text(json.dumps(notebook))
    for name in FILES:
        (path.parent / name).write_text(BREAKOUTS[0])


@pytest.fixture(scope="module")
def pages(own_release):
    """``{who: {"feedback" or "formgrader": HTML}}``."""
    for who in PEOPLE:
        hand_in(Student(who, "", SOLUTION, {}), UNIT, own_release)
    place = own_release / "submitted/hostile" / UNIT.name / f"{UNIT.notebook}.ipynb"
    spoil(place)
    config = course_settings(own_release)
    course = CourseDirectory(config=config)
    course.assignment_id = UNIT.name
    for converter in (Autograde, GenerateFeedback):
        converter(coursedir=course, config=config).start()
    config = Config({"HTMLExporter": {
        "template_name": "formgrade", "extra_template_basedirs": [template_path],
    }})
    about = {"index": 0, "total": 2, "base_url": "", "notebook_id": UNIT.notebook}
    formgrader = HTMLExporter(config=config)
    found = {}
    for who in PEOPLE:
        graded = own_release / "autograded" / who / UNIT.name / f"{UNIT.notebook}.ipynb"
        feedback = own_release / "feedback" / who / UNIT.name / f"{UNIT.notebook}.html"
        found[who] = {
            "feedback": feedback.read_text(),
            "formgrader": formgrader.from_filename(str(graded), resources=dict(about))[0],
        }
    return found


ACTIVE = _words(
    "script style link meta base iframe frame object embed applet form input button select "
    "textarea svg math template noscript audio video source track portal marquee dialog"
)
DRAWING = _words("svg rect text polyline polygon image")
TARGETS = _words("src href action formaction srcset poster data background cite ping")
NOTHING = re.compile(r"(?!)")
HARMLESS = {  # a link to follow or not; a picture that is there already
    ("a", "href"): re.compile(r"(?:https?://|mailto:|#)[^\s\\]*\Z", re.I),
    ("img", "src"): re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]*\Z"),
}
ODD_STYLE = re.compile(r"url|expression|import|position|z-index|\\", re.I)
TEX_ACTS = re.compile(r"\\(?:href|require|style|cssId|mmlToken)\b")


def is_drawing(address):
    """Whether this is an SVG picture of shapes, words and PNG pixels, as an XML reader sees it."""
    kind, _, data = address.partition(",")
    if kind != "data:image/svg+xml;base64":
        return False
    text = base64.b64decode(data).decode()
    try:
        elements = list(ElementTree.fromstring(text).iter())
    except ElementTree.ParseError:
        return False
    return "<!" not in text and all(
        element.tag.rpartition("}")[2] in DRAWING and not any(
            name.startswith("on") or "url" in value
            or (name.endswith("href") and not value.startswith("data:image/png;base64,"))
            for name, value in element.attrib.items()
        )
        for element in elements
    )


def acting(page):
    """Everything on a page that acts, fetches or leads somewhere, as a browser reads it."""
    return set(_acting(html5lib.parse(page, namespaceHTMLElements=False)))


def _acting(element, code=False):
    tag = str(element.tag).rpartition("}")[2]
    if tag in ACTIVE:
        yield tag, str(sorted(element.attrib.items())), element.text or ""
    for key, value in element.attrib.items():
        name = str(key).lower().rpartition("}")[2].rpartition(":")[2]
        if (
            name.startswith("on")
            or (name == "style" and ODD_STYLE.search(value))
            or (name in TARGETS and not HARMLESS.get((tag, name), NOTHING).match(value)
                and not (tag == "img" and is_drawing(value)))
        ):
            yield tag, name, value
    code = code or tag in ("pre", "code", "script", "style")  # where MathJax does not look
    for text in (element.text, *(child.tail for child in element)):
        if text and not code and TEX_ACTS.search(text):
            yield tag, "TeX", text
    for child in element:
        yield from _acting(child, code)


@pytest.mark.parametrize("text", [text for text in HTML if not text.startswith("<scr<")])
def test_acting_notices(text):
    """The measure itself: each of the hostile texts, as it was handed in, is noticed."""
    assert acting(f"<!DOCTYPE html><body><p>{text} >") - acting("<!DOCTYPE html><body><p>")


@pytest.mark.attack
@pytest.mark.parametrize("page", ["feedback", "formgrader"])
def test_page_of_a_hostile_submission_does_no_more_than_an_honest_one(page, pages):
    """No script, handler, frame, form, odd link or fetched picture of the student's."""
    honest, hostile = (acting(pages[who][page]) for who in PEOPLE)
    assert hostile - honest == set()
    assert honest, "the pages' own scripts and styles"


@pytest.mark.parametrize("page", ["feedback", "formgrader"])
def test_page_of_a_hostile_submission_still_says_what_was_handed_in(page, pages):
    """As text; and our own figure is there, the player as the words of its steps."""
    text = pages["hostile"][page]
    assert text.count("evil") > 100
    assert 'alt="two numbers"' in text
    (player,) = re.findall(r"padding:4px; ?max-width:\d+px.*?</div>\s*</div>", text, re.S)
    assert "Output so far: 2, −3." in player
    assert not re.search(r">\s*play|button|&#8722;", player), "controls that would do nothing"


@pytest.mark.attack
def test_hostile_pages_cost_nobody_points(pages, own_release):
    """Nor do they earn any: only the spoilt function has lost its points."""
    scores = gradebook.scores(own_release, UNIT)
    assert {name for name, value in scores["honest"].items()
            if value != scores["hostile"][name]} == {"test_conv1d"}
    assert scores["hostile"]["test_conv1d"] == 0
    graded = own_release / "autograded/hostile" / UNIT.name / f"{UNIT.notebook}.ipynb"
    assert "comment" not in json.dumps([c.metadata for c in notebooks.read(graded).cells])
