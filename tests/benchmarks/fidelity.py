"""How close a decoded video is to the lossless frames of plain Manim.

Run as a script it draws a scene with unpatched Manim and records its frames: SOURCE CLASS QUALITY FOLDER STEP.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av.video.reformatter import Colorspace
from scipy.ndimage import uniform_filter

from generation.engine.types import Quality
from tests.benchmarks.repertoire import Scene
from tests.render.conformance.recording import Recording

ROOT = Path(__file__).resolve().parents[2]
WINDOW = 7  # pixels
LEAST = 0.995
Plane = npt.NDArray[np.float32]
LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)  # BT.709


@dataclass(frozen=True, slots=True)
class Fidelity:
    """Frames of both sides, the lowest similarity of a frame, and the largest difference of a frame's time."""

    frames: int
    frames_plain: int
    compared: int
    ssim_least: float
    ssim_mean: float
    seconds_apart: float

    @property
    def good(self) -> bool:
        """Whether count, times and pictures are plain Manim's."""
        return self.frames == self.frames_plain and self.ssim_least >= LEAST and self.seconds_apart < 0.005


def lossless(scene: Scene, quality: Quality, folder: Path, step: int) -> Recording:
    """Record every `step`-th frame of plain Manim, and its own video. Raises CalledProcessError."""
    folder.mkdir()
    source = folder / "source.py"
    source.write_text(scene.source)
    command = [sys.executable, "-m", "tests.benchmarks.fidelity", str(source), scene.cls, quality, str(folder)]
    subprocess.run([*command, str(step)], check=True, cwd=ROOT, capture_output=True)
    return Recording(folder, scene.cls)


def compare(video: Path, plain: Recording, step: int) -> Fidelity:
    """Decode `video` and compare its frames with those recorded, one in `step`."""
    references = plain.frames()
    theirs, ours, likeness = plain.times(), [], []
    with av.open(str(video)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            ours.append(float(frame.time))
            if number % step == 0 and number // step < len(references):
                picture = frame.to_ndarray(format="rgb24", src_colorspace=Colorspace.ITU709)
                likeness.append(ssim(_luma(picture), _luma(plain.unpacked(references[number // step]))))
    apart = max((abs(one - two) for one, two in zip(ours, theirs, strict=False)), default=0.0)
    return Fidelity(len(ours), len(theirs), len(likeness), min(likeness), float(np.mean(likeness)), apart)


def ssim(one: Plane, two: Plane) -> float:
    """Mean structural similarity of two pictures with values from 0 to 255, over square windows."""
    mean_one, mean_two = uniform_filter(one, WINDOW), uniform_filter(two, WINDOW)
    var_one = uniform_filter(one * one, WINDOW) - mean_one**2
    var_two = uniform_filter(two * two, WINDOW) - mean_two**2
    both = uniform_filter(one * two, WINDOW) - mean_one * mean_two
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    above = (2 * mean_one * mean_two + c1) * (2 * both + c2)
    return float(np.mean(above / ((mean_one**2 + mean_two**2 + c1) * (var_one + var_two + c2))))


def _luma(picture: npt.NDArray[Any]) -> Plane:
    return picture[..., :3].astype(np.float32) @ LUMA


def main() -> None:
    from tests.render.plain_frames import draw

    source, cls, quality, folder, step = sys.argv[1:]
    named = {"l": "low_quality", "m": "medium_quality", "h": "high_quality"}[quality]
    draw(cls, Path(source).read_text(), Path(folder), quality=named, step=int(step))


if __name__ == "__main__":
    main()
