"""The system-call filter: what a job has no business asking of the kernel fails, odd doors kill it.

A deny-list with a ceiling (calls newer than the table do not exist) rather than an allow-list: Python, numpy,
TeX and their C libraries use some two hundred calls that differ by version, and the dangerous ones are few and named.
"""

from __future__ import annotations

import ctypes
import struct

from generation.engine.jail import linux
from generation.engine.jail.syscalls import LAST_KNOWN, MACHINE, known, number

_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_KILL, _ALLOW, _ERROR = 0x80000000, 0x7FFF0000, 0x00050000
_EPERM, _ENOSYS = 1, 38
_X32_BIT = 0x40000000
_CLONE_THREAD = 0x10000
_FILTER_MODE = 2

REFUSED = (
    # other processes' memory and state
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "process_madvise",
    "pidfd_getfd",
    "kcmp",
    # mounts, namespaces, roots
    "mount",
    "umount2",
    "pivot_root",
    "chroot",
    "open_tree",
    "move_mount",
    "fsopen",
    "fsconfig",
    "fsmount",
    "fspick",
    "mount_setattr",
    "unshare",
    "setns",
    # kernel surface that native exploits start from
    "personality",
    "bpf",
    "perf_event_open",
    "userfaultfd",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "keyctl",
    "add_key",
    "request_key",
    "iopl",
    "ioperm",
    "modify_ldt",
    "_sysctl",
    "uselib",
    "ustat",
    "sysfs",
    "lookup_dcookie",
    "nfsservctl",
    # the machine as a whole
    "kexec_load",
    "kexec_file_load",
    "init_module",
    "finit_module",
    "delete_module",
    "reboot",
    "swapon",
    "swapoff",
    "acct",
    "quotactl",
    "quotactl_fd",
    "syslog",
    "sync",
    "syncfs",
    "vhangup",
    "settimeofday",
    "clock_settime",
    "adjtimex",
    "clock_adjtime",
    "sethostname",
    "setdomainname",
    # files by handle, device nodes and pipes by name, watching and locking inodes shared with the host
    "open_by_handle_at",
    "name_to_handle_at",
    "mknod",
    "mknodat",
    "inotify_init",
    "inotify_init1",
    "inotify_add_watch",
    "fanotify_init",
    "fanotify_mark",
    "flock",
    # network and shared memory; reading and writing an inherited socket stays possible
    "socket",
    "socketpair",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    "shmget",
    "shmat",
    "shmctl",
    "semget",
    "semop",
    "semctl",
    "semtimedop",
    "msgget",
    "msgsnd",
    "msgrcv",
    "msgctl",
    "mq_open",
    "mq_unlink",
    # memory outside RLIMIT_AS and the sized /tmp; programs that were never files
    "memfd_create",
    "memfd_secret",
    "migrate_pages",
    "move_pages",
    "mbind",
    "set_mempolicy",
    "set_mempolicy_home_node",
)
PROGRAMS = ("execve", "execveat")
OTHERS = (
    "kill",
    "tkill",
    "rt_sigqueueinfo",
    "rt_tgsigqueueinfo",
    "pidfd_send_signal",
    "pidfd_open",
    "setpriority",
    "ioprio_set",
    "sched_setaffinity",
    "sched_setscheduler",
    "sched_setparam",
    "sched_setattr",
)

# (call, position of the argument, refused values)
REFUSED_ARGUMENTS: tuple[tuple[str, int, tuple[int, ...]], ...] = (
    ("ioctl", 1, (0x5412, 0x541C, 0x540E)),  # TIOCSTI, TIOCLINUX, TIOCSCTTY: typing into somebody's terminal
    # F_SETLK, F_SETLKW, F_SETLEASE, F_NOTIFY, F_OFD_SETLK, F_OFD_SETLKW: holding up or watching the host's files
    ("fcntl", 1, (6, 7, 1024, 1026, 37, 38)),
    ("prctl", 0, (linux.PR_SET_PDEATHSIG, 35)),  # outliving its parent; PR_SET_MM
)


