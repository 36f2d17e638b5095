"""Wrong twins of `conv1d`: its padding, and kernels that do not fit."""

from dataclasses import replace

import numpy as np

from autograder.exercises.conv1d.padding import EXERCISE as ZERO_PAD
from autograder.reference.conv1d import conv1d as correlate
from autograder.spec import Twin


def inside(name):
    """A mistake of `zero_pad1d`, made inside a `conv1d` that is right otherwise."""
    pad = ZERO_PAD.twin[name].function

    def conv1d(x, w, stride=1, padding=0):
        correlate(x, w, stride, padding)  # a kernel that does not fit is refused as asked
        return correlate(pad(x, padding), w, stride)

    return conv1d


def taken_over(name):
    """The same, with the words that `zero_pad1d` has for it."""
    return replace(ZERO_PAD.twin[name], function=inside(name))


def padding_counted_once(x, w, stride=1, padding=0):
    size = max((len(x) + padding - len(w)) // stride + 1, 0)
    return correlate(x, w, stride, padding)[:size]


def empty_slice(x, w, stride=1, padding=0):
    padded = np.zeros(len(x) + 2 * padding)
    padded[padding:-padding] = x
    return correlate(x, w, stride, padding)


def silent_misfit(x, w, stride=1, padding=0):
    if len(w) > len(x) + 2 * padding:
        return np.zeros(0)
    return correlate(x, w, stride, padding)


def misfit_by_accident(x, w, stride=1, padding=0):
    out = np.zeros((len(x) + 2 * padding - len(w)) // stride + 1)
    return correlate(x, w, stride, padding) if len(out) else out


TWINS = (
    Twin("padding-ignored", inside("padding-ignored"),
         "The padding has no effect.",
         "How long is the series after padding?"),
    Twin("padding-always-one", inside("always-one"),
         "There is always one zero on each side, whatever `padding` says.",
         "Where does `padding` enter your code?"),
    taken_over("padded-right-only"),
    replace(taken_over("padded-left-only"), same_as=("padding-counted-once",)),
    Twin("all-zeros-right", inside("all-zeros-right"),
         "All zeros went behind the series.",
         "`padding` zeros belong on each side."),
    Twin("all-zeros-left", inside("all-zeros-left"),
         "All zeros went in front of the series.",
         "`padding` zeros belong on each side."),
    Twin("padding-counted-once", padding_counted_once,
         "The length was computed with the padding counted once, so the end is missing.",
         "The series grows at both ends: by how much in all?", same_as=("padded-left-only",)),
    taken_over("edge-padding"),
    taken_over("reflect-padding"),
    taken_over("wrap-padding"),
    Twin("empty-slice", empty_slice,
         "With padding 0 your slice is empty: `-0` is 0, so `padded[0:-0]` holds nothing.",
         "Where does the series end in the padded array, counted from the front?"),
    Twin("silent-misfit", silent_misfit,
         "A kernel that is longer than the padded series passes without an error.",
         "Compare the two lengths first and `raise ValueError` with both in the sentence."),
    Twin("misfit-by-accident", misfit_by_accident,
         "A kernel that does not fit ends in an error of NumPy's, and sometimes in none at all.",
         "Compare the two lengths first and `raise ValueError` with both in the sentence."),
)
