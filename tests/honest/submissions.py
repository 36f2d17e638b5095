"""Thirty honest submissions, with what honest students leave in their notebooks."""

from dataclasses import dataclass, field

SETUP = "import numpy as np\nimport matplotlib.pyplot as plt"
CONV = """def conv1d(x, w, stride=1, padding=0):
    n, k = len(x), len(w)
    x = np.pad(np.asarray(x, float), padding)
    if k > len(x):
        raise ValueError(f"{k} values of w do not fit into {n} of x")
"""
RETURN = "    return np.array([x[i : i + k] @ np.asarray(w, float)\n" \
    "                     for i in range(0, len(x) - k + 1, stride)])\n"
RIGHT = CONV + RETURN
NAMED = CONV + "    out = []\n    for i in range(0, len(x) - k + 1, stride):\n" \
    "        result = x[i : i + k] @ np.asarray(w, float)\n        out.append(result)\n" \
    "    return np.array(out)\n"


@dataclass(frozen=True)
class Submission:
    """What one student hands in for conv1d.

    Attributes
    ----------
    name : str
    cells : tuple of str
        Code cells before the test; one that begins with ``![`` is Markdown.
    files : dict of str to bytes
        What lies beside the notebook.
    why : str
        Why our points differ from those that `grade(...)` in the notebook's kernel gives; "" if
        they don't.
    """

    name: str
    cells: tuple
    files: dict = field(default_factory=dict)
    why: str = ""


CLASS = (
    Submission("plain", (SETUP, RIGHT)),
    Submission("scratch comparison with NumPy", (
        SETUP, RIGHT, "out = np.convolve([1, 2, 3], [1, 0, -1])\nout, conv1d([1, 2, 3], [1, 0])")),
    Submission("out is a result of NumPy's", (
        SETUP, "out = np.convolve([1, 2, 3, 4], [1, 0, -1])", NAMED)),
    Submission("x is a signal of SciPy's", (
        SETUP, "import scipy.signal\nx = scipy.signal.sawtooth(np.linspace(0, 9, 50))", NAMED)),
    Submission("x is a picture", (
        SETUP, "from PIL import Image\nx = Image.new('L', (3, 3))\nx", NAMED)),
    Submission("result is a comparison", (
        SETUP, "from scipy import signal\nresult = signal.correlate([1, 2, 3], [1, 2])", NAMED)),
    Submission("SciPy at the top", (
        SETUP + "\nfrom scipy.signal import correlate, convolve\nfrom scipy import ndimage", RIGHT,
        "np.allclose(correlate([1, 2, 3], [1, 2], 'valid'), conv1d([1, 2, 3], [1, 2]))")),
    Submission("comparison in a function of its own", (
        SETUP, RIGHT,
        "def compare(x, w):\n    return np.allclose(np.correlate(x, w), conv1d(x, w))",
        "compare([1, 2, 3], [1, 2])")),
    Submission("plot inside the function", (
        SETUP, CONV + "    plt.figure()\n    plt.plot(x)\n    plt.close()\n" + RETURN)),
    Submission("picture inside the function", (
        SETUP, CONV + "    plt.imshow(np.outer(x, x))\n    plt.colorbar()\n    plt.close('all')\n"
        + RETURN)),
    Submission("prints", (
        SETUP, CONV + "    print('x', x, 'w', w)\n" + RETURN, "print(conv1d([1, 2], [1]))")),
    Submission("warnings", (SETUP, CONV + "    np.array([1.0]) / np.array([0.0])\n" + RETURN)),
    Submission("a class with a method never called", (
        SETUP, "import scipy.signal\nclass Convolver:\n    def reference(self, x, w):\n"
        "        return scipy.signal.correlate(x, w)\n    def check(self): return 1", RIGHT)),
    Submission("a method that is called", (
        SETUP, "class Layer:\n    def forward(self, x, w, stride, padding):\n"
        "        return mine(x, w, stride, padding)\n    def check(self, x, w):\n"
        "        return np.convolve(x, w)", RIGHT.replace("conv1d", "mine"),
        "layer = Layer()\ndef conv1d(x, w, stride=1, padding=0):\n"
        "    return layer.forward(x, w, stride, padding)")),
    Submission("helper module handed in", (
        SETUP, "from helper import *"), {"helper.py": f"{SETUP}\n{RIGHT}".encode()}),
    Submission("helper in a folder", (
        SETUP, "from mine.layers import conv1d"),
        {"mine/__init__.py": b"", "mine/layers.py": f"{SETUP}\n{RIGHT}".encode()}),
    Submission("module written by a cell", (
        SETUP, "%%writefile m.py\nimport numpy as np\n" + RIGHT, "import m", "conv1d = m.conv1d")),
    Submission("script run", (SETUP, "%run layers.py"),
               {"layers.py": f"{SETUP}\n{RIGHT}".encode()}),
    Submission("data beside the notebook", (
        SETUP, "x = np.loadtxt('data/line.csv', delimiter=',')\nassert len(x) == 3", RIGHT),
        {"data/line.csv": b"1,2,3"}),
    Submission("Colab in a cell of its own", (
        SETUP, "from google.colab import drive\ndrive.mount('/content/drive')", RIGHT)),
    Submission("Colab in the answer", (
        SETUP, "from google.colab import drive\ndrive.mount('/content/drive')\n" + RIGHT),
        why="the import of a package that is not there is passed over"),
    Submission("torch in the answer", (SETUP, "import torch\n" + RIGHT),
               why="the import of a package that is not there is passed over"),
    Submission("VS Code", (SETUP, "#%%\n%config InlineBackend.figure_format = 'retina'",
                           "# %% [markdown]\n" + RIGHT)),
    Submission("magics", (SETUP, "%matplotlib inline\n%load_ext autoreload\n%autoreload 2",
                          "files = !ls\n%time x = 1", "%%time\n" + RIGHT)),
    Submission("timed", (SETUP, RIGHT, "%timeit -n 1 -r 1 conv1d([1, 2], [1])",
                         "%%timeit -n 1 -r 1\nconv1d([1, 2], [1])")),
    Submission("a cell that fails", (SETUP, "1 / 0", RIGHT, "conv1d([1], [1, 2])")),
    Submission("pasted pictures", (
        SETUP, "![그림 1.png](attachment:그림%201.png) ![a](attachment:a.gif) ![b](b.svg)"
        " ![c](c.webp) ![d](d.jpg)", RIGHT)),
    Submission("list of Python numbers", (
        SETUP, RIGHT.replace("return np.array([", "return list([").replace(
            "x[i : i + k] @ np.asarray(w, float)", "float(x[i : i + k] @ np.asarray(w, float))"))),
    Submission("stride forgotten", (SETUP, RIGHT.replace(", stride)", ")"))),
    Submission("kernel reversed", (
        SETUP, RIGHT.replace("asarray(w, float)", "asarray(w, float)[::-1]"))),
)
