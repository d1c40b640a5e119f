"""What a new process does to itself, step by step, before it runs a line it was given."""

from __future__ import annotations

import errno
import os
import resource
import signal
import stat
from collections.abc import Callable, Collection
from pathlib import Path

from generation.engine.jail import landlock, linux, root, seccomp
from generation.engine.jail.box import JOB_UID, WORK, Box, Level
from generation.engine.jail.ground import Ground

WALLS = (
    "descriptors",
    "environment",
    "root",
    "session",
    "capabilities",
    "user",
    "limits",
    "parent",
    "privileges",
    "landlock",
    "seccomp",
    "programs",
)


def enter(
    box: Box, level: Level, *, control: int, own_uid: bool, ground: Ground | None, without: Collection[str] = ()
) -> int:
    """Put this process into its box for good. Returns a descriptor of its working folder for the parent.

    `control` is the parent's socket, kept open. `own_uid` says that a job uid was mapped. `without` names walls to
    leave out, so that tests can show that each of them is missed.
    """
    steps: dict[str, Callable[[], None]] = {
        "descriptors": lambda: _close_descriptors({*box.keep_fds, control}),
        "environment": lambda: _replace_environment(box, ground),
        "root": lambda: _private_root(box, ground, without),
        "session": _new_session,
        "user": lambda: _become_job(own_uid=own_uid, ground=ground),
        "limits": lambda: _limit(box),
        "capabilities": linux.drop_bounding_set,
        "parent": _die_with_parent,
        "privileges": _no_new_privileges,
        "landlock": lambda: _landlock(box, ground),
        "seccomp": lambda: seccomp.install(_filter(box, level, may_exec=box.may_exec or "programs" in without)),
    }
    _default_signals()
    _standard_streams(box)
    for name in ("descriptors", "environment", "root"):
        _step(steps, name, without)
    folder = _work_folder(WORK if ground is None else str(ground.folder))
    # A change of user or capabilities clears the parent-death signal, so it comes after them.
    for name in ("session", "capabilities", "user", "limits", "parent", "privileges", "landlock", "seccomp"):
        _step(steps, name, without)
    return folder


def _step(steps: dict[str, Callable[[], None]], name: str, without: Collection[str]) -> None:
    if name in without:
        return
    try:
        steps[name]()
    except OSError as error:
        raise OSError(error.errno, f"{name}: {error.strerror}") from error


def _default_signals() -> None:
    """Handlers and masks of the parent are its own affair."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD, signal.SIGHUP, signal.SIGUSR1, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _standard_streams(box: Box) -> None:
    nothing = os.open("/dev/null", os.O_RDWR | os.O_CLOEXEC)
    wanted = [nothing if given is None else given for given in (box.stdin, box.stdout, box.stderr)]
    # Moved up first: a wanted descriptor may itself be 0, 1 or 2.
    high = [os.dup(descriptor) for descriptor in wanted]
    for target, descriptor in enumerate(high):
        os.dup2(descriptor, target, inheritable=True)


def _close_descriptors(keep: set[int]) -> None:
    for descriptor in keep:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise ValueError("a folder's descriptor would lead out of the jail")
    low = 3
    for descriptor in sorted(fd for fd in keep if fd > 2):
        os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, max(resource.getrlimit(resource.RLIMIT_NOFILE)[0], _highest_open() + 1))


def _highest_open() -> int:
    try:
        return max(int(entry.name) for entry in Path("/proc/self/fd").iterdir())
    except OSError:
        return 4096


def _replace_environment(box: Box, ground: Ground | None) -> None:
    os.environ.clear()
    linux.wipe_initial_environment()
    place = WORK if ground is None else str(ground.folder)
    os.environ.update({name: place if value == WORK else value for name, value in box.env.items()})


def _private_root(box: Box, ground: Ground | None, without: Collection[str]) -> None:
    if "mount" in without:
        raise PermissionError(errno.EPERM, "mounts are left out")
    if ground is None:
        root.build(box)


def _work_folder(place: str) -> int:
    os.chdir(place)
    return os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def _new_session() -> None:
    if os.getsid(0) != os.getpid():  # the first process of a container has one already
        os.setsid()


def _become_job(*, own_uid: bool, ground: Ground | None) -> None:
    if own_uid:
        os.setgroups([])
        uid, gid = (JOB_UID, JOB_UID) if ground is None else (ground.uid, ground.gid)
        os.setresgid(gid, gid, gid)
        os.setresuid(uid, uid, uid)
    linux.drop_capabilities()
    # What it forked from is not for the programs it starts to read through /proc.
    linux.prctl(linux.PR_SET_DUMPABLE, 0)
    os.umask(0o077)


def _die_with_parent() -> None:
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)


def _no_new_privileges() -> None:
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)


def resource_limits(box: Box) -> dict[str, tuple[int, int]]:
    """Name of each RLIMIT -> (soft, hard) as a job gets them."""
    limits = box.limits
    return {
        "AS": (limits.memory_bytes, limits.memory_bytes),
        # A second between them: SIGXCPU names the reason, SIGKILL makes it stick.
        "CPU": (limits.cpu_seconds, limits.cpu_seconds + 1),
        "FSIZE": (limits.tmp_bytes, limits.tmp_bytes),
        "NPROC": (limits.processes, limits.processes),
        "NOFILE": (limits.open_files, limits.open_files),
        "CORE": (0, 0),
        "MEMLOCK": (1 << 16, 1 << 16),
        "STACK": (8 << 20, 8 << 20),
        "MSGQUEUE": (0, 0),
        "SIGPENDING": (1024, 1024),
        "NICE": (0, 0),
        "RTPRIO": (0, 0),
    }


def _limit(box: Box) -> None:
    for name, (soft, hard) in resource_limits(box).items():
        kind = getattr(resource, f"RLIMIT_{name}")
        now = resource.getrlimit(kind)
        most = hard if now[1] == resource.RLIM_INFINITY else min(hard, now[1])
        if now != (min(soft, most), most):  # a container's runtime may have set it
            resource.setrlimit(kind, (min(soft, most), most))


def _landlock(box: Box, ground: Ground | None) -> None:
    if ground is None and landlock.abi() == 0:
        return  # a second wall only, where there is a private root
    readable = [str(path) for path in root.sources(box)]
    readable += ["/lib", "/lib64", "/bin", "/sbin", *(f"/dev/{name}" for name in root.DEVICES)]
    if ground is None:  # all that is in the private root was put there for the job
        readable += [*(name for name in box.files if name.startswith("/")), "/etc", "/proc"]
    landlock.restrict(
        readable=readable,
        writable=[WORK if ground is None else str(ground.folder), "/dev/null"],
        listable=["/"] if ground is None else [],
        may_exec=box.may_exec,
    )


def _filter(box: Box, level: Level, *, may_exec: bool) -> bytes:
    alone = level is Level.LANDLOCK
    return seccomp.program(may_exec=may_exec, alone=alone, own_pid=os.getpid() if alone else 0)


def write_inputs(box: Box) -> None:
    """Put the job's own files into its working folder; called as the job's user, inside its limits."""
    for name, content in box.files.items():
        if not name.startswith("/"):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(content)