def _statement(code: int, k: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("HBBI", code, yes, no, k & 0xFFFFFFFF)


def _fail(errno: int) -> bytes:
    return _statement(_RETURN, _ERROR | errno)


def _argument(position: int) -> bytes:
    return _statement(_LOAD, 16 + 8 * position)  # the low half: both our families are little-endian


def _refuse_call(name: str, errno: int = _EPERM) -> list[bytes]:
    found = known(name)
    return [] if found is None else [_statement(_EQUAL, found, 0, 1), _fail(errno)]


def _refuse_argument(name: str, position: int, values: tuple[int, ...]) -> list[bytes]:
    found = known(name)
    if found is None:
        return []
    tests = [piece for value in values for piece in (_statement(_EQUAL, value, 0, 1), _fail(_EPERM))]
    return [_statement(_EQUAL, found, 0, len(tests) + 2), _argument(position), *tests, _statement(_RETURN, _ALLOW)]


def _clone_rule(*, threads_only: bool) -> list[bytes]:
    found = number("clone")
    bad = [_argument(0), _statement(_AND, linux.NEW_NAMESPACES), _statement(_EQUAL, 0, 1, 0), _fail(_EPERM)]
    if threads_only:
        bad += [_argument(0), _statement(_AND, _CLONE_THREAD), _statement(_EQUAL, 0, 0, 1), _fail(_EPERM)]
    return [_statement(_EQUAL, found, 0, len(bad) + 1), *bad, _statement(_RETURN, _ALLOW)]


def _itself_only(name: str, own_pid: int) -> list[bytes]:
    found = number(name)
    return [
        _statement(_EQUAL, found, 0, 5),
        _argument(0),
        _statement(_EQUAL, 0, 2, 0),
        _statement(_EQUAL, own_pid, 1, 0),
        _fail(_EPERM),
        _statement(_RETURN, _ALLOW),
    ]


def program(*, may_exec: bool, alone: bool = False, own_pid: int = 0) -> bytes:
    """The filter's bytes.

    `may_exec` lets programs be started. `alone` is for a job without a pid namespace: it may start no process
    and touch none but `own_pid`.
    """
    rules = [
        _statement(_LOAD, 4),
        _statement(_EQUAL, linux.AUDIT_ARCH[MACHINE], 1, 0),
        _statement(_RETURN, _KILL),
    ]
    rules += [_statement(_LOAD, 0)]
    if MACHINE == "x86_64":
        rules += [_statement(_AT_LEAST, _X32_BIT, 0, 1), _statement(_RETURN, _KILL)]
    rules += [_statement(_AT_LEAST, LAST_KNOWN + 1, 0, 1), _fail(_ENOSYS)]
    rules += _refuse_call(
        "clone3", _ENOSYS
    )  # its flags lie in memory, out of a filter's sight; libc falls back to clone
    names = [*REFUSED, *(() if may_exec else PROGRAMS), *((*OTHERS, "fork", "vfork") if alone else ())]
    for name in names:
        rules += _refuse_call(name)
    for name, position, values in REFUSED_ARGUMENTS:
        rules += _refuse_argument(name, position, values)
    if alone:
        rules += _itself_only("tgkill", own_pid) + _itself_only("prlimit64", own_pid)
    rules += _clone_rule(threads_only=alone)
    return b"".join([*rules, _statement(_RETURN, _ALLOW)])


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def install(filter_bytes: bytes) -> None:
    """Put this thread and all it starts under the filter for good. Needs no_new_privs."""
    buffer = ctypes.create_string_buffer(filter_bytes, len(filter_bytes))
    described = _Program(len(filter_bytes) // 8, ctypes.addressof(buffer))
    address = ctypes.addressof(described)
    linux.prctl(linux.PR_SET_SECCOMP, _FILTER_MODE, address)
