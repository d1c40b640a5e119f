"""Frames of a scene, kept without loss in a small file; and where two such recordings differ."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

RECORD = struct.Struct("<4I")  # how often the picture is shown, height, width, bytes of it when packed
MOST_LINES = 8

Pixels = npt.NDArray[np.uint8]


class Recorder:
    """Writes `NAME.frames` into a folder, then `NAME.json`, whose presence says that the recording is whole."""

    def __init__(self, folder: Path, name: str) -> None:
        self.video = folder / f"{name}.mp4"
        self._facts = folder / f"{name}.json"
        self._file = (folder / f"{name}.frames").open("wb")

    def add(self, pixels: Pixels, repeat: int) -> None:
        """Keep an RGBA picture that is shown `repeat` times."""
        packed = zlib.compress(np.ascontiguousarray(pixels).tobytes(), 1)
        self._file.write(RECORD.pack(repeat, *pixels.shape[:2], len(packed)) + packed)

    def finish(self, fault: Any, video: Path | None = None) -> None:
        """Close the recording. `video` is the file that the same run encoded; `fault` says why there is none."""
        self._file.close()
        if video is not None and video != self.video:
            video.replace(self.video)
        pending = self._facts.with_suffix(".part")
        pending.write_text(json.dumps({"fault": fault}))
        pending.replace(self._facts)


@dataclass(frozen=True, slots=True)
class Recording:
    """A finished recording."""

    folder: Path
    name: str

    @property
    def whole(self) -> bool:
        """Whether the run that makes it has finished."""
        return (self.folder / f"{self.name}.json").exists()

    @property
    def fault(self) -> Any:
        """Why the scene could not be drawn; None if it could."""
        return json.loads((self.folder / f"{self.name}.json").read_text())["fault"]

    def frames(self) -> list[tuple[int, int, bytes]]:
        """Every frame in order, as height, width and packed pixels; a still picture comes as often as it is shown."""
        data = (self.folder / f"{self.name}.frames").read_bytes()
        found, place = [], 0
        while place < len(data):
            repeat, height, width, size = RECORD.unpack_from(data, place)
            place += RECORD.size
            found += [(height, width, data[place : place + size])] * repeat
            place += size
        return found

    def times(self) -> list[float]:
        """Seconds at which each frame of the encoded video is shown, as a player decodes it."""
        with av.open(str(self.folder / f"{self.name}.mp4")) as container:
            return [float(frame.time) for frame in container.decode(video=0)]


def differences(theirs: Recording, ours: Recording, *, apart: int, share: float) -> list[str]:
    """Say which frames differ by more than `apart` (of 255) or in more than `share` of their pixels, and where."""
    lines = []
    for number, (one, two) in enumerate(zip(theirs.frames(), ours.frames(), strict=False)):
        if one == two:
            continue
        line = _difference(_unpacked(one), _unpacked(two), apart, share)
        if line:
            lines.append(f"frame {number}: {line}")
    return lines[:MOST_LINES] + ([f"... and {len(lines) - MOST_LINES} more frames"] if len(lines) > MOST_LINES else [])


def _unpacked(frame: tuple[int, int, bytes]) -> npt.NDArray[np.int16]:
    height, width, packed = frame
    return np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, width, 4).astype(np.int16)


def _difference(one: npt.NDArray[np.int16], two: npt.NDArray[np.int16], apart: int, share: float) -> str:
    if one.shape != two.shape:
        return f"{one.shape[1]}x{one.shape[0]} pixels became {two.shape[1]}x{two.shape[0]}"
    delta = np.abs(one - two).max(axis=2)
    count, most = int(np.count_nonzero(delta)), int(delta.max())
    if most <= apart and count <= share * delta.size:
        return ""
    rows, columns = (np.flatnonzero(delta.any(axis=axis)) for axis in (1, 0))
    place = f"rows {rows[0]} to {rows[-1]}, columns {columns[0]} to {columns[-1]}"
    return f"{count} pixels differ ({100 * count / delta.size:.3f} %), by up to {most} of 255, in {place}"


def changing(recording: Recording) -> Iterator[int]:
    """Numbers of the frames that differ from the one before."""
    frames = recording.frames()
    return (number for number in range(1, len(frames)) if frames[number] != frames[number - 1])
