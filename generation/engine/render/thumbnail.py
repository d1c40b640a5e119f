"""Small pictures of frames, to be looked at while the rest is drawn."""

from __future__ import annotations

import io

import av
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter
from PIL import Image

Image.preinit()  # once, in the daemon, and not with the first picture of every job
SIZE = (480, 270)
QUALITY = 72


class Thumbnail:
    """Makes JPEGs of frames of one video.

    The frame is made small in the form that the encoder has it in, and only then turned into RGB: a quarter of what it
    costs to start from the full picture, and less for larger ones. Each step keeps its converter: tables are costly.
    """

    def __init__(self) -> None:
        self._shrink = VideoReformatter()
        self._colour = VideoReformatter()

    def jpeg(self, frame: av.VideoFrame) -> bytes:
        """Return `frame`, which is BT.709, as a JPEG of 480x270 pixels."""
        width, height = SIZE
        small = self._shrink.reformat(frame, width=width, height=height, interpolation=Interpolation.AREA)
        picture = self._colour.reformat(small, format="rgb24", src_colorspace=Colorspace.ITU709)
        buffer = io.BytesIO()
        Image.fromarray(picture.to_ndarray()).save(buffer, "JPEG", quality=QUALITY)
        return buffer.getvalue()
