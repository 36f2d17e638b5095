"""What `grade(...)` in the notebook's own kernel gives: IPython without a sandbox, no kernel.

Run as a program of its own: it executes the submissions' cells with its own rights.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell

from autograder.exercises import EXERCISES
from autograder.grading import judged
from tests.honest.submissions import CLASS


def points(shell, submission):
    """The points of conv1d."""
    shell.reset(new_session=True)
    for name in ("helper", "m", "mine", "mine.layers"):
        sys.modules.pop(name, None)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in submission.files.items():
            place = Path(folder, name)
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(data)
        os.chdir(folder)
        for cell in submission.cells:
            if not cell.startswith("!["):
                shell.run_cell(cell)
        answer = shell.user_ns.get("conv1d")
        found = judged(EXERCISES["conv1d"], answer, "somebody", {}).points if answer else 0.0
        os.chdir("/")
        return found


def main():
    """Print the points of the whole class as the last line."""
    import matplotlib

    matplotlib.use("agg")
    sys.path.insert(0, "")
    shell = InteractiveShell.instance()
    print(json.dumps({one.name: points(shell, one) for one in CLASS}))


if __name__ == "__main__":
    main()
