"""Attacks that want to use everything up, or to end the grading."""

from tests.attacks.attack import RIGHT, WRONG, Attack

TIGHT = {"processor": 2.0, "notebook": 1.0}
UNIT = ("conv1d_valid(x, w)", "zero_pad1d(x, padding)", "true_conv1d(x, w)",
        "moving_average(x, width)", "conv1d(x, w, stride=1, padding=0)")


def _each(body):
    """Every function of the unit, made of this."""
    return [f"def {head}:\n    {body}\n" for head in UNIT]


EXHAUSTING = (
    Attack("endless-loop", "costs its own cell and nothing else", (
        "while True: pass", RIGHT), earns=5),
    Attack("loop-that-swallows-everything", "is killed; the other cells count", (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass", RIGHT),
        earns=5),
    Attack("signals-ignored", "the same", (
        "import signal, time\nfor s in (signal.SIGINT, signal.SIGTERM): signal.signal(s, "
        "signal.SIG_IGN)\n"
        "time.sleep(100)", RIGHT), earns=5),
    Attack("endless-function", "two calls without an answer end the battery", (
        "def conv1d(x, w, stride=1, padding=0):\n    while True: pass",)),
    Attack("slow-function", "a battery's time is limited as a whole", (
        "import time\ndef conv1d(x, w, stride=1, padding=0):\n    time.sleep(1.2)\n    return 0",)),
    Attack("exit-in-a-cell", "the notebook starts again without it", (
        "import os\nos._exit(0)", RIGHT), earns=5),
    Attack("exit-in-every-cell", "after three restarts the rest is an error", (
        RIGHT, *["import os; os._exit(0)"] * 5), (), earns=0),
    Attack("exit-in-the-function", "no answer is no answer", (
        "import os\ndef conv1d(x, w, stride=1, padding=0): os._exit(0)",)),
    Attack("sys-exit", "is an exception like others", (RIGHT, "import sys\nsys.exit(0)"), earns=5),
    Attack("segmentation-fault", "the notebook starts again without it", (
        "import ctypes\nctypes.string_at(0)", RIGHT), earns=5),
    Attack("recursion", "an exception like others", (
        "def f(n): return f(n + 1)\nf(0)", RIGHT), earns=5),
    Attack("recursion-in-the-function", "the same", (
        "def conv1d(x, w, stride=1, padding=0): return conv1d(x, w)",)),
    Attack("eight-gigabytes", "MemoryError", (
        RIGHT, "import numpy as np\nblock = np.ones(2**30)"), earns=5, shows="MemoryError"),
    Attack("memory-of-many-processes", "counts together; the largest are ended", (
        RIGHT, "import os, time\nimport numpy as np\npids = []\nfor n in range(8):\n"
        "    pids.append(os.fork())\n    if not pids[-1]:\n        block = np.ones(2**23)\n"
        "        time.sleep(100)\n        os._exit(0)\nended = [os.wait()]\n"
        "print('ended', all(status == 9 for _, status in ended))"), earns=5, shows="ended True",
        limits={"cell": 60.0, "notebook": 120.0}),
    Attack("memory-of-no-process", "such kinds are refused", (
        RIGHT, "import ctypes, os\nlibc = ctypes.CDLL(None)\n"
        "print('refused', libc.memfd_create(b'x', 0), libc.shmget(0, 2**20, 0o1600))"),
        earns=5, shows="refused -1 -1"),
    Attack("disk-filling", "/tmp has a size", (
        RIGHT, "for n in range(100):\n"
            "    with open(f'/tmp/{n}', 'wb') as file: file.write(bytes(2**20))"),
        earns=5, shows="No space left"),
    Attack("huge-file", "a file has a size", (
        RIGHT, "with open('big', 'wb') as file:\n    file.seek(2**33)\n"
            "    file.write(b'x')"), earns=5,
        shows="File too large"),
    Attack("print-flood", "output is cut while it arrives", (
        RIGHT, "for n in range(10**9): print('x' * 1000)"), earns=5),
    Attack("hundred-megabytes-in-one-print", "the same", (
        RIGHT, "print('x' * 10**8)"), earns=5, shows="output cut"),
    Attack("display-flood", "the same for displays", (
        RIGHT, "from IPython.display import HTML, display\n"
        "for n in range(3000): display(HTML('<script>alert(1)</script>' * 100))"), earns=5),
    Attack("lingering-child", "ends with its submission", (
        RIGHT, "import subprocess\nsubprocess.Popen(['sleep', '98765'], start_new_session=True)"),
        earns=5),
    Attack("forks-that-go-on", "processes are counted", (
        RIGHT, "import os, time\ncount = 0\ntry:\n    for n in range(60):\n"
        "        if os.fork() == 0:\n            time.sleep(100)\n            os._exit(0)\n"
        "        count += 1\n"
        "except OSError: pass\nprint('forked', count < 30)"), shows="forked True"),
    Attack("many-threads", "threads are counted, too", (
        RIGHT, "import threading, time\nfor n in range(500):\n"
        "    threading.Thread(target=time.sleep, args=(100,), daemon=True).start()"),
        shows="RuntimeError"),
    Attack("fork-that-answers-as-well", "the first answer counts once", (
        RIGHT, "import os\nos.fork()\nprint('twice')"), earns=5),
    Attack("huge-reply", "answers have a size", (
        "import numpy as np\ndef conv1d(x, w, stride=1, padding=0): return np.zeros(3 * 10**6)",)),
    Attack("endless-reply", "an answer has to end", (
        "def conv1d(x, w, stride=1, padding=0):\n    class Endless(list):\n"
        "        def __iter__(self):\n            while True: yield self\n    e = Endless()\n"
        "    e.append(e)\n    return [e] * 50",)),
    Attack("array-that-takes-for-ever", "conversion is on the clock", (
        "class Slow:\n    def __array__(self, *a, **k):\n        while True: pass\n"
        "def conv1d(x, w, stride=1, padding=0): return Slow()",)),
    Attack("fork-hooks", "a copy that can't be made costs its owner only", (
        WRONG, "import os, time\nos.register_at_fork(after_in_child=lambda: time.sleep(100))")),
    Attack("thousands-of-cells", "a notebook's time is limited as a whole", (
        RIGHT, *["import time; time.sleep(0.02)"] * 900), limits=TIGHT),
    Attack("broken-numpy", "costs only the one who broke it", (
        WRONG + "import sys\nfor name in list(sys.modules):\n"
        "    if name.startswith(('numpy', 'json', 'struct')): del sys.modules[name]\n"
        "np.ndarray = np.asarray = None",)),
    Attack("null-characters-and-surrogates", "can be saved all the same", (
        RIGHT, "print('\\ud800\\x00\\x1b[31m'); '\\udfff'"), earns=5),
    Attack("functions-that-sleep-just-below-the-limits", "a submission has one budget", (
        "import time", *_each("time.sleep(0.5)")), limits=TIGHT),
    Attack("functions-that-compute-just-below-the-limits", "the same", (
        "import time", *_each("start = time.process_time()\n"
                              "    while time.process_time() - start < 0.5: pass")),
        limits=TIGHT),
    Attack("functions-that-return-64-megabytes", "answers have a size, and all together", (
        "import numpy as np", *_each("return np.zeros(8_000_000)"))),
    Attack("functions-that-return-many-megabytes", "the same", (
        "import numpy as np", *_each("return np.zeros(1_000_000)"))),
)
