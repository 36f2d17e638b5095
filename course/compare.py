"""Compare a student's value with the expected one and say in words how they differ."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from course.ties import pair_totals, shares

RTOL = 1e-6
RTOL_FLOAT32 = 1e-4
ATOL = 1e-12
"""Absolute floor: a sum that should cancel to 0 leaves some 1e-16 behind."""

SEVERAL = "returned several values (a tuple); expected one array: return the result alone"


@dataclass(frozen=True)
class Fact:
    """One line of feedback: a short label, a sentence, and what only a visible case may add."""

    label: str
    text: str
    reveals: str = ""
    """Numbers that would give a hidden case away; shown for visible cases only."""
    hidden: str | None = None
    """What a hidden case says in place of a text that the student's code could steer: whatever
    it can choose among many (a shape, a length, a count, a place) can carry a hidden input out."""

    def shown(self, reveal):
        """The words for a visible case (``reveal``) or for a hidden one."""
        if reveal:
            return self.text + self.reveals
        return self.text if self.hidden is None else self.hidden


@dataclass(frozen=True)
class Verdict:
    """What a comparison found.

    Attributes
    ----------
    right : bool
        Whether the value is accepted.
    facts : tuple of Fact
        What is wrong, most telling first; empty when right.
    yours, expected : ndarray or None
        The two numeric arrays, for a picture; None where there is nothing to draw.
    """

    right: bool
    facts: tuple[Fact, ...] = ()
    yours: np.ndarray | None = None
    expected: np.ndarray | None = None


RIGHT = Verdict(True)


def wrong(label, text, reveals="", *, hidden=None, yours=None, expected=None):
    """A negative verdict with a single fact."""
    return Verdict(False, (Fact(label, text, reveals, hidden),), yours, expected)


def shape_text(shape):
    """A shape as students write it: ``(3,)``, ``(2, 3)``, or "a single number"."""
    return str(tuple(shape)) if shape else "a single number"


def as_array(value):
    """The value as a real numeric array, or the Verdict that says why it is none.

    Accepts whatever a correct solution may return: lists, tuples, ints, float32, booleans.
    """
    if isinstance(value, np.ma.MaskedArray):
        return wrong("type", "returned a masked array; expected a plain array of numbers")
    try:
        array = np.asarray(value)
    except Exception:  # a ragged list, or an object whose conversion raises anything at all
        if isinstance(value, tuple):
            return wrong("type", SEVERAL)
        return wrong(
            "type", "the rows do not all have the same length, so this is no array of numbers"
        )
    if array.dtype == object and isinstance(value, tuple):
        return wrong("type", SEVERAL)
    if array.dtype == object:
        return wrong(
            "type",
            "returned an array of Python objects (dtype object); expected numbers. "
            "Rows of different lengths or a None inside make such an array",
        )
    if array.dtype.kind == "c":
        return wrong("type", "returned complex numbers; take the real part with `.real`")
    if array.dtype.kind not in "biuf":
        return wrong("type", f"returned {type(value).__name__!s}; expected numbers")
    return array


def values(yours, expected, *, rtol=RTOL):
    """Compare numbers, arrays of any rank, or a tuple of arrays.

    Parameters
    ----------
    yours : anything
        What the student's function returned.
    expected : array_like, or tuple of array_like
        The reference's result. A tuple means several return values.
    rtol : float
        Relative tolerance; the absolute one is ``rtol`` times the largest expected magnitude,
        so an FFT solution is not refused for its rounding.

    Returns
    -------
    Verdict
    """
    if isinstance(expected, tuple):
        return _several(yours, expected, rtol)
    target = np.asarray(expected)
    array = as_array(yours)
    if isinstance(array, Verdict):
        return array
    if array.shape != target.shape:
        found, due = shape_text(array.shape), shape_text(target.shape)
        fact = Fact("shape", f"yours {found}, expected {due}",
                    hidden=f"far from the expected shape, {due}")
        return Verdict(False, (fact,), array, target)
    if array.dtype in (np.float32, np.float16):
        rtol = max(rtol, RTOL_FLOAT32)
    yours_f, target_f = array.astype(float), target.astype(float)
    if (yours_f == target_f).all():
        return RIGHT
    scale = float(np.max(np.abs(target_f[np.isfinite(target_f)]), initial=0.0))
    # equal_nan: two wrong answers with NaN in the same places are the same wrong answer
    atol = max(rtol * scale, ATOL)
    close = np.isclose(yours_f, target_f, rtol=rtol, atol=atol, equal_nan=True)
    if close.all():
        return RIGHT
    return Verdict(False, _value_facts(yours_f, target_f, close), array, target)


def _value_facts(yours, target, close):
    bad = ~close
    facts = [Fact("shape", f"yours {shape_text(yours.shape)}, as expected")] if yours.shape else []
    if yours.shape:
        first = tuple(int(i) for i in np.argwhere(bad)[0])
        place = {1: "at {}", 2: "in row {}, column {}"}.get(len(first), f"at {first}")
        where = f"{bad.sum()} of {bad.size} differ; first {place.format(*first)}"
    else:
        first, where = (), "yours differs"
    facts.append(
        Fact("values", where, f": yours {yours[first]:.6g}, expected {target[first]:.6g}",
             hidden=f"{'all' if bad.all() else 'some'} of {bad.size} differ" if yours.shape
             else None)
    )
    nans = int(np.isnan(yours).sum() - np.isnan(target).sum())
    if nans > 0:
        facts.append(
            Fact("nan", f"{nans} of {yours.size} values are NaN (not a number): 0/0, or never set",
                 hidden="some values are NaN (not a number): 0/0, or never set")
        )
    return tuple(facts)


def _several(yours, expected, rtol):
    if not isinstance(yours, (tuple, list)) or len(yours) != len(expected):
        return another_count(yours, len(expected))
    for mine, target in zip(yours, expected, strict=True):
        verdict = values(mine, target, rtol=rtol)
        if not verdict.right:
            return verdict
    return RIGHT


def another_count(yours, due):
    """The verdict where not as many values came back as should have."""
    found = f"{len(yours)}" if isinstance(yours, (tuple, list)) else "a single value"
    few = not isinstance(yours, (tuple, list)) or len(yours) <= due + 1
    tail = f"; expected {due} values, separated by commas"
    return wrong("returned", found + tail, hidden=None if few else f"too many{tail}")


def exact(yours, expected):
    """Compare answers that are counts, yes/no or words: no shapes, no tolerance but rounding."""
    if isinstance(expected, str):
        right = isinstance(yours, str) and yours.strip().lower() == expected.strip().lower()
    elif isinstance(expected, bool | np.bool_):
        right = isinstance(yours, bool | np.bool_) and bool(yours) == bool(expected)
    elif isinstance(expected, Mapping):
        right = isinstance(yours, Mapping) and dict(yours) == dict(expected)
    else:
        array = as_array(yours)
        if isinstance(array, Verdict):
            return array
        # a count computed with floats may miss a whole number in its last digits
        right = array.size == 1 and bool(
            np.isclose(float(array.reshape(())), float(expected), rtol=ATOL, atol=ATOL))
    if right:
        return RIGHT
    return wrong("answer", "yours differs", f": yours {yours!r}, expected {expected!r}")


def tie_split(yours, expected):
    """Compare gradients of max pooling where entries tie: any split into shares is right.

    Parameters
    ----------
    yours : anything
    expected : (..., H, W) array_like
        The gradient with the first of the tied entries taking all. The cases keep to the pattern
        that `course.ties` describes.

    Returns
    -------
    Verdict
    """
    array, target = as_array(yours), np.asarray(expected)
    if isinstance(array, Verdict) or array.shape != target.shape:
        return values(yours, expected)
    if not values(pair_totals(array), pair_totals(target)).right:
        return wrong(
            "ties",
            "what the tied entries of a window get does not add up to the window's gradient. Any "
            "split between them is right; the first one taking all is only one of them",
            yours=array, expected=target,
        )
    if not shares(array, target):
        return wrong(
            "ties",
            "a tied entry gets more than the window's gradient, and another one a share of the "
            "other sign. Shares are not negative and add up to it",
            yours=array, expected=target,
        )
    return RIGHT


COMPARISONS = {"values": values, "exact": exact, "tie_split": tie_split}
"""The comparisons that a visible case in the student kit may name."""
