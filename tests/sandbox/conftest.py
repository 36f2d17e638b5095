"""One runner for all tests of the sandbox."""

import pytest

from autograder.sandbox import Limits, Runner

SMALL = Limits(
    patience=1, processor=60, cell=3, call=2, battery=10, notebook=60, grace=0.5,
    output_cell=200_000,
)


@pytest.fixture(scope="session")
def runner():
    """A runner with small limits, in bubblewrap where that works."""
    with Runner(SMALL) as runner:
        yield runner


@pytest.fixture
def watched():
    """A fresh session whose batteries can note the use of some routines."""
    with (
        Runner(SMALL, watch=("numpy.convolve", "numpy.correlate", "scipy", "PIL")) as runner,
        runner.session() as session,
    ):
        yield session


@pytest.fixture
def session(runner):
    """A fresh session."""
    with runner.session() as session:
        yield session
