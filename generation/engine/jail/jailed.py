"""Start a job with one clone() into new namespaces; wait for it, stop it and account for it."""

from __future__ import annotations

import contextlib
import errno
import os
import select
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

from generation.engine.errors import EngineFault
from generation.engine.jail import cgroups, ground, ids, linux, root
from generation.engine.jail.box import EXIT_OUT_OF_MEMORY, Box, Ended, Level
from generation.engine.jail.enter import enter, write_inputs
from generation.engine.types import Fault, ShouldStop, never_stop

_SET_UP_SECONDS = 20.0
_TICK = 0.1
# The kernel counts processor time by ticks when it limits and exactly when it accounts: on a busy machine it ended
# loops that had used three quarters of their limit.
_SPENT = 0.5
EXIT_NOT_ENTERED = 70
# When the machine itself runs out of memory, the kernel takes a job before any process of ours.
FIRST_TO_GO = "1000"


def unavailable(why: str) -> EngineFault:
    """The error that says that nothing untrusted may run here."""
    return EngineFault(
        Fault(
            code="jail_unavailable",
            message="The closed box in which animations run can't be set up on this machine, so nothing was run.",
            hint="Ask the operator to run `manage.py jail selftest`.",
            log=why,
        )
    )


class Jailed:
    """A running job. `pid` is on the host; `folder` is a descriptor of its /tmp that stays readable after its end."""

    def __init__(
        self, pid: int, folder: int, box: Box, group: cgroups.Group, place: ground.Ground | None = None
    ) -> None:
        self.pid = pid
        self.pidfd = os.pidfd_open(pid)
        self.folder = folder
        self._box = box
        self._group = group
        self._place = place
        self._started = time.monotonic()
        self._seconds = 0.0
        self._out_of_memory = False
        self._cause: tuple[str, str | None] | None = None
        self._ended: Ended | None = None

    def kill(self, reason: str = "cancelled", limit: str | None = None) -> None:
        """Kill the job and everything it started. The first reason given is the one reported."""
        if self._cause is None:
            self._cause = (reason, limit)
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)

    def wait(self, deadline: float | None = None, should_stop: ShouldStop = never_stop) -> Ended:
        """Wait for the end, killing at `deadline` (a time.monotonic() instant; its wall limit when None)."""
        last = self._started + self._box.limits.wall_seconds if deadline is None else deadline
        while not self.ended_within(min(_TICK, max(0.0, last - time.monotonic()))):
            self.watch(last, should_stop)
        return self.reap()

    def watch(self, last: float, should_stop: ShouldStop) -> None:
        """Kill it when its time is up, when it and what it started hold too much memory, or when asked to."""
        if time.monotonic() >= last:
            self.kill("wall", "wall_seconds")
        elif should_stop():
            self.kill("cancelled")
        elif self._over_memory():
            self.kill("memory", "memory_bytes")
        elif self._place is not None and self._place.used() > self._box.limits.tmp_bytes:
            self.kill("disk", "tmp_bytes")

    def _over_memory(self) -> bool:
        if self._group.folders:
            return self._ran_out()
        return cgroups.held_by(self.pid) > self._box.limits.job_memory_bytes

    def _ran_out(self) -> bool:
        return self._group.out_of_memory()

    def ended_within(self, seconds: float) -> bool:
        """Whether the job has ended, or does so within `seconds`."""
        if self._ended is not None:
            return True
        poller = select.poll()
        poller.register(self.pidfd, select.POLLIN)
        return bool(poller.poll(seconds * 1000))

    def reap(self) -> Ended:
        """Account for a job that has ended (waits if it hasn't)."""
        if self._ended is None:
            _, status, usage = os.wait4(self.pid, 0)
            self._seconds = time.monotonic() - self._started
            self._out_of_memory = self._ran_out()
            self._group.remove()
            cpu = usage.ru_utime + usage.ru_stime
            self._ended = self.judge(os.waitstatus_to_exitcode(status), cpu, usage.ru_maxrss * 1024)
        return self._ended

    def judge(self, code: int, cpu: float, max_rss_bytes: int, *, ours: bool = True) -> Ended:
        """What an exit status (negative: a signal) means. `ours`: of our own first process, not of a program's."""
        reason, limit = ("exited", None) if code >= 0 else ("signal", None)
        if self._cause is not None and code == -signal.SIGKILL:
            reason, limit = self._cause
        elif (ours and code == EXIT_OUT_OF_MEMORY) or (code < 0 and self._out_of_memory):
            reason, limit = "memory", "memory_bytes"
        elif code in {-signal.SIGXCPU, -signal.SIGKILL} and cpu >= _SPENT * self._box.limits.cpu_seconds:
            reason, limit = "cpu", "cpu_seconds"
        return Ended(
            exit_code=code if code >= 0 else None,
            signal=-code if code < 0 else None,
            reason=reason,
            limit=limit,
            seconds=self._seconds,
            cpu_seconds=cpu,
            max_rss_bytes=max_rss_bytes,
        )

    def close(self) -> None:
        """Kill it if it still runs and let go of everything."""
        if self._ended is None:
            self.kill()
            self.reap()
        for descriptor in (self.pidfd, self.folder):
            with contextlib.suppress(OSError):
                os.close(descriptor)
        if self._place is not None:
            self._place.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def start(main: Callable[[], None], box: Box, level: Level, *, without: Collection[str] = ()) -> Jailed:
    """`spawn` for callers that have chosen the level themselves: the self-test and the launcher."""
    if threading.active_count() != 1:
        raise unavailable("a jail can only be started from a process with a single thread")
    own_uid = ids.separate()
    root.sources(box)  # resolved and remembered while all of the host can be read
    group = cgroups.make(box.limits) if "cgroup" not in without else cgroups.Group(())
    place = ground.make(own_uid=own_uid) if level is Level.LANDLOCK else None
    try:
        return _clone(
            main,
            box,
            group,
            place,
            partial(enter, level=level, own_uid=own_uid, ground=place, without=without),
            without,
        )
    except (OSError, EngineFault) as error:
        group.remove()
        if place is not None:
            place.remove()
        raise error if isinstance(error, EngineFault) else unavailable(str(error)) from error


