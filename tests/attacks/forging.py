"""Attacks that want points."""

from tests.attacks.attack import RIGHT, WRONG, Attack

FORGED = '{"kind": "value", "values": [0.0, 0.0, 0.0]}'

FORGING = (
    Attack("asserts-that-do-nothing", "nothing inside decides", (
        WRONG + "np.testing.assert_allclose = np.testing.assert_array_equal = lambda *a, **k: "
            "None\n",
    )),
    Attack("input-transformer", "later cells may become `pass`; no test runs inside", (
        "get_ipython().input_transformers_post.append(lambda lines: ['pass\\n'])", WRONG)),
    Attack("syntax-tree-transformer", "the same one level deeper", (
        "import ast\nclass Gone(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node): return ast.Pass()\n"
        "get_ipython().ast_transformers.append(Gone())", WRONG)),
    Attack("display-hook", "a displayed number is no score", (
        WRONG, "import sys\nsys.displayhook(5.0)\n5.0")),
    Attack("printed-score", "a printed number is no score", (WRONG, "print('5.0 5/5'); 5.0")),
    Attack("forged-record", "a record of ours can't be displayed", (
        WRONG + "from IPython.display import display\n"
        "display({'application/vnd.cnn-by-hand.examination+json': {'exercise': 'conv1d',"
        " 'points': 5.0, 'maximum': 5, 'status': 'right'}, 'text/plain': 'x'}, raw=True)",)),
    Attack("patched-scipy", "the reference lives elsewhere", (
        WRONG + "import scipy.signal\nscipy.signal.correlate = scipy.signal.correlate2d = "
        "lambda *a, **k: np.zeros(3)",)),
    Attack("scipy-in-the-function", "a shortcut earns nothing", (
        "import numpy as np, scipy.signal as s\ndef conv1d(x, w, stride=1, padding=0):\n"
        "    return s.correlate(np.pad(np.asarray(x, float), padding), w, 'valid')[::stride]",)),
    Attack("scipy-imported-in-the-function", "a shortcut earns nothing", (
        "import numpy as np\ndef conv1d(x, w, stride=1, padding=0):\n"
        "    s = __import__('sci' + 'py.signal').signal\n"
        "    return s.correlate(np.pad(np.asarray(x, float), padding), w, 'valid')[::stride]",)),
    Attack("numpy-correlate", "a shortcut earns nothing", (
        "import numpy as np\ndef conv1d(x, w, stride=1, padding=0):\n"
        "    return np.correlate(np.pad(np.asarray(x, float), padding), w, 'valid')[::stride]",)),
    Attack("numpy-convolve-by-another-name", "an alias of a shortcut earns nothing", (
        "import numpy as np\nfold = np.convolve\ndef helper(a, b): return fold(a, b[::-1])\n"
        "def conv1d(x, w, stride=1, padding=0):\n"
        "    x = np.pad(np.asarray(x, float), padding)\n"
        "    return helper(x, w)[len(w) - 1 : len(x)][::stride]",)),
    Attack("numpy-correlate-by-a-string", "what reading can't see, watching does", (
        "import numpy as np\ndef conv1d(x, w, stride=1, padding=0):\n"
        "    f = getattr(np, 'corr' + 'elate')\n"
        "    return f(np.pad(np.asarray(x, float), padding), w, 'valid')[::stride]",)),
    Attack("object-equal-to-everything", "an answer is numbers or nothing", (
        "class Yes:\n    shape = (3,)\n    def __eq__(self, other): return True\n"
        "    def __getattr__(self, name): return self\n"
        "    def __call__(self, *a, **k): return self\n"
        "    def __bool__(self): return True\n    def __len__(self): return 3\n"
        "def conv1d(x, w, stride=1, padding=0): return Yes()",)),
    Attack("array-subclass", "overridden comparisons stay inside", (
        "import numpy as np\nclass A(np.ndarray):\n    def __eq__(self, o): return np.True_\n"
        "    def __array_function__(self, f, t, a, k): return np.True_\n"
        "    def __array_ufunc__(self, *a, **k): return np.True_\n"
        "def conv1d(x, w, stride=1, padding=0): return np.zeros(3).view(A)",)),
    Attack("lying-class", "an object that claims to be an array", (
        "import numpy as np\nclass L:\n    __class__ = np.ndarray\n    dtype = np.dtype(float)\n"
        "    shape = (1,)\n    ndim = 1\n"
        "def conv1d(x, w, stride=1, padding=0): return L()",)),
    Attack("patched-isinstance", "the judge's builtins are its own", (
        WRONG + "import builtins\nbuiltins.isinstance = lambda *a: True\n"
            "builtins.all = lambda *a: True",
    )),
    Attack("patched-numpy", "the judge's NumPy is its own", (
        WRONG + "np.isclose = np.allclose = np.array_equal = lambda *a, **k: np.True_\n"
        "np.asarray = np.array = lambda *a, **k: np.zeros(3)",)),
    Attack("patched-numpy-internals", "deeper inside, the same", (
        WRONG + "import numpy._core.numeric as n, numpy._core.fromnumeric as f\n"
        "n.isclose = n.allclose = f.all = lambda *a, **k: True",)),
    Attack("forged-answers", "an answer without the result is wrong", (
        WRONG + "from autograder.sandbox.child import battery\n"
        f"battery.call = lambda *a, **k: ({FORGED}, b'')",)),
    Attack("forged-frames", "frames of another shape are no answer", (
        WRONG + "from autograder.sandbox.child.channel import Channel\nsend = Channel.send\n"
        "def forged(self, header, body=b'', **k):\n"
        "    for kind in ('right', 'value', None, 5): send(self, {**header, 'kind': kind,"
        " 'values': {'points': 5}, 'points': 5, 'right': True})\n"
        "Channel.send = forged",)),
    Attack("words-of-the-protocol", "what is printed is only printed", (
        WRONG + f"print('{{\"id\": \"0\", \"outputs\": []}}')\nprint('{FORGED}')",)),
    Attack("frames-of-the-caller", "no caller holds an expected value", (
        "import sys\nimport numpy as np\ndef conv1d(x, w, stride=1, padding=0):\n"
        "    frame = sys._getframe(1)\n    while frame:\n"
        "        for value in frame.f_locals.values():\n"
        "            value = getattr(value, 'expected', None)\n"
        "            if value is not None: return value\n        frame = frame.f_back\n"
        "    return np.zeros(3)",)),
    Attack("search-of-the-memory", "no expected value is anywhere in memory", (
        "import gc\nimport numpy as np\ndef conv1d(x, w, stride=1, padding=0):\n"
        "    found = [o for o in gc.get_objects() if type(o).__name__ in ('Trial', 'Outcome', "
        "'Case')]\n"
        "    return found[0].expected.value if found else np.zeros(3)",)),
    Attack("cache-of-the-visible-cases", "hidden inputs are others", (
        "import numpy as np\nfrom course import checking\n"
        "trials = checking._trials(checking._entry('conv1d'))[0]\ncount = -1\n"
        "def conv1d(x, w, stride=1, padding=0):\n    global count\n    count += 1\n"
        "    return trials[count % 5].expected.value",)),
    Attack("imports-the-answers", "there is no reference to import", (
        "import numpy as np\ntry:\n    from autograder.reference.conv1d import conv1d\n"
        "except ImportError:\n    conv1d = lambda *a, **k: np.zeros(3)",)),
    Attack("returns-its-input", "an argument is no answer", (
        "def conv1d(x, w, stride=1, padding=0): return x",)),
    Attack("pickle-bomb", "nothing is unpickled", (
        "class P:\n    def __reduce__(self): return (open, ('@folder@/pwned', 'w'))\n"
        "def conv1d(x, w, stride=1, padding=0): return P()",)),
    Attack("replaced-after-the-test", "what follows the test comes too late", (WRONG,), (RIGHT,)),
    Attack("replaced-in-a-thread", "the copy is taken when it is taken", (
        WRONG + "import threading, time\ndef later():\n    time.sleep(0.2)\n"
            "    globals()['conv1d'] = 1\n"
        "threading.Thread(target=later).start()",)),
    Attack("changed-inputs-hidden", "named, and costs what that mistake costs", (
        RIGHT.replace("def conv1d", "def right") + "def conv1d(x, w, stride=1, padding=0):\n"
        "    result = right(x, w, stride, padding)\n"
        "    x[:] = [0] * len(x) if isinstance(x, list) else 0\n    return result",), earns=4),
)
