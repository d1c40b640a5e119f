"""A host with things worth stealing, and the two ways to run a program at it: in the jail and outside."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from generation.engine.jail import JailRun, run_file
from generation.engine.types import Limits

SMALL = Limits(
    wall_seconds=20, cpu_seconds=10, memory_bytes=1 << 30, processes=32, tmp_bytes=16 << 20, output_bytes=8 << 10
)


@dataclass(frozen=True)
class Host:
    """What an attack aims at: every field may be used as {field} in its code."""

    canary: str  # a file with a secret
    folder: str  # a folder anybody may write into
    port: int  # a server on the loopback that greets who connects
    path: str  # a unix socket that greets who connects
    abstract: str  # the same in the abstract namespace
    victim: int  # a process of ours
    python: str

    def aimed(self, code: str) -> str:
        """The attack with this host's particulars filled in."""
        code = textwrap.dedent(code)
        for name in self.__dataclass_fields__:
            code = code.replace("{" + name + "}", str(getattr(self, name)))
        return code


# A process of its own: where the tests have threads, they cannot start jails themselves.
GREETER = """
import contextlib, selectors, socket, sys
waiting = selectors.DefaultSelector()
for number in sys.argv[1:]:
    waiting.register(socket.socket(fileno=int(number)), selectors.EVENT_READ)
while True:
    for key, _ in waiting.select():
        with contextlib.suppress(OSError), key.fileobj.accept()[0] as connection:  # it may have hung up already
            connection.sendall(b"hello")
"""


@contextmanager
def hosted() -> Iterator[Host]:
    """A host with a secret file, a writable folder, three servers and a process."""
    folder = Path(tempfile.mkdtemp(prefix="jail-host-", dir="/var/tmp"))
    folder.chmod(0o777)
    canary = folder / "canary"
    canary.write_text("the secret of the host")
    name = f"theorama-test-{os.getpid()}"
    servers = [socket.create_server(("127.0.0.1", 0))]
    for address in (str(folder / "socket"), "\0" + name):
        server = socket.socket(socket.AF_UNIX)
        server.bind(address)
        server.listen()
        servers.append(server)
    numbers = [server.fileno() for server in servers]
    victim = subprocess.Popen([sys.executable, "-I", "-c", GREETER, *map(str, numbers)], pass_fds=numbers)
    try:
        yield Host(
            canary=str(canary),
            folder=str(folder),
            port=servers[0].getsockname()[1],
            path=str(folder / "socket"),
            abstract=name,
            victim=victim.pid,
            python=os.path.realpath(sys.executable),
        )
        assert victim.poll() is None, "a job killed a process of the host"
    finally:
        victim.kill()
        victim.wait()
        for server in servers:
            server.close()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """One host for all attacks."""
    with hosted() as shared:
        yield shared


@pytest.fixture
def inside(tmp_path: Path, host: Host) -> Callable[..., JailRun]:
    """Run code in the jail with the policy off."""

    def run(code: str, limits: Limits = SMALL) -> JailRun:
        file = tmp_path / "attack.py"
        file.write_text(host.aimed(code))
        return run_file(file, limits)

    return run


@pytest.fixture
def outside(tmp_path: Path, host: Host) -> Callable[..., str]:
    """Run the same code as an ordinary program of the host: the negative control. Returns what it printed."""

    def run(code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-I", "-c", host.aimed(code)],
            capture_output=True,
            text=True,
            timeout=60,
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "THEORAMA_SECRET": "canary"},
            check=False,
        )
        return done.stdout + done.stderr

    return run
