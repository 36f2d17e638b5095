"""A notebook in the sandbox."""


import numpy as np
import pytest

from autograder.sandbox import Limits, Runner, SandboxUnavailable
from autograder.sandbox.child.census import Census
from course.outcome import UNATTEMPTED, VALUE, Outcome, call
from tests.sandbox.conftest import SMALL

FUNCTION = """
import numpy as np
def scale(x, factor=2):
    print("hello")
    return np.asarray(x) * factor
def spoil(x, y):
    y[0] = 7
def fail(x):
    raise ValueError("no: " + str(len(x)))
def blank(x):
    raise NotImplementedError()
"""


def descendants(pid):
    census = Census()
    try:
        return census.descendants(pid)
    finally:
        census.close()


def texts(outputs):
    return [output.get("text") or output.get("data", {}).get("text/plain") for output in outputs]


def finished(session, *cells):
    for cell in cells:
        session.run_cell(cell)
    snapshot = session.snapshot()
    session.finish()
    return snapshot


def test_cell_has_the_outputs_of_jupyter(session):
    """Streams, displays and the last value, in order; a semicolon keeps it quiet."""
    outputs = session.run_cell(
        "import sys\nprint('a')\nprint('b')\nprint('c', file=sys.stderr)\ndisplay(1)\n2"
    )
    kinds = [(o.output_type, o.get("name")) for o in outputs]
    assert kinds == [("stream", "stdout"), ("stream", "stderr"), ("display_data", None),
                     ("execute_result", None)]
    assert texts(outputs) == ["a\nb\n", "c\n", "1", "2"]
    assert session.run_cell("3;") == []
    assert texts(session.run_cell("_ + 1, get_ipython() is not None")) == ["(3, True)"]


@pytest.mark.parametrize("stream", ["None", "5", "object()"])
def test_stream_that_is_none_is_replaced_before_the_next_cell(session, stream):
    """Whoever sets `sys.stdout = None` loses what one cell prints, not all cells that follow."""
    session.run_cell(f"import sys\nsys.stdout = sys.stderr = {stream}")
    assert texts(session.run_cell("print('a')\n7")) == ["a\n", "7"]


def test_magics_of_the_course_work(session):
    """%matplotlib, %timeit, %time, %%capture, and a shell command."""
    assert session.run_cell("%matplotlib inline") == []
    (output,) = session.run_cell("%timeit -n1 -r1 1 + 1")
    assert "loop" in output.text
    assert any("Wall time" in (text or "") for text in texts(session.run_cell("%time 1 + 1")))
    assert session.run_cell("%%capture kept\nprint(1)") == []
    assert texts(session.run_cell("kept.stdout")) == ["'1\\n'"]
    assert "hi" in "".join(texts(session.run_cell("!echo hi")))


def test_traceback_is_short_and_shows_the_students_lines(session):
    """No frame of IPython's, no colours, the line itself."""
    session.run_cell("def f(x):\n    return x / 0")
    (output,) = session.run_cell("f(3)")
    assert output.ename == "ZeroDivisionError"
    assert output.traceback[-3:] == [
        "  cell 0, line 2, in f", "    return x / 0", "ZeroDivisionError: division by zero",
    ]
    assert len(output.traceback) == 6
    (output,) = session.run_cell("for x in\n")
    assert output.ename == "SyntaxError" and any("^" in line for line in output.traceback)


def test_figures_are_rendered_only_where_wanted(session):
    """A picture, or its words."""
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
    assert "image/png" not in session.run_cell(plot)[0].data
    assert "image/png" in session.run_cell(plot, render=True)[0].data
    own = "from course import figures\nfigures.curves({'a': [1, 2]}, alt='two lines')"
    assert session.run_cell(own)[0].data == {"text/plain": "two lines"}
    assert "data:image/svg" in session.run_cell(own, render=True)[0].data["text/html"]


def test_output_is_cut_with_a_note(session):
    """Text and displays."""
    (output,) = session.run_cell("print('x' * 500_000)")
    assert len(output.text) < 201_000 and "output cut here" in output.text
    outputs = session.run_cell("from IPython.display import HTML\nHTML('x' * 500_000)")
    assert "output cut here" in outputs[0].text


def test_slow_cell_is_interrupted_and_the_rest_goes_on(session):
    """What was defined before is still there; no restart is needed."""
    session.run_cell("kept = 1")
    (output,) = session.run_cell("while True: pass")
    assert output.ename == "KeyboardInterrupt"
    assert texts(session.run_cell("kept")) == ["1"] and session.restarts == 0


