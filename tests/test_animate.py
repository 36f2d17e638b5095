"""The player that slides a kernel: small, offline, readable without JavaScript."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from course import animate, figures

X = np.arange(30).reshape(5, 6) - 12
K = [[1, 0], [2, -1]]


class Page(HTMLParser):
    """Tags that are open at the end, texts and attributes of a page."""

    def __init__(self, page):
        super().__init__()
        self.open, self.attributes, self.texts = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Remember what opens."""
        self.attributes += attrs
        if tag not in ("input", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        """What closes has to have been opened last."""
        if tag != "rect":
            assert self.open.pop() == tag

    def handle_data(self, data):
        """Texts."""
        self.texts.append(data)


def test_player_is_well_formed_and_small():
    """All tags close, nothing is fetched, even 64 steps stay below 300 kB."""
    page = animate.slide_2d(np.arange(100).reshape(10, 10), np.ones((3, 3)))._repr_html_()
    assert Page(page).open == []  # handle_endtag has compared the rest
    assert len(page) < 300_000
    assert not re.search(r"""(src|href)=|url\(|import |https?://(?!www\.w3\.org/2000/svg)""", page)


def test_player_describes_every_step_as_the_figure_does():
    """One sentence per window, the very one of figures.window_1d."""
    page = animate.slide_1d([3, 1, 4, 1, 5], [1, -1], stride=2, padding=1)._repr_html_()
    texts = Page(page).texts
    for at in range(3):
        assert figures.window_1d([3, 1, 4, 1, 5], [1, -1], at, 2, 1).alt in texts


def test_player_shows_the_last_step_without_javascript():
    """Every part that the last step lacks is hidden at first, and so are the controls."""
    page = animate.slide_2d(X, K, stride=2)._repr_html_()
    last = 2 * 3 - 1
    for end, style in re.findall(r'data-to="(\d+)"( style="display:none")?', page):
        assert bool(style) == (int(end) != last)
    assert "<div data-controls hidden>" in page


def test_player_has_words_for_its_controls():
    """A screen reader names the picture, the buttons and the slider."""
    page = Page(animate.slide_1d([1, 2, 3], [1])._repr_html_())
    labels = [value for name, value in page.attributes if name == "aria-label"]
    assert labels[0].startswith("A kernel slides over its input in 3 steps")
    assert {"play", "one step back", "one step on", "step"} <= set(labels)
    assert repr(animate.slide_1d([1, 2, 3], [1])).startswith("3 steps.")


def test_player_keeps_every_table_in_its_place():
    """A wide number in a late step widens the cells of all steps."""
    page = animate.slide_1d([1, 1, 1000, 1000], [1, 1000])._repr_html_()
    cells = re.findall(r'<rect [^>]*width="(\d+)" [^>]*stroke="#5f5f5f"', page)
    assert len(set(cells)) == 1


@pytest.mark.parametrize("wide", range(4))
def test_player_keeps_every_table_in_its_place_whichever_step_is_wide(wide):
    """Products that need room in one step only move the titles of no other step."""
    x = np.ones((4, 2))
    x[wide] = 12345.678, -12345.678
    page = animate.slide_2d(x, [[1, 1]])._repr_html_()
    for title in ("kernel", "products", "output"):
        assert len(set(re.findall(f'<text x="([^"]*)"[^>]*>{title}<', page))) == 1


@pytest.mark.parametrize(("slide", "words"), [
    (lambda: animate.slide_1d(X, [1]), r"1 axes.*\(5, 6\)"),
    (lambda: animate.slide_2d([1, 2], [1]), r"2 axes.*\(2,\)"),
    (lambda: animate.slide_1d([1, 2], [1, 2, 3]), r"\(3,\).*larger.*\(2,\)"),
    (lambda: animate.slide_2d(np.ones((9, 9)), [[1]]), r"\(9, 9\).*64 steps"),
    (lambda: animate.slide_1d([1, 2], [1], stride=0), "stride"),
])
def test_player_refuses_wrong_shapes_naming_them(slide, words):
    """As the figures do."""
    with pytest.raises(ValueError, match=words):
        slide()
