"""Questions from the inside of a battery: the agreed ones are answered, and only so many."""

from autograder.sandbox.child.channel import WireError
from autograder.sandbox.child.wire import decoded, encoded
from course.outcome import RAISED, VALUE, Outcome

MAX_ASKS, MAX_TOTAL = 300, 2000
"""Questions in one call, and in all calls of a battery: some twenty of a few each are usual."""

MAX_BODY = 1 << 20


class Asks:
    """Answers what a battery may ask.

    Parameters
    ----------
    helpers : mapping of str to callable
        ``helper(args, kwargs) -> Outcome``, by the name that may be asked for. It is handed
        whatever the inside sends that is plain data, so it has to look at it first.

    Attributes
    ----------
    asked : set of str
        The names that were asked for so far.
    """

    def __init__(self, helpers):
        self.helpers = dict(helpers)
        self.asked = set()
        self.left, self.total = MAX_ASKS, MAX_TOTAL

    def answer(self, header, body):
        """A question's reply and its body.

        Raises
        ------
        WireError
            If the name is none of the agreed ones, or it is one question too many, in this call or
            in all so far.
        """
        name = header["ask"]
        if not isinstance(name, str) or name not in self.helpers:
            raise WireError("a question that was not agreed on")
        if self.left <= 0:
            raise WireError(f"more than {MAX_ASKS} questions in one call")
        if self.total <= 0:
            raise WireError(f"more than {MAX_TOTAL} questions in one battery")
        self.left, self.total = self.left - 1, self.total - 1
        self.asked.add(name)
        outcome = self._outcome(name, header, body)
        if outcome.kind == VALUE:
            values, body = encoded([outcome.value])
            return {"kind": VALUE, "values": values}, body
        return {"kind": RAISED, "error": outcome.error}, b""

    def _outcome(self, name, header, body):
        if len(body) > MAX_BODY:
            return Outcome(RAISED, error="MemoryError")
        values, names = decoded(header.get("args"), body), header.get("names")
        strings = isinstance(names, list) and all(isinstance(word, str) for word in names)
        if not strings or len(names) > len(values):
            raise WireError("a question without its arguments")
        count = len(values) - len(names)
        return self.helpers[name](
            tuple(values[:count]), dict(zip(names, values[count:], strict=True))
        )