def test_dead_notebook_starts_again_without_the_cell_that_ended_it(session):
    """Earlier cells are run again, quietly; at most three times."""
    session.run_cell("kept = 1")
    (output,) = session.run_cell("import os; os._exit(1)")
    assert output.ename == "KernelDied"
    assert texts(session.run_cell("kept")) == ["1"]
    for _ in range(3):
        session.run_cell("import os; os._exit(1)")
    assert session.run_cell("kept")[0].ename == "KernelDied"


def test_memory_of_all_processes_together_is_limited():
    """In bubblewrap and without: what is too much ends, is named, and costs nothing else."""
    most = Limits(cell=10, total=400 * 2**20)
    grow = "import numpy as np, time\nblocks = []\nfor n in range(12):\n" \
        "    blocks.append(np.ones(2**23))\n    time.sleep(.05)\ntime.sleep(3)"
    for mode in ("auto", "off"):
        with Runner(most, mode) as runner, runner.session() as session:
            session.run_cell("kept = 1")
            (output,) = session.run_cell(grow)
            assert output.evalue.endswith("together took more than 400 MB of memory")
            assert texts(session.run_cell("kept")) == ["1"]


def test_memory_that_forks_share_counts_once(session):
    """Ten snapshots of a notebook with a large array are no ten large arrays."""
    session.run_cell("import numpy as np\nlarge = np.ones(50 * 2**20)\ndef f(): return large[-1]")
    snapshots = [session.snapshot() for _ in range(10)]
    assert texts(session.run_cell("import time\ntime.sleep(.5)\nlarge.sum() > 0"))
    session.finish()
    assert [snapshot.call("f").value for snapshot in snapshots] == [1.0] * 10


def test_leaked_threads_cost_no_points(session):
    """Sixty that stay, before ten test cells: threads count, and a fork has only its own."""
    session.run_cell(
        "from concurrent.futures import ThreadPoolExecutor\nimport time\n"
        "leaked, pool = [ThreadPoolExecutor(60)], ThreadPoolExecutor(4)\n"
        "for p in (*leaked, pool): list(p.map(time.sleep, [.02] * 200))\n"
        "def f(x): return sum(pool.map(abs, x))"
    )
    snapshots = [session.snapshot() for _ in range(10)]
    session.finish()
    assert [snapshot.call("f", ([-1, 2],)).value for snapshot in snapshots] == [3] * 10


def test_too_many_threads_are_named():
    """Where there is no room for a copy, the rest of the notebook goes on."""
    with Runner(Limits(processes=24)) as runner, runner.session() as session:
        if runner.isolation != "bubblewrap":
            pytest.skip("without bubblewrap all processes of a user count together")
        session.run_cell("import threading, time\ndef f(): return 1")
        early = session.snapshot()
        session.run_cell("for n in range(99): threading.Thread(target=time.sleep, args=(9,), "
                         "daemon=True).start()")
        late = [session.snapshot() for _ in range(3)][-1]
        assert texts(session.run_cell("f()")) == ["1"] and session.restarts == 0
        session.finish()
        assert early.call("f").value == 1
        assert "too many threads and processes" in late.call("f").error


def test_snapshot_answers_for_its_own_moment(session):
    """Neither later cells nor the end of the notebook change it."""
    session.run_cell("def f(): return 1")
    first = session.snapshot()
    session.run_cell("def f(): return 2")
    session.run_cell("import os; os._exit(0)")
    second = finished(session)
    assert first.call("f").value == 1 and second.call("f").value == 2


def test_value_is_that_of_its_own_moment(session):
    """Plain data and arrays as they are; blank and missing ones say so."""
    session.run_cell("import numpy as np\nx = {'a': [1, 2.5]}\ny = ...\nz = np.eye(2)")
    assert session.value("x") == Outcome(VALUE, {"a": [1, 2.5]})
    assert session.value("y").kind == UNATTEMPTED
    assert session.value("z").value.tolist() == [[1, 0], [0, 1]]
    assert session.value("w").error == "NameError"
    session.run_cell("x = 5")
    assert session.value("x").value == 5


