"""What the soak runs on: a data folder, database and broker, two workers and the site, started as in production."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

from tests.soak.processes import Family, Process, below, read

ROOT = Path(__file__).resolve().parents[2]
LEASE_SECONDS = 8.0
STOP_SECONDS = 60.0
START_SECONDS = 90.0


@dataclass
class Member:
    """A process of the product that the soak keeps running."""

    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes]
    since: float = field(default_factory=time.monotonic)

    def as_process(self) -> Process | None:
        """Return it as read from /proc; None once it has ended."""
        return read(self.process.pid) if self.process.poll() is None else None


class World:
    """Starts the product's processes and starts them again when they die. `services`: with PostgreSQL and Redis."""

    def __init__(self, folder: Path, family: Family, *, concurrency: int) -> None:
        self.folder = folder
        self.family = family
        self.port = _free_port()
        self.services = bool(os.environ.get("REDIS_URL"))
        self.restarts: dict[str, int] = {}
        self._concurrency = concurrency
        self._members: dict[str, Member] = {}
        self._lock = threading.RLock()
        self._redis: subprocess.Popen[bytes] | None = None
        for name in ("logs", "tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    # --- Life ---------------------------------------------------------------------------------------
    def start(self) -> None:
        """Start two workers and the site, and wait until the site answers."""
        for name in ("worker-1", "worker-2"):
            self._start(name, ["worker", "--concurrency", str(self._concurrency)])
        self._start("web", ["serve", "--port", str(self.port)])
        _until(self.web_answers, START_SECONDS, "the site answers")

    def keep(self) -> list[str]:
        """Start again what has died, and bury the dead. Returns the names of those started again."""
        again = []
        with self._lock:
            for member in list(self._members.values()):
                if member.process.poll() is not None:
                    again.append(member.name)
                    self.restarts[member.name] = self.restarts.get(member.name, 0) + 1
                    self._start(member.name, member.arguments)
        self.family.bury()
        return again

    def member(self, name: str) -> Member:
        """Return the member of this name."""
        with self._lock:
            return self._members[name]

    def web_answers(self) -> bool:
        """Say whether the site is up."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> dict[str, int | None]:
        """Tell all to end, as an operator would; return their exit codes, None where one had to be killed."""
        with self._lock:
            members, self._members = list(self._members.values()), {}
        for member in members:
            with contextlib.suppress(ProcessLookupError):
                member.process.send_signal(signal.SIGCONT)
                member.process.terminate()
        codes: dict[str, int | None] = {}
        deadline = time.monotonic() + STOP_SECONDS
        for member in members:
            try:
                codes[member.name] = member.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                member.process.kill()
                member.process.wait()
                codes[member.name] = None
        return codes

    # --- Services -----------------------------------------------------------------------------------
    def kill_redis(self, seconds: float) -> str:
        """Kill Redis as a crash would and start an empty one at the same address after a while."""
        port = urlparse(os.environ["REDIS_URL"]).port
        if self._redis is None:
            asked = subprocess.run(
                ["redis-cli", "-p", str(port), "info", "server"], capture_output=True, text=True, check=True
            )
            pid = next(line.partition(":")[2] for line in asked.stdout.splitlines() if line.startswith("process_id"))
            os.kill(int(pid), signal.SIGKILL)
        else:
            self._redis.kill()
            self._redis.wait()
        time.sleep(seconds)
        self._redis = self.family.start(
            ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            os.environ,
            self.folder / "logs" / "redis.log",
        )
        return f"port {port}, away for {seconds:.1f} s"

    def restart_postgres(self) -> str:
        """Restart the database server the fast way: every connection is cut."""
        command = os.environ["RESTART_POSTGRES"]  # scripts/with-services says how
        done = subprocess.run(command, shell=True, check=False, capture_output=True, text=True, timeout=60, cwd="/")
        if done.returncode != 0:
            raise RuntimeError(f"PostgreSQL did not restart: {done.stdout}{done.stderr}")
        return "all connections cut"

    def stop_services(self) -> None:
        """End the Redis that the soak started."""
        if self._redis is not None:
            self._redis.terminate()
            self._redis.wait()

    def _start(self, name: str, arguments: list[str]) -> None:
        environment = os.environ | {"TMPDIR": str(self.folder / "tmp"), "JOB_GRACE_SECONDS": "0"}
        process = self.family.start(
            [sys.executable, str(ROOT / "manage.py"), *arguments], environment, self.folder / "logs" / f"{name}.log"
        )
        with self._lock:
            self._members[name] = Member(name, arguments, process)


def make_folder() -> Path:
    """Make the soak's data folder and point the product's settings to it; call it before Django is set up."""
    folder = Path(tempfile.mkdtemp(prefix="soak-theorama-"))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATA_DIR": str(folder),
        "JOB_LEASE_SECONDS": str(LEASE_SECONDS),
        "LOG_LEVEL": "WARNING",
    }
    return folder


def remove_folder(folder: Path) -> None:
    """Remove the data folder; a renderer that is still there ends with it."""
    shutil.rmtree(folder, ignore_errors=True)


def end_all() -> None:
    """Kill whatever is left below this process, when a soak itself went wrong."""
    for process in below(os.getpid()).values():
        process.kill()


def _until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(f"The soak cannot begin: it waited {seconds:.0f} s for this to be so: {what}.")
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
