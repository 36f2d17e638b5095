"""Wrong twins of `conv1x1`."""

import numpy as np

from autograder.reference.conv2d import conv1x1
from autograder.spec import Twin

VALUES, TYPE, BIAS = "weights", "number types", "bias"


def column(b):
    return np.asarray(b)[:, np.newaxis, np.newaxis]


def weights_transposed(x, w, b):
    channels, height, width = x.shape
    return (w.T @ x.reshape(channels, -1)).reshape(-1, height, width) + column(b)


def not_summed(x, w, b):
    return w[:, :, np.newaxis, np.newaxis] * x + np.reshape(b, (-1, 1, 1, 1))


def channel_mean(x, w, b):
    return conv1x1(x, w, np.zeros(len(w))) / len(x) + column(b)


def first_channel(x, w, b):
    return conv1x1(x[:1], w[:, :1], b)


def same_filter(x, w, b):
    return conv1x1(x, np.broadcast_to(w[0], w.shape), b)


def channels_reversed(x, w, b):
    return conv1x1(x[::-1], w, b)


def pixels_torn(x, w, b):
    channels, height, width = x.shape
    return (x.reshape(height * width, channels) @ w.T + b).T.reshape(-1, height, width)


def both_torn(x, w, b):
    channels, height, width = x.shape
    return (x.reshape(height * width, channels) @ w.T + b).reshape(-1, height, width)


def result_torn(x, w, b):
    channels, height, width = x.shape
    pixels = np.moveaxis(x, 0, -1).reshape(-1, channels)
    return (pixels @ w.T + b).reshape(-1, height, width)


def rows_as_channels(x, w, b):
    return w @ x + column(b)


def channels_last(x, w, b):
    return np.moveaxis(conv1x1(x, w, b), 0, -1)


def sides_exchanged(x, w, b):
    _, height, width = x.shape
    return conv1x1(x, w, b).reshape(-1, width, height)


def left_flat(x, w, b):
    return conv1x1(x, w, b).reshape(len(w), -1)


def negatives_cut(x, w, b):
    return np.maximum(conv1x1(x, w, b), 0)


def weights_cut(x, w, b):
    return conv1x1(x, np.trunc(w), b)


def totals_overflow(x, w, b):
    return conv1x1(x, w, np.zeros(len(w))).astype(np.result_type(x, w)) + column(b)


def products_overflow(x, w, b):
    # np.sum counts in 64 bits; the products before it do not
    return (w[:, :, np.newaxis, np.newaxis] * x).sum(axis=1) + column(b)


def whole_numbers_only(x, w, b):
    return np.trunc(conv1x1(x, w, b))


def input_changed(x, w, b):
    result = conv1x1(x, w, b)
    x[0, 0, 0] = 0
    return result


def no_bias(x, w, b):
    return conv1x1(x, w, np.zeros(len(w)))


def bias_subtracted(x, w, b):
    return conv1x1(x, w, -np.asarray(b))


def bias_per_channel(x, w, b):
    return conv1x1(x, w, len(x) * np.asarray(b))


def first_bias(x, w, b):
    return conv1x1(x, w, np.full(len(w), b[0]))


def all_biases(x, w, b):
    return conv1x1(x, w, np.full(len(w), np.sum(b)))


def bias_on_columns(x, w, b):
    return no_bias(x, w, b) + b


def bias_as_row(x, w, b):
    channels, height, width = x.shape
    return (w @ x.reshape(channels, height * width) + b).reshape(-1, height, width)


