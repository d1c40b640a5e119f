"""The same port on an OCI runtime (runc, crun, runsc, Kata): for hosts that forbid user namespaces.

Each job gets a container of its own, made for it and thrown away: nothing one job does can reach the next, and the
price is a fresh interpreter. The runtime makes namespaces, root, user and control group; the container's first process
adds the walls that the other levels have too (`inside.py`). Making containers without user namespaces takes root.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pickle
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from generation.engine.jail import bundle, cgroups, ids, linux
from generation.engine.jail.box import Box, Ended
from generation.engine.jail.jailed import FIRST_TO_GO, Jailed, unavailable

RUNTIME = "JAIL_RUNTIME"  # in the environment: the runtime's name or path
_PREFIX = "theorama-box-"
_PATIENCE = 20.0
_SIGNAL_BASE = 128  # how runtimes hand on that a signal ended the job


@dataclass(frozen=True, slots=True)
class Runtime:
    """How one runtime differs from the others."""

    path: str
    flags: tuple[str, ...] = ()
    passes_descriptors: bool = True
    threads: int = 32  # of its own, in the job's group


_KNOWN = {
    "crun": Runtime("crun"),
    "runc": Runtime("runc"),
    # Its own kernel has no host groups inside; the job is kept in ours from outside.
    "runsc": Runtime("runsc", ("--network=none",), passes_descriptors=False, threads=512),
}


def runtime() -> Runtime:
    """The runtime of JAIL_RUNTIME, else the first known one there is. EngineFault "jail_unavailable" without one."""
    chosen = os.environ.get(RUNTIME, "")
    for name in [chosen] if chosen else list(_KNOWN):
        found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/usr/bin")
        if found is not None:
            return replace(_KNOWN.get(Path(name).name, Runtime(name)), path=found)
    raise unavailable(f"runtime: {chosen or ', '.join(_KNOWN)} is not installed")


class Contained(Jailed):
    """A job in a container. `pid` is that of the runtime, which waits for it and hands on its exit status."""

    def __init__(self, pid: int, folder: int, box: Box, group: cgroups.Group, place: Path, made_by: Runtime) -> None:
        super().__init__(pid, folder, box, group)
        self._bundle = place
        self._runtime = made_by

    def kill(self, reason: str = "cancelled", limit: str | None = None) -> None:
        """Kill all of the container, then its runtime. The first reason given is the one reported."""
        if self._cause is None:
            self._cause = (reason, limit)
            _tell(self._runtime, self._bundle, "kill", self._bundle.name, "KILL")
            if not self.ended_within(_PATIENCE):
                super().kill(reason, limit)

    def _ran_out(self) -> bool:
        # The runtime removes its own group, and what the kernel counted there, as soon as the job has ended.
        return super()._ran_out() or (self.ended_within(0) and self._group.was_full())

    def judge(self, code: int, cpu: float, max_rss_bytes: int, *, ours: bool = True) -> Ended:
        """As for any job; the runtime tells of a signal by a number above 128."""
        if ours and _SIGNAL_BASE < code <= _SIGNAL_BASE + 64:
            code = _SIGNAL_BASE - code
        return super().judge(code, cpu, max_rss_bytes, ours=ours)

    def close(self) -> None:
        """Kill it if it still runs, and leave no container, mount, group or folder behind."""
        super().close()
        _remove(self._bundle, self._runtime)


def start(main: Callable[[], None], box: Box, *, without: Collection[str] = ()) -> Contained:
    """Run `main` in a container of its own.

    `main` is pickled: a function of a module of the engine, or a `partial` of one, whose arguments can be pickled;
    EngineFault "jail_unavailable" for anything else. Like every jail it is started from a process with one thread.
    """
    if os.geteuid() != 0:
        raise unavailable("runtime: making a container without user namespaces takes root")
    made_by = runtime()
    if box.keep_fds and not made_by.passes_descriptors:
        raise unavailable(f"runtime: {made_by.path} passes no descriptors on")
    try:
        wanted = pickle.dumps(main)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise unavailable(f"this job cannot be carried into a container: {error}") from error
    if threading.active_count() != 1:
        raise unavailable("a container can only be started from a process with a single thread")
    _sweep()
    box = bundle.with_engine(box)
    group = cgroups.make(box.limits, spare=made_by.threads) if "cgroup" not in without else cgroups.Group(())
    place = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    place.chmod(0o711)
    inner = replace(box, stdin=0, stdout=1, stderr=2)
    request = pickle.dumps((inner, sys.path, bundle.namespaces(), wanted, tuple(without)))
    try:
        owner = ids.host_id("uid", secrets.randbelow(1 << 20))
        cgroup = _within(group, place.name)
        bundle.make(place, box, request, owner=owner, cgroup=cgroup, bounded=bool(group.folders), without=without)
        pid = _spawn(made_by, place, box, group, oom="oom" not in without)
        folder = os.open(place / "work", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        return Contained(pid, folder, box, group, place, made_by)
    except OSError as error:
        group.remove()
        _remove(place, made_by)
        raise unavailable(f"runtime: {error}") from error


def _within(group: cgroups.Group, name: str) -> str:
    """The runtime's own group, below the one that we watch."""
    for mounted, _, _, _ in cgroups.hierarchies():
        for folder in group.folders:
            if mounted in folder.parents:
                return f"/{folder.relative_to(mounted)}/{cgroups.BELOW}"
    return f"/{name}"


