"""The self-test's acts, tried for real inside a jail: each returns what is wrong, or nothing. Runs in the launcher."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import resource
import signal
import tempfile
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from generation.engine.jail import ids, landlock, linux
from generation.engine.jail.box import JOB_UID, PLAIN_ENVIRONMENT, WORK, Box, Level
from generation.engine.jail.starting import start
from generation.engine.jail.syscalls import MACHINE, known
from generation.engine.limits import SELF_TEST

_CANARY = "THEORAMA_CANARY"
_MOST_SECONDS_TO_DIE = 5.0


@dataclass(frozen=True, slots=True)
class _Outside:
    """What the host offers for the job to find: a file, this process, a variable and a descriptor."""

    level: Level
    pid: int
    own_uid: bool
    file: str


def run(request: Mapping[str, Any]) -> list[list[object]]:
    """[name, passed, what was found] of every check."""
    level = Level(request["level"])
    without = frozenset(request.get("without", ()))
    runtime = tuple(Path(path) for path in request["runtime"])
    os.environ[_CANARY] = "secret"
    descriptors = os.pipe()
    with tempfile.NamedTemporaryFile(prefix="theorama-canary-") as file:
        file.write(b"canary")
        file.flush()
        os.chmod(file.name, 0o644)  # noqa: PTH101
        results = _inside(_Outside(level, os.getpid(), ids.separate(), file.name), runtime, without)
    for descriptor in descriptors:
        os.close(descriptor)
    results["everything it started dies with it"] = _dies(runtime, level, without)
    return [[name, not found, found] for name, found in results.items()]


def _inside(outside: _Outside, runtime: tuple[Path, ...], without: Collection[str]) -> dict[str, str]:
    ear, mouth = os.pipe()
    box = Box(limits=SELF_TEST, stdout=mouth, runtime=runtime)
    with start(partial(_probe, outside, box), box, outside.level, without=without) as job:
        os.close(mouth)
        score = Path(f"/proc/{job.pid}/oom_score_adj").read_text().strip()
        ended = job.wait()
        told = _all(ear)
        os.close(ear)
    try:
        found = {name: str(what) for name, what in json.loads(told).items()}
        if score != "1000":
            found["the kernel takes it first when memory runs out"] = f"its score is {score}"
        return found
    except ValueError:
        return dict.fromkeys(PROBES, f"the probes did not answer: {ended.reason} {ended.signal or ended.exit_code}")


def _all(ear: int) -> bytes:
    told = b""
    while piece := os.read(ear, 1 << 16):
        told += piece
    return told


def _probe(outside: _Outside, box: Box) -> None:
    """In the jail: try every act and say what was found."""
    found = {}
    for name, act in PROBES.items():
        try:
            found[name] = act(outside, box) or ""
        except Exception as error:
            found[name] = f"the probe failed: {type(error).__name__}: {error}"
    os.write(1, json.dumps(found).encode())


def _dies(runtime: tuple[Path, ...], level: Level, without: Collection[str]) -> str:
    """A grandchild in a session of its own holds a pipe open; killing the job must close it."""
    ear, mouth = os.pipe()
    box = Box(limits=SELF_TEST, stdout=mouth, runtime=runtime)
    with start(_linger, box, level, without=without) as job:
        os.close(mouth)
        os.read(ear, 1)
        job.kill()
        job.reap()
    os.set_blocking(ear, False)
    until = time.monotonic() + _MOST_SECONDS_TO_DIE
    while time.monotonic() < until:
        try:
            if not os.read(ear, 16):
                os.close(ear)
                return ""
        except BlockingIOError:
            time.sleep(0.01)
    return "a process it started lived on"


def _linger() -> None:
    """In the jail: leave a process behind that wants to outlive us."""
    try:
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(_MOST_SECONDS_TO_DIE * 2)
    except PermissionError:
        pass  # a job without a pid namespace may start nothing
    os.write(1, b"x")
    time.sleep(_MOST_SECONDS_TO_DIE * 2)


def _refused(act: Callable[[], object], *numbers: int) -> str:
    """Nothing when the act fails with one of these error numbers."""
    try:
        act()
    except OSError as error:
        return "" if error.errno in numbers else f"failed for another reason: {error}"
    return "it was allowed"


def _environment(outside: _Outside, box: Box) -> str:
    if set(os.environ) != set(PLAIN_ENVIRONMENT):
        return f"it holds {sorted(os.environ)}"
    getenv = linux.libc.getenv
    getenv.restype = ctypes.c_char_p
    return "a variable of the host is still there" if getenv(_CANARY.encode()) else ""


def _descriptors(outside: _Outside, box: Box) -> str:
    known_ones = {0, 1, 2, *box.keep_fds}
    extra = []
    for descriptor in range(256):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        if descriptor not in known_ones:
            extra.append(descriptor)
    # The control socket and the folder on their way to the parent are closed before a job's own code runs.
    return f"{extra} are open" if extra else ""


def _host_files(outside: _Outside, box: Box) -> str:
    return _refused(lambda: Path(outside.file).read_bytes(), errno.ENOENT, errno.EACCES) or _refused(
        lambda: Path("/etc/shadow").read_bytes(), errno.ENOENT, errno.EACCES
    )


def _writes(outside: _Outside, box: Box) -> str:
    for place in ("/usr/theorama", "/theorama", "/etc/theorama", "/dev/theorama"):
        if found := _refused(partial(Path(place).write_bytes, b"x"), errno.EROFS, errno.EACCES):
            return f"{place}: {found}"
    Path("probe").write_bytes(b"x")  # its folder is where it stands
    return ""


def _space(outside: _Outside, box: Box) -> str:
    if outside.level is Level.LANDLOCK:
        return ""  # the parent watches the folder's size there
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    half = b"x" * (box.limits.tmp_bytes * 2 // 3)

    def fill() -> None:
        for number in range(3):
            Path(WORK, f"part{number}").write_bytes(half)

    found = _refused(fill, errno.ENOSPC)
    for number in range(3):
        Path(WORK, f"part{number}").unlink(missing_ok=True)
    return found


def _landlock(outside: _Outside, box: Box) -> str:
    if landlock.abi() == 0 and outside.level is not Level.LANDLOCK:
        return ""  # a second wall that this kernel doesn't have; the root and the filter stand without it
    return _refused(lambda: Path("/dev/zero").write_bytes(b"x"), errno.EACCES)


def _network(outside: _Outside, box: Box) -> str:
    import socket  # noqa: PLC0415  (may be absent from a slim interpreter)

    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK, 38, 40):
        if found := _refused(partial(socket.socket, family, socket.SOCK_STREAM), errno.EPERM):
            return f"family {int(family)}: {found}"
    return ""


def _calls(outside: _Outside, box: Box) -> str:
    for name in ("ptrace", "mount", "unshare", "bpf", "io_uring_setup", "keyctl", "userfaultfd", "memfd_create"):
        if found := _refused(partial(linux.call, name, 16, 0, 0, 0), errno.EPERM):
            return f"{name}: {found}"
    return _refused(lambda: linux.call("clone3", 0, 0), errno.ENOSYS)


def _filter_and_privileges(outside: _Outside, box: Box) -> str:
    wanted = {"seccomp": (21, 2), "no_new_privs": (39, 1)}  # PR_GET_SECCOMP, PR_GET_NO_NEW_PRIVS
    for name, (option, value) in wanted.items():
        if linux.prctl(option) != value:
            return f"{name} is off"
    return ""


def _parent(outside: _Outside, box: Box) -> str:
    told = ctypes.c_int(0)
    linux.prctl(2, ctypes.addressof(told))  # PR_GET_PDEATHSIG
    return "" if told.value == signal.SIGKILL else f"signal {told.value} is set"


def _capabilities(outside: _Outside, box: Box) -> str:
    header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    linux.check(linux.libc.capget(header, sets), "capget")
    bounding = [c for c in range(40) if linux.libc.prctl(23, ctypes.c_ulong(c), 0, 0, 0) == 1]  # PR_CAPBSET_READ
    # An ordinary user can't shrink the set; without new privileges it gives nothing.
    droppable = outside.level is not Level.LANDLOCK or outside.own_uid
    return f"it holds {list(sets)} within {bounding}" if any(sets) or (bounding and droppable) else ""


def _user(outside: _Outside, box: Box) -> str:
    if outside.level is Level.NAMESPACES and os.getuid() != JOB_UID:
        return f"it is uid {os.getuid()}"
    return "it is root" if os.getuid() == 0 or os.getgid() == 0 or 0 in os.getgroups() else ""


def _session(outside: _Outside, box: Box) -> str:
    if os.getsid(0) != os.getpid():
        return "it is in the session of its parent"
    return _refused(lambda: os.open("/dev/tty", os.O_RDWR), errno.ENOENT, errno.EACCES, errno.ENXIO, errno.EIO)


def _processes(outside: _Outside, box: Box) -> str:
    if outside.level is not Level.LANDLOCK:
        return "" if os.getpid() == 1 else "it sees the host's processes"
    return _refused(lambda: os.kill(outside.pid, 0), errno.EPERM) or _refused(os.fork, errno.EPERM)


def _limits(outside: _Outside, box: Box) -> str:
    for kind, most in (
        (resource.RLIMIT_AS, box.limits.memory_bytes),
        (resource.RLIMIT_CPU, box.limits.cpu_seconds + 1),
        (resource.RLIMIT_FSIZE, box.limits.tmp_bytes),
        (resource.RLIMIT_NPROC, box.limits.processes),
        (resource.RLIMIT_NOFILE, box.limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        if not 0 <= resource.getrlimit(kind)[1] <= most:
            return f"limit {kind} is {resource.getrlimit(kind)[1]}"
    return ""


def _first_to_go(outside: _Outside, box: Box) -> str:
    if outside.level is Level.CONTAINER:
        return ""  # a kernel of the container's own knows nothing of the host's: looked at from outside
    score = Path("/proc/self/oom_score_adj")
    try:
        told = score.read_text().strip()
    except OSError:
        return ""  # a job without a /proc cannot change it either
    if told != "1000":
        return f"its score is {told}"
    return _refused(lambda: score.write_text("0"), errno.EROFS, errno.EACCES, errno.EPERM)


def _forks(outside: _Outside, box: Box) -> str:
    children: list[int] = []

    def breed() -> None:
        for _ in range(box.limits.processes * 2):
            child = os.fork()
            if child == 0:
                signal.pause()
                os._exit(0)
            children.append(child)

    found = _refused(breed, errno.EAGAIN, errno.EPERM)
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return found


def _foreign_calls(outside: _Outside, box: Box) -> str:
    """The x32 door of x86_64 leads past filters that compare plain numbers."""
    if MACHINE != "x86_64" or outside.level is Level.LANDLOCK:
        return ""
    child = os.fork()
    if child == 0:
        linux.libc.syscall(ctypes.c_long(0x40000000 + (known("socket") or 0)), 2, 1, 0)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return "" if status == -signal.SIGSYS else f"it ended with {status}"


def _programs(outside: _Outside, box: Box) -> str:
    return _refused(lambda: os.execv("/bin/sh", ["sh", "-c", ":"]), errno.EPERM)  # noqa: S606


def _runtime(outside: _Outside, box: Box) -> str:
    closed = [str(path) for path in box.runtime if path.is_dir() and not os.access(path, os.R_OK | os.X_OK)]
    return f"{closed} can't be read by other users: chmod -R o+rX" if closed else ""


PROBES: dict[str, Callable[[_Outside, Box], str]] = {
    "the environment is empty": _environment,
    "no descriptor is inherited": _descriptors,
    "the host's files are out of sight": _host_files,
    "nothing outside its folder can be written": _writes,
    "its folder has a size": _space,
    "Landlock stands where the kernel has it": _landlock,
    "no network": _network,
    "dangerous system calls are refused": _calls,
    "the filter is on and no privilege can be gained": _filter_and_privileges,
    "it dies with its parent": _parent,
    "no capability is left": _capabilities,
    "its user is one of its own": _user,
    "it has a session of its own and no terminal": _session,
    "other processes are out of reach": _processes,
    "processor time, memory, files and processes are limited": _limits,
    "the kernel takes it first when memory runs out": _first_to_go,
    "forks are counted": _forks,
    "foreign system calls are refused": _foreign_calls,
    "no program can be started": _programs,
    "the interpreter can be read": _runtime,
}
