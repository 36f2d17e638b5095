"""Our steps and nothing else of the course's settings, for nbgrader's own tests."""

from pathlib import Path

c = get_config()  # noqa: F821  (nbgrader provides it)
load_subconfig(str(Path(__file__).parents[2] / "nbgrader_config.py"))  # noqa: F821
del c.CourseDirectory
