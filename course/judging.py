"""Judge an outcome against the expected one: four ways to be wrong, each said in words."""

import re

from course.compare import RIGHT, Fact, Verdict, another_count, wrong
from course.outcome import RAISED, UNATTEMPTED, VALUE


def judge(outcome, expected, compare, *, part=None, mentions=()):
    """Decide whether ``outcome`` is right.

    Parameters
    ----------
    outcome, expected : Outcome
        What the student's call did and what the reference's did.
    compare : callable
        ``compare(yours, expected) -> Verdict`` for two returned values.
    part : int or str, optional
        Compare only this element of a returned tuple, or this key of a dictionary.
    mentions : tuple of int, or of tuple of int
        Where an exception is expected: numbers that its sentence has to name; of a tuple, one.

    Returns
    -------
    Verdict
    """
    if outcome.kind == UNATTEMPTED:
        return wrong("result", "not attempted yet")
    if expected.kind == RAISED:
        return _judge_error(outcome, expected, mentions)
    if outcome.kind == RAISED:
        return Verdict(False, raised_facts(outcome))
    if outcome.value is None:
        return wrong("result", "returned None, but printed: `print` only shows a result, `return` "
                     "hands it on" if outcome.printed
                     else "returned None: did you forget `return`?")
    yours, target = outcome.value, expected.value
    if part is not None:
        yours, target = _part(yours, part, target), target[part]
        if isinstance(yours, Verdict):
            return yours
        if yours is None or yours is ...:
            return wrong("result", f"{part!r} is not answered yet")
    verdict = compare(yours, target)
    if verdict.right and outcome.changed:
        names = " and ".join(f"`{name}`" for name in outcome.changed)
        return wrong("inputs", f"changed its input {names}; work on a copy instead")
    return verdict if not verdict.right else RIGHT


def same(outcome, other, compare, *, part=None):
    """Whether two outcomes are indistinguishable: same values, same error, same side effects."""
    if outcome.kind != other.kind:
        return False
    if outcome.kind == RAISED:
        return outcome.error == other.error and outcome.message == other.message
    if outcome.kind == UNATTEMPTED or (outcome.value is None) != (other.value is None):
        return False
    if bool(outcome.changed) != bool(other.changed):
        return False
    if outcome.value is None:
        return True
    yours, target = outcome.value, other.value
    if part is not None:
        try:
            if isinstance(part, int) and len(yours) != len(target):
                return False  # "two values; expected three" is no likeness in the first of them
            yours, target = yours[part], target[part]
        except (TypeError, KeyError, IndexError):
            return False
    try:
        return compare(yours, target).right
    except Exception:  # `target` is a wrong answer here and may not even be comparable
        return False


def raised_facts(outcome):
    """Their exception and their line; the message may quote inputs, so it is for visible cases."""
    facts = [Fact("raised", outcome.error, f": {outcome.message}" if outcome.message else "")]
    if outcome.line:
        facts.append(Fact("where", f"your {outcome.line}"))
    hint = _TYPICAL.get((outcome.error, _typical_key(outcome.message)))
    if hint:
        facts.append(Fact("often", hint))
    return tuple(facts)


def _judge_error(outcome, expected, mentions):
    if outcome.kind == VALUE:
        shape = getattr(outcome.value, "shape", None)
        got = f"returned a result of shape {tuple(shape)}" if shape is not None else "returned"
        return wrong("result", f"{got}; expected a {expected.error} with a sentence",
                     hidden=f"returned a result; expected a {expected.error} with a sentence")
    if outcome.error != expected.error:
        return Verdict(
            False,
            (*raised_facts(outcome), Fact("expected", f"a {expected.error} with a sentence")),
        )
    missing = [_alternatives(number) for number in mentions if not _named(number, outcome.message)]
    if missing:
        return wrong(
            "message",
            f"raised {outcome.error}, as asked, but its sentence does not name every size",
            f": {' and '.join(missing)} missing in “{outcome.message}”",
        )
    return RIGHT


def _named(number, message):
    """Whether a sentence names a number, or one of several that are equally right."""
    numbers = number if isinstance(number, tuple | list) else (number,)
    return any(re.search(rf"(?<![\d.]){one}(?!\d)", message) for one in numbers)


def _alternatives(number):
    return " or ".join(map(str, number)) if isinstance(number, tuple | list) else str(number)


def _part(value, part, target):
    if isinstance(part, str):
        try:
            return value[part]
        except (TypeError, KeyError, IndexError):
            return wrong("result", f"{part!r} is not answered yet")
    if not isinstance(value, (tuple, list)) or len(value) != len(target):
        return another_count(value, len(target))
    return value[part]


_TYPICAL = {
    ("TypeError", "float-index"): "a size came from `/`, which gives a float: use `//` for sizes.",
    ("TypeError", "pair"):
        "a pair (a size of two numbers, a shape) stands where one number belongs: take it apart.",
    ("TypeError", "slice"):
        "the ends of a slice are whole numbers: no result of `/` (use `//`), and no pair.",
    ("TypeError", "one-element"): "an array of one element is no number: index it, as in `b[0]`.",
    ("ValueError", "broadcast"): "two arrays of different shapes were combined: print both shapes.",
    ("IndexError", "past-the-end"): "an index ran past the end: print it beside the shape.",
    ("ValueError", "none-setting"): "an array was put where a single number belongs: sum it first.",
}


def _typical_key(message):
    if "'float' object cannot be interpreted as an integer" in message:
        return "float-index"
    if "expected a sequence of integers or a single integer" in message:
        return "pair" if "(" in message else "float-index"
    if "'tuple' object cannot be interpreted as an integer" in message or (
        "unsupported operand" in message and "'tuple'" in message
    ) or "can only concatenate tuple" in message:
        return "pair"
    if "slice indices must be integers" in message:
        return "slice"
    if "only 0-dimensional arrays can be converted" in message or "only length-1" in message:
        return "one-element"
    if "could not be broadcast together" in message or "could not broadcast" in message:
        return "broadcast"
    if "out of bounds" in message or "index out of range" in message:
        return "past-the-end"
    if "setting an array element with a sequence" in message:
        return "none-setting"
    return ""
