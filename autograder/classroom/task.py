"""What travels between the coordinator and its workers."""

import hashlib
from dataclasses import dataclass, field

BY_STUDENT, BY_NOTEBOOK = "student", "student and notebook"
"""What hidden cases are drawn by; a record says it, and one that does not is of the first rule."""


@dataclass(frozen=True)
class Task:
    """One submission to be graded.

    Attributes
    ----------
    student : str
    files : dict of str to bytes
        Everything the student handed in, by name within the folder.
    submission : str
        Digest of the files.
    late : float
        Seconds after the due date; 0 if in time.
    manual : dict of str to dict
        By notebook: points that a person has given already, and extra credit, by cell.
    comments : dict of str to dict
        By notebook: comments that a person has written already, by cell.
    alone : bool
        Whether it is graded once more, because it slept while others were graded.
    rule : str
        What hidden cases are drawn by; see `BY_NOTEBOOK`.
    """

    student: str
    files: dict
    submission: str
    late: float = 0.0
    manual: dict = field(default_factory=dict)
    comments: dict = field(default_factory=dict)
    rule: str = BY_NOTEBOOK
    alone: bool = False

    def drawn_by(self, name):
        """What a notebook's cases are drawn by beside the student; see `autograder.draw.draw`."""
        if self.rule != BY_NOTEBOOK:
            return ""
        return hashlib.sha256(self.files[name]).hexdigest()


@dataclass(frozen=True)
class Part:
    """What came of one notebook.

    Attributes
    ----------
    notebook, feedback : bytes
        The autograded notebook and the student's feedback page.
    scores : dict of str to float or None
        Automatic points by cell; None where a person has to grade.
    comments : dict of str to str or None
        nbgrader's automatic comments by cell.
    penalty : float or None
        For being late.
    """

    notebook: bytes = b""
    feedback: bytes = b""
    scores: dict = field(default_factory=dict)
    comments: dict = field(default_factory=dict)
    penalty: float | None = None


@dataclass(frozen=True)
class Graded:
    """What came of it.

    Attributes
    ----------
    student : str
    trouble : str
        Why there is no grade, as a sentence that begins with "needs attention: "; else empty.
    parts : dict of str to Part
        By notebook; those that were not handed in are missing.
    record : dict
        See `autograder.classroom.record`.
    seconds : float
        Wall-clock time in the worker.
    slept : bool
        Whether it was ended by the wall's clock, not by the processor's.
    """

    student: str
    trouble: str = ""
    parts: dict = field(default_factory=dict)
    record: dict = field(default_factory=dict)
    seconds: float = 0.0
    slept: bool = False
