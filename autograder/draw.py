"""Randomness for hidden cases: from a course secret, the exercise, the student and the notebook."""

import hashlib
import os
import secrets
from pathlib import Path

import numpy as np

from autograder.spec import Draw

ENVIRONMENT = "CNN_BY_HAND_SECRET_FILE"


def secret_path():
    """Where the course secret lives: the environment's word, else beside the package."""
    given = os.environ.get(ENVIRONMENT)
    return Path(given) if given else Path(__file__).resolve().parents[1] / ".course-secret"


def course_secret():
    """The course secret, made at first use, readable by its owner only.

    Published cases can't be learned by heart, because the hidden ones depend on it. Keep it with
    the gradebook: the same secret gives every student the same cases again.
    """
    path = secret_path()
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32) + "\n")
    try:
        os.link(draft, path)  # fails if another process was first: then theirs counts
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()


def draw(exercise_id, student="", secret=None, handed_in=""):
    """The Draw of one student's notebook for one exercise.

    What a notebook finds out about its hidden cases is of no use to the next one, and the same
    notebook meets the same cases every time.

    Parameters
    ----------
    exercise_id, student : str
    secret : str, optional
        The course secret; read (or made) if not given.
    handed_in : str
        The SHA-256 of the notebook's bytes as they were handed in, and of nothing beside it.
        Without it the student's cases are drawn, whatever is handed in.
    """
    secret = course_secret() if secret is None else secret
    text = "\0".join((secret, exercise_id, student, *filter(None, (handed_in,))))
    seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest(), "big")
    return Draw(np.random.default_rng(seed), student)
