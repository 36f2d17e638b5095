"""Sealed answers: tell right from wrong, and name a known mistake, without holding the answer.

The kit stores a salted, deliberately slow hash (scrypt, RFC 7914) of the right answer and of each
known wrong one. That keeps it from being read by accident, not from being guessed: answers that
count as an examination are in no kit, in no form.
"""

import hashlib

import numpy as np

from course.compare import Verdict, as_array

_COST = {"n": 2**12, "r": 8, "p": 1, "dklen": 24}


def canonical(answer):
    """One text for all ways to write the same answer, or None where it has no such form.

    Lists, tuples and arrays are alike; numbers are rounded to 4 decimals; case and outer blanks
    of words don't count.
    """
    if isinstance(answer, str):
        return answer.strip().lower()
    if isinstance(answer, bool | np.bool_):
        return str(bool(answer))
    array = as_array(answer)
    if isinstance(array, Verdict) or not np.all(np.isfinite(array)):
        return None
    if array.size == 1:
        array = array.reshape(1)
    numbers = [f"{round(float(value), 4) + 0.0:.4f}" for value in array.ravel()]
    return f"{array.shape} {' '.join(numbers)}"


def each_sealed(answer, salt):
    """The hashes of an answer's numbers one by one, to say how many of them are right."""
    return [seal(number, f"{salt}/{index}") for index, number in enumerate(np.ravel(answer))]


def seal(answer, salt):
    """The hash of an answer.

    Parameters
    ----------
    answer : number, str, bool or array_like
    salt : str
        The exercise's id (and key), so that equal answers have different seals.
    """
    text = canonical(answer)
    if text is None:
        return ""
    return hashlib.scrypt(text.encode(), salt=salt.encode(), **_COST).hex()
