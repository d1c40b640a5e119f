"""The soak's own processes, read from /proc. Whatever one of them starts stays below the soak, orphans included."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
ZOMBIE_SECONDS = 5.0  # whoever waits for a child of its own has done so by then
DAEMON = "generation.engine.render.daemon"


@dataclass(frozen=True)
class Process:
    """One line of /proc at one moment; `start` tells it from a later process of the same number."""

    pid: int
    parent: int
    state: str
    start: int

    @cached_property
    def command(self) -> str:
        """Its command line; empty once it is gone."""
        try:
            return Path(f"/proc/{self.pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            return ""

    def kill(self, number: int = signal.SIGKILL) -> bool:
        """Signal it, if it is still this process. A descriptor is held meanwhile, so no other process can be hit."""
        try:
            descriptor = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return False
        try:
            now = read(self.pid)
            if now is None or now.start != self.start:
                return False
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(descriptor, number)
                return True
            return False
        finally:
            os.close(descriptor)


def read(pid: int) -> Process | None:
    """Return the process of this number, None where there is none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return Process(pid, int(fields[1]), fields[0], int(fields[19]))


def below(top: int) -> dict[int, Process]:
    """Return every process below `top`, zombies included, by number."""
    everyone = [found for entry in Path("/proc").glob("[0-9]*") if (found := read(int(entry.name)))]
    children: dict[int, list[Process]] = {}
    for process in everyone:
        children.setdefault(process.parent, []).append(process)
    found_below: dict[int, Process] = {}
    waiting = [top]
    while waiting:
        for process in children.get(waiting.pop(), []):
            found_below[process.pid] = process
            waiting.append(process.pid)
    return found_below


@dataclass(frozen=True)
class Roles:
    """Who is who below the soak."""

    daemons: tuple[Process, ...]
    tex_servers: tuple[Process, ...]
    keepers: tuple[Process, ...]
    jailed: tuple[Process, ...]  # all that a keeper started: what runs a scene's code
    tex_jobs: tuple[Process, ...]  # all below the TeX server


def roles(top: int) -> Roles:
    """Tell the renderer's processes apart: a daemon's first child is its TeX server, each other one keeps a job."""
    living = {pid: process for pid, process in below(top).items() if process.state != "Z"}

    def children(of: Process) -> list[Process]:
        return sorted((one for one in living.values() if one.parent == of.pid), key=lambda one: (one.start, one.pid))

    def all_below(of: Process) -> Iterator[Process]:
        for child in children(of):
            yield child
            yield from all_below(child)

    candidates = [one for one in living.values() if DAEMON in one.command]
    daemons = [one for one in candidates if one.parent not in {other.pid for other in candidates}]
    tex_servers, keepers = [], []
    for daemon in daemons:
        born = children(daemon)
        tex_servers += born[:1]
        keepers += born[1:]
    return Roles(
        tuple(daemons),
        tuple(tex_servers),
        tuple(keepers),
        tuple(one for keeper in keepers for one in all_below(keeper)),
        tuple(one for server in tex_servers for one in all_below(server)),
    )


class Family:
    """Starts processes, and adopts and buries what they leave behind."""

    def __init__(self) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")
        self._started: dict[int, subprocess.Popen[bytes]] = {}
        self._zombies: dict[tuple[int, int], float] = {}
        self._lock = threading.Lock()

    def start(self, arguments: list[str], environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
        """Start a process of the product in a session of its own; what it says is added to `log`."""
        with self._lock, log.open("ab") as writer:
            process = subprocess.Popen(
                arguments,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=writer,
                stderr=writer,
                start_new_session=True,
            )
            self._started[process.pid] = process
        return process

    def bury(self, patience: float = ZOMBIE_SECONDS) -> None:
        """Wait for adopted processes that ended `patience` seconds ago; call it every few seconds."""
        now = time.monotonic()
        with self._lock:
            for process in below(os.getpid()).values():
                if process.state != "Z" or process.parent != os.getpid():
                    continue
                if (started := self._started.get(process.pid)) is not None:
                    started.poll()
                elif now - self._zombies.setdefault((process.pid, process.start), now) > patience:
                    with contextlib.suppress(ChildProcessError):
                        os.waitpid(process.pid, os.WNOHANG)

    def left(self, seconds: float) -> list[Process]:
        """Wait until nothing is left below the soak; return what still is after `seconds`, zombies last."""
        deadline = time.monotonic() + seconds
        while True:
            self.bury(0 if time.monotonic() > deadline else ZOMBIE_SECONDS)
            found = [one for one in below(os.getpid()).values() if not _is_database(one)]
            remaining = sorted(found, key=lambda one: one.state == "Z")
            if not remaining or time.monotonic() > deadline:
                return remaining
            time.sleep(0.5)


def _is_database(process: Process) -> bool:
    """Whether it belongs to the database server, which ends after the soak: restarted, it is a child of ours."""
    return "/bin/postgres " in process.command or process.command.startswith("postgres: ")
