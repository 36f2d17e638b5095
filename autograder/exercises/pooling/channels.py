"""Mistakes about channels, whatever is done inside a window."""

import numpy as np

from autograder.exercises.pooling.cases import CHANNELS
from autograder.exercises.pooling.windows import scan
from autograder.reference.sizes import window_and_step
from autograder.spec import Twin


def channel_twins(pool, reduce):
    """Mistakes that show where there are several maps."""
    def across_channels(x, size=2, stride=None):
        result = pool(x, size, stride)
        if result.ndim == 2:
            return result
        return reduce(np.moveaxis(result, 0, -1)[..., None, :])

    def across_channels_copied(x, size=2, stride=None):
        mixed = across_channels(x, size, stride)
        return mixed if np.ndim(x) == 2 else np.repeat(mixed[None], np.shape(x)[0], axis=0)

    def first_channel_only(x, size=2, stride=None):
        result = pool(x, size, stride)
        if result.ndim == 3:
            result[1:] = 0
        return result

    def one_channel_returned(x, size=2, stride=None):
        return pool(x if np.ndim(x) == 2 else np.asarray(x)[0], size, stride)

    def last_channel_everywhere(x, size=2, stride=None):
        result = pool(x, size, stride)
        if result.ndim == 3:
            result[:] = result[-1].copy()
        return result

    def channels_last(x, size=2, stride=None):
        x = np.asarray(x)
        if x.ndim == 2:
            return pool(x, size, stride)
        kernel, step = window_and_step(size, stride)
        starts = [
            range(0, side - k + 1, s)
            for side, k, s in zip(x.shape[:2], kernel, step, strict=True)
        ]
        return np.moveaxis(scan(np.moveaxis(x, -1, 0), starts, kernel, reduce), 0, -1)

    def channels_without_stride(x, size=2, stride=None):
        return pool(x, size, stride if np.ndim(x) == 2 else None)

    return (
        Twin("across-channels", across_channels,
             "The channels were pooled into one.",
             "How many maps go into pooling, and how many come out?", costs=(CHANNELS,)),
        Twin("across-channels-copied", across_channels_copied,
             "Every channel of the result holds the same numbers, pooled over all channels.",
             "Which axes does a window stretch over?", costs=(CHANNELS,)),
        Twin("first-channel-only", first_channel_only,
             "Only the first channel was pooled; the others stayed 0.",
             "Who visits the second channel?", costs=(CHANNELS,)),
        Twin("one-channel-returned", one_channel_returned,
             "Only the first channel comes out.",
             "How many maps go into pooling, and how many come out?", costs=(CHANNELS,)),
        Twin("last-channel-everywhere", last_channel_everywhere,
             "Every channel of the result holds the last channel's numbers.",
             "Which index says where a channel's numbers are written?", costs=(CHANNELS,)),
        Twin("channels-last", channels_last,
             "You pooled over the first two axes, as if the channels came last.",
             "In this course channels come first: (C, H, W). Which axes are H and W?",
             costs=(CHANNELS,)),
        Twin("channels-without-stride", channels_without_stride,
             "With channels, the given stride has no effect.",
             "Is `stride` handed on when you treat one channel after the other?",
             costs=(CHANNELS,)),
    )
