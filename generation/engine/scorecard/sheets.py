"""Contact sheets: what each scene looks like in its middle and at its end, in one small picture."""

from __future__ import annotations

import base64
import io

import av
from PIL import Image

from generation.engine.pipeline import Animation

WIDTH, HEIGHT = 208, 117
QUALITY = 60
END = 0.15  # seconds before a scene's end: the last frame or the one before


def sheet(made: Animation) -> str:
    """A JPEG in base64: a column for each scene that was drawn, its middle above its end."""
    scenes = [scene for scene in made.scenes if scene.fault is None]
    picture = Image.new("RGB", (WIDTH * len(scenes), HEIGHT * 2))
    with av.open(str(made.video)) as container:
        for column, scene in enumerate(scenes):
            for line, moment in enumerate((scene.seconds / 2, max(0.0, scene.seconds - END))):
                picture.paste(_frame(container, scene.start + moment), (WIDTH * column, HEIGHT * line))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return base64.b64encode(buffer.getvalue()).decode()


def _frame(container: av.container.InputContainer, seconds: float) -> Image.Image:
    """The last frame up to this moment."""
    stream = container.streams.video[0]
    container.seek(int(seconds * av.time_base))
    last = None
    for frame in container.decode(stream):
        if last is not None and (frame.time or 0.0) > seconds:
            break
        last = frame
    if last is None:
        raise OSError("a scene's video has no frame there")
    return Image.fromarray(last.to_ndarray(format="rgb24")).resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