def test_value_that_defends_itself_costs_the_others_nothing(session):
    """One that raises, one that takes for ever, one that ends the notebook's process."""
    session.run_cell(
        "import os\n"
        "class Own:\n"
        "    def __init__(self, defend): self.defend = defend\n"
        "    def __array__(self, *args, **kwargs): return self.defend()\n"
        "def endless():\n    while True: pass\n"
        "x, shy, slow, deadly = 3, Own(lambda: 1 / 0), Own(endless), Own(lambda: os._exit(1))"
    )
    assert session.value("shy").error == "ZeroDivisionError"
    assert session.value("slow").error == "KeyboardInterrupt", "the process lives on"
    assert "no readable answer" in session.value("deadly").error
    assert session.value("x").value == 3


def test_batteries_wait_until_all_cells_have_run(session):
    """Otherwise a later cell could print the hidden inputs."""
    snapshot = session.snapshot()
    with pytest.raises(RuntimeError):
        snapshot.call("f")


def test_call_does_what_a_call_in_this_process_does(session):
    """Value, changed inputs, exceptions, line, not attempted: the same Outcome."""
    space = {}
    exec(FUNCTION, space)
    snapshot = finished(session, FUNCTION)
    x, y = np.arange(3.0), np.ones(2)
    y.flags.writeable = True
    for name, args, kwargs in (
        ("scale", (x,), {"factor": 3}), ("spoil", (x, y), {}), ("fail", (x,), {}),
        ("blank", (x,), {}), ("spoil", ([1], [2]), {}),
    ):
        due = call(space[name], args, kwargs)
        found = snapshot.call(name, args, kwargs, ("x", "y"))
        assert (found.kind, found.error, found.message, found.changed) == (
            due.kind, due.error, due.message, due.changed
        )
        np.testing.assert_array_equal(found.value, due.value)
    assert snapshot.call("fail", (x,)).line == 'line 8: raise ValueError("no: " + str(len(x)))'
    assert snapshot.call("nothing").error == "NameError"
    assert snapshot.call("np").error == "TypeError"


def test_state_lasts_for_a_battery_and_no_longer(session):
    """A fresh battery is a fresh copy."""
    snapshot = finished(session, "count = []\ndef f():\n    count.append(1)\n    return len(count)")
    assert [snapshot.call("f").value for _ in range(2)] == [1, 2]
    assert snapshot.battery().call("f").value == 1


def test_calls_without_an_answer_end_a_battery(session):
    """Two of them; the others count as unanswered at once."""
    snapshot = finished(session, "def f(x):\n    while x: pass\n    return 5")
    assert snapshot.call("f", (0,)).value == 5
    assert "no answer within" in snapshot.call("f", (1,)).error
    assert snapshot.call("f", (0,)).value == 5, "another copy takes over"
    snapshot.call("f", (1,))
    assert "too many" in snapshot.call("f", (0,)).error


def test_last_battery_that_is_lost_is_made_anew(session):
    """From the cells up to its moment, once more; files and variables are as they were then."""
    session.run_cell("import os\nopen('note.txt', 'w').write('first')\nx = [1]")
    session.run_cell(
        "def f(n):\n    if n == 1:\n        while True: pass\n    if n == 2: os._exit(0)\n"
        "    x.append(n)\n    return [sum(x), open('note.txt').read()]"
    )
    snapshot = session.snapshot()
    session.run_cell("open('note.txt', 'w').write('second')\nx = [100]")
    session.finish()
    battery = snapshot.battery(last=True)
    assert battery.call("f", (5,)).value[0] == 6 and battery.call("f", (5,)).value[0] == 11
    assert "no answer within" in battery.call("f", (1,)).error
    assert battery.call("f", (3,)).value == [4, "first"]
    assert "no readable answer" in battery.call("f", (2,)).error
    assert "too many" in battery.call("f", (3,)).error
    assert snapshot.battery().call("f", (4,)).value == [5, "first"], "and others may follow"


def test_last_battery_of_a_closed_snapshot_is_not_made_anew(session):
    """Nothing runs after the end."""
    snapshot = finished(session, "def f(n): return n")
    battery = snapshot.battery(last=True)
    assert battery.call("f", (1,)).value == 1
    snapshot.close()
    assert "no readable answer" in battery.call("f", (1,)).error
    assert len(session.processes) == 1


def test_battery_has_a_limit_of_processor_time(session):
    """An endless call goes on while the host asks another copy, but not for ever."""
    snapshot = finished(session, "import resource\n"
                                 "def f(): return list(resource.getrlimit(resource.RLIMIT_CPU))")
    for last in (False, True):
        limits = snapshot.battery(last=last).call("f").value
        assert limits == [SMALL.battery + 1] * 2


