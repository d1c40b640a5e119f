"""Ask for a jail from any process: the launcher stands between, so neither threads nor secrets matter here."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from generation.engine.errors import RequestFault
from generation.engine.jail.box import JailRun, LeftFile, Level, runtime_of
from generation.engine.jail.jailed import unavailable
from generation.engine.limits import LARGEST_PROGRAM, Limits
from generation.engine.types import Fault

_GRACE = 30.0
_LAUNCHER = Path(__file__).with_name("launcher.py")


def ask_launcher(request: Mapping[str, object], content: bytes = b"", *, patience: float) -> dict[str, Any]:
    """Send one request to a launcher of its own and return the answer; EngineFault when there is none."""
    whole = {
        **request,
        "parent": os.getpid(),
        "python": sys.executable,
        "runtime": [str(path) for path in runtime_of(sys.prefix, sys.base_prefix)],
    }
    try:
        done = subprocess.run(  # noqa: S603  (our own interpreter and script)
            [os.path.realpath(sys.executable), "-I", "-S", "-B", str(_LAUNCHER)],
            input=json.dumps(whole).encode() + b"\n" + content,
            capture_output=True,
            env={name: os.environ[name] for name in ("JAIL_RUNTIME",) if name in os.environ},
            cwd="/",
            timeout=patience,
            check=False,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise unavailable("the launcher did not answer") from error
    except (OSError, ValueError) as error:
        raise unavailable(f"the launcher failed: {error}") from error
    if "unavailable" in answer:
        raise unavailable(answer["unavailable"])
    return dict(answer)


def run_file(path: Path, limits: Limits, level: Level) -> JailRun:
    """Run a Python file in a fresh interpreter inside a jail of this level."""
    content = _content(path)
    request = {"act": "run", "limits": asdict(limits), "level": level.value}
    answer = ask_launcher(request, content, patience=limits.wall_seconds + _GRACE)
    exit_code, killed_by, reason, limit, seconds = answer["ended"]
    if reason == "exited" and exit_code == 1 and _says_memory(answer["stderr"]):
        reason, limit = "memory", "memory_bytes"
    return JailRun(
        exit_code=-killed_by if exit_code is None else exit_code,
        reason=reason,
        limit=limit,
        seconds=round(seconds, 3),
        stdout=answer["stdout"],
        stderr=answer["stderr"],
        files=tuple(LeftFile(*file) for file in answer["files"]),
    )


def _says_memory(stderr: str) -> bool:
    last = stderr.rstrip().rpartition("\n")[2].partition(":")[0]
    return last.endswith("MemoryError")


def _content(path: Path) -> bytes:
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(opened, "rb") as file:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise _unreadable(f"{path} is not a plain file.")
            content = file.read(LARGEST_PROGRAM + 1)
    except OSError as error:
        raise _unreadable(f"The file {path} can't be read: {error.strerror}.") from error
    if len(content) > LARGEST_PROGRAM:
        raise _unreadable(f"The file {path} is larger than {LARGEST_PROGRAM >> 20} MiB.")
    return content


def _unreadable(message: str) -> RequestFault:
    return RequestFault(Fault(code="unreadable", message=message, hint="Check the path."))


def signal_name(exit_code: int | None) -> str | None:
    """Name of the signal behind a negative exit code."""
    if exit_code is None or exit_code >= 0:
        return None
    try:
        return signal.Signals(-exit_code).name
    except ValueError:
        return f"signal {-exit_code}"
