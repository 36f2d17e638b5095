"""Feedback pages written again from the gradebook: after grading by hand, without grading."""

import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat
from nbgrader import utils

from autograder.classroom.course import course_of
from autograder.classroom.crew import cores
from autograder.classroom.desk import counts, desk
from autograder.classroom.shelf import WORK, alone
from autograder.classroom.standing import standings


def write_pages(root, unit, db_url, students=(), jobs=None):
    """Write everybody's pages again, with the points and comments that the gradebook has now.

    Parameters
    ----------
    root : Path
        The course folder.
    unit : Unit
    db_url : str
    students : collection of str
        Only these; everybody with a graded notebook if empty.
    jobs : int, optional
        Processes; one per core by default.

    Yields
    ------
    path : Path
        Of the page.
    trouble : str
        Why it could not be made; else empty.
    """
    root = Path(root)
    work = [
        (student, root / "autograded" / student / unit.name / f"{name}.ipynb", standing)
        for student, notebooks in sorted(standings(db_url, unit.name).items())
        if not students or student in students
        for name, standing in sorted(notebooks.items())
    ]
    work = [one for one in work if one[1].is_file()]
    if not work:
        return
    course, jobs = course_of(root, unit, db_url), min(jobs or len(cores()), len(work))
    method = "fork" if sys.platform.startswith("linux") else "spawn"
    with alone(root), ProcessPoolExecutor(jobs, multiprocessing.get_context(method)) as pool:
        futures = [
            pool.submit(_page, course, student, path.stem, path.read_bytes(), standing)
            for student, path, standing in work
        ]
        for (student, path, _), future in zip(work, futures, strict=True):
            target = root / "feedback" / student / unit.name / f"{path.stem}.html"
            html, trouble = future.result()
            if not trouble:
                target.parent.mkdir(parents=True, exist_ok=True)
                draft = root / WORK / "page"
                draft.write_bytes(html)
                draft.replace(target)
            yield target, trouble


def _page(course, student, name, data, standing):
    """The page of one graded notebook as bytes, or why there is none."""
    try:
        notebook, made = nbformat.reads(data.decode(), as_version=4), desk(course, os.getpid())
        points = {cell: counts(*grades) for cell, grades in standing.grades.items()}
        resources = {
            "unique_key": name,
            "output_files_dir": f"{name}_files",
            "metadata": {"name": name, "path": str(made.root)},
            "nbgrader": {
                "student": student, "assignment": course.unit, "notebook": name,
                "score": sum(points.values()) - standing.penalty,
                "late_penalty": standing.penalty,
                "max_score": sum(float(cell.metadata.nbgrader["points"])
                                 for cell in notebook.cells
                                 if utils.is_grade(cell) or utils.is_task(cell)),
            },
        }
        return made.page(notebook, resources, points, standing.comments), ""
    except Exception as error:  # one page that cannot be made stops no other
        return b"", f"{type(error).__name__}: {error}"