def test_watch_notices_ready_made_routines(watched):
    """Those used in the call, and only those."""
    snapshot = finished(
        watched, "import numpy as np\nold = np.convolve\nnp.convolve([1], [2])",
        "def f(x): return old(x, x)\ndef g(x): return x",
    )
    battery = snapshot.battery(watch=True)
    battery.call("g", ([1, 2],))
    assert battery.used == set()
    battery.call("f", ([1, 2],))
    assert battery.used == {"numpy.convolve"}


def test_watch_notices_packages_imported_in_a_cell(watched):
    """A part of the package that the notebook kept, and an import inside the function."""
    snapshot = finished(
        watched, "import scipy.ndimage\nkept = [scipy.ndimage]",
        "def f(x): return kept[0].correlate(x, x)\ndef g(x):\n    import PIL.Image\n"
        "    return PIL.Image.new('L', (2, 2)) and x\ndef h(x): return x",
    )
    for name, used in (("f", {"scipy"}), ("g", {"PIL"}), ("h", set())):
        battery = snapshot.battery(watch=True)
        battery.call(name, (np.ones(2),))
        assert battery.used == used


def test_routines_go_unnoticed_where_nobody_watches(watched):
    """A battery that does not watch says nothing."""
    snapshot = finished(watched, "import numpy as np\ndef f(x): return np.convolve(x, x)")
    battery = snapshot.battery()
    battery.call("f", ([1, 2],))
    assert battery.used == set()


def test_files_of_the_student_are_there(runner):
    """By name, in folders, in the working folder."""
    with runner.session({"a.txt": b"1", "b/c.txt": b"2"}) as session:
        assert texts(session.run_cell("open('a.txt').read(), open('b/c.txt').read()")) == [
            "('1', '2')"
        ]


def test_modules_beside_the_notebook_are_imported(runner):
    """As in Jupyter: handed in, in a folder, written by a cell, before others of their name."""
    files = {"helper.py": b"a = 1", "parts/one.py": b"b = 2", "antigravity.py": b"c = 3"}
    with runner.session(files) as session:
        session.run_cell("from helper import *\nfrom parts import one\nfrom antigravity import c")
        session.run_cell("%%writefile m.py\nd = 4")
        session.run_cell("import m")
        assert texts(session.run_cell("a, one.b, c, m.d")) == ["(1, 2, 3, 4)"]


def test_dead_parent_is_replaced(runner):
    """The next submission does not notice."""
    runner.zygote.process.kill()
    runner.zygote.process.wait()
    with runner.session() as session:
        assert texts(session.run_cell("1 + 1")) == ["2"]


def test_many_sessions_leave_nothing_behind(runner):
    """Two hundred: no process, no open file, no growth of the parent."""
    import os

    def measure():
        files = len(os.listdir("/proc/self/fd"))
        pid = runner.zygote.process.pid
        parents = [pid, *descendants(pid)]
        sizes = [_memory(pid) for pid in parents]
        return files, max(sizes)

    def once():
        with runner.session() as session:
            session.run_cell("x = 1")

    for _ in range(5):
        once()
    files, size = measure()
    for _ in range(200):
        once()
    after_files, after_size = measure()
    assert after_files <= files
    assert after_size < size + 3000, "kB"


def _memory(pid):
    try:
        with open(f"/proc/{pid}/status") as file:
            lines = dict(line.split(":", 1) for line in file)
        return int(lines.get("VmRSS", "0 kB").split()[0])
    except OSError:
        return 0


def test_limits_alone_still_run_and_clean_up():
    """Without bubblewrap: the same answers, no process and no folder left."""
    with Runner(Limits(patience=1, cell=3, call=2), mode="off") as runner:
        assert runner.isolation == "limits only"
        with runner.session() as session:
            session.run_cell("import subprocess\nsubprocess.Popen(['sleep', '54321'],"
                             " start_new_session=True)")
            assert session.run_cell("import socket\nsocket.socket()")[0].ename == "OSError"
            snapshot = finished(session, "def f(x): return x + 1")
            assert snapshot.call("f", (1,)).value == 2
        below = descendants(runner.zygote.process.pid)
        folder = runner.folder
    assert not below and not folder.exists()


