"""Runs programs that take too much in both jails, as the user that runs this, and looks for what they leave.

`python -m tests.attacks.ends FOLDER` prints one JSON object: lane -> program -> [how it ended, seconds from when its
mark was first seen at work to when nothing with that mark was left (0 where it was never seen), did anything live on].
"""

from __future__ import annotations

import json
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generation.engine import jail
from generation.engine.render import Renderer
from generation.engine.types import Limits
from tests.render.processes import within

WALL, CPU = 3.0, 2
LIMITS = Limits(
    wall_seconds=WALL, cpu_seconds=CPU, memory_bytes=1 << 30, processes=24, tmp_bytes=8 << 20, output_bytes=8 << 10
)
# name -> (program, how `run_file` says it ended, how the renderer does). Forks of a warm child count as memory of their
# own where no control group is lent, so that breeding may end by either limit.
PROGRAMS = {
    "R01 a loop": ("while True: pass", {"cpu", "wall"}, {"timeout"}),
    "R01 loops in many threads": (
        """
        import threading
        def spin():
            while True: pass  # allocates nothing: a thread that runs out of memory ends before the limit of time
        workers = [threading.Thread(target=spin) for _ in range(8)]
        for one in workers: one.start()
        for one in workers: one.join()
        """,
        {"cpu", "wall"}, {"timeout", "processes"},
    ),
    "R01 loops in many processes, each below its limit": (
        "import os\nfor _ in range(4): os.fork()\nwhile True: pass",
        {"cpu", "wall", "memory"}, {"timeout", "memory"},
    ),
    "R02 sleep": ("import time; time.sleep(999)", {"wall"}, {"timeout"}),
    "R02 sleep deaf to every signal": (
        """
        import signal
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
        while True: signal.pause()
        """,
        {"wall"}, {"timeout"},
    ),
    "R02 a child stopped": (
        "import os\npid = os.fork()\nif pid == 0: os.kill(os.getpid(), 19)\nos.waitpid(pid, 0)", {"wall"}, {"timeout"},
    ),
    "R03 a fork bomb": (
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        {"cpu", "wall", "memory"}, {"timeout", "memory"},
    ),
    "R04 a block of memory": ("b = bytearray(64 << 30)", {"memory"}, {"memory"}),
    "R04 memory spread over processes": (
        """
        import os, time
        for _ in range(12):
            if os.fork() == 0:
                b = bytearray(300 << 20)
                for i in range(0, len(b), 4096): b[i] = 1
                time.sleep(99)
        time.sleep(99)
        """,
        {"memory", "wall"}, {"memory", "timeout"},
    ),
    "R05 files without end": (
        """
        n = 0
        try:
            while True: open(f"f{n}", "wb").write(bytes(1 << 20)); n += 1
        except OSError: pass
        assert n <= 8
        raise SystemExit
        """,
        {"exited"}, {"stopped"},
    ),
    "R06 output without end": ("while True: print('x' * 65536)", {"output", "cpu", "wall"}, {"output", "timeout"}),
    "K07 a daemon of a daemon": (
        """
        import os, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.closerange(0, 256); time.sleep(999)
            os._exit(0)
        time.sleep(0.5); raise SystemExit
        """,
        {"exited"}, {"stopped"},
    ),
}  # fmt: skip


def main(folder: Path) -> None:
    """Print how every program ended in each lane."""
    jail.selftest()
    renderer = Renderer(folder / "run")
    renderer.check("", "A")  # now the daemon is warm

    def in_jail(number: int, code: str) -> str:
        file = folder / f"{number}.py"
        file.write_text(code)
        return jail.run_file(file, LIMITS).reason

    def in_render(number: int, code: str) -> str:
        fault = renderer.check(f"{code}\nclass A: pass\n", "A", limits=LIMITS).fault
        return fault.code if fault is not None else ""

    try:
        answers = {"jail": _run_all("j", in_jail), "render": _run_all("r", in_render)}
    finally:
        renderer.close()
    json.dump(answers, sys.stdout)


def _run_all(lane: str, act: Callable[[int, str], str]) -> dict[str, list[object]]:
    def one(number: int, name: str) -> list[object]:
        mark = f"mark-{lane}{number}"
        # The name of a process is inherited by what it forks, and anybody on the host can read it.
        code = f"import ctypes; ctypes.CDLL(None).prctl(15, b'{mark}', 0, 0, 0)\n" + textwrap.dedent(PROGRAMS[name][0])
        over, seen = threading.Event(), []
        watcher = threading.Thread(target=_watch, args=(mark, over, seen))
        watcher.start()
        ended = act(number, code)
        gone = within(5, lambda: not _marked(mark))
        seconds = time.monotonic() - seen[0] if seen else 0.0
        over.set()
        watcher.join()
        return [ended, seconds, not gone]

    with ThreadPoolExecutor(4) as pool:
        return dict(zip(PROGRAMS, pool.map(one, range(len(PROGRAMS)), PROGRAMS), strict=True))


def _watch(mark: str, over: threading.Event, seen: list[float]) -> None:
    while not over.wait(0.02):
        if _marked(mark):
            seen.append(time.monotonic())
            return


def _marked(mark: str) -> bool:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if (entry / "comm").read_text().strip() == mark:
                    return True
            except OSError:
                continue
    return False


if __name__ == "__main__":
    main(Path(sys.argv[1]))
