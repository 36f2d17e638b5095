"""Student code, run in a forked and confined child of a warm parent."""

from autograder.sandbox.answers import Battery, Snapshot
from autograder.sandbox.budget import SLEPT
from autograder.sandbox.limits import Limits
from autograder.sandbox.runner import Runner, SandboxUnavailable, SandboxWarning
from autograder.sandbox.session import Session

__all__ = [
    "SLEPT",
    "Runner",
    "Limits",
    "Session",
    "Snapshot",
    "Battery",
    "SandboxUnavailable",
    "SandboxWarning",
]
