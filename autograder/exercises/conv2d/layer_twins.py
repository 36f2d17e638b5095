"""Wrong twins of `conv_layer` that come from having several filters."""

import numpy as np

from autograder.exercises.conv2d import bias
from autograder.exercises.conv2d.channels import CHANNELS
from autograder.exercises.conv2d.dtypes import KERNEL_CUT, OVERFLOW
from autograder.exercises.conv2d.lifts import on_layer, slide, twins
from autograder.exercises.conv2d.sides import SIDES
from autograder.exercises.conv2d.steps import PADDING, STRIDE
from autograder.exercises.conv2d.sums import BLOCKS, ORIENTATION, SUMS
from autograder.reference.conv2d import conv_layer
from autograder.spec import Twin

FILTERS, TYPE, BIAS = "channels and filters", "number types", "bias"
STRIDES, BORDER = "stride", "padding"


def first_filter_only(x, w, b, stride=1, padding=0):
    return conv_layer(x, w, b, stride, padding)[:1]


def same_filter(x, w, b, stride=1, padding=0):
    return conv_layer(x, np.broadcast_to(w[0], w.shape), b, stride, padding)


def last_filter(x, w, b, stride=1, padding=0):
    return np.repeat(conv_layer(x, w, b, stride, padding)[-1:], len(w), axis=0)


def filters_added(x, w, b, stride=1, padding=0):
    return conv_layer(x, w, b, stride, padding).sum(axis=0)


def filters_last(x, w, b, stride=1, padding=0):
    return np.moveaxis(conv_layer(x, w, b, stride, padding), 0, -1)


def axes_exchanged(x, w, b, stride=1, padding=0):
    return np.array([
        sum(slide(x[c], w[c, f], stride, padding) for c in range(len(x))) + b[f]
        for f in range(w.shape[1])
    ])


def first_bias(x, w, b, stride=1, padding=0):
    return conv_layer(x, w, np.full(len(w), b[0]), stride, padding)


def all_biases(x, w, b, stride=1, padding=0):
    return conv_layer(x, w, np.full(len(w), np.sum(b)), stride, padding)


def bias_on_columns(x, w, b, stride=1, padding=0):
    return conv_layer(x, w, np.zeros(len(w)), stride, padding) + b


def channels_padded(x, w, b, stride=1, padding=0):
    everywhere, (_, _, height, width) = np.pad(np.asarray(x, float), padding), w.shape
    _, rows, columns = conv_layer(x, w, b, stride, padding).shape
    out = np.zeros((len(w), rows, columns))
    for f in range(len(w)):
        for i in range(rows):
            for j in range(columns):
                top, left = i * stride, j * stride
                window = everywhere[:, top : top + height, left : left + width]
                out[f, i, j] = np.sum(window * w[f]) + b[f]
    return out


def padded_channels_used(x, w, b, stride=1, padding=0):
    return conv_layer(np.pad(np.asarray(x, float), padding)[: len(x)], w, b, stride)


def input_changed(x, w, b, stride=1, padding=0):
    result = conv_layer(x, w, b, stride, padding)
    x[0, 0, 0] = 0
    return result


SEVERAL = (
    Twin("first-filter-only", first_filter_only,
         "Only the first filter was used.",
         "How many feature maps do F filters give?", (FILTERS,)),
    Twin("same-filter-everywhere", same_filter,
         "Every map was made with the first filter.",
         "Which index tells one filter from the next, and where does it stand in `w`?",
         (FILTERS,)),
    Twin("last-filter-everywhere", last_filter,
         "All maps are those of the last filter.",
         "Into which place of the output does map number f go?", (FILTERS,)),
    Twin("filters-added", filters_added,
         "You added the maps of all filters.",
         "Channels are added, filters are not: each filter keeps a map of its own.", (FILTERS,)),
    Twin("filters-last", filters_last,
         "The values are right, but the maps are stacked along the last axis.",
         "Channels come first here, in the output as in the input.", (FILTERS,)),
    Twin("filters-and-channels-exchanged", axes_exchanged,
         "You took the first axis of `w` for the channels and the second for the filters.",
         "`w[f]` is one whole kernel. What is its shape?", (FILTERS,)),
    Twin("first-bias-for-all", first_bias,
         "Every map got the first bias.",
         "Each filter has a bias of its own.", (BIAS,)),
    Twin("all-biases-added", all_biases,
         "Every map got the sum of all biases.",
         "Each filter has a bias of its own.", (BIAS,)),
    Twin("bias-along-the-columns", bias_on_columns,
         "NumPy laid your biases along the last axis, the columns.",
         "Which shape must `b` have to go along the first axis? (`b[:, np.newaxis, np.newaxis]`)"),
    Twin("channels-padded", channels_padded,
         "`np.pad(x, padding)` also added channels of zeros in front and behind.",
         "`np.pad` takes one pair per axis. Which pair leaves the channels alone?", (BORDER,)),
    Twin("padded-channels-used", padded_channels_used,
         "`np.pad(x, padding)` also added channels of zeros, and your kernel met those.",
         "`np.pad` takes one pair per axis. Which pair leaves the channels alone?", (BORDER,)),
    Twin("input-changed", input_changed,
         "The values are right, but your function changes the picture it was given.",
         "Work on a copy: `np.pad` and `np.array` make one.", (FILTERS,)),
)

RARE = (
    "planes-added-first", "kernel-ignored", "last-row-and-column-lost", "stride-columns-only",
    "stride-zero-tail", "padded-columns-only",
)
"""Left to the smaller functions, so that an examination stays quick."""

TWINS = (
    *twins(on_layer, CHANNELS, (FILTERS,), RARE),
    *SEVERAL,
    *twins(on_layer, ORIENTATION, (FILTERS,)),
    *twins(on_layer, SUMS, (FILTERS,), RARE),
    *twins(on_layer, BLOCKS, (FILTERS, STRIDES)),
    *twins(bias.on_layer, bias.BIAS, (BIAS,)),
    *twins(on_layer, STRIDE, (STRIDES,), RARE),
    *twins(on_layer, PADDING, (BORDER,), RARE),
    *twins(on_layer, SIDES),
    *twins(on_layer, OVERFLOW, (TYPE,)),
    *twins(on_layer, (KERNEL_CUT,), (FILTERS,)),
)
