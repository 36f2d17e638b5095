"""The environment: one set of ranges, one lock, nothing of anybody's machine."""

import re
import subprocess
import tomllib

import pytest
import yaml
from packaging.specifiers import SpecifierSet


def ranges(lines):
    """``{"numpy": ">=2.1,<3"}`` from requirement lines; a package's own extras are left out."""
    return dict(
        re.fullmatch(r"([A-Za-z0-9_.-]+)(?:\[\w+\])?\s*(.*)", line.split("#")[0].strip()).groups()
        for line in lines if line.split("#")[0].strip()
    )


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text())["project"]


def extras(project, *names):
    """The requirements of these extras; of all, if none are named."""
    found = project["optional-dependencies"]
    return [line for name in names or found for line in found[name]]


def pins_of(path):
    """``{"numpy": "2.4.0"}`` of a lock; each with a hash, and no address in it."""
    text = path.read_text()
    assert "://" not in text and "--index" not in text
    pins = {}
    for entry in re.split(r"\n(?=[a-z0-9])", text):
        match = re.match(r"([A-Za-z0-9_.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", entry)
        if match:
            assert "--hash=sha256:" in entry, match[1]
            pins[match[1]] = match[2]
    return pins


def conda(path):
    return ranges(yaml.safe_load(path.read_text())["dependencies"])


def test_environment_yml_has_the_ranges_of_pyproject(project, root):
    """Conda and pip users get the same versions."""
    declared = ranges([*project["dependencies"], *extras(project)])
    assert conda(root / "environment.yml") == declared | {"python": project["requires-python"]}


def test_student_kit_has_the_ranges_of_pyproject(project, root):
    """The kit's two lists agree with each other and with ours."""
    kit = root / "autograder/templates/kit"
    students = ranges((kit / "requirements.txt").read_text().splitlines())
    declared = ranges(project["dependencies"])
    assert students.items() <= declared.items()
    assert conda(kit / "environment.yml") == students | {"python": project["requires-python"]}


@pytest.mark.parametrize("lock, of_extras", [
    ("requirements.lock", ("build",)), ("requirements-test.lock", ()),
])
def test_lock_pins_every_dependency_with_hashes(project, root, lock, of_extras):
    """Each requirement has a version inside its range and at least one hash, and no address."""
    pins = pins_of(root / lock)
    for name, bounds in ranges([*project["dependencies"], *extras(project, *of_extras)]).items():
        assert pins[name] in SpecifierSet(bounds), name


def test_tests_add_to_what_running_needs(root):
    """Both locks have the same versions; scheduler, driver and pytest only the second."""
    needed = pins_of(root / "requirements.lock")
    all_of_it = pins_of(root / "requirements-test.lock")
    assert needed.items() <= all_of_it.items()
    assert {"distributed", "psycopg", "pytest"} <= all_of_it.keys() - needed.keys()


def test_repository_names_no_machine_and_no_index(root):
    """Tracked files hold no home folder, no registry address, no workplace."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    forbidden = re.compile(r"(?<![\w.])/(?:root|home/\w+|work)/|pypi\.org|--index-url")
    for name in filter(None, tracked):
        path = root / name
        if path.is_file() and path.suffix in {".py", ".md", ".toml", ".yml", ".lock", ".ipynb", ""}:
            found = forbidden.search(path.read_text(encoding="utf-8"))
            assert not found or path.name == "test_environment.py", f"{name}: {found}"
