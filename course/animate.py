"""Slide a kernel step by step: a small player that works offline and without any library."""

import hashlib
import html

import numpy as np

from course.figures.canvas import box_of
from course.figures.figure import DPI, drawn
from course.figures.letters import FAMILY
from course.figures.sketch import Sketch
from course.figures.windows import counts, draw_1d, draw_2d

MOST = 64
"""The most steps that a player holds."""


class Player:
    """Pictures with a slider and a play button; without JavaScript, the last picture.

    Parameters
    ----------
    page : str
        HTML.
    alt : str
        What is shown, in words.
    """

    def __init__(self, page, alt):
        self.page = page
        self.alt = alt

    def _repr_html_(self):
        return self.page

    def __repr__(self):
        return self.alt


@drawn
def slide_1d(x, w, stride=1, padding=0):
    """All windows of a one-dimensional convolution, one after the other.

    Parameters
    ----------
    x : (W,) array_like
    w : (K,) array_like
    stride, padding : int

    Returns
    -------
    Player

    Raises
    ------
    ValueError
        As `figures.window_1d`, and if there are too many windows.
    """
    (count,) = _counts(x, w, 1, stride, padding)
    return _player(draw_1d, [(x, w, at, stride, padding) for at in range(count)])


@drawn
def slide_2d(x, w, stride=1, padding=0):
    """All windows of a two-dimensional convolution, row by row.

    Parameters
    ----------
    x : (H, W) array_like
    w : (kH, kW) array_like
    stride, padding : int

    Returns
    -------
    Player

    Raises
    ------
    ValueError
        As `figures.window_2d`, and if there are too many windows.
    """
    shape = _counts(x, w, 2, stride, padding)
    return _player(draw_2d, [(x, w, *place, stride, padding) for place in np.ndindex(*shape)])


def _counts(x, w, axes, stride, padding):
    x, w = np.asarray(x), np.asarray(w)
    if x.ndim != axes or w.ndim != axes:
        raise ValueError(f"The input and the kernel must have {axes} axes; their shapes are "
                         f"{x.shape} and {w.shape}.")
    shape = tuple(counts(x, w, stride, padding))
    if np.prod(shape) > MOST:
        raise ValueError(f"The output has shape {shape}; at most {MOST} steps are animated.")
    return shape


def _player(draw, steps):
    sketches, words = _frames(draw, steps)
    last = len(steps) - 1
    drawing = _film([sketch.elements for sketch in sketches])
    box, width, height = box_of(sketches)
    captions = "".join(
        f'<p {_range(index, index, last)}>{html.escape(text)}</p>'
        for index, text in enumerate(words)
    )
    key = hashlib.sha256(drawing.encode()).hexdigest()[:12]
    page = _PAGE
    for name, text in {
        "KEY": key, "FAMILY": FAMILY, "LAST": str(last), "BOX": box, "WIDTH": f"{width * DPI:.0f}",
        "HEIGHT": f"{height * DPI:.0f}", "DRAWING": drawing, "CAPTIONS": captions,
        "LABEL": html.escape(f"A kernel slides over its input in {last + 1} steps; each step is "
                             "described below the picture.", quote=True),
    }.items():
        page = page.replace(f"@{name}@", text)
    return Player(page, f"{last + 1} steps. The last one: {words[-1]}")


def _frames(draw, steps):
    """A sketch and a description of every step; each table is as wide in all of them."""
    widths, frames = {}, [None] * len(steps)
    waiting = range(len(steps) - 1, -1, -1)  # the last step has the most outputs
    while waiting:
        for index in waiting:
            sketch = Sketch(widths)
            frames[index] = sketch, draw(sketch, *steps[index])
        waiting = [index for index, (sketch, _) in enumerate(frames) if not sketch.fits]
    return zip(*frames, strict=True)


def _film(frames):
    """All frames in one SVG text: what stays for several steps is stored once.

    Parameters
    ----------
    frames : list of list of (depth, element)
    """
    groups = {}
    for index, frame in enumerate(frames):
        for depth, element in frame:
            runs = groups.setdefault((depth, element), [])
            if runs and runs[-1][1] == index - 1:
                runs[-1][1] = index
            elif not runs or runs[-1][1] < index:
                runs.append([index, index])
    together = {}
    for (depth, element), runs in groups.items():
        for first, end in runs:
            together.setdefault((depth, first, end), []).append(element)
    return "".join(
        f"<g {_range(first, end, len(frames) - 1)}>{''.join(elements)}</g>"
        for (_, first, end), elements in sorted(together.items(), key=lambda item: item[0][0])
    )


def _range(first, end, last):
    """The steps in which a part of the page is seen; at first, the last step is."""
    hidden = "" if end == last else ' style="display:none"'
    return f'data-from="{first}" data-to="{end}"{hidden}'


_PAGE = """\
<div data-player="@KEY@" style="background:white;color:black;padding:4px;max-width:@WIDTH@px">
<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="@LABEL@" viewBox="@BOX@"
 width="@WIDTH@" height="@HEIGHT@" style="max-width:100%;height:auto;background:white"
 font-family="@FAMILY@">@DRAWING@</svg>
<div data-controls hidden>
<button type="button" data-move="-1" aria-label="one step back">&#8722;</button>
<button type="button" data-play aria-label="play">play</button>
<button type="button" data-move="1" aria-label="one step on">+</button>
<input type="range" min="0" max="@LAST@" value="@LAST@" step="1" aria-label="step"
 style="width:50%;vertical-align:middle"> <span data-count></span>
</div>
<div aria-live="polite" style="font-size:85%">@CAPTIONS@</div>
</div>
<script>
(function () {
  document.querySelectorAll('[data-player="@KEY@"]:not([data-ready])').forEach(function (player) {
    player.setAttribute('data-ready', '');
    var slider = player.querySelector('input'), play = player.querySelector('[data-play]');
    var last = Number(slider.max), timer = null;
    function show(step) {
      slider.value = step;
      player.querySelectorAll('[data-from]').forEach(function (part) {
        var seen = Number(part.dataset.from) <= step && step <= Number(part.dataset.to);
        part.style.display = seen ? '' : 'none';
      });
      player.querySelector('[data-count]').textContent = 'step ' + step + ' of 0 to ' + last;
    }
    function stop() {
      clearInterval(timer);
      timer = null;
      play.textContent = 'play';
      play.setAttribute('aria-label', 'play');
    }
    function go(step) { show(Math.max(0, Math.min(last, step))); }
    slider.addEventListener('input', function () { stop(); go(Number(slider.value)); });
    player.querySelectorAll('[data-move]').forEach(function (button) {
      button.addEventListener('click', function () {
        stop();
        go(Number(slider.value) + Number(button.dataset.move));
      });
    });
    play.addEventListener('click', function () {
      if (timer) { stop(); return; }
      if (Number(slider.value) === last) { go(0); }
      play.textContent = 'stop';
      play.setAttribute('aria-label', 'stop');
      timer = setInterval(function () {
        if (Number(slider.value) === last || !player.isConnected) { stop(); return; }
        go(Number(slider.value) + 1);
      }, 1100);
    });
    player.querySelector('[data-controls]').hidden = false;
    go(0);
  });
})();
</script>
"""
