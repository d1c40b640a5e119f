"""A scene that eats memory as fast as it can is ended itself; daemon, keeper, TeX server and the next job live."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import pytest

from generation.engine.limits import Limits
from generation.engine.render import Renderer
from generation.engine.types import Quality
from tests.render.processes import children, daemon_pid
from tests.render.scenes import SQUARE
from tests.render.test_limits import construct

pytestmark = pytest.mark.render

LITTLE = Limits(wall_seconds=60, memory_bytes=1 << 30, tmp_bytes=32 << 20)
RING = "ring = next(o for o in __import__('gc').get_objects() if type(o).__name__ == 'Ring')"
EATERS = {
    "one process": (construct("held = []", "while True: held.append(np.ones(1 << 23))"), {"memory"}),
    "many processes": (
        construct(
            "import os, time",
            "for n in range(12):",
            "    if os.fork() == 0: break",
            "held = bytearray(b'x') * (200 << 20)",
            "time.sleep(60)",
        ),
        {"memory"},
    ),
    "shared memory": (
        construct(
            "import mmap, os, time",
            "for n in range(12):",
            "    if os.fork() == 0:",
            "        m = mmap.mmap(-1, 200 << 20)",
            "        m[:] = b'x' * len(m)",
            "        time.sleep(60)",
            "time.sleep(60)",
        ),
        {"memory"},
    ),
    "the ring": (
        construct("self.wait(1)", RING, "del ring.pixels", "ring._memory.resize(8 << 30)", "ring._memory[:] = b'x'"),
        {"memory", "crashed", "value_error", "error", "file_error"},
    ),
    "files in memory": (construct("for n in range(99): open(f'/tmp/{n}', 'wb').write(bytes(1 << 20))"), {"disk"}),
}


@pytest.fixture
def household(renderer: Renderer, run_dir: Path) -> Iterator[None]:
    """The daemon and its TeX server are the same processes before and after, and the next job runs."""
    assert renderer.check(SQUARE, "Square1").fault is None
    daemon = daemon_pid(run_dir)
    before = set(children(daemon))
    yield
    assert renderer.check(SQUARE, "Square1").fault is None
    assert daemon_pid(run_dir) == daemon
    assert before & set(children(daemon)), "the TeX server is another one"


@pytest.mark.parametrize("way", EATERS)
@pytest.mark.usefixtures("household")
def test_an_eater_of_memory_is_ended_alone(renderer: Renderer, tmp_path: Path, way: str) -> None:
    code, expected = EATERS[way]
    report = renderer.render(code, "Bad", quality=Quality.LOW, out=tmp_path / "x.mp4", limits=LITTLE)
    assert report.fault is not None and report.fault.code in expected, report.fault
    assert not (tmp_path / "x.mp4").exists()


@pytest.mark.usefixtures("household")
def test_a_keeper_stays_small_whatever_its_job_says(renderer: Renderer, run_dir: Path) -> None:
    """Fifteen megabytes printed and a megabyte of words leave no more behind than their caps."""
    loud = construct(
        "for n in range(15): print('x' * 999_999)",
        "for n in range(400): self.add_subcaption('b' * 1900, duration=1)",
        "import time",
        "time.sleep(3)",
    )
    daemon = daemon_pid(run_dir)
    household = set(children(daemon))
    peaks: list[int] = []
    over = Flag()

    def watch() -> None:
        while not over.wait(0.05):
            peaks.extend(_anonymous(keeper) for keeper in set(children(daemon)) - household)

    watcher = Thread(target=watch)
    watcher.start()
    try:
        renderer.check(loud, "Bad", limits=replace(LITTLE, wall_seconds=8))
    finally:
        over.set()
        watcher.join()
    seen = [peak for peak in peaks if peak]
    assert seen and max(seen) - min(seen) < 16 << 20


def _anonymous(pid: int) -> int:
    """Bytes of memory of its own that a process holds now; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("RssAnon:")), 0)
