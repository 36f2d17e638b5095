"""A small class that hands in unit 01, and a PostgreSQL server of the tests' own."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from autograder import gradebook
from autograder.classroom.run import Class
from autograder.demo.classroom import hand_in, students
from autograder.exercises import UNITS
from autograder.gradebook import scores

HOST = "127.0.0.1"
PLACES = ("/usr/lib/postgresql/*/bin/initdb", "/usr/local/pgsql/bin/initdb")
NOBODY = 65534


def programs():
    """The folder with PostgreSQL's programs, the newest; None where it is not installed."""
    found = [str(path) for place in PLACES for path in Path("/").glob(place[1:])]
    found.append(shutil.which("initdb"))
    return max((Path(path).resolve().parent for path in found if path), default=None)


class Server:
    """A PostgreSQL server on a free port, in a folder of its own."""

    def __init__(self, folder):
        self.folder, self.programs, self.process = folder, programs(), None
        with socket.create_server((HOST, 0)) as free:
            self.port = free.getsockname()[1]
        self.who = {}
        if os.getuid() == 0:  # it refuses to run as root
            self.who = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            os.chown(folder, NOBODY, NOBODY)
        self._run("initdb", "-D", folder / "data", "-U", "nobody", "-A", "trust", "-E", "UTF8",
                  "--no-locale", "--no-sync")

    def start(self):
        """Start it unless it runs, and wait until it answers."""
        if self.process is not None and self.process.poll() is None:
            return None
        self.process = subprocess.Popen(
            [self.programs / "postgres", "-D", self.folder / "data", "-h", HOST, "-F",
             "-p", str(self.port), "-k", self.folder],
            cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, **self.who,
        )
        for _ in range(300):
            try:
                return psycopg.connect(
                    host=HOST, port=self.port, user="nobody", dbname="postgres"
                ).close()
            except psycopg.OperationalError:
                assert self.process.poll() is None, "PostgreSQL ended at once"
                time.sleep(0.1)
        raise TimeoutError("PostgreSQL does not answer")

    def stop(self):
        """Stop it at once; whoever is connected is cut off."""
        if self.process is not None and self.process.poll() is None:
            subprocess.run(
                [self.programs / "pg_ctl", "stop", "-D", self.folder / "data", "-m", "immediate"],
                cwd=self.folder, check=False, capture_output=True, **self.who,
            )
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def url(self, name):
        """The URL of one of its databases."""
        return f"{gradebook.DRIVER}nobody@{HOST}:{self.port}/{name}"

    def new(self, name):
        """The URL of a new, empty database."""
        self._run("createdb", "-h", HOST, "-p", str(self.port), "-U", "nobody", name)
        return self.url(name)

    def _run(self, program, *words):
        subprocess.run([self.programs / program, *words], cwd=self.folder, check=True,
                       capture_output=True, timeout=120, **self.who)


@pytest.fixture(scope="session")
def server():
    """A running PostgreSQL server; it never outlives the tests."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (apt install postgresql)")
    with tempfile.TemporaryDirectory(prefix="cnn-by-hand-postgresql-") as folder:
        made = Server(Path(folder))  # in a folder that an unprivileged user can reach
        try:
            made.start()
            yield made
        finally:
            made.stop()


@pytest.fixture(scope="session")
def copy_of(fresh_release, tmp_path_factory):
    """Copies of a released course, of its first unit only, with lines added to its settings."""
    def make(name, *lines):
        folder = tmp_path_factory.mktemp(name) / "course"
        shutil.copytree(
            fresh_release, folder,
            ignore=lambda place, names: {
                one for one in names if one in {unit.name for unit in UNITS[1:]}
                or one in ("submitted", "autograded", "feedback")
            },
        )
        shutil.copy(fresh_release / "pristine.db", folder / "gradebook.db")
        with (folder / gradebook.CONFIG).open("a") as settings:
            settings.writelines(f"{line}\n" for line in lines)
        return folder

    return make


UNIT = UNITS[0]
PEOPLE = {student.name: student for student in students()}


class Classroom:
    """A course folder with a release, and what is asked of it in these tests."""

    def __init__(self, root, release):
        self.root = Path(root)
        for name in ("source", "release"):
            shutil.copytree(release / name, self.root / name)
        shutil.copy(release / "nbgrader_config.py", self.root)
        shutil.copy(release / "pristine.db", self.root / "gradebook.db")
        self.db_url = f"sqlite:///{self.root / 'gradebook.db'}"

    def hand_in(self, *names):
        """The demo's students hand in their notebooks; ``ada-2`` is another one like ``ada``."""
        for name in names:
            student = replace(PEOPLE[name.partition("-")[0]], name=name)
            hand_in(student, UNIT, self.root)
        return self

    def notebook(self, student, place="submitted"):
        """The path of a student's notebook."""
        return self.root / place / student / UNIT.name / f"{UNIT.notebook}.ipynb"

    def record(self, student):
        """A student's record."""
        path = self.root / "records" / student / f"{UNIT.name}.json"
        return json.loads(path.read_text(encoding="utf-8"))

    def lesson(self, **settings):
        """A `Class` of this folder."""
        return Class(self.root, (UNIT,), self.db_url, **settings)

    def grade(self, jobs=1, scheduler=None, **settings):
        """Grade; ``{student: result}``."""
        _, *results = self.lesson(**settings).grade(jobs=jobs, scheduler=scheduler)
        return {result.student: result for result in results}

    def scores(self):
        """``{student: {grade_id: points}}`` of the gradebook."""
        return scores(self.root, UNIT)


@pytest.fixture
def classroom(fresh_release, tmp_path):
    """An empty class."""
    return Classroom(tmp_path / "course", fresh_release)
