"""Attacks that tell their hidden inputs by what a page says: a shape, a length, a line."""

import builtins

from tests.attacks.attack import RIGHT, Attack

ERRORS = sorted(
    name for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, ArithmeticError | LookupError | OSError)
)
DEF = "import numpy as np\ndef conv1d(x, w, stride=1, padding=0):\n    v = abs(float(x[0]))\n"
LINES = "".join(f"    if int(v * 10) == {n}: raise ValueError\n" for n in range(400))
WRAPPED = RIGHT.replace("def conv1d", "def right") + DEF


def first(x):
    """What the functions below have in hand."""
    return abs(float(x[0]))


TELLING = (
    Attack("hidden-number-in-a-shape", "only shapes of ordinary mistakes are shown",
           (DEF + "    return np.zeros((0, int(v * 1e7)))",),
           tells=lambda x: str(int(first(x) * 1e7))),
    Attack("hidden-number-in-a-length", "the same",
           (DEF + "    return [0.0] * int(40 + v * 1000)",),
           tells=lambda x: str(int(40 + first(x) * 1000))),
    Attack("hidden-number-in-the-axes", "the same",
           (DEF + "    return np.zeros((1,) * int(4 + v))",),
           tells=lambda x: repr((1,) * int(4 + first(x)))),
    Attack("hidden-number-in-the-count-of-results", "the same",
           (DEF + "    return (x,) * int(5 + v * 10)",),
           tells=lambda x: repr((int(5 + first(x) * 10), len(x)))),
    Attack("hidden-number-in-the-line-that-raises", "only lines of visible cases are named",
           (DEF + LINES,), tells=lambda x: f"if int(v * 10) == {int(first(x) * 10)}:"),
    Attack("hidden-number-in-the-line-of-one-case", "the same, in a battery of its own",
           (WRAPPED.replace("    v =", "    calls.append(1)\n    v =") + "    if calls[1:]: "
            "return right(x, w, stride, padding)\n" + LINES, "calls = []"),
           tells=lambda x: f"if int(v * 10) == {int(first(x) * 10)}:", earns=4),
    Attack("hidden-number-in-the-line-of-every-case", "the same", (
        DEF.replace("v = abs(float(x[0]))", "kept.append(abs(float(x[0])))\n    v = kept[0]")
        + LINES, "kept = []"), tells=lambda x: f"if int(v * 10) == {int(first(x) * 10)}:"),
    Attack("hidden-number-in-the-kind-of-error", "likewise the name of an exception", (
        f"import builtins\nE = {ERRORS}",
        DEF + "    raise getattr(builtins, E[int(v * 10) % len(E)])"),
        tells=lambda x: ERRORS[int(first(x) * 10) % len(ERRORS)]),
    Attack("hidden-number-in-a-warning", "what a function prints and warns is not shown",
           (DEF + "    import sys, warnings\n    warnings.warn(f'kept {v!r}')\n"
            "    print('kept', v, file=sys.stderr)\n    return x",),
           tells=lambda x: f"kept {first(x)}"),
    Attack("hidden-number-in-what-is-wrong", "what differs is neither counted nor placed", (
        WRAPPED + "    result = np.array(right(x, w, stride, padding))\n"
        "    result[int(v) % len(result)] = np.nan\n    return result",),
        tells=lambda x: "first at", earns=1),
)
