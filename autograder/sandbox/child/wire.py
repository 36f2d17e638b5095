"""Values between the two sides: plain JSON and raw array bytes; never pickle, never eval.

A value is plain JSON, or a list whose first element names what it is.
"""

import numpy as np

from autograder.sandbox.child.channel import WireError

DTYPES = {
    name: np.dtype(name)
    for name in (
        "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
        "float16", "float32", "float64", "complex64", "complex128",
    )
}
MAX_DEPTH, MAX_NODES, MAX_DIMENSIONS, MAX_TEXT, MAX_BITS = 24, 300_000, 8, 100_000, 1024


LARGE = 4 << 20
"""Bytes of arrays in one value; of what is larger, only its form travels: nothing asked for is."""
MAX_FORM = 1 << 26


class Opaque:
    """Stands for a returned object that is no plain data."""

    def __repr__(self):
        return "an object that is no plain data"


class Encoder:
    """Turns values into JSON-able data and collects the bytes of arrays."""

    def __init__(self):
        self.parts = []
        self.size = self.before = 0
        self.nodes = 0

    @property
    def body(self):
        """The bytes of all arrays."""
        return b"".join(self.parts)

    def encode(self, value, depth=0):
        """The plain form; what has none becomes an opaque mark, never an error."""
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            return ["opaque"]
        exact = type(value)
        if value is None or exact is bool or exact is float:
            return value
        if exact is int:
            return value if value.bit_length() < MAX_BITS else ["opaque"]
        if exact is str:
            return value if len(value) <= MAX_TEXT else ["opaque"]
        if value is Ellipsis:
            return ["..."]
        if isinstance(value, np.ma.MaskedArray):
            return ["masked"]
        if isinstance(value, (np.ndarray, np.generic)):
            return self._array(value)
        if isinstance(value, tuple):
            return ["tuple", [self.encode(item, depth + 1) for item in tuple.__iter__(value)]]
        if isinstance(value, list):
            return ["list", [self.encode(item, depth + 1) for item in list.__iter__(value)]]
        if isinstance(value, dict):
            return ["dict", [[self.encode(k, depth + 1), self.encode(v, depth + 1)]
                             for k, v in dict.items(value)]]
        if isinstance(value, slice):
            return ["slice", *(self.encode(v, depth + 1)
                               for v in (value.start, value.stop, value.step))]
        for plain in (bool, int, float, str):  # a subclass: an enum's member, for instance
            if isinstance(value, plain):
                return self.encode(plain(value), depth + 1)
        return self._other(value)

    def _other(self, value):
        probe = getattr(value, "probe", None)
        if callable(value) and isinstance(probe, str):
            return ["probe", probe]
        if isinstance(value, complex):
            return self._array(np.complex128(value))
        array = np.asarray(value)  # a range, or somebody's own array type
        return self._array(array) if array.dtype.name in DTYPES else ["opaque"]

    def _array(self, value):
        array = np.asarray(value)
        name = array.dtype.name
        if array.dtype.kind in "SU":
            return ["words"]
        if name == "longdouble" or (name.startswith("float1") and name != "float16"):
            array, name = array.astype(np.float64), "float64"
        if name not in DTYPES or array.ndim > MAX_DIMENSIONS:
            return ["objects"]
        form = "scalar" if isinstance(value, np.generic) else "array"
        if array.size * DTYPES[name].itemsize > LARGE - (self.size - self.before):
            return ["hollow", name, list(array.shape)]
        flags = [bool(array.flags.writeable), bool(array.flags.c_contiguous)]
        data = array.astype(DTYPES[name], copy=False).tobytes()
        self.parts.append(data)
        self.size += len(data)
        return [form, name, list(array.shape), flags]


def encoded(values):
    """Several values as (JSON-able list, body)."""
    encoder, plain = Encoder(), []
    for value in values:
        encoder.before = encoder.size
        plain.append(encoder.encode(value))
    return plain, encoder.body


