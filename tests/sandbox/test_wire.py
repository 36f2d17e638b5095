"""Values on the wire."""

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.sandbox.child.channel import WireError
from autograder.sandbox.child.wire import Opaque, decoded, encoded

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text()
    | st.sampled_from(["array", "scalar", "list", "tuple", "dict", "slice", "float64", "..."]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
DTYPES = st.sampled_from(["bool", "int8", "int64", "uint8", "float16", "float32", "float64"])


def through(value, **how):
    plain, body = encoded([value])
    return decoded(json.loads(json.dumps(plain)), body, **how)[0]


@settings(max_examples=50)
@given(PLAIN)
def test_plain_values_come_back_as_they_were(value):
    """Types included: a tuple stays a tuple."""
    back = through(value)
    assert back == value and type(back) is type(value)


@settings(max_examples=50)
@given(DTYPES.flatmap(lambda d: arrays.arrays(d, arrays.array_shapes(min_dims=0, min_side=0))))
def test_arrays_come_back_as_they_were(array):
    """Numbers, shape and dtype."""
    back = through(array)
    assert type(back) is np.ndarray and back.dtype == array.dtype and back.shape == array.shape
    np.testing.assert_array_equal(back, array)


@settings(max_examples=100)
@given(st.lists(JSON), st.binary(max_size=64))
def test_forged_values_are_refused_or_harmless(plain, body):
    """Whatever arrives is a value or a WireError."""
    try:
        decoded(plain, body)
    except WireError:
        return


@pytest.mark.parametrize("forged", [
    ["array", "object", [1], [True, True]],
    ["array", "float64", [2**40], [True, True]],
    ["array", "float64", [-1, -8], [True, True]],
    ["array", "float64", [1.0], [True, True]],
    ["array", "float64", [True], [True, True]],
    ["array", "float64", [1] * 70, [True, True]],
    ["scalar", "float64", [1], [True, True]],
    ["array", "float64", [9], [True, True]],
    ["dict", [[["list", []], 1]]],
    ["eval", "1"],
    {"array": [1]},
])
def test_forged_arrays_are_refused(forged):
    """Sizes are checked before anything is allocated."""
    with pytest.raises(WireError):
        decoded([forged], b"\0" * 16)


def test_layout_of_arguments_is_rebuilt_inside():
    """Read-only and non-contiguous arguments are so inside, too."""
    read_only = np.arange(3.0)
    read_only.flags.writeable = False
    assert not through(read_only, layout=True).flags.writeable
    strided = through(np.arange(12.0).reshape(3, 4)[:, ::2], layout=True)
    assert not strided.flags.c_contiguous
    np.testing.assert_array_equal(strided, np.arange(12.0).reshape(3, 4)[:, ::2])
    assert through(read_only).flags.writeable, "outside they are plain"


def test_what_has_no_plain_form_is_opaque():
    """Objects, functions, loops of lists: one mark, no error."""
    loop = []
    loop.append(loop)
    assert isinstance(through(object()), Opaque) and isinstance(through(len), Opaque)
    deepest = through(loop)
    while isinstance(deepest, list):
        (deepest,) = deepest
    assert isinstance(deepest, Opaque)


def test_kinds_of_results_keep_what_the_judge_looks_at():
    """Scalars keep their dtype, masked and object arrays stay refusable, NaN stays NaN."""
    assert through(np.float32(2)).dtype == np.float32
    assert isinstance(through(np.ma.array([1.0])), np.ma.MaskedArray)
    assert through(np.array([object()])).dtype == object
    assert through(np.zeros((1, 2)).view(np.matrix)).shape == (1, 2)
    assert through(...) is ... and math.isnan(through(math.nan))
    np.testing.assert_array_equal(through(range(3)), [0, 1, 2])
