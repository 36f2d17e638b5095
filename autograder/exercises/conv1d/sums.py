"""Mistakes inside one window, alike in `conv1d_valid` and in `conv1d`."""

import numpy as np

from autograder.reference.conv1d import conv1d, zero_pad1d
from autograder.spec import Twin


def kernel_flipped(x, w, stride=1, padding=0):
    return conv1d(x, w[::-1], stride, padding)


def last_window_lost(x, w, stride=1, padding=0):
    return conv1d(x, w, stride, padding)[:-1]


def starts_one_late(x, w, stride=1, padding=0):
    conv1d(x, w, stride, padding)  # a kernel that does not fit is refused as asked
    return conv1d(np.append(zero_pad1d(x, padding)[1:], 0.0), w, stride)


def last_product_only(x, w, stride=1, padding=0):
    return conv1d(x, [0] * (len(w) - 1) + [w[-1]], stride, padding)


def total_not_reset(x, w, stride=1, padding=0):
    return np.cumsum(conv1d(x, w, stride, padding))


def mean_of_products(x, w, stride=1, padding=0):
    return conv1d(x, w, stride, padding) / len(w)


def divided_by_kernel_sum(x, w, stride=1, padding=0):
    return conv1d(x, w, stride, padding) / np.sum(w)


def kernel_ignored(x, w, stride=1, padding=0):
    return conv1d(x, np.ones(len(w)), stride, padding)


def whole_numbers_only(x, w, stride=1, padding=0):
    return np.trunc(conv1d(x, w, stride, padding))


def kernel_cut(x, w, stride=1, padding=0):
    return conv1d(x, np.trunc(np.asarray(w, dtype=float)), stride, padding)


def products_overflow(x, w, stride=1, padding=0):
    conv1d(x, w, stride, padding)  # a kernel that does not fit is refused as asked
    x, w = np.pad(np.asarray(x), padding), np.asarray(w)
    # np.sum counts in 64 bits; the products before it do not
    return [np.sum(x[i : i + len(w)] * w) for i in range(0, len(x) - len(w) + 1, stride)]


def totals_overflow(x, w, stride=1, padding=0):
    return conv1d(x, w, stride, padding).astype(np.result_type(np.asarray(x), np.asarray(w)))


KERNEL_FLIPPED = Twin(
    "kernel-flipped", kernel_flipped,
    "You reversed the kernel first: that is true convolution.",
    "Lay the kernel on the series as it is written. Which product comes first?",
    costs=("values",))

LAST_WINDOW_LOST = Twin(
    "last-window-lost", last_window_lost,
    "The last window is missing.",
    "How many places does a window of 3 have in a series of 3? In a series of 4?",
    costs=("values",))

STARTS_ONE_LATE = Twin(
    "starts-one-late", starts_one_late,
    "Every window starts one place too late.",
    "Which index does the very first window begin with?")

LAST_PRODUCT_ONLY = Twin(
    "last-product-only", last_product_only,
    "Each value holds only the last product of its window.",
    "Are the products of one window added up, or does each replace the one before?")

WEIGHING = (
    Twin("mean-of-products", mean_of_products,
         "You took the mean of the products, not their sum.",
         "A dot product adds. Is anything divided on paper?", costs=("values",)),
    Twin("divided-by-kernel-sum", divided_by_kernel_sum,
         "You divided by the sum of the kernel.",
         "A dot product multiplies and adds. Is anything divided on paper?", costs=("values",)),
    Twin("kernel-ignored", kernel_ignored,
         "You added up the window without weighing it by the kernel.",
         "Where does `w` enter your sum?"),
)

WHOLE_NUMBERS_ONLY = Twin(
    "whole-numbers-only", whole_numbers_only,
    "The digits behind the decimal point are cut off.",
    "What is the dtype of the array that you write your sums into?")

KERNEL_CUT = Twin(
    "kernel-cut-to-whole-numbers", kernel_cut,
    "The kernel lost its decimals.",
    "What is the dtype of the array that holds your kernel?", costs=("values",))

OVERFLOW = (
    Twin("products-overflow", products_overflow,
         "Products of 8-bit numbers were kept in 8 bits: 156 times 2 became 56.",
         "Convert before you multiply: `np.asarray(x, dtype=float)`.", costs=("inputs",)),
    Twin("totals-overflow", totals_overflow,
         "Your sums were kept in the 8 bits of series and kernel: after 255 comes 0.",
         "Convert before you multiply: `np.asarray(x, dtype=float)`.", costs=("inputs",)),
)