def _clone(
    main: Callable[[], None],
    box: Box,
    group: cgroups.Group,
    place: ground.Ground | None,
    walls: Callable[..., int],
    without: Collection[str],
) -> Jailed:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for stream in (sys.stdout, sys.stderr):  # else the child would print what is still buffered here once more
        stream.flush()
    with ours, theirs:
        pid = linux.clone((_new_namespaces(without) if place is None else 0) | signal.SIGCHLD)
        if pid == 0:
            ours.close()
            _become(main, box, theirs, walls)
        theirs.close()
        try:
            folder = _let_in(pid, ours, box, group, mapped=place is None, oom="oom" not in without)
            return Jailed(pid, folder, box, group, place)
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            raise


def _new_namespaces(without: Collection[str]) -> int:
    """The flags of clone(); a kernel that forbids user namespaces refuses them all."""
    if "user namespace" in without:
        raise PermissionError(errno.EPERM, "clone: left out")
    missing = [flag for name, flag in linux.NAMESPACES.items() if f"{name} namespace" in without]
    return linux.NEW_NAMESPACES & ~sum(missing)


def _require_own_namespaces(pid: int) -> None:
    """Look from outside, before the child closes itself: a flag the kernel passed over would go unseen inside."""
    for name in linux.NAMESPACES:
        theirs = Path(f"/proc/{pid}/ns/{name}")
        if name != "pid" and theirs.readlink() == Path(f"/proc/self/ns/{name}").readlink():
            raise unavailable(f"{name} namespace: it is the host's own")


def _let_in(pid: int, control: socket.socket, box: Box, group: cgroups.Group, *, mapped: bool, oom: bool) -> int:
    control.settimeout(_SET_UP_SECONDS)
    if mapped:
        _require_own_namespaces(pid)
        ids.write_maps(pid, root.sources(box))
    if oom:  # written from here: where we are root, the kernel then lets nobody without privilege lower it
        Path(f"/proc/{pid}/oom_score_adj").write_text(FIRST_TO_GO)
    control.send(b"mapped")
    # The kernel takes its time for this; meanwhile the child, which still runs our code only, raises its walls.
    with contextlib.suppress(ProcessLookupError):  # one that failed to says why
        group.add(pid)
    message, descriptors, _, _ = socket.recv_fds(control, 4096, 1)
    if message != b"inside" or not descriptors:
        raise unavailable(message.decode(errors="replace") or "it died while its walls went up")
    control.send(b"go")
    return descriptors[0]


def _become(main: Callable[[], None], box: Box, control: socket.socket, walls: Callable[..., int]) -> NoReturn:
    """The child: raise the walls, wait for the word, run, and leave without the parent's exit handlers."""
    code = EXIT_NOT_ENTERED
    try:
        if control.recv(16) == b"mapped":
            folder = walls(box, control=control.fileno())
            write_inputs(box)
            socket.send_fds(control, [b"inside"], [folder])
            os.close(folder)
            if control.recv(16) == b"go":
                control.close()
                code = run(main)
    except BaseException as error:
        with contextlib.suppress(OSError):
            control.send(f"{type(error).__name__}: {error}".encode()[:4000])
    finally:
        os._exit(code)


def run(main: Callable[[], None]) -> int:
    """Exit status of a callable, as the interpreter would have it."""
    code = 0
    try:
        main()
    except MemoryError:
        code = EXIT_OUT_OF_MEMORY
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0 if left.code is None else 1
    except BaseException:
        traceback.print_exc()
        code = 1
    with contextlib.suppress(Exception):
        sys.stdout.flush()
        sys.stderr.flush()
    return code & 0xFF
