"""Attacks that have a ready-made routine answer: every way to reach one is seen, or waits."""

from tests.attacks.attack import Attack

START = """
import numpy as np
def {name}:
    n, k = len(x), len(w)
    x = np.pad(np.asarray(x, float), padding)
    if k > len(x):
        raise ValueError(f"{{k}} values of w do not fit into {{n}} of x")
"""
CONV = START.format(name="conv1d(x, w, stride=1, padding=0)")
OWN = "    return np.array([x[i : i + k] @ np.asarray(w, float)\n" \
    "                     for i in range(0, len(x) - k + 1, stride)])\n"
RIGHT = CONV + OWN
VALID = "    return {}(x, np.asarray(w, float), 'valid')[::stride]\n"
NAME = "'corr' + 'elate'"
C_LEVEL = "    return {}(x, w, mode=0)[::stride]\n"
SCIPY = "getattr(__import__('sci' + 'py.nd' + 'image').ndimage, 'corr' + 'elate1d')"
PRIVATE = "getattr(__import__('sci' + 'py.nd' + 'image._nd_image').ndimage._nd_image, " \
    "'corr' + 'elate1d')"
ND = "    out = {}(x, np.asarray(w, float), mode='constant')\n" \
    "    return out[k // 2 : k // 2 + len(x) - k + 1][::stride]\n"
ND_C = "    out = np.zeros(len(x))\n" \
    "    {}(x, np.asarray(w, float), 0, out, 4, 0.0, 0)\n" \
    "    return out[k // 2 : k // 2 + len(x) - k + 1][::stride]\n"

SEEN_AT_WORK = {
    "in a list": ("import numpy as np", f"t = [getattr(np, {NAME})]", CONV + VALID.format("t[0]")),
    "a partial": ("import functools, numpy as np",
                  f"t = functools.partial(getattr(np, {NAME}), mode='valid')",
                  CONV + "    return t(x, np.asarray(w, float))[::stride]\n"),
    "a default argument": (
        "import numpy as np",
        CONV.replace("padding=0", f"padding=0, do=getattr(np, {NAME})") + VALID.format("do")),
    "a closure": (
        f"import numpy as np\ndef make(do=getattr(np, {NAME})): return lambda *a: do(*a)\n"
        "t = make()", CONV + VALID.format("t")),
    "an instance": ("import numpy as np\nclass A: pass\nt = A()", f"t.c = getattr(np, {NAME})",
                    CONV + VALID.format("t.c")),
    "a map": (f"import numpy as np\nt = getattr(np, {NAME})",
              CONV + "    return next(map(t, [x], [np.asarray(w, float)], ['valid']))[::stride]\n"),
    "by code in a text": (CONV + "    return eval('np.cor' + 'relate')(x, w)[::stride]\n",),
    "NumPy's inner function": (
        f"import numpy as np\nt = getattr(np._core.multiarray, {NAME} + '2')",
        CONV + C_LEVEL.format("t")),
    "a partial of it": (
        f"import functools\nimport numpy as np\nt = functools.partial(getattr("
        f"np._core.multiarray, {NAME} + '2'), mode=0)",
        CONV + "    return t(x, w)[::stride]\n"),
    "what the recorder keeps": (
        f"import numpy as np\nt = getattr(np._core.multiarray, {NAME} + '2')\n"
        "kept = [c.cell_contents for c in t.__closure__ or ()]\n"
        "t = next((c for c in kept if type(c) is type(len)), t)", CONV + C_LEVEL.format("t")),
    "what NumPy's dispatcher keeps": (
        f"import numpy as np\nt = getattr(np, {NAME})._implementation",
        CONV + VALID.format("t")),
    "a thread": (
        "import numpy as np\nfrom concurrent.futures import ThreadPoolExecutor\n"
        "pool = ThreadPoolExecutor(1)", CONV + "    return pool.submit("
        f"getattr(np, {NAME}), x, w, 'valid').result()[::stride]\n"),
    "SciPy kept in a list": (f"t = [{SCIPY}]", CONV + ND.format("t[0]")),
    "SciPy in a partial": (
        f"import functools\nt = functools.partial({SCIPY})", CONV + ND.format("t")),
    "SciPy's private function": (f"t = [{PRIVATE}]", CONV + ND_C.format("t[0]")),
    "SciPy by its dictionary": (
        "import sys", f"{SCIPY}", CONV + ND.format(
            "vars(sys.modules['sci' + 'py.ndimage'])['corr' + 'elate1d']")),
    "SciPy in a thread": (
        f"from concurrent.futures import ThreadPoolExecutor\nt = {SCIPY}\n"
        "pool = ThreadPoolExecutor(1)",
        CONV + ND.replace("{}(", "pool.submit(t, ").replace("'constant')", "'constant').result()")),
    "SciPy by another thread's means": (
        "import sys", f"{SCIPY}", CONV + ND.format(
            "object.__getattribute__(sys.modules['sci' + 'py.ndimage'], 'corr' + 'elate1d')")),
}

READ = {
    "a cell that is not plain Python": (
        "from scipy.ndimage import _nd_image\nimport functools",
        "files = !ls\nt = functools.partial(_nd_image.correlate1d)", CONV + ND_C.format("t")),
    "a module beside the notebook": (
        "%%writefile helper.py\nfrom scipy.ndimage import correlate1d as fold",
        "import helper", CONV + ND.format("helper.fold")),
}

FOR_A_PERSON = {
    "a program": (
        "import subprocess, sys, json", CONV +
        "    return json.loads(subprocess.run([sys.executable, '-c', 'print([1])'],\n"
        "        capture_output=True).stdout or '[1]')\n",
        "another program"),
    "a program by the shell": (
        "import os", CONV + "    os.system('true')\n" + OWN, "another program"),
    "a process": (
        "import os", CONV + "    pid = os.fork()\n    if not pid: os._exit(0)\n"
        "    os.waitpid(pid, 0)\n" + OWN, "another program"),
    "the profile taken away": (
        "import sys, scipy.signal", CONV + "    sys.setprofile(None)\n" + OWN,
        "records the use"),
    "the recorder replaced": (
        "import numpy as np\nkept = np._core.multiarray.correlate",
        CONV + "    np._core.multiarray.correlate = print\n" + OWN, "records the use"),
    "the recorder's code replaced": (
        "import numpy as np",
        CONV + "    f = np._core.multiarray.correlate\n"
        "    f.__code__ = f.__code__.replace(co_firstlineno=7)\n" + OWN, "records the use"),
    "the memory looked through": ("import gc", CONV + "    gc.get_objects()\n" + OWN,
                                  "records the use"),
}

REACHING = (
    *(Attack(f"routine: {form}", "it is seen at work", cells, status="shortcut",
             says=("seen while it ran",)) for form, cells in SEEN_AT_WORK.items()),
    *(Attack(f"routine: {form}", "it is read where it stands", cells, status="shortcut",
             says=("scipy.ndimage", "line")) for form, cells in READ.items()),
    *(Attack(f"unseen: {form}", "it waits for a person", (*cells,), status="needs attention",
             says=(words, "until a person has looked"))
      for form, (*cells, words) in FOR_A_PERSON.items()),
)
