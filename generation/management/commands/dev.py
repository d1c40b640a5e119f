"""`manage.py dev`: web and worker together, for one machine. Ctrl-C ends both."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from generation.ports import require_free
from projects.management.commands import demo

STOP_SECONDS = 15.0
PR_SET_PDEATHSIG = 1


class Command(BaseCommand):
    help = "Start the site and a worker on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--concurrency", type=int, help="Jobs at a time; one per core by default.")

    def handle(self, *args: Any, host: str, port: int, concurrency: int | None, **options: Any) -> None:
        try:
            require_free(host, port)
        except OSError as error:
            raise CommandError(str(error)) from error
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        worker = ["worker", "--grace", "0"] + (["--concurrency", str(concurrency)] if concurrency else [])
        children: dict[str, subprocess.Popen[bytes]] = {}
        try:
            children["worker"] = _start(worker)
            children["web"] = _start(["serve", "--host", host, "--port", str(port)])
            self._greet(host, port)
            raise CommandError(_wait_for_one_to_end(children))
        except KeyboardInterrupt:
            self.stdout.write("\nStopping.")
        finally:
            _stop(list(children.values()))

    def _greet(self, host: str, port: int) -> None:
        shown = "localhost" if host == "127.0.0.1" else host
        self.stdout.write(f"\n{settings.PRODUCT_NAME} is at http://{shown}:{port}/")
        email = demo.TEACHERS[0][0]
        if User.objects.filter(email=email).exists():
            self.stdout.write(f"Log in as {email} with the password “{demo.PASSWORD}”.")
        self.stdout.write("Ctrl-C stops it.\n")


def _start(arguments: list[str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches only us, and we tell the children in order.
    manage = Path(settings.ROOT) / "manage.py"
    command = [sys.executable, str(manage), *arguments]
    tie = _die_with(os.getpid())
    return subprocess.Popen(command, start_new_session=True, preexec_fn=tie)  # noqa: S603, PLW1509 - ours; no threads yet


def _die_with(parent: int) -> Any:
    """Return a function for the child: it gets TERM when this process dies, even from kill -9."""
    libc = ctypes.CDLL(None, use_errno=True)

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def _wait_for_one_to_end(children: dict[str, subprocess.Popen[bytes]]) -> str:
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                return f"The {name} process ended by itself with status {child.returncode}; its last lines are above."
        time.sleep(0.3)


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
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
