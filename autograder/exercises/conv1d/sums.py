"""Mistakes inside one window, alike in the exercises that slide a kernel along a series."""

import numpy as np

from autograder.declare.mistakes import after, before
from autograder.reference.conv1d import conv1d, zero_pad1d


def starts_one_late(y, x, w, stride=1, padding=0):
    return conv1d(np.append(zero_pad1d(x, padding)[1:], 0.0), w, stride)


def products_overflow(y, x, w, stride=1, padding=0):
    x, w = np.pad(np.asarray(x), padding), np.asarray(w)
    # np.sum counts in 64 bits; the products before it do not
    return [np.sum(x[i : i + len(w)] * w) for i in range(0, len(x) - len(w) + 1, stride)]


def input_changed(y, x):
    x[: len(y)] = y[: len(x)]
    return y


KERNEL_FLIPPED = before(
    "kernel-flipped", {"w": lambda w: w[::-1]},
    "You reversed the kernel first: that is true convolution.",
    "Lay the kernel on the series as it is written. Which product comes first?",
    costs=("values",))

LAST_WINDOW_LOST = after(
    "last-window-lost", lambda y: y[:-1],
    "The last window is missing.",
    "How many places does a window of 3 have in a series of 3? In a series of 4?")

STARTS_ONE_LATE = after(
    "starts-one-late", starts_one_late,
    "Every window starts one place too late.",
    "Which index does the very first window begin with?")

LAST_PRODUCT_ONLY = before(
    "last-product-only", {"w": lambda w: [0] * (len(w) - 1) + [w[-1]]},
    "Each value holds only the last product of its window.",
    "Are the products of one window added up, or does each replace the one before?")

TOTAL_NOT_RESET = after(
    "total-not-reset", np.cumsum,
    "Each value also holds all values before it: the total was never set back to 0.",
    "Where does your total become 0: before the loop over the places, or inside it?")

WEIGHING = (
    after("mean-of-products", lambda y, w: y / len(w),
          "You took the mean of the products, not their sum.",
          "A dot product adds. Is anything divided on paper?", costs=("values",)),
    after("divided-by-kernel-sum", lambda y, w: y / np.sum(w),
          "You divided by the sum of the kernel.",
          "A dot product multiplies and adds. Is anything divided on paper?", costs=("values",)),
    before("kernel-ignored", {"w": lambda w: np.ones(len(w))},
           "You added up the window without weighing it by the kernel.",
           "Where does `w` enter your sum?"),
)

WHOLE_NUMBERS_ONLY = after(
    "whole-numbers-only", np.trunc,
    "The digits behind the decimal point are cut off.",
    "What is the dtype of the array that you write your sums into?")

KERNEL_CUT = before(
    "kernel-cut-to-whole-numbers", {"w": lambda w: np.trunc(np.asarray(w, dtype=float))},
    "The kernel lost its decimals.",
    "What is the dtype of the array that holds your kernel?", costs=("values",))

PRODUCTS_OVERFLOW = after(
    "products-overflow", products_overflow,
    "Products of 8-bit numbers were kept in 8 bits: 156 times 2 became 56.",
    "Convert before you multiply: `np.asarray(x, dtype=float)`.", costs=("inputs",))

TOTALS_OVERFLOW = after(
    "totals-overflow", lambda y, x, w: y.astype(np.result_type(np.asarray(x), np.asarray(w))),
    "Your sums were kept in the 8 bits of series and kernel: after 255 comes 0.",
    "Convert before you multiply: `np.asarray(x, dtype=float)`.", costs=("inputs",))
