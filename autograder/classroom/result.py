"""What became of one submission, for the person who grades the class."""

from dataclasses import dataclass

from autograder.mend import NEEDS

ATTENTION = "needs attention"


@dataclass(frozen=True)
class Result:
    """What became of one submission.

    Attributes
    ----------
    unit, student : str
    state : {"full", "partial", "needs attention", "as before", "to do"}
    points, maximum : float
        Automatic points.
    note : str
    seconds : float
        In the worker.
    """

    unit: str
    student: str
    state: str
    points: float = 0.0
    maximum: float = 0.0
    note: str = ""
    seconds: float = 0.0


def result_of(unit, record, seconds=0.0):
    """The result that a record tells of.

    Parameters
    ----------
    unit : str
    record : dict
        See `autograder.classroom.record`.
    seconds : float
    """
    exercises = record["result"]["exercises"].values()
    points = sum(exercise["points"] for exercise in exercises)
    maximum = sum(exercise["maximum"] for exercise in exercises)
    said = [s for s in record["result"]["repairs"] if s.startswith(NEEDS)]
    said += [f"{NEEDS}{e['exercise']} {(e.get('notes') or ['could not be judged'])[0]}"
             for e in exercises if e["status"] == "needs attention"]
    if "page" in record:
        said.append(f"{NEEDS}{record['page']}")
    state = ATTENTION if said else "full" if points >= maximum else "partial"
    return Result(unit, record["student"], state, points, maximum, "; ".join(said), seconds)
