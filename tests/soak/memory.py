"""Whether memory grows: samples of the long-lived processes and a robust line through the later ones."""

from __future__ import annotations

import os
import re
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from tests.soak.processes import read, roles
from tests.soak.world import World

PERIOD_SECONDS = 10.0
WARM_UP_SECONDS = 120.0
LEAST_SPAN_SECONDS = 240.0  # a line through less says nothing
# Allowed growth per hour: measurement and allocator noise over a quarter of an hour, as a line shows it.
MOST_GROWTH_MIB_PER_HOUR = 48.0
_MIB = 1 << 20


@dataclass(frozen=True)
class Sample:
    """Memory of one process at one moment. `own` is what it wrote itself (anonymous), `pss` its share of all; bytes."""

    role: str
    pid: int
    start: int
    at: float
    own: int
    pss: int
    descriptors: int


@dataclass(frozen=True)
class Growth:
    """What the line through one process's samples says."""

    role: str
    pid: int
    samples: int
    span_seconds: float
    first_mib: float
    last_mib: float
    mib_per_hour: float
    descriptors_first: int
    descriptors_last: int

    @property
    def flat(self) -> bool:
        """Whether it grew no faster than allowed, and holds no more descriptors than a few more."""
        return self.mib_per_hour <= MOST_GROWTH_MIB_PER_HOUR and self.descriptors_last <= self.descriptors_first + 12


def sample(role: str, pid: int) -> Sample | None:
    """Measure a process; None when it has gone."""
    process = read(pid)
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        descriptors = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        return None
    if process is None:
        return None
    found = {name: int(kib) << 10 for name, kib in re.findall(r"^(Pss|Anonymous):\s+(\d+) kB", text, re.MULTILINE)}
    if "Anonymous" not in found:
        return None
    return Sample(role, pid, process.start, time.monotonic(), found["Anonymous"], found["Pss"], descriptors)


def growths(samples: Sequence[Sample]) -> list[Growth]:
    """Fit a line through the second half of each process's life after its warm-up, where that is long enough."""
    lives: dict[tuple[str, int, int], list[Sample]] = {}
    for one in samples:
        lives.setdefault((one.role, one.pid, one.start), []).append(one)
    found = []
    for (role, pid, _start), life in sorted(lives.items()):
        warm = [one for one in life if one.at - life[0].at >= WARM_UP_SECONDS]
        later = warm[len(warm) // 2 :] if warm and warm[-1].at - warm[0].at >= 2 * LEAST_SPAN_SECONDS else warm
        if len(later) < 3 or later[-1].at - later[0].at < LEAST_SPAN_SECONDS:
            continue
        found.append(
            Growth(
                role,
                pid,
                len(later),
                round(later[-1].at - later[0].at, 1),
                round(later[0].own / _MIB, 2),
                round(later[-1].own / _MIB, 2),
                round(slope([(one.at, one.own) for one in later]) * 3600 / _MIB, 2),
                int(statistics.median(one.descriptors for one in later[: max(1, len(later) // 4)])),
                int(statistics.median(one.descriptors for one in later[-max(1, len(later) // 4) :])),
            )
        )
    return found


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the Theil-Sen slope: the median over all pairs, which single outliers do not move."""
    return statistics.median((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2) if x2 != x1)


class Watch:
    """Takes samples of workers, site, daemon and TeX server while the soak runs."""

    def __init__(self, world: World) -> None:
        self.samples: list[Sample] = []
        self._world = world
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="memory")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stop.wait(PERIOD_SECONDS):
            now = roles(os.getpid())
            pids = [("daemon", one.pid) for one in now.daemons] + [("TeX server", one.pid) for one in now.tex_servers]
            pids += [(name, self._world.member(name).process.pid) for name in ("worker-1", "worker-2", "web")]
            self.samples += [taken for role, pid in pids if (taken := sample(role, pid)) is not None]
