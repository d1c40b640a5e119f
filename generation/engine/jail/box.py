"""What a jail is given and what it answers: plain values."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from generation.engine.limits import Limits

WORK = "/tmp"  # noqa: S108  (the job's own tmpfs, not the host's folder)
JOB_UID = 60000
EXIT_OUT_OF_MEMORY = 71
PLAIN_ENVIRONMENT: Mapping[str, str] = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": WORK,
    "TMPDIR": WORK,
    "LANG": "C.UTF-8",
    # One thread each: a pool as wide as the machine would meet the process limit before any work is done.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


class Level(StrEnum):
    """The rungs of the ladder. There is none below: without a jail nothing untrusted runs."""

    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"
    CONTAINER = "container"  # beside the ladder: chosen by the operator, see container.py


def runtime_of(prefix: str, base_prefix: str) -> tuple[Path, ...]:
    """The parts of an interpreter's folders that programs need. Never the whole prefix: it may be a project folder."""
    parts = ("bin", "lib", "lib64", "share", "pyvenv.cfg")
    return tuple(Path(root) / part for root in dict.fromkeys((prefix, base_prefix)) for part in parts)


@dataclass(frozen=True, slots=True)
class Box:
    """What one job sees and may use.

    `read_only` are host paths shown to the job at the same place, besides the system's programs and this
    interpreter's. `files` are written for it before it starts: a relative name lies in its working folder /tmp, an
    absolute one elsewhere and read-only. `keep_fds` stay open under the same numbers; folders are refused among
    them. `stdin`, `stdout` and `stderr` are descriptors, /dev/null when None. `env` is the whole environment.
    `may_exec` lets it start the system's programs (TeX needs that; drawing does not).
    """

    limits: Limits = field(default_factory=Limits)
    keep_fds: tuple[int, ...] = ()
    read_only: tuple[Path, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=lambda: dict(PLAIN_ENVIRONMENT))
    stdin: int | None = None
    stdout: int | None = None
    stderr: int | None = None
    may_exec: bool = False
    runtime: tuple[Path, ...] = field(default_factory=lambda: runtime_of(sys.prefix, sys.base_prefix))


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job ended.

    `reason`: exited, signal, wall, cpu, memory, output, disk, cancelled. `limit` is the limit of `Limits` that
    ended it ("wall_seconds", "cpu_seconds", "memory_bytes", "output_bytes", "tmp_bytes"), else None.
    """

    exit_code: int | None
    signal: int | None
    reason: str
    limit: str | None
    seconds: float
    cpu_seconds: float
    max_rss_bytes: int


@dataclass(frozen=True, slots=True)
class LeftFile:
    """Something a job left behind, by name only; nothing in it is trusted. `kind`: file, folder, link, other."""

    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class JailRun:
    """Outcome of `run_file`: like `Ended`, with what the program printed and left."""

    exit_code: int | None
    reason: str
    limit: str | None
    seconds: float
    stdout: str
    stderr: str
    files: tuple[LeftFile, ...]
