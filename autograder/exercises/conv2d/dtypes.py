"""Mistakes that show only with some types of numbers, and a changed input."""

import numpy as np

from autograder.exercises.conv2d.lifts import slide, windows


def keeps_type(x, w, stride, padding):
    return slide(x, w, stride, padding).astype(x.dtype)


def kernel_keeps_type(x, w, stride, padding):
    return slide(x, np.asarray(w).astype(x.dtype), stride, padding)


def kernel_cut(x, w, stride, padding):
    return slide(x, np.trunc(w), stride, padding)


def products_overflow(x, w, stride, padding):
    rows, columns = slide(x, w, stride, padding).shape
    border = [(0, 0)] * (x.ndim - 2) + [(padding, padding)] * 2
    # np.sum counts in 64 bits; the products before it do not
    return windows(np.pad(x, border), w, rows, columns, stride)


def totals_overflow(x, w, stride, padding):
    return slide(x, w, stride, padding).astype(np.result_type(x, w))


def input_changed(x, w, stride=1, padding=0):
    result = slide(x, w, stride, padding)
    x[0, 0] = 0
    return result


KERNEL_CUT = (
    "kernel-cut-to-whole-numbers", kernel_cut,
    "The kernel lost its decimals.",
    "What is the dtype of the array that holds your kernel?",
)

OVERFLOW = (
    ("products-overflow", products_overflow,
     "Products of 8-bit numbers were kept in 8 bits: 156 times 2 became 56.",
     "Convert before you multiply: `np.asarray(x, dtype=float)`."),
    ("totals-overflow", totals_overflow,
     "Your sums were kept in the 8 bits of picture and kernel: after 255 comes 0.",
     "Convert before you multiply: `np.asarray(x, dtype=float)`."),
)

TYPES = (
    ("keeps-the-pictures-type", keeps_type,
     "Your result has the picture's dtype: whole numbers stay whole, 8 bits stay below 256.",
     "Sums can be negative, large, or have decimals. Which dtype holds them all?"),
    ("kernel-takes-the-pictures-type", kernel_keeps_type,
     "The kernel was converted to the picture's dtype and lost its decimals.",
     "It is the picture that has to be converted. To which dtype?"),
    KERNEL_CUT,
    *OVERFLOW,
)
