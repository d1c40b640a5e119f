"""Holds the jail for a trainer that has none: answers come in through a socket, rewards go out."""

from __future__ import annotations

import json
import socket
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generation.engine.errors import EngineFault
from generation.engine.served.faultfinding import DryRun
from training.tune.reward import judge

LARGEST = 16 << 20  # bytes of one request
PARALLEL = 4


@contextmanager
def judging(dry_run: DryRun, *, parallel: int = PARALLEL) -> Iterator[Path]:
    """A socket, for this user alone, that answers until the block is left."""
    with tempfile.TemporaryDirectory(prefix="theorama-judge-") as folder:
        path = Path(folder) / "judge.sock"
        with socket.socket(socket.AF_UNIX) as door, ThreadPoolExecutor(parallel, "judge") as workers:
            door.bind(str(path))
            path.chmod(0o600)
            door.listen()
            clerk = threading.Thread(target=_serve, args=(door, dry_run, workers), daemon=True)
            clerk.start()
            try:
                yield path
            finally:
                door.shutdown(socket.SHUT_RDWR)
                clerk.join()


def _serve(door: socket.socket, dry_run: DryRun, workers: ThreadPoolExecutor) -> None:
    while True:
        try:
            connection, _ = door.accept()
        except OSError:
            return  # closed
        with connection, connection.makefile("rb") as asked:
            try:
                answers = json.loads(asked.readline(LARGEST))
                reply: Any = list(workers.map(lambda each: _reward(each, dry_run), answers))
            except (ValueError, TypeError, KeyError, EngineFault, OSError) as error:
                reply = {"error": str(error)}  # the trainer ends with these words
            try:
                connection.sendall(json.dumps(reply).encode() + b"\n")
            except OSError:
                continue  # it was killed meanwhile


def _reward(asked: dict[str, Any], dry_run: DryRun) -> float:
    task: dict[str, Any] = asked["task"]
    must: Sequence[dict[str, Any]] = task.get("must") or []
    return judge(asked["answer"], must, dry_run, task.get("scene") or "").reward
