"""The command lines that start the warm parent, with bubblewrap and without."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

CHILD = Path(__file__).with_name("child")
INSIDE = "/sandbox"
ENVIRONMENT = "/environment"
PRIVATE = Path("/tmp")
SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin")
SYSTEM_FILES = (
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/fonts", "/etc/localtime",
    "/etc/alternatives",
)
START = (
    "import json, sys\n"
    "settings = json.loads(sys.argv[1])\n"
    "sys.path[:] = settings['path'] + sys.path\n"
    "sys.prefix = settings['prefix']\n"
    "from autograder.sandbox.child.zygote import main\n"
    "main(settings)\n"
)


def stage(folder):
    """Copy what the inside may have of ours: the child's modules and the students' package.

    Parameters
    ----------
    folder : Path
        An empty folder.
    """
    package = folder / "autograder" / "sandbox"
    shutil.copytree(CHILD, package / "child", ignore=shutil.ignore_patterns("__pycache__"))
    for place in (package, package.parent):
        (place / "__init__.py").write_text("")
    spec = importlib.util.find_spec("course")
    shutil.copytree(
        Path(spec.origin).parent, folder / "course", ignore=shutil.ignore_patterns("__pycache__")
    )
    fonts = folder / "fonts"
    fonts.mkdir()
    for path in font_lists():
        shutil.copy(path, fonts)


@cache
def font_lists():
    """Matplotlib's lists of fonts, made now if there is none: it takes seconds."""
    try:
        import matplotlib
    except ImportError:
        return ()
    folder = Path(matplotlib.get_cachedir())
    if not any(folder.glob("fontlist-*.json")):
        import matplotlib.font_manager
    return tuple(folder.glob("fontlist-*.json"))


def packages():
    """The folders that installed packages are imported from."""
    found = [Path(p).resolve() for p in sys.path if "-packages" in p and Path(p).is_dir()]
    return list(dict.fromkeys(found))


def environment(folder, home, *, bubble):
    """Everything that student code finds in its environment; ``python`` is the notebook's own."""
    place = inside if bubble else Path
    return {
        "PATH": f"{place(os.path.realpath(sys.executable)).parent}:/usr/local/bin:/usr/bin:/bin",
        "PYTHONPATH": os.pathsep.join(_search(folder, place)),
        "HOME": home,
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": os.path.join(home, "matplotlib"),
        "IPYTHONDIR": os.path.join(home, "ipython"),
        "NBGRADER_EXECUTION": "autograde",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }


def inside(path):
    """Where a folder of installed packages, or something in the interpreter's, lies inside.

    Packages have a place of their own there, whatever the folder is called outside. The
    interpreter keeps its place, which it may have been built for, but for ``/tmp``: each
    submission has another one.
    """
    path = Path(path)
    for number, folder in enumerate(packages()):
        if path.is_relative_to(folder):
            return Path(ENVIRONMENT, str(number), path.relative_to(folder))
    for number, folder in enumerate(_interpreter()):
        if path.is_relative_to(folder) and folder.is_relative_to(PRIVATE):
            return Path(ENVIRONMENT, f"python{number}", path.relative_to(folder))
    return path


def _search(folder, place):
    """Where imports are looked for, as seen from the sandbox."""
    return [str(folder), *(str(place(path)) for path in packages())]


def python_command(folder, fd, uid, watch, *, bubble):
    """Start the warm parent: isolated from the caller's settings, with a path of its own."""
    place = inside if bubble else Path
    settings = {
        "fd": fd,
        "uid": uid,
        "bubble": bubble,
        "path": _search(folder, place),
        "prefix": ENVIRONMENT if bubble else sys.prefix,
        "fonts": f"{folder}/fonts",
        "watch": list(watch),
    }
    python = str(place(os.path.realpath(sys.executable)))
    # -S: no site module, so no .pth file adds the instructor's folders
    return [python, "-I", "-S", "-c", START, json.dumps(settings)]


@cache
def _knows(option):
    """Whether this bubblewrap has an option; the older ones lack some."""
    done = subprocess.run(["bwrap", "--help"], capture_output=True, text=True, check=False)
    return option in done.stdout + done.stderr


def bubble_command(folder, fd, uid, scratch, watch):
    """The same inside bubblewrap: what is not listed here does not exist there.

    Parameters
    ----------
    folder : Path
        Where `stage` has put what the inside may have.
    fd : int
        The socket to the host.
    uid : int or None
        Whom submissions run as; None for an ordinary user, who stays who they are.
    scratch : int
        Size of ``/tmp``, for submissions that have none of their own.
    watch : sequence of str
        Routines whose use is noted.
    """
    words = [
        shutil.which("bwrap"), "--unshare-net", "--unshare-ipc", "--unshare-pid", "--unshare-uts",
        "--unshare-cgroup-try", "--hostname", "sandbox", "--die-with-parent", "--new-session",
        "--clearenv",
    ]
    if uid is None:
        words += ["--unshare-user"]
    else:
        words += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    for name, value in environment(folder, "/tmp/warm", bubble=True).items():
        words += ["--setenv", name, value]
    for path in SYSTEM:
        if os.path.islink(path):
            words += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            words += ["--ro-bind", path, path]
    words += ["--perms", "0755", "--dir", "/etc"]
    for path in SYSTEM_FILES:
        words += ["--ro-bind-try", path, path]
    size = ["--size", str(scratch)] if _knows("--size") else []
    words += ["--proc", "/proc", "--dev", "/dev", *size, "--perms", "1777", "--tmpfs", "/tmp"]
    for path in [*_interpreter(), *packages()]:
        there = inside(path)
        for parent in [*there.parents][-2::-1]:  # bubblewrap makes them for their owner only
            if not str(parent).startswith(SYSTEM):
                words += ["--perms", "0755", "--dir", str(parent)]
        words += ["--ro-bind", str(path), str(there)]
    for path in packages():
        for ours in ("autograder", "course"):  # a plain installation puts them there
            if (path / ours).is_dir():
                place = str(inside(path / ours))
                words += ["--tmpfs", place, "--remount-ro", place]
    words += ["--ro-bind", str(folder), INSIDE]
    words += ["--remount-ro", "/", "--remount-ro", "/dev", "--chdir", "/tmp", "--"]
    return words + python_command(INSIDE, fd, uid, watch, bubble=True)


def _interpreter():
    """Where the interpreter lives, unless the system's own folders hold it already."""
    places = {Path(sys.base_prefix).resolve(), Path(os.path.realpath(sys.executable)).parent.parent}
    return sorted(p for p in places if not str(p).startswith("/usr") and p != Path("/"))
