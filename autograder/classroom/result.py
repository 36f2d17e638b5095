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
        Of all cells that are graded without a person, whoever wrote them.
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
    result = record["result"]
    exercises = result["exercises"].values()
    maxima = record.get("maxima")  # not in records of version 0.1
    if maxima is None:
        maxima = {f"test_{exercise['exercise']}": exercise["maximum"] for exercise in exercises}
    points = sum(result["scores"].get(name) or 0.0 for name in maxima)
    maximum = sum(maxima.values())
    said = [s for s in result["repairs"] if s.startswith(NEEDS)]
    said += [f"{NEEDS}{e['exercise']} {(e.get('notes') or ['could not be judged'])[0]}"
             for e in exercises if e["status"] == "needs attention"]
    if "page" in record:
        said.append(f"{NEEDS}{record['page']}")
    state = ATTENTION if said else "full" if points >= maximum else "partial"
    return Result(unit, record["student"], state, points, maximum, "; ".join(said), seconds)
