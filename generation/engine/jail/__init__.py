"""The jail: where code nobody vouches for runs. Assume it is hostile and native; see docs/security-model.md.

`run_file` and `selftest` may be called from anywhere. `spawn` and `exec_in` fork: call them in a process with a
single thread, started with an empty environment and holding no secret, because a job sees a copy of its memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from generation.engine.jail import programs, root, run, starting
from generation.engine.jail.box import EXIT_OUT_OF_MEMORY, Box, Ended, JailRun, LeftFile, Level
from generation.engine.jail.cgroups import sweep
from generation.engine.jail.jailed import Jailed
from generation.engine.jail.ladder import Check, SelfTest, pause_after, require, retest, selftest
from generation.engine.jail.outputs import collect, list_files
from generation.engine.jail.programs import Finished
from generation.engine.limits import Limits
from generation.engine.types import ShouldStop, never_stop

__all__ = [
    "EXIT_OUT_OF_MEMORY",
    "Box",
    "Check",
    "Ended",
    "Finished",
    "JailRun",
    "Jailed",
    "LeftFile",
    "Level",
    "SelfTest",
    "collect",
    "exec_in",
    "list_files",
    "pause_after",
    "prepare",
    "require",
    "retest",
    "run_file",
    "selftest",
    "spawn",
    "sweep",
]


def prepare() -> None:
    """Look once, for this process and its forks, at what does not change from one job to the next."""
    root.sources(Box())


def spawn(main: Callable[[], None], box: Box) -> Jailed:
    """Run `main` in a jail. A MemoryError in it ends the job with reason "memory"."""
    return starting.start(main, box, require())


def exec_in(
    argv: Sequence[str],
    box: Box,
    stdin: bytes = b"",
    *,
    keep: Callable[[int], object] | None = None,
    should_stop: ShouldStop = never_stop,
) -> Finished:
    """Run a program of the system in a jail to its end; see `programs.exec_in`."""
    return programs.exec_in(argv, box, stdin, level=require(), keep=keep, should_stop=should_stop)


def run_file(path: Path, limits: Limits) -> JailRun:
    """Run any Python file in a fresh interpreter inside a jail, code policy off.

    RequestFault code "unreadable" when the file can't be read, EngineFault "jail_unavailable" without a jail.
    """
    return run.run_file(path, limits, require())
