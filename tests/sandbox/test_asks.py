"""Questions from inside a battery that the host answers."""

import time

import numpy as np
import pytest

from autograder.sandbox import Limits, Runner
from autograder.sandbox.asks import MAX_ASKS, MAX_TOTAL, Asks
from autograder.sandbox.child.asking import Asker
from autograder.sandbox.child.channel import WireError
from course.outcome import RAISED, VALUE, Outcome, call

CELL = """
import numpy as np
def half(x): return x / 3
def sum_of_halves(x, times=1):
    return sum(half(x).sum() for _ in range(times))
def raising(x): return half(x)
def strict(x):
    raise ValueError("my own words")
def calls_strict(x): return strict(x)
def asker():
    import gc
    from autograder.sandbox.child.asking import Asker
    return next(o for o in gc.get_objects() if isinstance(o, Asker))
def forged(name, x): return asker().ask(name, (x,), {}).value
def raw(**header):
    own = asker()
    own.channel.send({"id": own.number, **header}, b"")
    return own.channel.receive()[0]["kind"]
"""


def right_half(args, kwargs):
    return call(lambda x: np.asarray(x) / 2, args, kwargs)


@pytest.fixture
def battery(session):
    """A battery in which `half` is answered by the host."""
    return asked(session)


def asked(session):
    session.run_cell(CELL)
    snapshot = session.snapshot()
    session.finish()
    return snapshot.battery(helpers={"half": right_half, "missing": right_half})


def test_helper_is_answered_by_the_host(battery):
    """In the battery that has it agreed, and in no other one of the same snapshot."""
    assert battery.call("sum_of_halves", (np.array([1.0, 3.0]),)).value == 2.0
    assert battery.asks.asked == {"half"}
    plain = battery.snapshot.battery()
    assert plain.call("sum_of_halves", (np.array([1.0, 5.0]),)).value == 2.0
    assert plain.asks.asked == set()


def test_helpers_exception_has_its_name_and_the_students_own_words(session):
    """The reference's sentence could name numbers that somebody gets points for."""
    session.run_cell(CELL)
    snapshot = session.snapshot()
    session.finish()
    said = Outcome(RAISED, error="ValueError", message="7 and 5 don't fit")
    odd = Outcome(RAISED, error="LinAlgError", message="7 and 5 don't fit")
    battery = snapshot.battery(helpers={"half": lambda *_: said, "strict": lambda *_: said})
    found = battery.call("raising", (2.0,))
    assert (found.error, found.message) == ("ValueError", "the arguments were refused")
    assert found.line == "line 5: def raising(x): return half(x)"
    assert battery.call("calls_strict", (2.0,)).message == "my own words"
    battery = snapshot.battery(helpers={"half": lambda *_: odd, "strict": lambda *_: odd})
    assert battery.call("raising", (2.0,)).error == "RuntimeError"


@pytest.mark.parametrize("name", ["sum_of_halves", "forged", "", None, 5, ["half"]])
def test_only_agreed_names_can_be_asked(battery, name):
    """The function under test's own name, any other, and what is no name."""
    found = battery.call("forged", (name, np.ones(2)))
    assert found.kind == RAISED and "not agreed on" in found.error
    assert battery.asks.asked == set()


@pytest.mark.parametrize("header", [
    {"args": 5, "names": []}, {"args": [1.0], "names": ["x", "y"]}, {"args": [1.0], "names": 3},
    {"names": []}, {"args": [["array", "float64", [10**9], [True, True]]], "names": []},
    {"args": [["array", "object", [1], [True, True]]], "names": []},
], ids=str)
def test_question_without_readable_arguments_ends_the_call(battery, header):
    """Nothing is guessed."""
    found = battery.call("raw", (), {"ask": "half", **header})
    assert found.kind == RAISED and "no readable answer" in found.error


def test_questions_are_counted_per_call():
    """As many as anybody needs, in each call; thousands end it, however long it may take."""
    x = np.array([1.0, 3.0])
    with Runner(Limits(call=300, battery=600)) as runner, runner.session() as session:
        battery = asked(session)
        for _ in range(2):
            assert battery.call("sum_of_halves", (x, MAX_ASKS)).value == 2.0 * MAX_ASKS
        started = time.process_time()
        found = battery.call("sum_of_halves", (x, 10**6))
        assert found.kind == RAISED and f"more than {MAX_ASKS} questions" in found.error
        assert time.process_time() - started < 2


def test_questions_are_counted_for_a_whole_battery():
    """In many calls there are not more of them than in a few."""
    asks = Asks({"half": right_half})
    for _ in range(MAX_TOTAL):
        asks.left = MAX_ASKS
        asks.answer({"ask": "half", "args": [1.0], "names": []}, b"")
    asks.left = MAX_ASKS
    with pytest.raises(WireError, match="in one battery"):
        asks.answer({"ask": "half", "args": [1.0], "names": []}, b"")


def test_nobody_is_asked_between_calls():
    """A thread that outlives its call is refused by its own side; the host hears of nothing."""
    asker = Asker(channel=None)
    assert asker.ask("half", (1.0,), {}).error == "RuntimeError"
    asker.number = "a call"
    asker.over()
    assert asker.ask("half", (1.0,), {}).error == "RuntimeError"


def test_large_question_is_not_decoded():
    """Its array is never made."""
    asks = Asks({"half": right_half})
    plain = [["array", "float64", [1 << 18], [True, True]]]
    reply, _ = asks.answer({"ask": "half", "args": plain, "names": []}, b"\0" * (1 << 21))
    assert reply == {"kind": RAISED, "error": "MemoryError"}


def test_battery_without_helpers_answers_no_question(session):
    """The first examination is one."""
    session.run_cell(CELL)
    snapshot = session.snapshot()
    session.finish()
    found = snapshot.call("forged", ("half", np.ones(2)))
    assert found.kind == RAISED and "not agreed on" in found.error


def test_reply_carries_what_a_reference_returns():
    """Numbers, arrays and tuples; an exception by its name only."""
    values = {"n": 3, "t": (np.ones(2), 1.5)}
    asks = Asks({name: lambda a, k, v=value: Outcome(VALUE, v) for name, value in values.items()})
    for name in values:
        reply, _ = asks.answer({"ask": name, "args": [], "names": []}, b"")
        assert reply["kind"] == VALUE
    with pytest.raises(WireError):
        asks.answer({"ask": "m", "args": [], "names": []}, b"")
