"""What an attack is: a hostile submission and what it may gain, which is mostly nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field

RIGHT = """
import numpy as np
def conv1d(x, w, stride=1, padding=0):
    x = [0.0] * padding + [float(v) for v in x] + [0.0] * padding
    if len(w) > len(x):
        raise ValueError(f"{len(w)} values of w do not fit into {len(x) - 2 * padding} of x")
    return [sum(x[i + k] * w[k] for k in range(len(w)))
            for i in range(0, len(x) - len(w) + 1, stride)]
"""

WRONG = """
import numpy as np
def conv1d(x, w, stride=1, padding=0):
    return np.zeros(3)
"""


@dataclass(frozen=True)
class Attack:
    """A hostile submission.

    Attributes
    ----------
    name, claim : str
        What is tried, and what is to hold.
    cells : tuple of str
        Code cells before the test cell of ``conv1d``. ``@folder@`` stands for a folder of the
        instructor's, ``@port@`` for a port that listens on 127.0.0.1.
    after : tuple of str
        Code cells after it.
    earns : float
        The points that the submission deserves.
    shows : str
        A word that the outputs of the last cell must hold.
    limits : dict
        Limits of its own: more time where the work is bounded, and a busy machine takes long.
    status : str
        What the record is to say.
    says : tuple of str
        What the feedback must say.
    tells : callable or None
        Of the first argument of a hidden case: the word that would tell it.
    words : tuple of str
        Cells of words, at the end; an attack that has some is made a page of.
    """

    name: str
    claim: str
    cells: tuple[str, ...]
    after: tuple[str, ...] = ()
    earns: float = 0
    shows: str = ""
    limits: dict = field(default_factory=dict)
    status: str = ""
    says: tuple[str, ...] = ()
    tells: Callable | None = None
    words: tuple[str, ...] = ()
