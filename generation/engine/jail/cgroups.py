"""Memory and process limits for a whole job, where we are root and the hierarchy lets us.

RLIMIT_AS binds one process; a job that forks could use it many times over. A control group binds them together.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from generation.engine.limits import Limits

BELOW = "job"  # the name of a container's own group in ours
_PREFIX = "theorama-"
_PATIENCE = 0.5
# Files are the system's own; anonymous and shared memory a job made. What forks share is counted for each of them.
_HELD = re.compile(r"^Rss(?:Anon|Shmem):\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Group:
    """The control groups of one job: one folder per hierarchy (v1) or a single one (v2)."""

    folders: tuple[Path, ...]

    def add(self, pid: int) -> None:
        """Move a process in."""
        for folder in self.folders:
            (folder / "cgroup.procs").write_text(str(pid))

    def out_of_memory(self) -> bool:
        """Whether the kernel killed for this group's memory limit, in it or in the container's group below it."""
        return any(_oom_kills(place) for folder in self.folders for place in (folder, folder / BELOW))

    def was_full(self) -> bool:
        """Whether the memory limit was met at all; told also when the group below has been removed."""
        return any(_words(folder / "memory.failcnt") not in ([], ["0"]) for folder in self.folders)

    def remove(self) -> None:
        """Remove the groups; they are empty once the job's processes are reaped, which may take a moment."""
        until = time.monotonic() + _PATIENCE
        for folder in self.folders:
            while folder.exists():
                try:
                    folder.rmdir()
                except OSError:
                    if time.monotonic() > until:
                        break  # the sweep of a later job takes it
                    time.sleep(0.01)


def make(limits: Limits, *, spare: int = 2) -> Group:
    """Groups with the limits set, or none where the machine lends none. `spare` processes are ours, not the job's."""
    if os.geteuid() != 0:
        return Group(())
    name = f"{_PREFIX}{os.getpid()}-{time.monotonic_ns()}"
    total = limits.job_memory_bytes
    made: list[Path] = []
    for parent, settings in _parents(total, limits.processes + spare):
        _sweep(parent)
        folder = parent / name
        try:
            folder.mkdir()
            for setting, value in settings.items():
                (folder / setting).write_text(value)
        except OSError:
            with contextlib.suppress(OSError):
                folder.rmdir()
            continue
        made.append(folder)
    bounded = any((folder / "memory.max").exists() or (folder / "memory.limit_in_bytes").exists() for folder in made)
    if not bounded:
        Group(tuple(made)).remove()
        return Group(())
    return Group(tuple(made))


def _parents(memory: int, processes: int) -> list[tuple[Path, dict[str, str]]]:
    """Folders in which a group may be made, with the settings it takes there."""
    own = _own_groups()
    found: list[tuple[Path, dict[str, str]]] = []
    for mounted, within, kind, options in hierarchies():
        if kind == "cgroup2" and "memory" in _words(mounted / "cgroup.subtree_control"):
            found.append((mounted, {"memory.max": str(memory), "memory.swap.max": "0", "pids.max": str(processes)}))
        for controller, settings in (
            ("memory", {"memory.limit_in_bytes": str(memory)}),
            ("pids", {"pids.max": str(processes)}),
        ):
            if kind == "cgroup" and controller in options:
                relative = os.path.relpath(own.get(controller, "/"), within)
                found.append((mounted if relative.startswith("..") else mounted / relative, settings))
    return found


def hierarchies() -> list[tuple[Path, str, str, list[str]]]:
    """(mount point, path inside the hierarchy that is mounted, kind, controllers) of each."""
    found = []
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        left, _, right = line.partition(" - ")
        kind, _, options = right.split(" ", 2)
        if kind in {"cgroup", "cgroup2"}:
            fields = left.split()
            found.append((Path(fields[4]), fields[3], kind, options.split(",")))
    return found


def _own_groups() -> dict[str, str]:
    """Controller -> path of this process's group, for the v1 hierarchies."""
    groups = {}
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):
            groups[controller] = path
    return groups


def _words(file: Path) -> list[str]:
    try:
        return file.read_text().split()
    except OSError:
        return []


def _oom_kills(folder: Path) -> int:
    for name in ("memory.events", "memory.oom_control"):
        with contextlib.suppress(OSError, ValueError):
            for line in (folder / name).read_text().splitlines():
                key, _, value = line.partition(" ")
                if key == "oom_kill":
                    return int(value)
    return 0


def sweep() -> int:
    """Remove the groups of makers that were killed before they could; return how many are left, with or without one."""
    return sum(_sweep(parent) for parent, _ in _parents(0, 0)) if os.geteuid() == 0 else 0


def _sweep(parent: Path) -> int:
    """Remove the empty groups of makers that were killed before they could. Return how many groups are left."""
    left = 0
    for folder in parent.glob(f"{_PREFIX}*"):
        maker = folder.name.removeprefix(_PREFIX).partition("-")[0]
        try:
            if not maker.isdigit() or _lives(maker):
                left += 1
            else:
                folder.rmdir()
        except OSError:
            left += 1
    return left


def _lives(maker: str) -> bool:
    """Whether a process runs. One that only waits for its parent to notice its end does not."""
    try:
        return Path(f"/proc/{maker}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def held_by(pid: int) -> int:
    """Bytes of memory of their own that a process and all below it hold; for machines that lend no groups."""
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            about = Path(f"/proc/{one}/status").read_text()
            threads = list(Path(f"/proc/{one}/task").iterdir())
        except OSError:
            continue  # it has just ended
        total += sum(int(kib) << 10 for kib in _HELD.findall(about))
        for thread in threads:  # what a thread forked is listed with that thread
            with contextlib.suppress(OSError):
                waiting += map(int, (thread / "children").read_text().split())
    return total
