"""Wrong gradients of average pooling."""

import numpy as np

from autograder.exercises.backprop.windows import (
    border_dropped,
    first_largest,
    input_changed,
    step_twins,
    through_windows,
)
from autograder.reference import backprop as reference
from autograder.reference.sizes import pair
from autograder.spec import Twin

right = reference.avg_pool2d_backward


def walk(dout, x, size, stride, **slips):
    """Average pooling's gradient through the loops that students write, with a slip."""
    kh, kw = pair(size)
    return through_windows(
        lambda window: np.full(window.shape, 1 / (kh * kw)), dout, x, size, stride, **slips
    )


def not_divided(dout, x, size=2, stride=None):
    kh, kw = pair(size)
    return right(dout, x, size, stride) * kh * kw


def divided_by_side(dout, x, size=2, stride=None):
    return right(dout, x, size, stride) * pair(size)[1]


def divided_by_square(dout, x, size=2, stride=None):
    kh, kw = pair(size)
    return right(dout, x, size, stride) * kw / kh


def divided_by_outputs(dout, x, size=2, stride=None):
    kh, kw = pair(size)
    return right(dout, x, size, stride) * kh * kw / (dout.shape[-2] * dout.shape[-1])


def upstream_ignored(dout, x, size=2, stride=None):
    return right(np.ones(dout.shape), x, size, stride)


def winner_only(dout, x, size=2, stride=None):
    return through_windows(first_largest, dout, x, size, stride)


def times_entry(dout, x, size=2, stride=None):
    return right(dout, x, size, stride) * x


def overwritten(dout, x, size=2, stride=None):
    return walk(dout, x, size, stride, add=False)


def whole_map(dout, x, size=2, stride=None):
    total = dout.sum(axis=(-2, -1), keepdims=True)
    return np.broadcast_to(total / (x.shape[-2] * x.shape[-1]), x.shape).copy()


def channels_mixed(dout, x, size=2, stride=None):
    if x.ndim == 2:
        return right(dout, x, size, stride)
    return right(np.broadcast_to(dout.mean(axis=0), dout.shape), x, size, stride)


TWINS = (
    Twin("not-divided", not_divided,
         "Every entry gets the full gradient of its window: that belongs to a sum, not to a mean.",
         "Nudge one entry of a window of four by 1. By how much does the mean grow?",
         costs=("values",)),
    Twin("divided-by-height", divided_by_side,
         "You divide by the side of the window.",
         "How many entries has a window?", costs=("values",)),
    Twin("divided-by-height-squared", divided_by_square,
         "You divide by the square of the height, as if every window were square.",
         "How many entries has a window of 2 rows and 3 columns?", costs=("size and stride",)),
    Twin("divided-by-outputs", divided_by_outputs,
         "You divide by the number of outputs.",
         "The mean was taken over the entries of one window. How many are they?"),
    Twin("upstream-ignored", upstream_ignored,
         "The result is the same whatever `dout` holds.",
         "How much does the loss care about each output?", costs=("values", "overlap")),
    Twin("winner-takes-all", winner_only,
         "Only the largest entry of a window gets gradient: that is max pooling.",
         "Which entries of the window have a part in its mean?"),
    Twin("times-the-entry", times_entry,
         "The gradient is multiplied by the entry.",
         "The mean is a sum of x/4. What is the derivative of x/4 by x?"),
    Twin("overlap-overwritten", overwritten,
         "An entry in two windows keeps only the last gradient.",
         "One entry, two outputs: two effects on the loss. What happens to them?",
         costs=("overlap",)),
    *step_twins(walk),
    Twin("whole-picture", whole_map,
         "The gradient is spread over the whole picture.",
         "Which entries does output (0, 0) depend on?"),
    border_dropped(right),
    Twin("channels-mixed", channels_mixed,
         "All channels get the same gradient.",
         "On the way forward each channel was pooled by itself.", costs=("channels",)),
    input_changed(right),
)
