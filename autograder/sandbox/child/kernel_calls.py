"""The few kernel calls that Python has no function for, and the filter of system calls."""

import ctypes
import os
import platform
import struct

LIBC = ctypes.CDLL(None, use_errno=True)

NEW_MOUNTS, NEW_UTS, NEW_IPC, NEW_USER, NEW_PIDS, NEW_NET = (
    0x00020000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000,
)
NO_SUID, NO_DEVICES, READ_ONLY, NO_EXEC = 2, 4, 1, 8
ANY_NAMESPACE = 0x7E020000

LARGE, COLLAPSE = 2 * 2**20, 25
SET_PARENT_DEATH_SIGNAL = 1
SET_DUMPABLE, SET_NO_NEW_PRIVILEGES, SET_SECCOMP, SET_SUBREAPER = 4, 38, 22, 36

REFUSED = {  # system calls that no exercise needs: number on x86_64, on aarch64
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "add_key": (248, 217),
    "request_key": (249, 218), "keyctl": (250, 219), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "kexec_load": (246, 104),
    "init_module": (175, 105), "finit_module": (313, 273), "open_by_handle_at": (304, 265),
    "kcmp": (312, 272), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "open_tree": (428, 428), "move_mount": (429, 429),
    "fsopen": (430, 430), "fsmount": (432, 432), "pidfd_getfd": (438, 438),
    "mount_setattr": (442, 442),
    # memory that belongs to no process, so that no limit finds it
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194),
    # what others do with files that all can read, and which of them are in memory
    "inotify_init": (253, 26), "inotify_init1": (294, 26), "fanotify_init": (300, 262),
    "mincore": (27, 232), "cachestat": (451, 451),
}
PRETENDED = {"flock": (73, 32), "fadvise64": (221, 223)}
"""Told to have worked: a lock on a file of the system would be seen by other submissions."""
UNKNOWN = {"clone3": (435, 435), "preadv2": (327, 286)}
"""Told not to exist: there is an older call that the filter can look into."""
FCNTL, LOCKS, LEASES = (72, 25), (6, 7, 37, 38), (1024, 1026)
CLONE, SOCKET = (56, 220), (41, 198)
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}


def checked(result):
    """Raise OSError if a C function reports failure."""
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


def prctl(option, value):
    """``prctl(option, value)``."""
    checked(LIBC.prctl(option, ctypes.c_ulong(value), 0, 0, 0))


def gather_memory():
    """Move this process's memory into large pages, as far as Linux (6.1 or later) can.

    Each fork copies the table of pages: that of 2 MB pages is quickly done.
    """
    LIBC.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    with open("/proc/self/maps") as maps:
        areas = [line.split() for line in maps]
    for area, mode, _, _, _, *name in areas:
        start, end = (int(side, 16) for side in area.split("-"))
        start, end = -(-start // LARGE) * LARGE, end // LARGE * LARGE
        if mode == "rw-p" and name in ([], ["[heap]"]) and start < end:
            LIBC.madvise(start, end - start, COLLAPSE)  # what stays in small pages works as well


def unshare(flags):
    """New namespaces for this process (and, for pids, for its children)."""
    checked(LIBC.unshare(flags))


def mount(kind, target, flags=0, options=""):
    """Mount a file system that needs no device."""
    checked(LIBC.mount(kind.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags),
                       options.encode()))


def drop_capabilities():
    """Give up every capability for good."""
    header = struct.pack("=Ii", 0x20080522, 0)
    checked(LIBC.capset(header, struct.pack("=6I", 0, 0, 0, 0, 0, 0)))


def filter_system_calls():
    """Refuse new namespaces, mounts, tracing, and sockets other than local ones; lock nothing.

    Returns
    -------
    bool
        Whether the filter is in force; it knows two architectures.
    """
    if platform.machine() not in ARCHITECTURES:
        return False
    which, audit = ARCHITECTURES[platform.machine()]
    program = _program(which, audit)
    code = ctypes.create_string_buffer(b"".join(program))
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    checked(LIBC.prctl(SET_SECCOMP, ctypes.c_ulong(2), header, 0, 0))
    return True


def _program(which, audit):
    """The filter in the kernel's own small machine language."""
    load, equal, at_least, any_bit, done = 0x20, 0x15, 0x35, 0x45, 0x06
    allow, kill, pretend = 0x7FFF0000, 0x80000000, 0x00050000
    refuse, unknown, no_family = (pretend | error for error in (1, 38, 97))

    def step(code, value, yes=0, no=0):
        return struct.pack("=HBBI", code, yes, no, value)

    program = [step(load, 4), step(equal, audit, 1, 0), step(done, kill), step(load, 0)]
    if which == 0:  # the x32 numbers of x86_64
        program += [step(at_least, 0x40000000, 0, 1), step(done, refuse)]
    for calls, result in ((REFUSED, refuse), (PRETENDED, pretend), (UNKNOWN, unknown)):
        for numbers in calls.values():
            program += [step(equal, numbers[which], 0, 1), step(done, result)]
    orders = [(order, pretend) for order in LOCKS] + [(order, refuse) for order in LEASES]
    program += [step(equal, FCNTL[which], 0, 2 * len(orders) + 2), step(load, 24)]
    for order, result in orders:
        program += [step(equal, order, 0, 1), step(done, result)]
    program += [step(load, 0)]
    program += [
        step(equal, CLONE[which], 0, 4), step(load, 16), step(any_bit, ANY_NAMESPACE, 0, 1),
        step(done, refuse), step(load, 0),
    ]
    program += [
        step(equal, SOCKET[which], 0, 4), step(load, 16), step(equal, 1, 1, 0),
        step(done, no_family), step(load, 0),
    ]
    return [*program, step(done, allow)]
