"""What a shortcut costs: the exercise's automatic points, or nothing but a note."""

from dataclasses import replace

from course.shortcuts import Shortcut, TooMuch, find

LARGE = "is in a notebook with more code than is read"


def without_shortcut(examination, cells, files, used, unseen, flag=False):
    """The examination; without points where a ready-made routine answers, or may have answered.

    Parameters
    ----------
    examination : Examination
    cells, files
        See `find`.
    used : set of str
        Routines that were seen at work.
    unseen : sequence of str
        Why others may have been at work unseen, as ends of a sentence. A person decides then.
    flag : bool
        Whether a note is all that follows.
    """
    try:
        shortcut = find(cells, examination.exercise.id, files=files)
    except TooMuch:
        shortcut, unseen = None, [*unseen, LARGE]
    if shortcut is None and used:
        shortcut = Shortcut(sorted(used)[0])
    if shortcut is not None:
        status, label, sentence = "shortcut", "shortcut", shortcut.sentence()
    elif unseen:
        status, label, sentence = "needs attention", "review", " and ".join(unseen)
    else:
        return examination
    if flag:
        return replace(examination, notes=(("review", f"{sentence}; please look at it"),))
    if label == "review":
        sentence += "; no points until a person has looked at it"
    return replace(
        examination,
        points=0.0,
        status=status,
        aspects=tuple(replace(aspect, points=0.0) for aspect in examination.aspects),
        notes=((label, sentence),),
    )