@pytest.mark.parametrize("mode", ["auto", "off"])
def test_notebook_that_is_run_again_leaves_the_others_files(mode):
    """One function hangs; another one still finds what its notebook wrote."""
    limits = Limits(patience=1, cell=3, call=1)
    with Runner(limits, mode=mode) as runner, runner.session() as session:
        session.run_cell("open('note.txt', 'w').write('mine')\ndef hang(n):\n"
                         "    while n: pass\n    return open('note.txt').read()")
        hanging = session.snapshot()
        session.run_cell("def read(): return open('note.txt').read()")
        reading = finished(session)
        battery = hanging.battery(last=True)
        assert "no answer within" in battery.call("hang", (1,)).error
        assert battery.call("hang", (0,)).value == "mine"
        assert reading.battery(last=True).call("read").value == "mine"


def test_running_again_is_on_the_same_budget():
    """However long the judging took; where nothing is left, the answer is missing."""
    with Runner(Limits(cell=3, call=1)) as runner, runner.session() as session:
        snapshot = finished(session, "sum(range(10**6))", "def f(n):\n    1 / n")
        battery = snapshot.battery(last=True)
        battery.call("f", (1,))
        before = session.budget.spent()
        snapshot.channel, battery.channel = None, None  # as if it had been lost
        assert battery.call("f", (0,)).error == "ZeroDivisionError"
        assert session.budget.spent() > before
        snapshot.channel, snapshot.spent, battery.channel = None, True, None
        session.budget.until = 0
        assert "no answer" in battery.call("f", (0,)).error


def test_processor_decides_and_the_wall_only_ends_what_sleeps():
    """What computes is ended by the processor's clock, also in children; what sleeps is known."""
    limits = Limits(cell=1, call=1, patience=3)
    with Runner(limits) as runner, runner.session() as session:
        assert session.run_cell("import os\nif os.fork() == 0:\n    while True: pass\nos.wait()")
        assert session.budget.spent() >= 0.5 and not session.budget.slept
        assert session._used() >= 0.5  # what the first look credits to the wall is not asked
    with Runner(limits) as runner, runner.session() as session:
        (output,) = session.run_cell("import time\ntime.sleep(60)")
        assert output.ename == "KeyboardInterrupt" and session.budget.slept
        assert session.run_cell("1")[0].data["text/plain"] == "1"


def test_what_is_too_large_keeps_its_shape_and_takes_no_room():
    """A function that returns 64 MB: told by its shape, and no number of it is kept."""
    with Runner(Limits()) as runner, runner.session() as session:
        snapshot = finished(session, "import numpy as np\ndef f(): return np.ones((8, 1_000_000))")
        answer = snapshot.call("f")
        assert answer.value.shape == (8, 1_000_000) and answer.value.strides == (0, 0)


def test_answers_of_a_submission_are_bounded_together():
    """Each of them fits; what is beyond the bound is no answer, and nothing of it is kept."""
    with Runner(Limits(kept=5_000_000)) as runner, runner.session() as session:
        snapshot = finished(session, "import numpy as np\ndef f(): return np.ones(250_000)")
        battery = snapshot.battery()
        assert [battery.call("f").kind == VALUE for _ in range(3)] == [True, True, False]


def test_required_refuses_without_bubblewrap(monkeypatch):
    """And auto says once what is missing."""
    from autograder.sandbox import SandboxWarning

    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(SandboxUnavailable, match="bubblewrap is required"):
        Runner(mode="required")
    with pytest.warns(SandboxWarning, match="can read and change every file"):
        Runner(mode="auto").close()


def test_without_nested_namespaces_each_submission_has_a_bubble_of_its_own(monkeypatch):
    """Where the kernel refuses them, it is slower and as safe."""
    from autograder.sandbox import bubble

    original = bubble.stage

    def stage(folder):
        original(folder)
        with open(folder / "autograder/sandbox/child/zygote.py", "a") as file:
            file.write("\n\ndef _can_nest(uid):\n    return False\n")

    monkeypatch.setattr(bubble, "stage", stage)
    with Runner(Limits(patience=1, cell=3, call=2)) as runner:
        if runner.isolation != "bubblewrap":
            pytest.skip("needs bubblewrap")
        assert not runner.nested
        with runner.session() as session:
            session.run_cell("open('/tmp/left', 'w').write('x')")
            snapshot = finished(session, "def f(x): return x + 1")
            assert snapshot.call("f", (1,)).value == 2
        assert not runner.alive
        with runner.session() as session:
            assert texts(session.run_cell("import os\nos.path.exists('/tmp/left')")) == ["False"]
