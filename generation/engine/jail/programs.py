"""Run a program in a jail: a small first process starts it, keeps house and tells how it ended."""

from __future__ import annotations

import os
import select
import signal
import struct
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from io import FileIO
from typing import NoReturn

from generation.engine.jail import container
from generation.engine.jail.box import Box, Ended, LeftFile, Level
from generation.engine.jail.jailed import Jailed
from generation.engine.jail.outputs import list_files
from generation.engine.jail.root import names_in_work
from generation.engine.jail.starting import start
from generation.engine.limits import LARGEST_OUTPUT
from generation.engine.types import ShouldStop, never_stop

_CHUNK = 1 << 16
_REPORT = struct.Struct("idq")  # exit status, CPU seconds, peak bytes
_NOT_FOUND = 127


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended, the first `limits.output_bytes` of what it printed, and what `keep` made of its folder."""

    ended: Ended
    stdout: bytes
    stderr: bytes
    files: tuple[LeftFile, ...]
    kept: object = None


def exec_in(
    argv: Sequence[str],
    box: Box,
    stdin: bytes = b"",
    *,
    level: Level = Level.NAMESPACES,
    keep: Callable[[int], object] | None = None,
    should_stop: ShouldStop = never_stop,
) -> Finished:
    """Run a program to its end; call it in a process with one thread and no secrets.

    `argv[0]` is an absolute path inside the jail. `keep` is called with a descriptor of the working folder once
    everything in the jail is dead, for instance to `collect` a result; what it returns is in `Finished.kept`.
    """
    # Without a pid namespace a job may start nothing, and some runtimes pass no pipe for a report on: there the
    # program takes the first process's place.
    reports = level is Level.NAMESPACES or (level is Level.CONTAINER and container.runtime().passes_descriptors)
    first = _first_process if reports else _only_process
    out, err, into, report = (os.pipe() for _ in range(4))
    inside = (into[0], out[1], err[1], report[1])
    feed = os.fdopen(into[1], "wb", buffering=0)
    given = replace(
        box,
        stdin=into[0],
        stdout=out[1],
        stderr=err[1],
        keep_fds=(*box.keep_fds, report[1]) if reports else box.keep_fds,
        may_exec=True,
    )
    try:
        try:
            job = start(partial(first, argv, given, report[1]), given, level)
        finally:
            for descriptor in inside:
                os.close(descriptor)
        with job:
            printed = _attend(job, given, out[0], err[0], (feed, stdin), should_stop)
            ended = _ended(job, report[0])
            ours = names_in_work(given) if level is not Level.LANDLOCK else frozenset()
            files = list_files(job.folder, skip=ours)
            kept = keep(job.folder) if keep else None
    finally:
        for descriptor in (out[0], err[0], report[0]):
            os.close(descriptor)
        feed.close()
    return Finished(ended, *printed, files, kept)


def _first_process(argv: Sequence[str], box: Box, report: int) -> None:
    """Start the program, reap what it orphans, tell how it ended. When this returns, the kernel kills the rest."""
    child = os.fork()
    if child == 0:
        os.close(report)
        _become_program(argv, box)
    while True:
        pid, status, usage = os.wait4(-1, 0)
        if pid == child:
            cpu = usage.ru_utime + usage.ru_stime
            os.write(report, _REPORT.pack(os.waitstatus_to_exitcode(status), cpu, usage.ru_maxrss * 1024))
            return


def _only_process(argv: Sequence[str], box: Box, report: int) -> None:
    with suppress(OSError):
        os.close(report)
    _become_program(argv, replace(box, env=dict(os.environ)))


def _become_program(argv: Sequence[str], box: Box) -> NoReturn:
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores them; programs expect not to
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execve(os.path.realpath(argv[0]), list(argv), dict(box.env))  # noqa: S606  (no shell is the point)
    except OSError as error:
        os.write(2, f"{argv[0]}: {error.strerror}\n".encode())
    os._exit(_NOT_FOUND)


def _ended(job: Jailed, report: int) -> Ended:
    whole = job.reap()
    told = os.read(report, _REPORT.size) if select.select([report], [], [], 0)[0] else b""
    if whole.reason != "exited" or len(told) != _REPORT.size:
        return whole
    return job.judge(*_REPORT.unpack(told), ours=False)


def _attend(
    job: Jailed, box: Box, out: int, err: int, given: tuple[FileIO, bytes], should_stop: ShouldStop
) -> tuple[bytes, bytes]:
    """Feed it, hear it, and kill it when its time is up, when it floods or when asked to; until it is dead."""
    feed, left = given
    into = feed.fileno()
    os.set_blocking(into, False)
    heard = {out: bytearray(), err: bytearray()}
    flooded = dict.fromkeys(heard, 0)
    poller = select.poll()
    for descriptor in heard:
        poller.register(descriptor, select.POLLIN)
    poller.register(into, select.POLLOUT)
    open_ends = set(heard)
    until = time.monotonic() + box.limits.wall_seconds
    while open_ends:
        for descriptor, _ in poller.poll(100):
            if descriptor == into:
                left = _feed(into, left)
                if not left:
                    poller.unregister(into)
                    feed.close()
                continue
            chunk = os.read(descriptor, _CHUNK)
            flooded[descriptor] += len(chunk)
            heard[descriptor] += chunk[: max(0, box.limits.output_bytes - len(heard[descriptor]))]
            if not chunk:
                poller.unregister(descriptor)
                open_ends.discard(descriptor)
        if max(flooded.values()) > LARGEST_OUTPUT:
            job.kill("output", "output_bytes")
        job.watch(until, should_stop)
        if job.ended_within(0) and not poller.poll(0):
            break
    job.wait(until, should_stop)
    return bytes(heard[out]), bytes(heard[err])


def _feed(into: int, left: bytes) -> bytes:
    try:
        return left[os.write(into, left[:_CHUNK]) :] if left else b""
    except BlockingIOError:
        return left
    except OSError:
        return b""  # it closed its end
