"""Wrong twins of `conv1d`: its padding, kernels that do not fit, its stride."""

from dataclasses import replace

from autograder.declare.mistakes import after, before, edit
from autograder.exercises.conv1d import sums
from autograder.exercises.conv1d.padding import EXERCISE as ZERO_PAD

PAD, STARTS = "zero_pad1d(x, padding)", "range(0, len(padded) - len(w) + 1, stride)"
FITS = "if len(w) > len(padded):"
"""Pieces of the solution in which most goes wrong."""


def padded_otherwise(name, padded):
    """A mistake of `zero_pad1d`, made within `conv1d`, in the same words."""
    twin = ZERO_PAD.twin[name]
    return edit(name, PAD, padded, twin.says, twin.hint)


PADDED = (
    edit("padding-ignored", PAD, "np.asarray(x, dtype=float)",
         "The padding has no effect.",
         "How long is the series after padding?"),
    edit("padding-always-one", PAD, "zero_pad1d(x, 1)",
         "There is always one zero on each side, whatever `padding` says.",
         "Where does `padding` enter your code?"),
    padded_otherwise("padded-right-only", "np.append(x, np.zeros(padding))"),
    replace(padded_otherwise("padded-left-only", "np.append(np.zeros(padding), x)"),
            same_as=("padding-counted-once",)),
    edit("all-zeros-right", PAD, "np.append(x, np.zeros(2 * padding))",
         "All zeros went behind the series.",
         "`padding` zeros belong on each side."),
    edit("all-zeros-left", PAD, "np.append(np.zeros(2 * padding), x)",
         "All zeros went in front of the series.",
         "`padding` zeros belong on each side."),
    edit("padding-counted-once", STARTS, "range(0, len(x) + padding - len(w) + 1, stride)",
         "The length was computed with the padding counted once, so the end is missing.",
         "The series grows at both ends: by how much in all?", same_as=("padded-left-only",)),
    padded_otherwise("edge-padding", "np.pad(x, padding, mode='edge')"),
    padded_otherwise("reflect-padding", "np.pad(x, padding, mode='reflect')"),
    padded_otherwise("wrap-padding", "np.pad(x, padding, mode='wrap')"),
    edit("empty-slice",
         (PAD, FITS),
         ("np.zeros(len(x) + 2 * padding)", f"padded[padding:-padding] = x\n    {FITS}"),
         "With padding 0 your slice is empty: `-0` is 0, so `padded[0:-0]` holds nothing.",
         "Where does the series end in the padded array, counted from the front?"),
    edit("silent-misfit", FITS, "if False:",
         "A kernel that is longer than the padded series passes without an error.",
         "Compare the two lengths first and `raise ValueError` with both in the sentence."),
    edit("misfit-by-accident",
         FITS, "y = np.zeros((len(padded) - len(w)) // stride + 1)\n    if False:",
         "A kernel that does not fit ends in an error of NumPy's, and sometimes in none at all.",
         "Compare the two lengths first and `raise ValueError` with both in the sentence."),
)

TWINS = (
    sums.KERNEL_FLIPPED,
    replace(sums.LAST_WINDOW_LOST, costs=("values",)),
    sums.STARTS_ONE_LATE,
    sums.LAST_PRODUCT_ONLY,
    replace(sums.TOTAL_NOT_RESET, costs=("values",),
            hint="Where does your total become 0: before the loop over the windows, or inside it?"),
    *sums.WEIGHING,
    replace(sums.WHOLE_NUMBERS_ONLY, costs=("values",)),
    sums.KERNEL_CUT,
    sums.PRODUCTS_OVERFLOW,
    sums.TOTALS_OVERFLOW,
    edit("input-changed", "starts =", "x[0] = 0\n    starts =",
         "The values are right, but your function changes the series it was given.",
         "Write your results into a new array or list.", costs=("values",)),
    edit("place-as-index",
         "return np.array([np.dot(padded[i : i + len(w)], w) for i in starts])",
         "y = np.zeros(len(starts))\n"
         "    for i in starts:\n"
         "        y[i] = np.dot(padded[i : i + len(w)], w)\n"
         "    return y",
         "You stored each value at the place where its window begins.",
         "With stride 2 the windows begin at 0, 2, 4. At which indices do their values belong?",
         costs=("stride",)),
    before("stride-ignored", {"stride": 1},
           "The stride has no effect: your windows step by 1.",
           "By how much does the start of the window grow from one output to the next?"),
    edit("stride-sizes-only", "for i in starts", "for i in range(len(starts))",
         "The result has the right length, but its windows still step by 1.",
         "Output number i belongs to the window that starts where?"),
    edit("stride-begins-late", "range(0,", "range(stride - 1,",
         "Your windows step rightly, but the first one does not begin at place 0.",
         "Which number of the stride-1 result is the first to keep?"),
    before("stride-twice", {"stride": lambda stride: stride * stride},
           "The stride is applied twice.",
           "With stride 2 the second window starts at 2, not at 4. Where do you multiply?"),
    edit("stride-divides-and-steps",
         STARTS, "range(0, (len(padded) - len(w)) // stride + 1, stride)",
         "You divided by the stride to count the windows, and then also stepped by it.",
         "`range(0, n, stride)` already skips. What must n be: a number of windows, or a "
         "position?"),
    after("stride-zero-tail",
          lambda y, x, w, padding: [*y, *[0] * (len(x) + 2 * padding - len(w) + 1 - len(y))],
          "The values are right, but zeros follow: the result has the length for stride 1.",
          "How many windows are there when the window jumps by the stride?"),
    edit("rounded-up",
         f"starts = {STARTS}",
         f"padded = np.append(padded, np.zeros(stride - 1))\n    starts = {STARTS}",
         "You rounded the number of windows up, so the last one hangs over the end.",
         "A window that does not fit is not used. Which division rounds down?"),
    *PADDED,
)
