"""Mistakes about strides and borders, whatever is done inside a window."""

import numpy as np

from autograder.exercises.pooling.cases import STRIDE
from autograder.exercises.pooling.windows import counted, scan
from autograder.reference.sizes import pair, window_and_step
from autograder.spec import Twin


def stride_twins(pool, reduce):
    """Mistakes about where windows start and how many there are."""
    def default_stride_one(x, size=2, stride=None):
        return pool(x, size, 1 if stride is None else stride)

    def stride_is_window(x, size=2, stride=None):
        return pool(x, size)

    def stride_sizes_only(x, size=2, stride=None):
        rows, columns = pool(x, size, stride).shape[-2:]
        return pool(x, size, 1)[..., :rows, :columns]

    def stride_on_rows_only(x, size=2, stride=None):
        return pool(x, size, (pair(size if stride is None else stride)[0], 1))

    def stride_twice(x, size=2, stride=None):
        return pool(x, size, tuple(s * s for s in pair(size if stride is None else stride)))

    def stride_zero_tail(x, size=2, stride=None):
        strided = pool(x, size, stride)
        full = np.zeros_like(pool(x, size, 1))
        full[..., : strided.shape[-2], : strided.shape[-1]] = strided
        return full

    def divides_and_steps(x, size=2, stride=None):
        window, step = window_and_step(size, stride)
        starts = [
            range(0, (side - k) // s + 1, s)
            for side, k, s in zip(np.shape(x)[-2:], window, step, strict=True)
        ]
        return scan(x, starts, window, reduce)

    return (
        Twin("default-stride-one", default_stride_one,
             "Without a stride your windows step by 1.",
             "What does `stride=None` stand for in this exercise?", costs=(STRIDE,)),
        Twin("stride-is-window", stride_is_window,
             "Your windows always step by their own size; the given stride has no effect.",
             "Where in your code does `stride` appear once it is not None?", costs=(STRIDE,)),
        Twin("stride-sizes-only", stride_sizes_only,
             "The result has the right size, but its windows step by 1.",
             "Output row i belongs to the window that starts in which row?",
             costs=("values", STRIDE)),
        Twin("stride-on-rows-only", stride_on_rows_only,
             "The stride is used downwards only; across, the windows step by 1.",
             "Compare how you find the first row of a window with how you find its first column.",
             costs=("values", STRIDE)),
        Twin("stride-twice", stride_twice,
             "The stride is applied twice.",
             "With stride 2 the second window starts at 2, not at 4. Where do you multiply?",
             costs=("values", STRIDE)),
        Twin("stride-zero-tail", stride_zero_tail,
             "The values are right, but zeros follow: the result has the size for stride 1.",
             "How many windows are there along a side when they jump by the stride?",
             costs=("values", STRIDE)),
        Twin("stride-divides-and-steps", divides_and_steps,
             "You divided by the stride to count the windows, and then also stepped by it.",
             "`range(0, n, stride)` already skips. What must n be: a number of windows, or a "
             "position?", costs=("values", STRIDE)),
        Twin("counts-by-window", counted(lambda side, k, s: side // k, reduce),
             "You counted the windows as side // size, as if they never overlapped.",
             "Draw a row of 5 cells and windows of 3 with stride 2. How many are there?",
             costs=(STRIDE,)),
        Twin("counts-by-stride", counted(lambda side, k, s: side // s, reduce),
             "You counted the windows as side // stride, so the last ones hang over the border.",
             "Where does the last window start that still lies wholly inside the map?",
             costs=(STRIDE,)),
    )


def border_twins(pool, reduce):
    """Mistakes about the last windows along a side."""
    def padded_to_fit(x, size=2, stride=None):
        x = np.asarray(x, dtype=float)
        (kh, kw), (sh, sw) = window_and_step(size, stride)
        height, width = x.shape[-2:]
        more = [(0, 0)] * (x.ndim - 2) + [(0, -(height - kh) % sh), (0, -(width - kw) % sw)]
        return pool(np.pad(x, more), size, stride)

    def last_window_lost(x, size=2, stride=None):
        return pool(x, size, stride)[..., :-1, :-1]

    return (
        Twin("rounded-up", counted(lambda side, k, s: -((k - side) // s) + 1, reduce),
             "You rounded the number of windows up, so the last ones hang over the border.",
             "A window that does not fit is left out. Which division rounds down?"),
        Twin("padded-to-fit", padded_to_fit,
             "You put zeros around the end of the map until one more window fitted.",
             "Nothing is added to a map here. What happens to a row that is left over?"),
        Twin("last-window-lost", last_window_lost,
             "The last row and the last column of windows are missing.",
             "How many windows of 2 fit along a side of 2? And along a side of 4?",
             costs=("values",)),
    )
