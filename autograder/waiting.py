"""A test cell that waits for its turn: judged once all cells have run."""

from dataclasses import dataclass

from autograder.examine import Examination
from autograder.sandbox import Snapshot
from autograder.spec import Exercise
from course.outcome import Outcome


@dataclass
class Waiting:
    """A test cell that is judged once all cells have run.

    Attributes
    ----------
    cell : nbformat cell
    exercise : Exercise
    student, handed_in : str
        What the cases are drawn by: see `autograder.draw`.
    kept : Snapshot or Outcome
        The notebook as it was at this cell; of a hand-worked answer, what it was then.
    cells : list of str
        The sources that had run by then.
    files : dict of str to bytes
        What lies beside the notebook.
    around : tuple of list
        The cells before and those after it.
    found : Examination or None
        None if the answer broke the judging itself.
    """

    cell: object
    exercise: Exercise
    student: str
    handed_in: str
    kept: Snapshot | Outcome
    cells: list
    files: dict
    around: tuple
    found: Examination | None = None

    def close(self):
        """No more calls."""
        if not self.exercise.answer:
            self.kept.close()
