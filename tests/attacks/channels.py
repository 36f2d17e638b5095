"""What could carry something from one session to another: rows of a table that must stay empty.

Each row writes a token in one session and looks for it in another. The first column is the control:
there the reader is in the writer's own session and has to find it, or the row would prove nothing;
where a row says ``refused``, the sandbox does not even let it write there.
"""

import json
import secrets
import sys
from dataclasses import dataclass

from autograder.sandbox import Limits, Runner

CONTROL = "same session"
COLUMNS = (CONTROL, "second session", "second student", "second unit", "second run")
LIMITS = Limits(cell=60, call=60, battery=120, notebook=300)


@dataclass(frozen=True)
class Channel:
    """A row.

    Attributes
    ----------
    name : str
    write : str
        Statements; ``token`` is a text of 12 hexadecimal digits.
    read : str
        An expression: what is there to be read, as text or bytes.
    refused : str
        Why nothing can be written there at all.
    untried : str
        Why the row cannot be tried.
    """

    name: str
    write: str = ""
    read: str = ""
    refused: str = ""
    untried: str = ""


PREPARE = """
import builtins, ctypes, errno, fcntl, glob, mmap, os, socket, stat, struct, sys
import numpy as np
libc = ctypes.CDLL(None, use_errno=True)
held = []
FILES = sorted(filter(os.path.isfile, glob.glob("/usr/bin/*")))[:48]

def bits(token): return [int(bit) for bit in f"{int(token, 16):048b}"]

def number(bits): return f"{int(''.join(map(str, bits)), 2):012x}"

def keep(place, token):
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with open(place, "w") as file: file.write(token)

def texts(places):
    for place in places:
        try:
            with open(place, "rb") as file: yield file.read(1000)
        except OSError: continue

def regular():
    for fd in range(3, 64):
        try:
            if stat.S_ISREG(os.fstat(fd).st_mode): yield fd
        except OSError: continue

def descriptors(done):
    for fd in range(64):
        try:
            if not stat.S_ISSOCK(os.fstat(fd).st_mode): done(fd)
        except OSError: continue

def locked(path):
    with open(path) as file:
        try: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError: return 1
        return 0

def asked(name):
    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(5)
        sock.connect(name)
        return sock.recv(100)

def listen(name, token):
    import threading
    server = socket.socket(socket.AF_UNIX)
    server.bind(name)
    server.listen()
    held.append(server)
    def serve():
        while True: server.accept()[0].sendall(token.encode())
    threading.Thread(target=serve, daemon=True).start()

def checked(result):
    if result < 0: raise OSError(ctypes.get_errno(), "refused")
    return result
"""
HELD = "no number of one session names anything in another"
ROWS = (
    Channel("descriptors 0, 1, 2: content",
            "for fd in (0, 1, 2):\n    os.write(fd, token.encode())",
            "b''.join(os.pread(fd, 1000, 0) for fd in (0, 1, 2))",
            refused="they lead nowhere, and each has one direction"),
    Channel("inherited descriptors: content", "descriptors(lambda fd: os.write(fd, b'x'))\n"
            "written = [0]\ndef put(fd):\n    os.write(fd, token.encode())\n"
            "    written.append(fd)\n"
            "descriptors(put)\nassert set(written) - {0, 1, 2}",
            "b''.join(os.pread(fd, 10**6, 0) for fd in regular())",
            refused="those that can be written lead nowhere"),
    Channel("inherited descriptors: position",
            "for fd in regular(): os.lseek(fd, int(token, 16) % 2**31, 0)",
            "token if int(token, 16) % 2**31 in {os.lseek(fd, 0, 1) for fd in regular()} "
            "else ''"),
    Channel("inherited descriptors: flags",
            "for fd in range(3): fcntl.fcntl(fd, fcntl.F_SETFL, "
            "os.O_NONBLOCK * (int(token, 16) >> fd & 1) | os.O_APPEND)",
            "token if all(fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_APPEND for fd in range(3)) "
            "else ''"),
    Channel("inherited descriptors: owner and signal",
            "fcntl.fcntl(0, 10, 10 + int(token, 16) % 20)",
            "token if fcntl.fcntl(0, 11) == 10 + int(token, 16) % 20 else ''"),
    Channel("descriptors above all others", "fd = os.open('/tmp/high', os.O_CREAT | os.O_RDWR)\n"
            "os.dup2(fd, 200)\nos.write(200, token.encode())", "os.pread(200, 100, 0)"),
    *(Channel(f"a file in {place}", f"keep('{place}/left/kept', token)",
              f"list(texts(['{place}/left/kept']))", refused=refused)
      for place, refused in (
          ("/tmp", ""), ("/dev/shm", ""), ("/var/tmp", "it is not there"), ("/dev", "read-only"),
          ("/sandbox", "read-only"), ("/environment/0", "read-only"), ("/usr", "read-only"),
          ("/run", "it is not there"), ("/proc", "it is empty and read-only"))),
    Channel("a file in the working folder", "keep('./kept', token)", "list(texts(['kept']))"),
    Channel("a file in the home folder", "keep(os.path.expanduser('~/kept'), token)",
            "list(texts([os.path.expanduser('~/kept')]))"),
    Channel("a file without a name", "fd = os.open('/tmp', os.O_TMPFILE | os.O_RDWR)\n"
            "os.dup2(fd, 199)\nos.write(199, token.encode())", "os.pread(199, 100, 0)"),
    Channel("names of folders", "os.makedirs(f'/tmp/names/{token}')", "os.listdir('/tmp/names')"),
    Channel("times of a file", "open('/tmp/times', 'w').close()\n"
            "os.utime('/tmp/times', (int(token[:6], 16), int(token[6:], 16)))",
            "''.join(f'{int(t):06x}' for t in os.stat('/tmp/times')[7:9])"),
    Channel("times of the system's files", "os.utime(FILES[0], (1, int(token, 16)))",
            "f'{os.stat(FILES[0]).st_mtime_ns // 10**9:x}'", refused="read-only"),
    Channel("extended attributes", "os.setxattr('/usr/bin/env', 'user.kept', token.encode())",
            "os.getxattr('/usr/bin/env', 'user.kept')", refused="read-only"),
    Channel("locks on the system's files", "for bit, path in zip(bits(token), FILES):\n"
            "    if bit:\n        held.append(open(path))\n"
            "        fcntl.flock(held[-1], fcntl.LOCK_EX)",
            "number([locked(path) for path in FILES])", refused="a lock is taken for granted"),
    Channel("locks of a process on the system's files",
            "held.append(open(FILES[0]))\n"
            "fcntl.fcntl(held[-1], 37, struct.pack('hhqqi4x', 0, 0, int(token, 16), 1, 0))",
            "f\"{struct.unpack('hhqqi4x', fcntl.fcntl(os.open(FILES[0], 0), 36, struct.pack("
            "'hhqqi4x', 1, 0, 0, 0, 0)))[2]:x}\"", refused="a lock is taken for granted"),
    Channel("leases", "held.append(open(FILES[0]))\nfcntl.fcntl(held[-1], 1024, fcntl.F_RDLCK)",
            "''", refused="refused"),
    Channel("notice of what others open", "held.append(checked(libc.inotify_init1(2048)))", "''",
            refused="refused"),
    Channel("what is in the page cache", "checked(libc.mincore(ctypes.c_void_p(0), 0, None))",
            "''", refused="refused; how long reading takes is timing"),
    Channel("shared memory of System V", "checked(libc.shmget(0x7F3A, 4096, 0o1666))", "''",
            refused="refused"),
    Channel("shared memory without a file", "checked(libc.memfd_create(b'kept', 0))", "''",
            refused="refused"),
    Channel("shared memory of the warm parent",
            "held.append(mmap.mmap(-1, 4096))\nheld[-1].write(token.encode())",
            "[area[:100] for area in held if isinstance(area, mmap.mmap)]"),
    Channel("message queues of System V",
            "queue = checked(libc.msgget(0x7F3A, 0o1666))\n"
            "for _ in range(8): checked(libc.msgsnd(queue, struct.pack('q', 1) + token.encode(), "
            "12, 2048))",
            "(lambda b: (checked(libc.msgrcv(checked(libc.msgget(0x7F3A, 0)), b, 12, "
            "ctypes.c_long(0), 2048)), b.raw)[1])(ctypes.create_string_buffer(64))"),
    Channel("semaphores of System V",
            "for key, byte in enumerate(bytes.fromhex(token)):\n"
            "    checked(libc.semctl(checked(libc.semget(0x7F00 + key, 1, 0o1666)), 0, 16, byte))",
            "bytes(checked(libc.semctl(checked(libc.semget(0x7F00 + key, 1, 0)), 0, 12)) "
            "for key in range(6)).hex()"),
    Channel("message queues of POSIX", "checked(libc.mq_open(b'/kept', os.O_CREAT | os.O_RDWR, "
            "0o666, None))", "''", refused="none may have a byte in it"),
    Channel("abstract sockets", "listen('\\0kept', token)", "asked('\\0kept')"),
    Channel("sockets with a path", "listen('/tmp/socket', token)", "asked('/tmp/socket')"),
    Channel("sockets of the network", "socket.create_server(('127.0.0.1', 45454))", "''",
            refused="refused"),
    Channel("terminals", "import pty\nmain, other = pty.openpty()\nheld.append((main, other))\n"
            "import tty; tty.setraw(other); os.write(main, token.encode())",
            "os.read(os.open('/dev/pts/0', os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK), 100)"),
    Channel("keyrings", "checked(libc.syscall({'x86_64': 248, 'aarch64': 217}[os.uname().machine], "
            "b'user', b'kept', token.encode(), 12, -4))", "''", refused="refused"),
    Channel("environment", "os.environ['KEPT'] = token", "os.environ.get('KEPT')"),
    Channel("memory of the warm parent", "builtins.kept = token\nsys.modules['kept'] = token\n"
            "np.kept = token", "[getattr(builtins, 'kept', 0), sys.modules.get('kept'), "
            "getattr(np, 'kept', 0)]"),
    Channel("closures of functions", "def f():\n    return token\n"
            "import course.outcome\ncourse.outcome.call.kept = f",
            "__import__('course.outcome').outcome.call.kept()"),
    Channel("name of the process", "libc.prctl(15, token.encode(), 0, 0, 0)",
            "(lambda b: (libc.prctl(16, b, 0, 0, 0), b.value)[1])("
            "ctypes.create_string_buffer(16))"),
    Channel("name of the machine", "checked(libc.sethostname(token.encode(), 12))",
            "os.uname().nodename", refused="refused"),
    Channel("niceness and limits", "import resource\n"
            "resource.setrlimit(resource.RLIMIT_STACK, (int(token, 16),) * 2)",
            "f\"{__import__('resource').getrlimit(3)[0]:x}\""),
    Channel("processes that stay", "pid = os.fork()\nif pid == 0:\n    import time\n"
            "    os.setsid(); time.sleep(60); os._exit(0)\nkeep('/tmp/pid', str(pid))",
            "(os.kill(int(open('/tmp/pid').read()), 0), token)[1]"),
    Channel("timing and load", untried="two programs on one machine can always tell from how long "
            "something takes what the other one does; nothing else is left to read"),
    Channel("counters of the kernel", untried="numbers of pipes and sockets grow with all that the "
            "machine does; a few bits among much noise"),
)


