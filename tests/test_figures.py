"""The figures of the course: described in words, safe to display, strict about shapes."""

import base64
import io
import re
import subprocess
import sys
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.image import imread

from course import figures
from course.figures import canvas, frame, letters, numerals

X = np.array([[3, -1, 4, 1], [5, 9, -2, 6], [5, 3, 5, 8]])
K = np.array([[1, 0], [2, -1]])
RGB = np.linspace(0, 1, 60).reshape(3, 4, 5)

SAMPLES = {
    "window_1d": lambda: figures.window_1d([3, 1, 4, 1], [1, -1], at=1, padding=1),
    "window_2d": lambda: figures.window_2d(X, K, 1, 1),
    "grids": lambda: figures.grids({"x": X, "k": K / 7}, mark={"x": [(0, -1)]}, alt="Two tables"),
    "pictures": lambda: figures.pictures({"colour": RGB, "grey": RGB[0]}, alt="Two pictures"),
    "signed": lambda: figures.pictures({"x": X, "k": K}, signed=True, alt="Two signed maps"),
    "curves": lambda: figures.curves({"a": [1, 2, 0], "b": ([0, 1], [3, 4])}, alt="Two lines"),
    "bars": lambda: figures.bars({"a": 1, "b": -2.5}, ylabel="height", alt="Two bars"),
    "receptive_field": lambda: figures.receptive_field([(3, 1), (2, 2)]),
}
SVG = "{http://www.w3.org/2000/svg}"


def root_of(figure):
    return ElementTree.fromstring(figure.svg)


def points_of(shape):
    return np.array([point.split(",") for point in shape.get("points").split()], dtype=float)


@pytest.mark.parametrize("draw", SAMPLES.values(), ids=SAMPLES)
def test_figure_is_a_picture_described_in_words(draw):
    """Every function gives an SVG picture with alt text, as Jupyter asks for it."""
    figure = draw()
    assert isinstance(figure, figures.Figure)
    found = re.fullmatch(
        r'<img alt="([^"<>]+)" src="data:image/svg\+xml;base64,([^"]+)" style="max-width:100%">',
        figure._repr_html_(),
    )
    assert base64.b64decode(found[2]).decode() == figure.svg
    assert root_of(figure).tag == f"{SVG}svg" and len(figure.svg) < 300_000
    assert repr(figure) == figure.alt


@pytest.mark.parametrize("draw", SAMPLES.values(), ids=SAMPLES)
def test_figure_is_as_large_as_its_contents(draw):
    """Nothing lies outside the sheet, and its size on the page is that of the sheet."""
    root = root_of(draw())
    left, top, width, height = map(float, root.get("viewBox").split())
    xs, ys = [], []
    for shape in list(root)[1:]:
        if "points" in shape.attrib:
            for point in points_of(shape):
                xs.append(point[0])
                ys.append(point[1])
        else:  # words are as wide as their letters, which only a browser knows
            x, y = float(shape.get("x")), float(shape.get("y"))
            xs += [x, x + float(shape.get("width", 0))]
            ys += [y, y + float(shape.get("height", 0))]
    assert left < min(xs) and max(xs) < left + width
    assert top < min(ys) and max(ys) < top + height
    assert float(root.get("width")) == pytest.approx(width * 1.1, abs=0.6)


def test_curves_go_through_their_points():
    """All lines share one scale: distances on the page are those of the data."""
    x, y = np.array([0.0, 1, 4]), np.array([2.0, -1, 3])
    shown = figures.curves({"a": (x, y), "b": (x + 1, 2 * y)}, alt="two lines")
    lines = [points_of(shape) for shape in root_of(shown).iter(f"{SVG}polyline")
             if shape.get("stroke") in figures.colours.LINES[:2]]
    first, second = [line for line in lines if len(line) == 3]  # the legend's have two points
    across, up = (first[2] - first[0]) / (4, 1)
    np.testing.assert_allclose(first - first[0], np.c_[across * x, up * (y - 2)], atol=0.3)
    np.testing.assert_allclose(second - first[0], np.c_[across * (x + 1), up * (2 * y - 2)],
                               atol=0.3)
    assert across > 0 > up, "to the right, and upwards"


