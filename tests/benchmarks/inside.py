"""Run as a script with the daemon's environment: what the jail and the encoder outside of it cost, in one warm process.

Arguments: rounds, then scenes (without formulas). Prints JSON: `unjailed_ms`, the same small check as the benchmark
sends to the daemon, here without fork and jail; and for each scene wall and CPU seconds with the encoder outside the
jail, with it in a thread of the drawing process, and outside with previews and segments.
"""

from __future__ import annotations

import json
import os
import queue
import socket
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from generation.engine.render import daemon
from generation.engine.types import Purpose, Quality
from tests.benchmarks.repertoire import Scene, load

QUALITY = Quality.MEDIUM
SMALL = """from manim import *


class Small(Scene):
    def construct(self):
        self.add(Dot())
        self.wait(0.1)
"""
REPEATS = 20
QUEUED = 6  # frames, as many as the ring has slots


def unjailed_check() -> float:
    """Milliseconds of a small check in this very process."""
    from generation.engine.render import child

    words_out, words_in = os.pipe()
    ours, theirs = socket.socketpair()
    began = time.monotonic()
    task = child.Task(SMALL, "Small", Quality.LOW, 1000, words_in, theirs.detach(), None)
    child.perform(task)
    took = time.monotonic() - began
    os.close(words_in)
    if b'"done": true' not in os.read(words_out, 1 << 16):
        raise RuntimeError("the small check did not finish")
    os.close(words_out)
    ours.close()
    return 1000 * took


class Nobody:
    """A client that stays and reads nothing."""

    def gone(self) -> bool:
        return False

    def follow(self) -> None:
        pass

    def send(self, kind: bytes, payload: bytes) -> None:
        pass

    def send_json(self, value: Mapping[str, Any]) -> None:
        pass


def outside(scene: Scene, out: Path, tex: Any, **wanted: bool) -> None:
    """One job as the daemon does it: jail, ring, encoder in the keeper."""
    from generation.engine.render import keeper

    value = {"op": "render", "code": scene.source, "scene": scene.cls, "quality": QUALITY, "limits": {}, **wanted}
    report = keeper.Job(keeper.Request.read({**value, "out": str(out)}), Nobody(), tex).run()  # type: ignore[arg-type]
    if report["fault"] is not None:
        raise RuntimeError(report["fault"])


def watched(scene: Scene, out: Path, tex: Any) -> None:
    """The same with previews and segments."""
    outside(scene, out, tex, previews=True, segments=True)


def inside(scene: Scene, out: Path, tex: Any) -> None:
    """The same drawing and encoder, but in one process without a jail: frames go to a thread through a queue."""
    from generation.engine.render import child

    vars(child)["FrameSender"] = lambda ring: sender
    sender = InsideSender(out)
    words_out, words_in = os.pipe()
    _, theirs = socket.socketpair()
    child.perform(child.Task(scene.source, scene.cls, QUALITY, 10**6, words_in, theirs.detach(), sender))  # type: ignore[arg-type]
    sender.finish()
    if b'"done": true' not in os.read(words_out, 1 << 20):
        raise RuntimeError("the scene did not finish")


class InsideSender:
    """Stands in the ring's place and encodes in a thread."""

    def __init__(self, out: Path) -> None:
        from generation.engine.render.encoder import Encoder, skip_slice
        from generation.engine.render.progress import Progress

        size = (QUALITY.width, QUALITY.height, QUALITY.frame_rate, Purpose.EXPORT)
        self._encoder = Encoder(out, *size, skip_slice(*size))
        self._progress = Progress(total=None, send_event=lambda *_: None, send_preview=None)
        self._last: Any = None
        self._queue: queue.Queue[Any] = queue.Queue(QUEUED)
        self._thread = threading.Thread(target=self._encode)
        self._thread.start()

    def play_begins(self) -> None:
        pass

    def send(self, pixels: Any, repeat: int, parts: Any = None) -> None:
        from generation.engine.render.ring import changed_rows

        height, width = pixels.shape[:2]
        if self._last is None:
            self._last, changed = pixels.copy(), [(0, height, 0, width)]
        else:
            changed = []
            for top, bottom, left, right in [(0, height, 0, width)] if parts is None else parts:
                rows = changed_rows(pixels, self._last, (top, bottom))
                changed += [(*rows, left, right)] if rows else []
        for top, bottom, left, right in changed:
            self._last[top:bottom, left:right] = pixels[top:bottom, left:right]
        copies = [(pixels[top:bottom, left:right].copy(), top, left) for top, bottom, left, right in changed]
        self._queue.put((copies, repeat))

    def _encode(self) -> None:
        while (frame := self._queue.get()) is not None:
            for part, top, left in frame[0]:
                self._encoder.update(part, top, left)
            for _ in range(frame[1]):
                self._encoder.write()
                self._progress.frame_done(self._encoder)

    def finish(self) -> None:
        self._queue.put(None)
        self._thread.join()
        self._encoder.finish()


def timed(act: Callable[[Scene, Path, Any], None], scene: Scene, folder: Path, tex: Any) -> tuple[float, float]:
    """Wall and CPU seconds of `act` in a fork. Raises RuntimeError where it fails."""
    began = time.monotonic()
    if (pid := os.fork()) == 0:
        try:
            act(scene, folder / "out.mp4", tex)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(1)
    _, status, used = os.wait4(pid, 0)
    if status:
        raise RuntimeError(f"{act.__name__} failed on {scene.name}")
    return time.monotonic() - began, used.ru_utime + used.ru_stime


def main() -> None:
    rounds, names = int(sys.argv[1]), sys.argv[2:]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        tex = daemon.start_tex_server(folder / "tex")
        from generation.engine.render import warm

        warm.warm_up(folder / "warm")
        pairs: dict[str, Any] = {}
        for scene in map(load, names):
            pairs[scene.name] = []
            for _ in range(rounds):
                acts = (outside, inside, watched)
                pairs[scene.name].append({act.__name__: timed(act, scene, folder, tex) for act in acts})
        checks = [unjailed_check() for _ in range(REPEATS)]
    json.dump({"unjailed_ms": checks, "pairs": pairs}, sys.stdout)


if __name__ == "__main__":
    main()