def tell(row):
    """Source of a function that writes this row's token, and of one that finds it."""
    index = ROWS.index(row)
    body = "\n".join("        " + line for line in row.write.splitlines())
    return (
        f"def write_{index}(token):\n    global fd, pid\n    try:\n{body}\n"
        "        return 'written'\n"
        "    except BaseException as error: return f'{type(error).__name__}: {error}'\n"
        f"def read_{index}(token):\n    try: found = {row.read}\n"
        "    except BaseException as error: return f'{type(error).__name__}: {error}'\n"
        "    return 'FOUND' if token in repr(found) or token.lstrip('0') in repr(found) "
        "else ''\n"
    )


TRIED = [row for row in ROWS if not row.untried]
CODE = PREPARE + "".join(map(tell, TRIED)) + "".join((
    "def write(tokens): return [globals()[f'write_{i}'](t) for i, t in tokens]\n",
    "def read(tokens): return [globals()[f'read_{i}'](t) for i, t in tokens]\n",
    "def end(): os._exit(0)\n",
))


def snapshot_of(session):
    """A copy of a notebook that has the rows' functions."""
    outputs = session.run_cell(CODE)
    assert not outputs, outputs
    snapshot = session.snapshot()
    session.finish()
    return snapshot


def table():
    """What each row's reader found, as this user.

    Returns
    -------
    dict
        By column, for each row that is tried: "FOUND" where the token came through, else nothing
        or why not. Under "write" what writing said, under "isolation" that of the runner.
    """
    tokens = [[ROWS.index(row), "7" + secrets.token_hex(6)[1:]] for row in TRIED]
    columns = {}
    with Runner(LIMITS) as runner:
        columns["isolation"] = runner.isolation
        with runner.session() as session:
            battery = snapshot_of(session).battery(last=True)
            columns["write"] = battery.call("write", (tokens,)).value
            columns[CONTROL] = battery.call("read", (tokens,)).value
            with runner.session() as other:  # while the first still lives
                columns["second session"] = snapshot_of(other).call("read", (tokens,)).value
            battery.call("end")
            columns["second run"] = battery.call("read", (tokens,)).value
        for column in ("second student", "second unit"):  # to the sandbox: sessions that follow
            with runner.session() as other:
                columns[column] = snapshot_of(other).call("read", (tokens,)).value
    return columns


def main():
    """Print the table as JSON: the tests run this as another user, too."""
    json.dump(table(), sys.stdout)


if __name__ == "__main__":
    main()