class Decoder:
    """Rebuilds values from plain data and a body; refuses whatever does not fit.

    Parameters
    ----------
    body : bytes
    layout : bool
        Whether arrays of the outermost level get back their read-only flag and their gaps. The
        inside needs this; the outside wants base arrays in their plainest form.
    probes : mapping, optional
        Functions that travel by name.
    """

    def __init__(self, body, *, layout=False, probes=None):
        self.body = memoryview(body)
        self.at = 0
        self.nodes = 0
        self.layout = layout
        self.probes = probes or {}

    def decode(self, data, depth=0):
        """The value.

        Raises
        ------
        WireError
            If the data is not what `Encoder.encode` makes.
        """
        self.nodes += 1
        if depth > MAX_DEPTH + 2 or self.nodes > MAX_NODES:
            raise WireError("too deep or too many")
        if data is None or isinstance(data, bool | float):
            return data
        if isinstance(data, int):
            return _small(data)
        if isinstance(data, str):
            return _short(data)
        if not isinstance(data, list) or not data or not isinstance(data[0], str):
            raise WireError("no value")
        try:
            return self._tagged(data, depth)
        except WireError:
            raise
        except Exception as error:  # whatever a forged value can provoke
            raise WireError(f"no value: {type(error).__name__}") from None

    def _tagged(self, data, depth):
        match data:
            case ["tuple", list(items)]:
                return tuple(self.decode(item, depth + 1) for item in items)
            case ["list", list(items)]:
                return [self.decode(item, depth + 1) for item in items]
            case ["dict", list(pairs)]:
                return {self._key(k, depth): self.decode(v, depth + 1) for k, v in pairs}
            case ["array" | "scalar" as form, str(name), list(shape), [bool(), bool()] as flags]:
                return self._array(form, name, shape, flags, depth)
            case ["hollow", str(name), list(shape)]:
                return self._hollow(name, shape)
            case ["slice", start, stop, step]:
                return slice(*(self.decode(v, depth + 1) for v in (start, stop, step)))
            case ["probe", str(name)]:
                return self.probes.get(name, Opaque())
            case ["..."]:
                return ...
            case ["opaque"]:
                return Opaque()
            case ["objects"]:
                return np.array([None])
            case ["words"]:
                return np.array(["words"])
            case ["masked"]:
                return np.ma.masked_array([0.0], [True])
        raise WireError("no value")

    def _key(self, data, depth):
        key = self.decode(data, depth + 1)
        hash(key)
        return key

    def _hollow(self, name, shape):
        """An array that was too large to travel: its shape and type, and no number of it."""
        dtype, size = self._form(name, shape)
        if size > MAX_FORM:
            return Opaque()
        return np.broadcast_to(np.zeros((), dtype), shape)

    def _form(self, name, shape):
        dtype = DTYPES.get(name)
        if dtype is None or len(shape) > MAX_DIMENSIONS:
            raise WireError("no such array")
        size = dtype.itemsize
        for side in shape:
            if type(side) is not int or not 0 <= side <= 2**31:
                raise WireError("no shape")
            size *= side
        return dtype, size

    def _array(self, form, name, shape, flags, depth):
        dtype, size = self._form(name, shape)
        if self.at + size > len(self.body):
            raise WireError("an array without its numbers")
        raw = self.body[self.at : self.at + size]
        self.at += size
        flat = np.frombuffer(raw, np.uint8) != 0 if name == "bool" else np.frombuffer(raw, dtype)
        array = flat.copy().reshape(shape)
        if form == "scalar":
            if shape:
                raise WireError("a scalar with a shape")
            return array[()]
        if self.layout and depth == 0:
            writeable, contiguous = flags
            if not contiguous and array.ndim:
                array = np.repeat(array, 2, axis=-1)[..., ::2]
            array.flags.writeable = writeable
        return array


def _short(text):
    if len(text) > MAX_TEXT:
        raise WireError("a text too long")
    return text


def _small(number):
    if number.bit_length() > MAX_BITS:
        raise WireError("a number too long")
    return number


def decoded(plain, body, *, layout=False, probes=None):
    """Undo `encoded`."""
    if not isinstance(plain, list):
        raise WireError("no values")
    decoder = Decoder(body, layout=layout, probes=probes)
    return [decoder.decode(value) for value in plain]
