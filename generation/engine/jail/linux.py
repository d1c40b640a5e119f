"""The kernel calls a jail is made of, for the two processor families we run on. Each raises OSError by name."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

from generation.engine.jail.syscalls import number

libc = ctypes.CDLL(None, use_errno=True)
# clone() must come back with the interpreter's lock held, as fork() does; CDLL would give it up on the way.
_locked = ctypes.PyDLL(None, use_errno=True)

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# Named as in /proc/<pid>/ns.
NAMESPACES = {
    "user": 0x10000000,
    "pid": 0x20000000,
    "mnt": 0x00020000,
    "net": 0x40000000,
    "ipc": 0x08000000,
    "uts": 0x04000000,
    "cgroup": 0x02000000,
}
NEW_NAMESPACES = sum(NAMESPACES.values())
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 0x1000, 0x4000, 1 << 18
MNT_DETACH = 2
ATTR_RDONLY, ATTR_NOSUID, ATTR_NODEV, ATTR_NOEXEC = 1, 2, 4, 8
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = (
    1,
    4,
    22,
    24,
    38,
    47,
)
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_LAST_CAPABILITY = 63
_CAPABILITY_VERSION_3 = 0x20080522


def check(result: int, act: str) -> int:
    """Return `result` of a C call, or raise the OSError that errno names."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{act}: {os.strerror(number)}")
    return result


def call(name: str, *arguments: object) -> int:
    """Make the system call `name`; ints and pointers only."""
    wide = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return check(libc.syscall(ctypes.c_long(number(name)), *wide), name)


def clone(flags: int) -> int:
    """Fork into new namespaces in one call. Returns 0 in the child, like fork()."""
    api = ctypes.pythonapi
    clone_number = number("clone")
    api.PyOS_BeforeFork()
    pid: int = _locked.syscall(
        ctypes.c_long(clone_number),
        ctypes.c_long(flags),
        ctypes.c_long(0),
        ctypes.c_long(0),
        ctypes.c_long(0),
        ctypes.c_long(0),
    )
    number_of_error = ctypes.get_errno()
    if pid == 0:
        api.PyOS_AfterFork_Child()
        return 0
    api.PyOS_AfterFork_Parent()
    if pid < 0:
        raise OSError(number_of_error, f"clone: {os.strerror(number_of_error)}")
    return pid


def mount(source: str, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    """mount(2)."""

    def text(value: str | None) -> bytes | None:
        return None if value is None else os.fsencode(value)

    check(libc.mount(text(source), text(target), text(kind), ctypes.c_ulong(flags), text(options)), f"mount {target}")


class _MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns")]


def restrict_mount(target: str, attributes: int, *, recursive: bool) -> None:
    """Add attributes such as read-only to a mount, and to all mounts below it when `recursive`."""
    wanted = _MountAttributes(attributes, 0, 0, 0)
    flags = _AT_RECURSIVE if recursive else 0
    call(
        "mount_setattr",
        _AT_FDCWD,
        ctypes.c_char_p(os.fsencode(target)),
        flags,
        ctypes.byref(wanted),
        ctypes.sizeof(wanted),
    )


def change_root(new_root: str, put_old: str) -> None:
    """pivot_root(2)."""
    call("pivot_root", ctypes.c_char_p(os.fsencode(new_root)), ctypes.c_char_p(os.fsencode(put_old)))


def unmount(target: str) -> None:
    """Detach a mount from the tree at once."""
    check(libc.umount2(os.fsencode(target), MNT_DETACH), f"umount {target}")


def set_host_name(name: str) -> None:
    """Name this machine as its own processes see it; needs a uts namespace of one's own."""
    check(libc.sethostname(name.encode(), ctypes.c_size_t(len(name))), "sethostname")


def prctl(option: int, *arguments: int) -> int:
    """prctl(2)."""
    wide = [ctypes.c_ulong(a) for a in (*arguments, 0, 0, 0, 0)[:4]]
    return check(libc.prctl(option, *wide), f"prctl {option}")


def drop_bounding_set() -> None:
    """Make sure that no program started later can bring a capability back. Needs CAP_SETPCAP."""
    for capability in range(_LAST_CAPABILITY + 1):
        libc.prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0)  # fails only past the last one known
    libc.prctl(PR_CAP_AMBIENT, ctypes.c_ulong(4), 0, 0, 0)


def drop_capabilities() -> None:
    """Give up every capability held."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    check(libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def wipe_initial_environment() -> None:
    """Overwrite the block that /proc/<pid>/environ shows: unsetting variables leaves it as it was at exec."""
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    start, end = int(fields[47]), int(fields[48])
    if 0 < start < end:
        ctypes.memset(start, 0, end - start)
