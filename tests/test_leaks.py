"""The student kit: what it holds, and what makes it refuse to be built."""

import io
import json
import py_compile
import shutil
import zipfile

import pytest

from autograder import draw, notebooks
from autograder.declare.solutions import path_of
from autograder.exercises import UNITS
from autograder.kit import KIT, LeakFound, build, kit_files
from autograder.leaks import leaks


@pytest.fixture(scope="module")
def files(root):
    return kit_files(UNITS, root)


def refused(files, root, path, content):
    """The finds after one file was added or replaced."""
    return leaks(files | {f"{KIT}/{path}": content}, root)


def test_kit_is_clean_and_complete(files, root):
    """Notebooks, the package, two lists of requirements, a README; nothing else, nothing leaks."""
    assert leaks(files, root) == []
    for unit in UNITS:
        assert f"{KIT}/{unit.name}/{unit.notebook}.ipynb" in files
    for name in ("README.md", "environment.yml", "requirements.txt", "course/checking.py"):
        assert f"{KIT}/{name}" in files
    tops = {name.split("/")[1] for name in files}
    assert tops == {"README.md", "environment.yml", "requirements.txt", "course"} | {
        unit.name for unit in UNITS
    }


def test_kit_has_what_lies_beside_a_notebook(root, tmp_path):
    """Data and modules, where they lie; what they hold is looked at like everything else."""
    unit = UNITS[0]
    folder = tmp_path / "release" / unit.name
    shutil.copytree(root / "release" / unit.name, folder)
    for place, content in {
        "data/line.csv": "1,2", "tools.py": "from scipy import signal",
        "__pycache__/tools.pyc": "", ".ipynb_checkpoints/conv1d.ipynb": "",
    }.items():
        (folder / place).parent.mkdir(exist_ok=True)
        (folder / place).write_text(content)
    files = kit_files([unit], tmp_path)
    there = {name for name in files if name.startswith(f"{KIT}/{unit.name}/")}
    assert there == {
        f"{KIT}/{unit.name}/{name}" for name in ("conv1d.ipynb", "data/line.csv", "tools.py")
    }
    assert leaks(files, root) == [f"{KIT}/{unit.name}/tools.py: holds 'from scipy'."]


def test_kit_says_what_the_course_makes_of_ready_made_routines(root, tmp_path):
    """Refused by default; `check` does as the grader's settings say."""
    name = f"{KIT}/course/data/policy.json"
    assert json.loads(kit_files([], root)[name]) == {"shortcuts": "refuse"}
    (tmp_path / "nbgrader_config.py").write_text(
        "c = get_config()\nc.SandboxExecute.shortcuts = 'flag'\n")
    assert json.loads(kit_files([], tmp_path)[name]) == {"shortcuts": "flag"}


def test_kit_zip_is_the_same_byte_for_byte(root, tmp_path):
    """The same course gives the same zip."""
    one = build(UNITS, root, tmp_path / "one.zip").read_bytes()
    two = build(UNITS, root, tmp_path / "two.zip").read_bytes()
    assert one == two
    assert zipfile.ZipFile(io.BytesIO(one)).testzip() is None


def test_kit_refuses_a_compiled_cache(files, root, tmp_path):
    """Bytecode holds solutions as well as source does."""
    source = tmp_path / "layers.py"
    source.write_text("answer = 42\n")
    cache = py_compile.compile(str(source), cfile=str(tmp_path / "layers.cpython-311.pyc"))
    with open(cache, "rb") as file:
        content = file.read()
    assert refused(files, root, "course/__pycache__/layers.cpython-311.pyc", content)
    assert refused(files, root, "course/layers.pyc", content)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_kit_refuses_every_solution_notebook(files, root, unit):
    """source/ in place of release/ is the classic accident."""
    content = notebooks.source_path(root, unit).read_bytes()
    finds = refused(files, root, f"{unit.name}/{unit.notebook}.ipynb", content)
    for exercise in unit.exercises:
        assert any(f"the solution of {exercise.id!r}" in find for find in finds), exercise.id