def _spawn(made_by: Runtime, place: Path, box: Box, group: cgroups.Group, *, oom: bool) -> int:
    """Start the runtime as our child, with the job's descriptors under their own numbers and no other."""
    last = max(box.keep_fds, default=2)
    passing = ("--preserve-fds", str(last - 2)) if last > 2 else ()
    argv = [*_command(made_by, place), "run", *passing, "--bundle", str(place), place.name]
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            if oom:  # here for what the runtime starts at once, below for who looks at once
                Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO)
            _become_runtime(argv, box, group, last, parent)
        except BaseException as error:
            os.write(2, f"{error}\n".encode())
        finally:
            os._exit(127)
    if oom:
        Path(f"/proc/{pid}/oom_score_adj").write_text(FIRST_TO_GO)
    return pid


def _become_runtime(argv: Sequence[str], box: Box, group: cgroups.Group, last: int, parent: int) -> NoReturn:
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    group.add(os.getpid())  # what the runtime starts is in it from the first moment
    nothing = os.open("/dev/null", os.O_RDWR)
    streams = [nothing if given is None else given for given in (box.stdin, box.stdout, box.stderr)]
    # Moved up first: what is wanted may itself lie where something else is to go.
    *high, nothing = [fcntl.fcntl(one, fcntl.F_DUPFD, last + 1) for one in (*streams, nothing)]
    for target, descriptor in enumerate(high):
        os.dup2(descriptor, target)
    for number in range(3, last + 1):
        if number in box.keep_fds:
            os.set_inheritable(number, True)
        else:
            os.dup2(nothing, number)  # runtimes pass on a row of descriptors without gaps
    os.closerange(last + 1, 1 << 16)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    os.execve(argv[0], list(argv), {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})  # noqa: S606 - no shell is the point


def _command(made_by: Runtime, place: Path) -> list[str]:
    return [made_by.path, *made_by.flags, "--root", str(place / "state")]


def _tell(made_by: Runtime, place: Path, *words: str) -> None:
    """Give the runtime an order about a container; that it is gone already is no error."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(  # noqa: S603 - our own words
            [*_command(made_by, place), *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
            timeout=_PATIENCE,
            check=False,
        )


def _remove(place: Path, made_by: Runtime) -> None:
    if (place / "state" / place.name).exists():
        _tell(made_by, place, "delete", "--force", place.name)
    bundle.clear(place)


def _sweep() -> None:
    """Remove the containers of makers that were killed before they could."""
    for place in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        maker = place.name.removeprefix(_PREFIX).partition("-")[0]
        if maker.isdigit() and not _lives(int(maker)) and place.lstat().st_uid == 0:
            _remove(place, runtime())


def _lives(pid: int) -> bool:
    """Whether a process runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
