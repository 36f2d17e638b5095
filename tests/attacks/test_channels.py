"""Nothing that student code writes in one session can be read in another: a table of channels."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.attacks.channels import COLUMNS, CONTROL, ROWS, TRIED, table

ORDINARY = 65534
USERS = ("root", "ordinary user")
ROOT = Path(__file__).parents[2]


@cache
def found(user):
    """The table as seen by this user, or why there is none."""
    if (os.getuid() == 0) == (user == "root"):
        return table()
    if user == "root":
        return "only root can try this"
    # by another number, without a capability, but still the owner of an interpreter in /root
    ids = [f"--map-user={ORDINARY}", f"--map-group={ORDINARY}"]
    command = ["unshare", "--user", *ids, sys.executable, "-m", "tests.attacks.channels"]
    done = subprocess.run(
        command, cwd=ROOT, env={"PATH": os.environ["PATH"], "MPLCONFIGDIR": "/nonexistent"},
        capture_output=True, text=True, check=False,
    )
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_no_session_reads_what_another_wrote(row, user, record_property):
    """The reader in the writer's own session finds it, or nothing can be written; no other does."""
    columns = found(user)
    if not isinstance(columns, dict):
        if user == "root":
            pytest.skip(columns)
        pytest.fail(columns)
    if columns["isolation"] != "bubblewrap":
        pytest.skip("needs bubblewrap")
    record_property("channel", row.name)
    record_property("user", user)
    if row.untried:
        record_property("cells", f"not tried: {row.untried}")
        return
    cells = {name: columns[name][TRIED.index(row)] for name in COLUMNS}
    words = [f"cannot be written: {row.refused}" if row.refused else "read in its own session only"]
    words += [f"{name}: FOUND" for name in COLUMNS[1:] if cells[name] == "FOUND"]
    record_property("cells", ", ".join(words))
    assert cells.pop(CONTROL) == "FOUND" or row.refused, columns["write"][TRIED.index(row)]
    assert "FOUND" not in cells.values()


def test_rows_have_names_of_their_own():
    """And a row that is not tried says why."""
    assert len({row.name for row in ROWS}) == len(ROWS) >= 40
    assert all(bool(row.write and row.read) != bool(row.untried) for row in ROWS)
