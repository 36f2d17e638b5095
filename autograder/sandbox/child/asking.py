"""Ask the host to answer in the place of some of the notebook's functions."""

import threading

from autograder.sandbox.child.wire import decoded, encoded
from course.deputy import deputy
from course.outcome import RAISED, VALUE, Outcome


class Asker:
    """Questions to the host while it waits for the answer to a call.

    Attributes
    ----------
    number : str
        The id of that call: the host answers no other's questions. Between calls it is empty, and
        nobody is asked.
    """

    def __init__(self, channel):
        self.channel = channel
        self.number = ""
        self.lock = threading.Lock()

    def depute(self, names, namespace):
        """Replace these functions of the notebook, where there are any."""
        for name in names:
            original = namespace.get(name)
            if callable(original):
                namespace[name] = deputy(original, self._to(name))

    def over(self):
        """The call is: what a thread is asking is answered first, then nothing is."""
        with self.lock:
            self.number = ""

    def _to(self, name):
        return lambda args, kwargs: self.ask(name, args, kwargs)

    def ask(self, name, args, kwargs):
        """What the host's function of this name does with the arguments."""
        plain, body = encoded([*args, *kwargs.values()])
        with self.lock:
            if not self.number:
                return Outcome(RAISED, error="RuntimeError")
            question = {"id": self.number, "ask": name, "args": plain, "names": list(kwargs)}
            self.channel.send(question, body)
            reply, body = self.channel.receive()
        if reply["kind"] == VALUE:
            return Outcome(VALUE, decoded(reply["values"], body)[0])
        return Outcome(RAISED, error=reply["error"])
