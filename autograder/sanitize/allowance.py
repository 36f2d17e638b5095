"""Processor time for making a notebook presentable: what running it has left, within bounds."""

import time

LEFT = "processor_left"
"""Where the step that runs a notebook notes in nbgrader's resources what is left, in seconds."""
LEAST, MOST = 2.0, 10.0
"""A submission that has used everything up is shown, too; none is worth more."""


def deadline(resources) -> float:
    """The thread's processor time until which to render; what comes later is shown as it is.

    Parameters
    ----------
    resources : mapping
        nbconvert's, in which nbgrader keeps a mapping of its own.
    """
    left = resources.get("nbgrader", {}).get(LEFT, MOST)
    return time.thread_time() + min(max(left, LEAST), MOST)


def charge(resources, started: float) -> None:
    """Take what was used since ``started`` (processor time) off what is left."""
    about = resources.get("nbgrader", {})
    if LEFT in about:
        about[LEFT] -= time.thread_time() - started
