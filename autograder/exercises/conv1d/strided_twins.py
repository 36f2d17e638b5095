"""Wrong twins of `conv1d`: its stride. Those of the sums and of the padding are next door."""

from dataclasses import replace

import numpy as np

from autograder.exercises.conv1d import padded_twins, sums
from autograder.reference.conv1d import conv1d as correlate
from autograder.reference.conv1d import zero_pad1d
from autograder.spec import Twin


def input_changed(x, w, stride=1, padding=0):
    result = correlate(x, w, stride, padding)
    x[0] = 0
    return result


def place_as_index(x, w, stride=1, padding=0):
    result = correlate(x, w, stride, padding)
    out = np.zeros(len(result))
    for number, value in enumerate(result):
        out[number * stride] = value
    return out


def stride_ignored(x, w, stride=1, padding=0):
    return correlate(x, w, 1, padding)


def stride_sizes_only(x, w, stride=1, padding=0):
    return correlate(x, w, 1, padding)[: len(correlate(x, w, stride, padding))]


def stride_begins_late(x, w, stride=1, padding=0):
    return correlate(x, w, 1, padding)[stride - 1 :: stride]


def stride_twice(x, w, stride=1, padding=0):
    return correlate(x, w, stride * stride, padding)


def stride_divides_and_steps(x, w, stride=1, padding=0):
    return correlate(x, w, 1, padding)[: len(correlate(x, w, stride, padding)) : stride]


def stride_zero_tail(x, w, stride=1, padding=0):
    full = np.zeros(len(correlate(x, w, 1, padding)))
    strided = correlate(x, w, stride, padding)
    full[: len(strided)] = strided
    return full


def rounded_up(x, w, stride=1, padding=0):
    correlate(x, w, stride, padding)
    return correlate(np.append(zero_pad1d(x, padding), [0.0] * (stride - 1)), w, stride)


TWINS = (
    sums.KERNEL_FLIPPED,
    sums.LAST_WINDOW_LOST,
    sums.STARTS_ONE_LATE,
    sums.LAST_PRODUCT_ONLY,
    Twin("total-not-reset", sums.total_not_reset,
         "Each value also holds all values before it: the total was never set back to 0.",
         "Where does your total become 0: before the loop over the windows, or inside it?",
         costs=("values",)),
    *sums.WEIGHING,
    replace(sums.WHOLE_NUMBERS_ONLY, costs=("values",)),
    sums.KERNEL_CUT,
    *sums.OVERFLOW,
    Twin("input-changed", input_changed,
         "The values are right, but your function changes the series it was given.",
         "Write your results into a new array or list.", costs=("values",)),
    Twin("place-as-index", place_as_index,
         "You stored each value at the place where its window begins.",
         "With stride 2 the windows begin at 0, 2, 4. At which indices do their values belong?",
         costs=("stride",)),
    Twin("stride-ignored", stride_ignored,
         "The stride has no effect: your windows step by 1.",
         "By how much does the start of the window grow from one output to the next?"),
    Twin("stride-sizes-only", stride_sizes_only,
         "The result has the right length, but its windows still step by 1.",
         "Output number i belongs to the window that starts where?"),
    Twin("stride-begins-late", stride_begins_late,
         "Your windows step rightly, but the first one does not begin at place 0.",
         "Which number of the stride-1 result is the first to keep?"),
    Twin("stride-twice", stride_twice,
         "The stride is applied twice.",
         "With stride 2 the second window starts at 2, not at 4. Where do you multiply?"),
    Twin("stride-divides-and-steps", stride_divides_and_steps,
         "You divided by the stride to count the windows, and then also stepped by it.",
         "`range(0, n, stride)` already skips. What must n be: a number of windows, or a "
         "position?"),
    Twin("stride-zero-tail", stride_zero_tail,
         "The values are right, but zeros follow: the result has the length for stride 1.",
         "How many windows are there when the window jumps by the stride?"),
    Twin("rounded-up", rounded_up,
         "You rounded the number of windows up, so the last one hangs over the end.",
         "A window that does not fit is not used. Which division rounds down?"),
    *padded_twins.TWINS,
)
