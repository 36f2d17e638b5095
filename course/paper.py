"""Judge an answer that is a value: numbers worked out by hand, or a quiz's dictionary."""

import numpy as np

from course import compare, sealed
from course.feedback import Report, likely_of
from course.outcome import attempted

SLOWLY = "Go through it once more, slowly, one step at a time."


def inspect_value(exercise, entry, answer):
    """The Report on an answer; of an examination its form is all that is looked at."""
    if not attempted(answer):
        return Report(exercise, "not attempted yet.", "not attempted")
    if "parts" in entry:
        return _form(exercise, entry, answer)
    facts, found, wrong_parts, blank = [], {}, 0, 0
    for part, seals in entry["sealed"].items():
        value = answer if part == "" else answer.get(part) if hasattr(answer, "get") else None
        if not attempted(value):
            blank += 1
            facts.append((part, "not answered yet"))
            continue
        digest = sealed.seal(value, f"{exercise}/{part}")
        if digest == seals["right"]:
            facts.append((part, "right"))
            continue
        wrong_parts += 1
        facts.append((part, _in_numbers(entry["form"], seals, value, f"{exercise}/{part}", part)))
        for name in seals["twins"].get(digest, ()):
            found[name] = (*found.get(name, ()), part) if part else None
    total = len(entry["sealed"])
    if blank == total:
        return Report(exercise, "not attempted yet.", "not attempted")
    if not wrong_parts and not blank:
        return Report(exercise, "this is the answer.", "right")
    if total == 1:
        headline, facts = facts[0][1] + ".", []
    else:
        headline = f"{total - wrong_parts - blank} of {total} are right."
    likely = likely_of(entry["twins"], found)
    return Report(exercise, headline, "wrong", tuple(facts), likely, hint="" if found else SLOWLY)


def _form(exercise, entry, answer):
    if not hasattr(answer, "get"):
        return Report(exercise, f"expected {entry['form']}.", "wrong")
    parts = entry["parts"]
    blank = [key for key in parts if not attempted(answer.get(key))]
    if len(blank) == len(parts):
        return Report(exercise, "not attempted yet.", "not attempted")
    if blank:
        return Report(
            exercise, f"{len(blank)} of {len(parts)} not answered yet.", "wrong",
            tuple((key, "not answered yet" if key in blank else f"yours: {_shown(answer[key])}")
                  for key in parts),
        )
    return Report(
        exercise, f"all {len(parts)} answered; they are judged when the notebook is graded.",
        "right",
    )


def _shown(value):
    """An answer as it is typed, in few characters."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _in_numbers(form, seals, value, salt, part):
    """What is wrong with an answer: its form, or how many of its numbers."""
    array, shape = compare.as_array(value), seals["shape"]
    if isinstance(array, compare.Verdict) or shape is None:
        fits = part or (shape is None and isinstance(value, str))
        return "not right yet" if fits else f"expected {form}"
    if list(array.shape) != shape:
        due = form if not part else compare.shape_text(shape)
        return f"yours has the shape {array.shape}; expected {due}"
    if not shape:
        return "not right yet; the form is right"
    pairs = zip(sealed.each_sealed(array, salt), seals["numbers"], strict=True)
    right = sum(mine == due for mine, due in pairs)
    return f"{right} of {np.size(array)} numbers are right"