def test_curves_have_gaps_where_values_are_missing():
    """A loss that is NaN for a while is not drawn there; a point by itself is marked."""
    shown = figures.curves({"loss": [1, 2, np.nan, 3, np.inf, 5, 6, 7]}, alt="a line with gaps")
    lines = [points_of(shape) for shape in root_of(shown).iter(f"{SVG}polyline")
             if shape.get("stroke") == figures.colours.LINES[0]]
    assert [len(line) for line in lines] == [2, 1, 3]
    assert len(list(root_of(shown).iter(f"{SVG}polygon"))) == 6


def test_bars_are_as_high_as_their_values():
    """Upwards and downwards from one line."""
    shown = figures.bars({"a": 4, "b": -2, "c": 1}, alt="three bars")
    bars = [(float(shape.get("y")), float(shape.get("height")))
            for shape in root_of(shown).iter(f"{SVG}rect")
            if shape.get("fill") == figures.colours.BLUE]
    (a, up), (b, down), (c, short) = bars
    assert up / 4 == pytest.approx(down / 2, abs=0.1) == pytest.approx(short, abs=0.1)
    assert a + up == pytest.approx(b, abs=0.11) == pytest.approx(c + short, abs=0.11)


@pytest.mark.parametrize(("values", "labels"), [
    ([0, 0.25, 0.5], ["0.00", "0.25", "0.50"]),
    ([-1000, 0, 1000], ["−1,000", "0", "1,000"]),
    ([-0.0, 0.5], ["0.0", "0.5"]),
    ([1e9, 1.2e9, 1.4e9], ["1.0e9", "1.2e9", "1.4e9"]),
    ([0, 1.5e-9, 3e-9], ["0.0", "1.5e−9", "3.0e−9"]),
    ([2.5, 5, 7.5], ["2.5", "5.0", "7.5"]),
    ([100.25, 100.5], ["100.25", "100.50"]),
    ([3], ["3"]),
])
def test_ticks_are_written_alike(values, labels):
    """With as many decimals as they need to differ, and a true minus sign."""
    assert frame.tick_labels(np.array(values, dtype=float)) == labels


@given(st.floats(-1e12, 1e12), st.floats(1e-9, 1e12))
def test_ticks_are_few_and_differ(low, width):
    """Round numbers in the range, in order, no two with the same text."""
    assume(width > frame.ALIKE * abs(low))
    values = frame.ticks(low, low + width, 7)
    assert 1 <= len(values) <= 8
    assert values[0] >= low - 1e-6 * width and values[-1] <= low + width * (1 + 1e-6)
    assert len(set(frame.tick_labels(values))) == len(values)


def test_ticks_of_places_are_whole():
    """There is no epoch 0.25."""
    assert frame.ticks(-0.1, 2.1, 10, whole=True).tolist() == [0, 1, 2]


def test_pictures_hold_every_pixel_as_it_is():
    """Grey values, colours and signs; a browser enlarges them, all sides alike."""
    shown = figures.pictures({"grey": [[0, 1, 0.2]], "colour": RGB, "small": [[5.0, -5.0]]},
                             signed=["small"], alt="three pictures")
    images = list(root_of(shown).iter(f"{SVG}image"))
    grey, colour, small, _ = (
        imread(io.BytesIO(base64.b64decode(image.get("href").partition(",")[2])))[..., :3]
        for image in images
    )
    np.testing.assert_allclose(grey[0, :, 0], [0, 1, 0.2], atol=1 / 255)
    np.testing.assert_allclose(colour, np.moveaxis(RGB, 0, -1), atol=1 / 255)
    for image, pixels in zip(images, (grey, colour, small), strict=False):
        sides = float(image.get("height")), float(image.get("width"))
        np.testing.assert_allclose(np.divide(sides, pixels.shape[:2]), sides[0] / len(pixels),
                                   atol=0.1)
    purple, orange = small[0, 0], small[0, -1]
    assert purple[2] > purple[1] and orange[0] > orange[2]


