"""Child processes that never outlive us: started in a session of their own, told to end, ended where they don't."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

STOP_SECONDS = 15.0
PR_SET_PDEATHSIG = 1

Process = subprocess.Popen[bytes]


def start_command(arguments: Sequence[str], env: Mapping[str, str] | None = None) -> Process:
    """Start one of our management commands, with more variables in its environment where some are given."""
    return start([str(Path(settings.ROOT) / "manage.py"), *arguments], env)


def start(arguments: Sequence[str], env: Mapping[str, str] | None = None) -> Process:
    """Start Python with these arguments. Call it from the main thread: the child dies with the thread that made it."""
    # A session of its own: Ctrl-C reaches only us, and we tell the children in order.
    tie = _die_with(os.getpid())
    return subprocess.Popen(  # noqa: S603 - ours
        [sys.executable, *arguments],
        cwd=settings.ROOT,
        env={**os.environ, **(env or {})},
        start_new_session=True,
        preexec_fn=tie,  # noqa: PLW1509 - no threads yet
    )


def stop(children: Sequence[Process]) -> None:
    """End the children, by force those that take too long."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _die_with(parent: int) -> Any:
    """Return a function for the child: it gets TERM when this process dies, even from kill -9."""
    libc = ctypes.CDLL(None, use_errno=True)

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return tie
