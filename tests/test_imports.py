"""Who imports whom."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = {
    "course": {"course"},
    "autograder.space": set(),
    "autograder.declare": {"autograder.declare"},
    "autograder.spec": {"autograder.declare", "autograder.space", "course"},
    "autograder.draw": {"autograder.spec"},
    "autograder.reference": {"autograder.reference"},
    "autograder.exercises": {
        "autograder.declare", "autograder.space", "autograder.spec", "autograder.reference",
        "autograder.exercises", "course",
    },
    "autograder.examine": {"autograder.spec", "course"},
    # what a worker runs knows neither the instructor's gradebook nor the course folder
    "autograder.classroom.task": set(),
    "autograder.classroom.desk": {
        "autograder.contents", "autograder.intake", "autograder.sandbox",
        "autograder.classroom.course", "autograder.classroom.page", "autograder.classroom.record",
        "autograder.classroom.task", "autograder.draw", "autograder.execute",
        "autograder.exercises", "autograder.gradebook.CONFIG", "autograder.mend.NEEDS",
        "autograder.notebooks", "autograder.settings", "autograder.tidy.HANDED_IN",
        "autograder.units",
    },
    "autograder.verify": {
        "autograder.examine", "autograder.draw", "autograder.space", "autograder.spec", "course",
    },
}
STUDENTS_HAVE = {"numpy", "matplotlib", "IPython", "jinja2", "course"}


def modules(folder):
    for path in sorted((ROOT / folder).rglob("*.py")):
        if "students" in path.parts:
            continue
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield name.removesuffix(".__init__"), path


def imported(path):
    """Full names of everything a module imports, wherever in the file it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert all(alias.name != "*" for alias in node.names), f"{path}: star import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name, package):
    return name == package or name.startswith(package + ".")


@pytest.mark.parametrize(("package", "allowed"), ALLOWED.items(), ids=ALLOWED)
def test_package_imports_only_what_the_design_allows(package, allowed):
    """Directions of imports, read from the source."""
    for name, path in modules(package.split(".")[0]):
        if not within(name, package):
            continue
        for target in imported(path):
            if within(target, "course") or within(target, "autograder"):
                assert any(within(target, one) for one in allowed), f"{name} imports {target}"


def test_course_needs_only_what_students_have():
    """No scipy, no nbgrader, nothing of the instructor's."""
    import sys

    for name, path in modules("course"):
        for target in imported(path):
            top = target.split(".")[0]
            assert top in STUDENTS_HAVE or top in sys.stdlib_module_names, f"{name}: {target}"


def test_nothing_imports_the_command_line():
    """The command line is the outermost layer."""
    for name, path in [*modules("course"), *modules("autograder")]:
        if name != "autograder.__main__":
            assert not any(within(t, "autograder.cli") for t in imported(path)), name


def test_modules_are_short():
    """One idea, one module, fewer than 250 lines."""
    long = {
        name: lines for name, path in [*modules("course"), *modules("autograder")]
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 250
    }
    assert long == {}
