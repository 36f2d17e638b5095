"""What a student has: checks, figures and sample data of the course CNN by Hand."""

from course import animate, figures
from course.cases import case
from course.checking import CheckFailed, NotAttempted, check
from course.conventions import convention_card
from course.samples import noisy_line, photo
from course.slips import lecture_slips

__all__ = [
    "CheckFailed",
    "NotAttempted",
    "animate",
    "case",
    "check",
    "convention_card",
    "figures",
    "lecture_slips",
    "noisy_line",
    "photo",
]
