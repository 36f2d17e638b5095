"""Wrong gradients of max pooling."""

import numpy as np

from autograder.exercises.backprop.windows import (
    border_dropped,
    first_largest,
    input_changed,
    step_twins,
    through_windows,
)
from autograder.reference import backprop as reference
from autograder.reference.sizes import window_and_step
from autograder.spec import Twin

right = reference.max_pool2d_backward


def walk(dout, x, size, stride, **slips):
    """Max pooling's gradient through the loops that students write, with a slip."""
    return through_windows(first_largest, dout, x, size, stride, **slips)


def every_largest(window):
    return (window == window.max()).astype(float)


def shared_out(share):
    """A twin that only differs in how a window shares its gradient out."""

    def twin(dout, x, size=2, stride=None):
        return through_windows(share, dout, x, size, stride)

    return twin


def smallest(window):
    return first_largest(-window)


def largest_magnitude(window):
    return first_largest(np.abs(window))


def times_entry(window):
    return first_largest(window) * window


def upstream_ignored(dout, x, size=2, stride=None):
    return right(np.ones(dout.shape), x, size, stride)


def overwritten(dout, x, size=2, stride=None):
    return walk(dout, x, size, stride, add=False)


def whole_map_compared(dout, x, size=2, stride=None):
    (kh, kw), (sh, sw) = window_and_step(size, stride)
    dx = np.zeros(x.shape)
    for *c, i, j in np.ndindex(dout.shape):
        plane = x[tuple(c)]
        largest = plane[i * sh : i * sh + kh, j * sw : j * sw + kw].max()
        dx[tuple(c)] += (plane == largest) * dout[(*c, i, j)]
    return dx


def placed(place):
    """A twin that writes each gradient to ``place(k, (row, column), kh, kw)``."""

    def twin(dout, x, size=2, stride=None):
        (kh, kw), (sh, sw) = window_and_step(size, stride)
        dx = np.zeros(x.shape)
        for *c, i, j in np.ndindex(dout.shape):
            r, s = i * sh, j * sw
            k = int(x[tuple(c)][r : r + kh, s : s + kw].argmax())
            row, column = place(k, (r, s), kh, kw)
            dx[(*c, row, column)] += dout[(*c, i, j)]
        return dx

    return twin


def divided_by_height(k, corner, kh, kw):
    return corner[0] + k // kh, corner[1] + k % kh


def corner_forgotten(k, corner, kh, kw):
    return k // kw, k % kw


def corner_only(k, corner, kh, kw):
    return corner


def across_channels(dout, x, size=2, stride=None):
    (kh, kw), (sh, sw) = window_and_step(size, stride)
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[-2:]):
        spot = np.s_[..., i * sh : i * sh + kh, j * sw : j * sw + kw]
        dx[spot] += first_largest(x[spot]) * dout[..., i : i + 1, j : j + 1]
    return dx


TWINS = (
    Twin("ties-count-twice", shared_out(every_largest),
         "Where entries of a window tie, each of them gets the full gradient.",
         "Add up what you hand out for one window: it should be what came in. Any split is fine.",
         costs=("ties",)),
    Twin("overlap-overwritten", overwritten,
         "An entry that wins in two windows keeps only the last gradient.",
         "One entry, two outputs: two effects on the loss. What happens to them?",
         costs=("overlap",)),
    Twin("shared-evenly", shared_out(lambda window: np.full(window.shape, 1 / window.size)),
         "Every entry of a window gets the same: that is the gradient of average pooling.",
         "Nudge an entry that is not the largest. Does the maximum change?"),
    Twin("whole-window", shared_out(np.ones_like),
         "Every entry of a window gets the full gradient.",
         "Nudge an entry that is not the largest. Does the maximum change?"),
    Twin("smallest-wins", shared_out(smallest),
         "The gradient goes to the smallest entry of each window.",
         "Which entry made it through on the way forward?"),
    Twin("largest-magnitude", shared_out(largest_magnitude),
         "The gradient goes to the entry that is largest without its sign.",
         "Is -9 larger than 6?", costs=("values",)),
    Twin("times-the-entry", shared_out(times_entry),
         "The gradient is multiplied by the winning entry.",
         "The output equals the winner. What is the slope of y = x?"),
    Twin("upstream-ignored", upstream_ignored,
         "You mark the winners with 1; `dout` plays no part.",
         "How much does the loss care about each output?", costs=("values", "overlap")),
    Twin("whole-map-compared", whole_map_compared,
         "You compare a window's maximum with the whole picture, so equal values far away get "
         "gradient, too.",
         "Look for the winner inside its window only."),
    *step_twins(walk),
    Twin("divided-by-height", placed(divided_by_height),
         "The winner's number is divided by the window's height to get its row.",
         "`argmax` counts along a row first. How long is a row of the window?",
         costs=("size and stride",)),
    Twin("corner-forgotten", placed(corner_forgotten),
         "You count the winner's place from the corner of the picture, not of its window.",
         "Row 1 of the window that starts in row 4 is which row of the picture?"),
    Twin("corner-wins", placed(corner_only),
         "The gradient always goes to the upper left entry of a window.",
         "Where in the window does the largest entry stand?"),
    border_dropped(right),
    Twin("across-channels", across_channels,
         "One winner is sought in all channels together.",
         "On the way forward each channel was pooled by itself.", costs=("channels",)),
    input_changed(right),
)