def test_kit_refuses_a_solution_without_its_markers(files, root):
    """A solution pasted into the package, re-indented, is still found."""
    cells = notebooks.read(notebooks.source_path(root, UNITS[0])).cells
    cell = next(c for c in cells if notebooks.grade_id(c) == "conv1d")
    body = cell.source.split("### BEGIN SOLUTION\n")[1].split("    ### END SOLUTION")[0]
    pasted = "def helper(x, w, stride, padding):\n" + body.replace("    ", "  ")
    assert any(
        "the solution of 'conv1d'" in find
        for find in refused(files, root, "course/helper.py", pasted.encode())
    )


def test_kit_refuses_the_kept_texts_of_solutions(files, root, tmp_path):
    """What edits are made in, beside the exercises: wherever it comes to lie, and by itself."""
    kept = [path for unit in UNITS for path in map(path_of, unit.exercises) if path]
    assert len(kept) >= 5
    for path in kept:
        content = path.read_bytes()
        assert refused(files, root, f"course/solutions/{path.name}", content)
        assert any(f"the solution of {path.stem!r}" in find
                   for find in refused(files, root, f"course/{path.name}", content))
    long = next(path for path in kept if path.stem == "conv1d").read_bytes()
    finds = leaks({f"{KIT}/course/other.py": long}, tmp_path)  # a folder without source/
    assert finds == [f"{KIT}/course/other.py: `conv1d` is the solution of 'conv1d'."]


def test_kit_refuses_references_and_variants(files, root):
    """Right answers of the instructor's are found whatever their layout and comments."""
    copied = '''
def better(x, w, stride=1, padding=0):
    # a comment of my own
    x = [0.0] * padding + [float(v) for v in x] + [0.0] * padding
    if len(w) > len(x):
        raise ValueError(
            f"kernel {len(w)} is longer than the padded {len(x) - 2 * padding}"
        )
    result = []
    for start in range(0, len(x) - len(w) + 1, stride):
        total = 0
        for offset in range(len(w)):
            total += x[start + offset] * float(w[offset])
        result.append(total)
    return result
'''
    finds = refused(files, root, "course/extra.py", copied.encode())
    assert any("a right solution of 'conv1d'" in find for find in finds)
    assert refused(files, root, "course/extra.py", b"from scipy import signal\n")
    assert refused(files, root, "course/extra.py", b"from autograder import grade\n")


def test_kit_refuses_readable_answers_and_the_secret(files, root):
    """Hand-worked answers, in any spacing, and the course secret."""
    from autograder.exercises import EXERCISES

    right = EXERCISES["hand_valid"].reference()
    text = "the answer is [ " + " ,  ".join(str(v) for v in right) + " ]"
    assert any("'hand_valid'" in f for f in refused(files, root, "course/notes.md", text.encode()))
    secret = f"seed = {draw.course_secret()!r}"
    assert any("secret" in f for f in refused(files, root, "course/seed.py", secret.encode()))


def test_kit_refuses_stored_outputs_and_unsealed_answers(files, root):
    """An executed notebook may print anything; an answer's entry has seals only."""
    name = f"{UNITS[0].name}/{UNITS[0].notebook}.ipynb"
    notebook = json.loads(files[f"{KIT}/{name}"])
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    code["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["hello"]}]
    assert any("outputs" in f for f in refused(files, root, name, json.dumps(notebook).encode()))
    visible = f"course/data/visible/{UNITS[0].name}.json"
    entries = json.loads(files[f"{KIT}/{visible}"])
    entries["hand_valid"]["value"] = [0]
    assert any("sealed" in f for f in refused(files, root, visible, json.dumps(entries).encode()))


def test_build_writes_no_kit_when_something_leaks(root, tmp_path, monkeypatch):
    """A refused kit leaves no file behind."""
    monkeypatch.setattr("autograder.kit.leaks", lambda files, root: ["course/x.py: leaks."])
    with pytest.raises(LeakFound, match="leaks"):
        build(UNITS, root, tmp_path / "kit.zip")
    assert not (tmp_path / "kit.zip").exists()
