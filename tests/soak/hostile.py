"""Attacks on the jail with the policy off, beside everything else, at things worth stealing that are watched."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections import Counter
from pathlib import Path

from generation.engine import jail
from generation.engine.errors import EngineError
from generation.engine.limits import Limits
from generation.engine.render.client import Renderer
from generation.engine.types import Quality
from tests.jail.conftest import SMALL, Host
from tests.jail.test_attacks import ATTACKS

SECRET = "the secret of the host"
# What an attack on a scene's own process tries; each leaves a trace on the host if it gets through.
IN_A_SCENE = {
    "start a program": "import os; os.system('touch {folder}/started')",
    "write on the host": "open('{folder}/written', 'w').write('x')",
    "change a file of the host": "open('{canary}', 'a').write('x')",
    "connect": "import socket; socket.create_connection(('127.0.0.1', {port}), 2).recv(5)",
    "connect to a path": "import socket; s = socket.socket(socket.AF_UNIX); s.connect('{path}'); s.recv(5)",
    "kill a process of the host": "import os; os.kill({victim}, 9)",
    "kill everybody": "import os; os.kill(-1, 9)",
    "kill itself": "import os; os.kill(os.getpid(), 9); os.abort()",
    "fork for ever": "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
    "take all memory": "hoard = [bytearray(1 << 24) for _ in range(10 ** 6)]",
    "fill the disk": "f = open('/tmp/x', 'wb')\nwhile True: f.write(bytes(1 << 20))",
    "flood the output": "while True: print('x' * 4096)",
    "spin": "while True: pass",
    "daemonise": "import os, time\nif os.fork() == 0:\n    os.setsid()\n    os.fork() or time.sleep(600)\nos._exit(0)",
    "write garbage": "import os\nfor d in range(3, 64):\n    try: os.write(d, bytes(4096))\n    except OSError: pass",
    "close every descriptor": "import os; os.closerange(0, 256)",
    "leave by the back door": "import os; os._exit(0)",
}
LIMITS = Limits(wall_seconds=6, cpu_seconds=6, memory_bytes=1 << 30)


class Attacker:
    """Throws hostile files at the jail and the renderer from a thread of its own."""

    def __init__(self, run_dir: Path, *, seed: int) -> None:
        self.thrown: Counter[str] = Counter()
        self.succeeded: list[str] = []
        self._renderer = Renderer(run_dir)
        self._chance = random.Random(f"{seed}-attacks")
        self._folder = Path(tempfile.mkdtemp(prefix="soak-host-", dir="/var/tmp"))
        self._folder.chmod(0o777)
        self._greeted = 0
        self._servers = [socket.create_server(("127.0.0.1", 0)), self._listener(str(self._folder / "socket"))]
        self._servers.append(self._listener(f"\0soak-{os.getpid()}"))
        self._victim = subprocess.Popen(["sleep", "86400"])
        self._canary = self._folder / "canary"
        self._canary.write_text(SECRET)
        self._host = Host(
            canary=str(self._canary),
            folder=str(self._folder),
            port=self._servers[0].getsockname()[1],
            path=str(self._folder / "socket"),
            abstract=f"soak-{os.getpid()}",
            victim=self._victim.pid,
            python=os.path.realpath(sys.executable),
        )
        self._known = self._names()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="attacks")
        for server in self._servers:
            threading.Thread(target=self._greet, args=(server,), daemon=True).start()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the attack under way."""
        self._stop.set()
        self._thread.join()

    def close(self) -> list[str]:
        """Say what on the host was touched, and clear the host away."""
        broken = list(self.succeeded)
        if self._victim.poll() is not None:
            broken.append("a job killed a process of the host")
        if not self._canary.exists() or self._canary.read_text() != SECRET:
            broken.append("a job changed a file of the host")
        if self._names() != self._known:
            broken.append(f"a job wrote on the host: {self._names()}")
        if self._greeted:
            broken.append(f"a job connected to the host {self._greeted} times")
        self._renderer.close()
        self._victim.kill()
        self._victim.wait()
        for server in self._servers:
            server.close()
        shutil.rmtree(self._folder)
        return broken

    def _names(self) -> list[str]:
        return sorted(path.name for path in self._folder.iterdir())

    def _work(self) -> None:
        while not self._stop.wait(self._chance.uniform(1.0, 5.0)):
            # An attack that hits the moment in which the daemon is killed is simply over.
            with contextlib.suppress(EngineError):
                if self._chance.random() < 0.5:
                    self._throw_file()
                else:
                    self._throw_scene()

    def _throw_file(self) -> None:
        name = self._chance.choice(sorted(ATTACKS))
        self.thrown[f"file: {name}"] += 1
        with tempfile.TemporaryDirectory(dir=self._folder.parent) as folder:
            file = Path(folder) / "attack.py"
            file.write_text(self._host.aimed(ATTACKS[name]))
            if "DID IT" in jail.run_file(file, SMALL).stdout:
                self.succeeded.append(f"the attack succeeded: {name}")

    def _throw_scene(self) -> None:
        name = self._chance.choice(sorted(IN_A_SCENE))
        self.thrown[f"scene: {name}"] += 1
        act = textwrap.indent(self._host.aimed(IN_A_SCENE[name]), " " * 8)
        code = f"from manim import *\n\nclass Act(Scene):\n    def construct(self):\n        self.add(Dot())\n{act}\n"
        with tempfile.TemporaryDirectory(dir=self._folder.parent) as folder:
            out = Path(folder) / "out.mp4"
            self._renderer.render(code, "Act", quality=Quality.LOW, out=out, limits=LIMITS)

    def _greet(self, server: socket.socket) -> None:
        while True:
            try:
                connection, _address = server.accept()
            except OSError:
                return
            self._greeted += 1
            connection.close()

    @staticmethod
    def _listener(address: str) -> socket.socket:
        server = socket.socket(socket.AF_UNIX)
        server.bind(address)
        server.listen()
        return server