def test_figure_escapes_its_description():
    """A description may hold quotes and brackets without breaking out of the attribute."""
    figure = figures.bars({"a": 1}, alt='5 < 6 & "seven" <script>')
    html = figure._repr_html_()
    assert 'alt="5 &lt; 6 &amp; &quot;seven&quot; &lt;script&gt;"' in html
    assert "<script>" not in html


@pytest.mark.parametrize("alt", ["", "  ", None])
def test_figure_needs_a_description(alt):
    """No picture without words."""
    with pytest.raises(ValueError, match="description"):
        figures.grids({"x": X}, alt=alt)


def test_figure_leaves_pyplot_alone():
    """Neither pyplot nor an interactive backend is loaded, so nothing shows twice or leaks."""
    code = (
        "import sys, matplotlib; from course import figures;"
        "matplotlib.rcParams['figure.facecolor'] = 'black';"
        "figures.window_1d([1, 2, 3], [1, 1]); figures.pictures({'a': [[0, 1]]}, alt='a');"
        "figures.curves({'a': [1, 2]}, alt='a');"
        "assert 'matplotlib.pyplot' not in sys.modules;"
        "assert matplotlib.rcParams['figure.facecolor'] == 'black'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_course_does_not_load_matplotlib():
    """Importing the course is quick: matplotlib waits for the first figure."""
    code = "import course, sys; assert not [m for m in sys.modules if m.startswith('matplotlib')]"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_figure_is_white_in_a_dark_notebook():
    """The notebook's own style changes nothing."""
    import matplotlib

    plain = SAMPLES["curves"]()
    with matplotlib.rc_context({"axes.facecolor": "black", "text.color": "white",
                                "figure.facecolor": "black", "font.size": 20}):
        assert SAMPLES["curves"]().svg == plain.svg


@pytest.mark.parametrize("text", ["price $5 or $6", "x_1 ^ 2", r"\alpha {", "100 %"])
def test_figure_takes_titles_literally(text):
    """Dollars and underscores in a title are no formulas."""
    for figure, times in (
        (figures.grids({text: [[1]]}, alt="a table"), 1),
        (figures.pictures({text: [[0, 1]]}, alt="a picture"), 1),
        (figures.curves({text: [1, 2], "other": [2, 1]}, title=text, xlabel=text, ylabel=text,
                        alt="two lines"), 4),
        (figures.bars({text: 1}, title=text, ylabel=text, alt="bars"), 3),
    ):
        words = [element.text for element in root_of(figure).iter(f"{SVG}text")]
        assert words.count(text) == times


def test_window_1d_says_the_numbers():
    """The description can be followed without the picture."""
    words = figures.window_1d([3, 1, 4, 1, 5], [1, 0, -1], at=1, stride=2, padding=1).alt
    assert "Window 1 holds 1, 4, 1" in words
    assert "products 1, 0, −1; their sum 0 is output 1" in words
    assert "Output so far: −1, 0." in words
    assert "stride 2, padding 1" in words


def test_window_2d_says_the_numbers():
    """The description can be followed without the picture."""
    words = figures.window_2d(X, K, 1, 2).alt
    assert "holds −2 6; 5 8. Times the kernel 1 0; 2 −1" in words
    assert "products −2 0; 10 −8; their sum is 0" in words


def test_window_2d_does_not_wrap_small_integers():
    """Bytes are multiplied as integers, not modulo 256."""
    words = figures.window_2d(np.full((2, 2), 200, np.uint8), np.full((2, 2), 2, np.uint8)).alt
    assert "their sum is 1600" in words


def test_window_accepts_its_own_words():
    """A given description replaces the computed one."""
    assert figures.window_1d([1, 2], [1], alt="mine").alt == "mine"


@pytest.mark.parametrize(("draw", "words"), [
    (lambda: figures.window_1d(X, [1]), r"series.*one axis.*\(3, 4\)"),
    (lambda: figures.window_1d([1, 2], K), r"kernel.*one axis.*\(2, 2\)"),
    (lambda: figures.window_1d([1, 2], [1, 2, 3]), r"\(3,\).*larger.*\(2,\)"),
    (lambda: figures.window_1d([1, 2], [1], at=2), "no window 2.*0 to 1"),
    (lambda: figures.window_1d([1, 2], [1], at=-1), "no window -1"),
    (lambda: figures.window_1d([1, 2], [1], stride=0), "got 0 and 0"),
    (lambda: figures.window_1d([1] * 99, [1]), r"\(99,\).*at most 40"),
    (lambda: figures.window_2d([1, 2], K), r"input.*two axes.*\(2,\)"),
    (lambda: figures.window_2d(K, X), r"\(3, 4\).*larger.*\(2, 2\)"),
    (lambda: figures.window_2d(X, K, 2, 0), r"no output \(2, 0\).*\(2, 3\)"),
    (lambda: figures.grids({"a": np.ones((2, 3, 4))}, alt="a"), r"'a'.*\(2, 3, 4\)"),
    (lambda: figures.grids({"a": 5}, alt="a"), r"'a'.*\(\)"),
    (lambda: figures.grids({"a": np.ones((50, 4))}, alt="a"), r"'a'.*\(50, 4\).*pictures"),
    (lambda: figures.window_2d(np.ones((30, 30)), K), r"\(30, 30\).*324"),
    (lambda: figures.grids({"a": K}, mark={"a": [(0, 2)]}, alt="a"), r"\(2, 2\).*\(0, 2\)"),
    (lambda: figures.grids({"a": K}, mark={"b": [(0, 0)]}, alt="a"), r"\['b'\].*\['a'\]"),
    (lambda: figures.grids({}, alt="a"), "nothing to draw"),
    (lambda: figures.grids({"a": K}, columns=0, alt="a"), "at least 1"),
    (lambda: figures.pictures({"a": np.ones((4, 5, 3))}, alt="a"), r"\(4, 5, 3\).*\(3, H, W\)"),
    (lambda: figures.pictures({"a": RGB}, signed=True, alt="a"), r"\(3, 4, 5\).*\(H, W\)"),
    (lambda: figures.pictures({"a": [[np.nan]]}, alt="a"), "not finite"),
    (lambda: figures.pictures({"a": K}, signed=("b",), alt="a"), r"\['b'\]"),
    (lambda: figures.pictures({}, alt="a"), "nothing to draw"),
    (lambda: figures.curves({"a": ([1, 2, 3], [1, 2])}, alt="a"), r"\(3,\).*\(2,\)"),
    (lambda: figures.curves({"a": X}, alt="a"), r"\(3, 4\)"),
    (lambda: figures.curves({}, alt="a"), "nothing to draw"),
    (lambda: figures.bars({"a": [1, 2]}, alt="a"), r"'a'.*\(2,\)"),
    (lambda: figures.bars({}, alt="a"), "nothing to draw"),
    (lambda: figures.receptive_field([]), "at least one layer"),
    (lambda: figures.receptive_field([(3,)]), r"\(3,\)"),
    (lambda: figures.receptive_field([(3, 0)]), r"\(3, 0\)"),
    (lambda: figures.receptive_field([(3, 2)] * 9), "too wide"),
])
def test_figure_refuses_wrong_shapes_naming_them(draw, words):
    """Arguments that make no sense raise ValueError with the sizes."""
    with pytest.raises(ValueError, match=words):
        draw()


def test_receptive_field_counts_cells_per_layer():
    """Two 3x3 layers see 5 cells of the input; gaps of a dilated kernel are told."""
    assert "3 cells of layer 1" in figures.receptive_field([(3, 1), (3, 1)]).alt
    assert "5 cells of the input" in figures.receptive_field([(3, 1), (3, 1)]).alt
    assert "3 of 9 cells of the input" in figures.receptive_field([(3, 1, 4)]).alt


def test_figures_never_change_their_inputs():
    """Read-only arrays are fine, and others stay as they were."""
    x, k = X.astype(float), K.astype(float)
    for array in (x, k):
        array.flags.writeable = False
    figures.window_2d(x, k)
    figures.pictures({"x": x, "k": k}, signed=True, alt="a")
    figures.grids({"x": x}, alt="a")


@pytest.mark.parametrize(("value", "text"), [
    (3, "3"), (-3, "−3"), (0.5, "0.5"), (-0.125, "−0.125"), (1 / 3, "0.333"), (12.345, "12.35"),
    (1e9, "1e9"), (0.0001, "1e-4".replace("-", "−")), (1e-17, "0"), (-0.0, "0"),
    (float("nan"), ""), (float("-inf"), "−∞"), (True, "1"), (100, "100"),
])
def test_number_is_written_shortly(value, text):
    """At most three decimals, a true minus sign, no needless zeros."""
    assert numerals.number(value) == text


def test_texts_of_a_table_are_written_alike():
    """Where one entry needs an exponent, its neighbours have one, too; words stay words."""
    assert numerals.texts([2e8, 3e6]).tolist() == ["2e8", "3e6"]
    assert numerals.texts([["a", None]]).tolist() == [["a", ""]]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("text", ["−1.234", "output (1, 1), stride 1", "3", "a × b →"])
def test_text_is_as_wide_as_matplotlib_draws_it(text, bold):
    """Letter by letter is enough: pairs that stand closer make a hundredth."""
    font = FontProperties(family="DejaVu Sans", size=11, weight="bold" if bold else "normal")
    drawn = RendererAgg(1, 1, 720).get_text_width_height_descent(text, font, False)[0] / 720
    assert letters.text_width(text, 11, bold) == pytest.approx(drawn, rel=0.02)


def test_text_in_another_script_has_room():
    """A browser takes the letters that our font lacks from another one."""
    assert letters.text_width("채널") == pytest.approx(2 * 11 / 72)


@pytest.mark.parametrize("text", ["−1.234", "−12345678", "3"])
def test_cell_text_fits_into_its_cell(text):
    """Long numbers get wider cells first and smaller letters then; nothing overlaps."""
    for columns in (1, 7, 40):
        table = np.full((2, columns), text, dtype=object)
        width = canvas.cell_width(table)
        assert letters.text_width(text, canvas.text_size(width, table)) < width
        assert width <= canvas.WIDEST


def test_try_it_shows_a_result(capsys):
    """A value is printed; a figure, outside a notebook, as its description."""
    figures.try_it(lambda: 5)
    figures.try_it(lambda: figures.bars({"a": 1}, alt="one bar"))
    figures.try_it(lambda: None)
    assert capsys.readouterr().out == "5\none bar\n"


def test_try_it_asks_to_write_the_function_first(capsys):
    """An unwritten function is no error, and neither is a blank answer."""
    def unwritten():
        raise NotImplementedError

    figures.try_it(unwritten)
    figures.try_it(lambda: ...)
    line = "Write your function first; then run this cell again.\n"
    assert capsys.readouterr().out == 2 * line


def test_try_it_tells_an_error_in_one_line(capsys):
    """A broken function does not stop the notebook."""
    figures.try_it(lambda: np.ones(2) + np.ones(3))
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert "ValueError: operands could not be broadcast" in out
