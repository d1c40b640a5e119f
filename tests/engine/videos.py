"""Small real videos for tests of joining and posters."""

from pathlib import Path

import av
import numpy as np

SIZE = (96, 64)


def write_video(path: Path, *, frames: int, rate: int = 15, shade: int = 0, dots: int = 0) -> Path:
    """Write an H.264 video of one shade; from its second half on, `dots` white squares are drawn on it."""
    width, height = SIZE
    random = np.random.default_rng(7)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate, options={"preset": "superfast", "g": str(2 * rate)})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(frames):
            picture = np.full((height, width, 3), shade, np.uint8)
            if number >= frames // 2:
                for x, y in random.integers(0, (width - 8, height - 8), (dots, 2)):
                    picture[y : y + 8, x : x + 8] = 255
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return path


def decode(path: Path) -> list[np.ndarray]:
    """Return every frame as grey levels."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]


def times(path: Path) -> list[float]:
    """Return the time of every frame, in seconds."""
    with av.open(str(path)) as container:
        return [float(frame.time) for frame in container.decode(video=0)]
