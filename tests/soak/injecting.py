"""What goes wrong during a soak, by chance: kills, freezes, restarts and lost folders. Each is noted with its hit."""

from __future__ import annotations

import os
import random
import shutil
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.soak.processes import Process, roles
from tests.soak.world import LEASE_SECONDS, World

# What costs a running job its attempt, when it hits the job's own processes.
COSTS_AN_ATTEMPT = {"child", "keeper", "TeX server", "TeX job", "daemon", "worker", "freeze", "scene cache"}


@dataclass(frozen=True)
class Injection:
    """Something that was done to the product; `at` is in seconds since 1970."""

    at: float
    kind: str
    hit: str


class Injector:
    """Does harm at random moments. In its second half it spares what memory is measured of, so that it lives long."""

    def __init__(self, world: World, *, seed: int, seconds: float, pause: float) -> None:
        self.done: list[Injection] = []
        self.failed: list[str] = []
        self._world = world
        self._chance = random.Random(f"{seed}-injections")
        self._spare_from = time.monotonic() + seconds / 2
        self._pause = pause
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="injector")
        self._kinds: dict[str, tuple[int, Callable[[], str]]] = {
            "child": (6, lambda: self._kill_one("jailed")),
            "keeper": (4, lambda: self._kill_one("keepers")),
            "TeX job": (3, lambda: self._kill_one("tex_jobs")),
            "TeX server": (2, lambda: self._kill_one("tex_servers")),
            "daemon": (2, lambda: self._kill_one("daemons")),
            "worker": (3, self._kill_worker),
            "freeze": (2, self._freeze_worker),
            "scene cache": (1, self._remove_scenes),
            "web": (1, self._kill_web),
        }
        if world.services:
            self._kinds["broker"] = (2, lambda: world.kill_redis(self._chance.uniform(0.2, 3.0)))
            self._kinds["database"] = (1, world.restart_postgres)
        else:
            self._kinds["broker"] = (2, self._lose_messages)

    @property
    def sparing(self) -> bool:
        """Whether daemon, TeX server, first worker and site are left alone now."""
        return time.monotonic() > self._spare_from

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Do nothing more; wakes whom it froze."""
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stop.wait(self._chance.expovariate(1 / self._pause)):
            spared = {"TeX server", "daemon", "web"} if self.sparing else set()
            kinds = [kind for kind in self._kinds if kind not in spared]
            (kind,) = self._chance.choices(kinds, [self._kinds[kind][0] for kind in kinds])
            at = time.time()
            try:
                hit = self._kinds[kind][1]()
            except Exception as error:  # the soak goes on, but not silently
                self.failed.append(f"{kind}: {type(error).__name__}: {error}")
                continue
            if hit:
                self.done.append(Injection(at, kind, hit))

    def _kill_one(self, role: str) -> str:
        """Kill one process of this role. There may be none just now: it waits for one a moment."""
        for _look in range(40):
            found: tuple[Process, ...] = getattr(roles(os.getpid()), role)
            if found:
                victim = self._chance.choice(sorted(found, key=lambda one: one.pid))
                if victim.kill():
                    return f"{role} {victim.pid}"
            if self._stop.wait(0.05):
                break
        return ""

    def _a_worker(self) -> str:
        return "worker-2" if self.sparing else self._chance.choice(["worker-1", "worker-2"])

    def _kill_worker(self) -> str:
        return self._kill_member(self._a_worker())

    def _kill_web(self) -> str:
        return self._kill_member("web")

    def _kill_member(self, name: str) -> str:
        member = self._world.member(name)
        member.process.kill()
        member.process.wait()
        self._stop.wait(self._chance.uniform(0.0, 2.0))
        self._world.keep()
        return f"{name} {member.process.pid}"

    def _freeze_worker(self) -> str:
        """Stop a worker until its leases have run out, and wake it."""
        member = self._world.member(self._a_worker())
        seconds = LEASE_SECONDS * self._chance.uniform(1.3, 2.0)
        member.process.send_signal(signal.SIGSTOP)
        self._stop.wait(seconds)
        member.process.send_signal(signal.SIGCONT)
        return f"{member.name} {member.process.pid}, {seconds:.0f} s"

    def _remove_scenes(self) -> str:
        shutil.rmtree(self._world.folder / "scenes", ignore_errors=True)
        return "removed"

    def _lose_messages(self) -> str:
        lost = list(Path(self._world.folder / "broker" / "queue").glob("*.msg"))
        for message in lost:
            message.unlink(missing_ok=True)
        return f"{len(lost)} messages lost"
