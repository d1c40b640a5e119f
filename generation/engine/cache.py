"""Scenes and whole animations kept by what they were made from, so that nothing unchanged is made twice."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from generation.engine import slices
from generation.engine.kit import KIT_SOURCE
from generation.engine.types import Caption, CheckReport, Inscription, LayoutFault, Quality, RenderReport, Storyboard

# Raise this when the encoder's output changes for the same code, or what is kept beside it.
FORMAT = 3
DEFAULT_CAPACITY_BYTES = 4 << 30
_SUFFIXES = (".mp4", ".jpg", ".vtt", ".py")  # of the files beside an entry's facts; a scene has the first only
_ENGINE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class CachedScene:
    """A scene rendered earlier: its video file and what was learnt while making it."""

    file: Path
    frames: int
    seconds: float
    captions: tuple[Caption, ...]
    layout: tuple[LayoutFault, ...]
    written: tuple[Inscription, ...]


def scene_key(source: str, scene: str, quality: Quality, mark: str = "") -> str:
    """Name a rendered scene by all that decides its pixels: its code, the kit, Manim, the quality and the mark."""
    kit = hashlib.sha256(KIT_SOURCE.encode()).hexdigest()
    parts = (str(FORMAT), version("manim"), kit, quality.value, scene, slices.fingerprint(source, scene), mark)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def animation_key(source: str, storyboard: Storyboard, stem: str, title: str, quality: Quality, mark: str = "") -> str:
    """Name an animation by everything that decides its files, this engine's own code included.

    So what the code policy or the captions of another version made of the same source is not found.
    """
    made_from = (source, asdict(storyboard), stem, title, quality.value, mark, version("manim"), _engine_digest())
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()


@functools.cache
def _engine_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted(_ENGINE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class SceneCache:
    """A folder of rendered scenes and finished animations. Safe for several processes: files appear by rename."""

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
        return _scene(data, video)

    def put(self, key: str, report: RenderReport, check: CheckReport) -> CachedScene:
        """Keep a rendered scene and what its check saw, taking its file over. Raises OSError where the disk is full."""
        if report.file is None:
            raise ValueError("only a scene with a video file can be kept")
        video, facts = self._paths(key)
        video.parent.mkdir(parents=True, exist_ok=True)
        scene = CachedScene(video, report.frames, report.seconds, report.captions, check.layout, check.written)
        data = {"size": report.file.stat().st_size, **_facts(scene)}
        shutil.move(report.file, video)
        _write(facts, data)
        return scene

    def take_animation(self, key: str, stem: Path) -> list[CachedScene] | None:
        """Copy the files of the animation kept under `key` to `stem` with their suffixes and return its scenes.

        None where there is none, or a damaged one. The scenes have no files of their own: theirs is the whole video.
        """
        kept, facts = self._paths(key)
        try:
            data = json.loads(facts.read_text())
            for suffix, size in data["sizes"].items():
                _copy(kept.with_suffix(suffix), stem.with_suffix(suffix), size)
            os.utime(facts)
            return [_scene(scene, stem.with_suffix(".mp4")) for scene in data["scenes"]]
        except (OSError, ValueError, KeyError):
            return None

    def keep_animation(self, key: str, stem: Path, scenes: Sequence[CachedScene]) -> None:
        """Keep copies of the files `stem` with their suffixes. Raises OSError where the disk is full."""
        kept, facts = self._paths(key)
        kept.parent.mkdir(parents=True, exist_ok=True)
        sizes = {suffix: stem.with_suffix(suffix).stat().st_size for suffix in _SUFFIXES}
        for suffix, size in sizes.items():
            _copy(stem.with_suffix(suffix), kept.with_suffix(suffix), size)
        _write(facts, {"sizes": sizes, "scenes": [_facts(scene) for scene in scenes]})

    def pending_file(self, key: str) -> Path:
        """Return a path in the cache's own file system for the encoder to write to."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / f"{key}.{os.urandom(6).hex()}.pending.mp4"

    def prune(self) -> int:
        """Remove the entries used longest ago until the folder fits its capacity. Returns bytes freed."""
        entries = sorted(self._folder.glob("*/*.json"), key=lambda facts: facts.stat().st_mtime)
        sizes = {facts: sum(file.stat().st_size for file in _files(facts) if file.exists()) for facts in entries}
        excess = sum(sizes.values()) - self._capacity_bytes
        freed = 0
        for facts in entries:
            if freed >= excess:
                break
            for file in (facts, *_files(facts)):
                file.unlink(missing_ok=True)
            freed += sizes[facts]
        return freed

    def _paths(self, key: str) -> tuple[Path, Path]:
        stem = self._folder / key[:2] / key
        return stem.with_suffix(".mp4"), stem.with_suffix(".json")


def _files(facts: Path) -> list[Path]:
    return [facts.with_suffix(suffix) for suffix in _SUFFIXES]


def _facts(scene: CachedScene) -> dict[str, object]:
    return {
        "frames": scene.frames,
        "seconds": scene.seconds,
        "captions": [asdict(caption) for caption in scene.captions],
        "layout": [asdict(fault) for fault in scene.layout],
        "written": [asdict(line) for line in scene.written],
    }


def _scene(data: Mapping[str, Any], video: Path) -> CachedScene:
    return CachedScene(
        file=video,
        frames=data["frames"],
        seconds=data["seconds"],
        captions=tuple(Caption(**caption) for caption in data["captions"]),
        layout=tuple(LayoutFault(**fault) for fault in data["layout"]),
        written=tuple(Inscription(**line) for line in data["written"]),
    )


def _write(facts: Path, data: Mapping[str, object]) -> None:
    pending = _pending(facts)
    pending.write_text(json.dumps(data))
    pending.replace(facts)


def _copy(source: Path, target: Path, size: int) -> None:
    """A copy, no link: whoever writes to the one file later must not reach the other. Raises OSError, ValueError."""
    pending = _pending(target)
    try:
        shutil.copyfile(source, pending)
        if pending.stat().st_size != size:
            raise ValueError(f"{source} is damaged")
        pending.replace(target)
    finally:
        pending.unlink(missing_ok=True)


def _pending(file: Path) -> Path:
    return file.with_name(f".{file.name}.{os.urandom(4).hex()}.part")