TWINS = (
    Twin("weights-transposed", weights_transposed,
         "You multiplied by the transposed weights.",
         "`w` has one row per output channel. Which shape of matrix turns C numbers into F?"),
    Twin("channels-not-summed", not_summed,
         "Each channel was weighed, but the channels were not added.",
         "One output number is a sum over all channels.", (VALUES,)),
    Twin("channel-mean", channel_mean,
         "You divided by the number of channels.",
         "A matrix product multiplies and adds. Is anything divided?", (VALUES,)),
    Twin("first-channel-only", first_channel,
         "Only the first channel counts in your result.",
         "Each output channel mixes all input channels.", (VALUES,)),
    Twin("same-filter-everywhere", same_filter,
         "Every map was made with the first row of weights.",
         "Which index tells one filter from the next?", (VALUES,)),
    Twin("channels-reversed", channels_reversed,
         "The channels are in reverse order.",
         "Channel c belongs to column c of the weights.", (VALUES,)),
    Twin("pixels-torn-apart", pixels_torn,
         "`x.reshape(H * W, C)` cuts the rows of the picture into pieces; it does not collect a "
         "pixel's channels.",
         "`reshape` keeps the order of the numbers. Which axis has to stay in front?"),
    Twin("torn-apart-twice", both_torn,
         "Both of your `reshape` calls cut the picture into pieces: before the product and after.",
         "`reshape` keeps the order of the numbers. Which axis has to stay in front, both times?"),
    Twin("result-torn-apart", result_torn,
         "The product is right, but the last `reshape` cuts it into pieces.",
         "Your product has a row per pixel. Transpose it first, so that it has a row per filter."),
    Twin("rows-as-channels", rows_as_channels,
         "`w @ x` multiplies the rows of every channel, not the channels.",
         "`@` works on the last two axes. What are they here?"),
    Twin("channels-last", channels_last,
         "The values are right, but the channels stand last.",
         "The result is channels-first, like the input."),
    Twin("height-and-width-exchanged", sides_exchanged,
         "The result was reshaped to (F, W, H).",
         "Which comes first in `x.shape`, height or width?"),
    Twin("left-flat", left_flat,
         "The values are right, but the pixels stand in one long row.",
         "Give the result its rows and columns back."),
    Twin("negatives-cut", negatives_cut,
         "All negative results became 0.",
         "Nothing in this layer cuts values off. (ReLU comes later.)", (VALUES,)),
    Twin("whole-numbers-only", whole_numbers_only,
         "The digits behind the decimal point are cut off.",
         "What is the dtype of the array that you write your sums into?"),
    Twin("kernel-cut-to-whole-numbers", weights_cut,
         "The weights lost their decimals.",
         "What is the dtype of the array that holds your weights?", (VALUES,)),
    Twin("totals-overflow", totals_overflow,
         "Your sums were kept in the 8 bits of picture and weights: after 255 comes 0.",
         "Convert before you multiply: `np.asarray(x, dtype=float)`.", (TYPE,)),
    Twin("products-overflow", products_overflow,
         "Products of 8-bit numbers were kept in 8 bits: 156 times 2 became 56.",
         "Convert before you multiply: `np.asarray(x, dtype=float)`.", (TYPE,)),
    Twin("input-changed", input_changed,
         "The values are right, but your function changes the picture it was given.",
         "Write your results into a new array.", (VALUES,)),
    Twin("bias-forgotten", no_bias,
         "The biases are missing.",
         "What is added after the product?", (BIAS,)),
    Twin("bias-subtracted", bias_subtracted,
         "You subtracted the biases.",
         "Which sign does a bias have in the formula?", (BIAS,)),
    Twin("bias-per-channel", bias_per_channel,
         "The bias was added once for every input channel.",
         "Is it added inside the sum over the channels, or after it?", (BIAS,)),
    Twin("first-bias-for-all", first_bias,
         "Every map got the first bias.",
         "Each filter has a bias of its own.", (BIAS,)),
    Twin("all-biases-added", all_biases,
         "Every map got the sum of all biases.",
         "Each filter has a bias of its own.", (BIAS,)),
    Twin("bias-as-row", bias_as_row,
         "You added `b` as a row, but your product has a row for each filter.",
         "Which shape must `b` have, so that each row of the product gets its own bias?"),
    Twin("bias-along-the-columns", bias_on_columns,
         "NumPy laid your biases along the last axis, the columns.",
         "Which shape must `b` have to go along the first axis?"),
)
