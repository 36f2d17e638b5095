"""Pytest plugin: nbgrader's tests that docs/nbgrader.md lists fail, and no others do."""

import re
from pathlib import Path

import pytest

TABLE = Path(__file__).parents[2] / "docs/nbgrader.md"
ROW = re.compile(r"^\| `(test_\w+)` \| (.+) \|$", re.M)


def pytest_collection_modifyitems(items):
    """Expect a listed test to fail; one that passes is a failure, as is a name without a test."""
    reasons = dict(ROW.findall(TABLE.read_text(encoding="utf-8")))
    for item in items:
        if item.originalname in reasons:
            item.add_marker(pytest.mark.xfail(reason=reasons[item.originalname], strict=True))
    unknown = reasons.keys() - {item.originalname for item in items}
    if unknown and len({item.path for item in items}) > 1:
        raise pytest.UsageError(f"docs/nbgrader.md lists no tests: {', '.join(sorted(unknown))}")
