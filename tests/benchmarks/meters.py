"""What processes used: CPU seconds of a daemon with everything below it, and the most memory held at once."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from pathlib import Path

from tests.render.processes import descendants

TICKS = os.sysconf("SC_CLK_TCK")
CPUACCT = Path("/sys/fs/cgroup/cpuacct")
SAMPLE_GAP = 0.05  # seconds


class CpuMeter:
    """CPU seconds of the process `pid` and of all that descends from it, the dead included.

    Counts with a control group where one can be made. Elsewhere it adds up /proc, which misses processes that nobody
    waits for: the TeX server's; `exact` tells.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._group: Path | None = CPUACCT / f"theorama-bench-{pid}"
        self._base = 0.0
        try:
            self._group.mkdir()
            for one in [pid, *descendants(pid)]:
                with contextlib.suppress(ProcessLookupError):
                    (self._group / "cgroup.procs").write_text(str(one))
        except OSError:
            self._group = None

    @property
    def exact(self) -> bool:
        """Whether nothing is missed."""
        return self._group is not None

    def seconds(self) -> float:
        """CPU seconds so far."""
        if self._group is not None:
            return int((self._group / "cpuacct.usage").read_text()) / 1e9
        return sum(_seconds(pid) for pid in [self._pid, *descendants(self._pid)])

    def close(self) -> None:
        """Remove the control group once its processes have ended."""
        for _ in range(100):
            if self._group is None:
                return
            try:
                self._group.rmdir()
                return
            except OSError:
                time.sleep(0.1)


def _seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(ticks) for ticks in fields[11:15]) / TICKS


class PeakMemory:
    """While the context lasts, looks how many bytes `pid` and all below it hold together.

    Proportional set size: a page that several processes share counts once. Looking costs time, so nothing that is
    timed happens meanwhile.
    """

    def __init__(self, pid: int) -> None:
        self.bytes = 0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(SAMPLE_GAP):
            held = sum(_held(pid) for pid in [self._pid, *descendants(self._pid)])
            self.bytes = max(self.bytes, held)


def _held(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
