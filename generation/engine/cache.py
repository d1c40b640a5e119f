"""Rendered scenes kept by what they were made from, so that an unchanged scene is never rendered twice."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from generation.engine import slices
from generation.engine.kit import KIT_SOURCE
from generation.engine.types import Caption, LayoutFault, Quality, RenderReport

# Raise this when the encoder's output changes for the same code.
FORMAT = 2
DEFAULT_CAPACITY_BYTES = 4 << 30


@dataclass(frozen=True, slots=True)
class CachedScene:
    """A scene rendered earlier: its video file and what was learnt while making it."""

    file: Path
    frames: int
    seconds: float
    captions: tuple[Caption, ...]
    layout: tuple[LayoutFault, ...]


def scene_key(source: str, scene: str, quality: Quality) -> str:
    """Name a rendered scene by everything that decides its pixels: its code, the kit, Manim and the quality."""
    kit = hashlib.sha256(KIT_SOURCE.encode()).hexdigest()
    parts = (str(FORMAT), version("manim"), kit, quality.value, scene, slices.fingerprint(source, scene))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


class SceneCache:
    """A folder of rendered scenes. Safe for several processes: entries appear whole, by rename."""

    def __init__(self, folder: Path, *, capacity_bytes: int = DEFAULT_CAPACITY_BYTES) -> None:
        self._folder = folder
        self._capacity_bytes = capacity_bytes

    def get(self, key: str) -> CachedScene | None:
        """Return the scene kept under `key`, or None. A damaged entry counts as missing."""
        video, facts = self._paths(key)
        try:
            data = json.loads(facts.read_text())
            if video.stat().st_size != data["size"]:
                return None
            os.utime(facts)
        except (OSError, ValueError, KeyError):
            return None
        return CachedScene(
            file=video,
            frames=data["frames"],
            seconds=data["seconds"],
            captions=tuple(Caption(**caption) for caption in data["captions"]),
            layout=tuple(LayoutFault(**fault) for fault in data["layout"]),
        )

    def put(self, key: str, report: RenderReport, layout: tuple[LayoutFault, ...]) -> CachedScene:
        """Keep a rendered scene, taking its file over. Raises OSError where the disk is full."""
        if report.file is None:
            raise ValueError("only a scene with a video file can be kept")
        video, facts = self._paths(key)
        video.parent.mkdir(parents=True, exist_ok=True)
        data = {
            "size": report.file.stat().st_size,
            "frames": report.frames,
            "seconds": report.seconds,
            "captions": [asdict(caption) for caption in report.captions],
            "layout": [asdict(fault) for fault in layout],
        }
        shutil.move(report.file, video)
        pending = facts.with_suffix(f".{os.getpid()}.part")
        pending.write_text(json.dumps(data))
        pending.replace(facts)
        return CachedScene(video, report.frames, report.seconds, report.captions, layout)

    def pending_file(self, key: str) -> Path:
        """Return a path in the cache's own file system for the encoder to write to."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / f"{key}.{os.urandom(6).hex()}.pending.mp4"

    def prune(self) -> int:
        """Remove the entries used longest ago until the folder fits its capacity. Returns bytes freed."""
        entries = sorted(self._folder.glob("*/*.json"), key=lambda facts: facts.stat().st_mtime)
        sizes = {
            facts: facts.with_suffix(".mp4").stat().st_size for facts in entries if facts.with_suffix(".mp4").exists()
        }
        excess = sum(sizes.values()) - self._capacity_bytes
        freed = 0
        for facts in entries:
            if freed >= excess:
                break
            facts.unlink(missing_ok=True)
            facts.with_suffix(".mp4").unlink(missing_ok=True)
            freed += sizes.get(facts, 0)
        return freed

    def _paths(self, key: str) -> tuple[Path, Path]:
        stem = self._folder / key[:2] / key
        return stem.with_suffix(".mp4"), stem.with_suffix(".json")
