"""How nbgrader reads what was handed in: within bounds, and only what will be graded."""

import hashlib
import os
from pathlib import Path

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.converters import NbGraderException

from autograder.contents import contents, parsed
from autograder.released import released
from autograder.repair import Repair
from autograder.settings import Refused, check_execute
from autograder.tidy import tidy


class Intake(NotebookExporter):
    """`Autograde.exporter_class`: a submission is made small before nbformat looks at it.

    nbgrader would have nbformat read, check and copy every cell, output and metadata of a file
    of any size, all before the first preprocessor.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        try:
            check_execute(self.config, getattr(self.parent, "autograde_preprocessors", ()))
        except Refused as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from None

    def from_file(self, file_stream, resources=None, **kwargs):
        """Read a notebook: as handed in where `Repair` is among the steps, else as usual.

        Raises
        ------
        Unreadable
            nbgrader gives up this one submission.
        """
        if not any(isinstance(step, Repair) for step in self._preprocessors):
            return super().from_file(file_stream, resources, **kwargs)
        root = self.config.get("CourseDirectory", {}).get("root") or os.getcwd()
        about = resources.get("nbgrader", {})
        path = Path(file_stream.name)
        notebook, about["tidied"] = take(
            path, root, about.get("assignment", ""), about.get("notebook")
        )
        about["handed_in"] = hashlib.sha256(path.read_bytes()).hexdigest()
        return self.from_notebook_node(notebook, resources, **kwargs)


def take(handed, root, assignment, name=None):
    """Read what was handed in, and leave out what is not graded.

    Parameters
    ----------
    handed : Path or bytes
        A notebook file, of any content; or that content.
    root : Path
        The course folder.
    assignment, name : str
        What nbgrader calls them; by default the notebook that holds the exercises.

    Returns
    -------
    notebook : NotebookNode
    said : list of str
        What was done to it; `Repair` finds it in ``resources["nbgrader"]["tidied"]``.

    Raises
    ------
    Unreadable
    """
    found = parsed(handed) if isinstance(handed, bytes) else contents(handed)
    unit = released(root, assignment, name)
    notebook = NotebookNode(metadata={"kernelspec": _kernel(found.get("metadata"))})
    dict.__setitem__(notebook, "cells", found["cells"])
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook, tidy(notebook, unit.known if unit else frozenset())


def _kernel(metadata):
    """Name and language of the kernel, where they are words."""
    spec = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    spec = spec if isinstance(spec, dict) else {}
    return {key: spec[key] for key in ("name", "language") if isinstance(spec.get(key), str)}
