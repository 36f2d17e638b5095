"""Confine a freshly forked process: an identity of its own, namespaces, limits."""

import os
import resource
import signal
import stat

from autograder.sandbox.child import kernel_calls as kernel

FOLDER = "/tmp/submission"
HOME = "/tmp/home"


def become(uid):
    """Give up root for good; nothing to do for an ordinary user."""
    if uid is None:
        return
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def own_descriptors(keep):
    """Open anew what was inherited: a copy shares its position, flags and locks with all others.

    What the next submission inherits must not tell what this one did. Each descriptor has one
    direction: the first three lead nowhere, files can be read, all else is closed.

    Parameters
    ----------
    keep : container of int
        Descriptors that were made for this process alone.
    """
    for fd in map(int, os.listdir("/proc/self/fd")):
        try:
            mode = os.fstat(fd).st_mode
        except OSError:  # of the list itself, closed by now
            continue
        if fd in keep:
            continue
        if fd < 3:
            new = os.open("/dev/null", os.O_WRONLY if fd else os.O_RDONLY)
        elif stat.S_ISREG(mode):
            new = os.open(f"/proc/self/fd/{fd}", os.O_RDONLY)
            os.lseek(new, os.lseek(fd, 0, os.SEEK_CUR), os.SEEK_SET)
        else:
            os.close(fd)
            continue
        os.dup2(new, fd, inheritable=fd < 3)
        os.close(new)


def enter_namespaces(scratch):
    """New user, pid, mount, network, ipc and uts namespaces with a ``/tmp`` and no ``/proc``.

    The pids begin with the next fork.
    """
    uid, gid = os.getuid(), os.getgid()
    kernel.prctl(kernel.SET_DUMPABLE, 1)  # lost with root, and needed to write the maps
    kernel.unshare(kernel.NEW_USER | kernel.NEW_PIDS | kernel.NEW_MOUNTS
                   | kernel.NEW_NET | kernel.NEW_IPC | kernel.NEW_UTS)
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/gid_map", f"{gid} {gid} 1")
    _write("/proc/self/uid_map", f"{uid} {uid} 1")
    _write("/proc/self/oom_score_adj", "1000")  # short of memory? this one first
    careful = kernel.NO_SUID | kernel.NO_DEVICES
    kernel.mount("tmpfs", "/tmp", careful, f"size={scratch},nr_inodes=20000,mode=0700")
    kernel.mount("tmpfs", "/dev/shm", careful | kernel.NO_EXEC, "size=16m,nr_inodes=200,mode=0700")
    kernel.mount("devpts", "/dev/pts", kernel.NO_SUID | kernel.NO_EXEC, "ptmxmode=0666,mode=0600")
    kernel.mount("tmpfs", "/proc", careful | kernel.NO_EXEC | kernel.READ_ONLY,
                 "size=4k,nr_inodes=2,mode=0555")


def _write(path, text):
    with open(path, "w") as file:
        file.write(text)


def enter_folder(folder):
    """A fresh working folder and home."""
    home = HOME if folder == FOLDER else os.path.join(os.path.dirname(folder), "home")
    for path in (folder, home):
        os.makedirs(path, mode=0o700, exist_ok=True)
    os.environ["HOME"] = home
    os.chdir(folder)


def limit(limits, *, private_count):
    """Set the kernel's limits.

    Parameters
    ----------
    limits : dict
        Of `autograder.sandbox.limits.Limits`.
    private_count : bool
        Whether processes are counted for this submission alone; else for all of the user's.
    """
    count = limits["processes"] + (0 if private_count else _running())
    for name, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, limits["cpu"]),
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_NPROC, count),
        (resource.RLIMIT_FSIZE, limits["file"]),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        hard = resource.getrlimit(name)[1]
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        extra = 1 if name == resource.RLIMIT_CPU else 0
        resource.setrlimit(name, (bound, min(bound + extra, hard) if hard >= 0 else bound + extra))


def _running():
    """How many threads this user runs at the moment."""
    uid, count = os.getuid(), 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.stat(f"/proc/{name}").st_uid == uid:
                count += len(os.listdir(f"/proc/{name}/task"))
        except OSError:
            continue
    return count


def lock():
    """No new privileges, no capabilities, fewer system calls: nothing gets them back."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file too large is an error, not a death
    kernel.prctl(kernel.SET_NO_NEW_PRIVILEGES, 1)
    kernel.drop_capabilities()
    kernel.filter_system_calls()
