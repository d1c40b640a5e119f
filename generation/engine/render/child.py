"""What runs in the jail: execute somebody's code and draw, or check, one of its scenes.

Everything this module says to the outside goes through pipes whose readers believe nothing.
"""

from __future__ import annotations

import json
import linecache
import os
import sys
import traceback
import types
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import manim
from manim import config, tempconfig

from generation.engine.render import layout, texasking, warm
from generation.engine.render.drawing import ring_renderer, use_renderer
from generation.engine.render.dryrun import TooLong, dry_renderer
from generation.engine.render.ring import FrameSender, Ring
from generation.engine.types import Quality

FILE = "<animation>"
QUALITY_NAMES = {Quality.LOW: "low_quality", Quality.MEDIUM: "medium_quality", Quality.HIGH: "high_quality"}


class NoSuchScene(Exception):
    """The code defines no scene of the wanted name."""


@dataclass(frozen=True, slots=True)
class Task:
    """What one child is to do, and the descriptors it may speak through."""

    code: str
    scene: str
    quality: Quality
    most_frames: int
    words_fd: int  # JSON lines: plays, captions, layout, fault
    tex_fd: int
    ring: Ring | None  # None: check only


def perform(task: Task) -> None:
    """Do the task in this process, which is in the jail already; faults are reported in words, never raised."""
    tell = _teller(task.words_fd)
    texasking.use(task.tex_fd, task.code, task.scene)
    linecache.cache[FILE] = (len(task.code), None, task.code.splitlines(keepends=True), FILE)
    try:
        _run(task, tell)
        tell({"done": True})
    except BaseException as error:  # a scene may raise anything, SystemExit included
        traceback.print_exc()
        tell({"fault": _described(error)})
    sys.stdout.flush()
    sys.stderr.flush()


def perform_cold(task: Task) -> None:
    """The same in a fresh interpreter, which has nothing loaded yet."""
    warm.warm_up(Path("/tmp/warm"))  # noqa: S108 - private to this jail
    perform(task)


def _teller(fd: int) -> Callable[[Mapping[str, Any]], None]:
    def tell(word: Mapping[str, Any]) -> None:
        data = json.dumps(word).encode() + b"\n"
        while data:
            data = data[os.write(fd, data) :]

    return tell


def _run(task: Task, tell: Callable[[Mapping[str, Any]], None]) -> None:
    settings = _settings(task.quality)
    with tempconfig(settings):
        module = types.ModuleType("animation")
        sys.modules["animation"] = module
        exec(compile(task.code, FILE, "exec"), module.__dict__)  # noqa: S102 - that is what the jail is for
        config.update(settings)  # the code may have changed them
        probe = layout.Probe()

        def on_play(scene: Any, seconds: float, frames: int) -> None:
            tell({"play": seconds, "frames": frames})
            probe.look(scene, seconds)

        renderer = (
            dry_renderer(task.quality.frame_rate, task.most_frames, on_play)
            if task.ring is None
            else ring_renderer(FrameSender(task.ring))
        )
        use_renderer(renderer)
        scene = _scene_class(module, task.scene)()
        scene.render()
        for line in scene.renderer.file_writer.subcaptions:
            start, end = line.start.total_seconds(), line.end.total_seconds()
            tell({"caption": str(line.content)[:2000], "start": start, "end": end})
        if task.ring is None:
            for fault in probe.faults():
                tell({"layout": asdict(fault)})
            for line in probe.reader.lines():
                tell({"written": asdict(line)})
            for sighting in probe.census.sightings():
                tell({"seen": asdict(sighting)})
            tell({"shown": probe.ever_shown})


def _settings(quality: Quality) -> dict[str, Any]:
    return {
        "quality": QUALITY_NAMES[quality],
        "media_dir": "/tmp/media",  # noqa: S108 - private to this jail
        "progress_bar": "none",
        "verbosity": "ERROR",
        "disable_caching": True,
        "renderer": "cairo",
        "format": None,
        "transparent": False,
        "save_sections": False,
        "log_to_file": False,
        "preview": False,
    }


def _scene_class(module: types.ModuleType, name: str) -> Any:
    found = getattr(module, name, None)
    if not (isinstance(found, type) and issubclass(found, manim.Scene)):
        raise NoSuchScene(name)
    return found


def _described(error: BaseException) -> dict[str, Any]:
    """Say what happened in a few capped words; the trusted side chooses what a teacher reads."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
    line = lines[-1] if lines else None
    if isinstance(error, SyntaxError) and error.filename == FILE:
        line = error.lineno
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    kind = "TooLong" if isinstance(error, TooLong) else type(error).__name__
    family = [cls.__name__ for cls in type(error).__mro__][:8]
    return {
        "kind": kind[:80],
        "family": family,
        "text": text[:600],
        "line": line,
        "errno": getattr(error, "errno", None),
        "formula": getattr(error, "formula", "")[:400],
    }
