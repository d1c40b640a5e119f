"""The trusted encoder: counts frames, makes the H.264 file and the preview pictures. Runs outside the jail."""

from __future__ import annotations

import contextlib
import errno
import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.reformatter import Colorspace, VideoReformatter
from PIL import Image

from generation.engine.render import fragments
from generation.engine.render.ring import Pixels

PRESET = "superfast"  # on flat pictures faster presets give far larger files, slower ones gain nothing
CRF = 20
GOP_SECONDS = 2  # a player can jump to any two seconds
PREVIEW_SIZE = (480, 270)
PREVIEW_QUALITY = 72
BT709 = 1  # as numbered by H.264
DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def is_disk_full(error: BaseException) -> bool:
    """Whether `error` says that there is no room left where the file is written."""
    return isinstance(error, OSError) and error.errno in DISK_FULL


class Encoder:
    """Writes one H.264 file to `path` from changed rows of RGBA pictures; `on_piece` gets what of it can be played.

    Raises OSError (PyAV's errors are OSErrors) where the file cannot be written.
    """

    def __init__(
        self,
        path: Path,
        width: int,
        height: int,
        frame_rate: int,
        on_piece: fragments.OnPiece = fragments.ignore_piece,
    ) -> None:
        self.frames = 0
        self.picture: Pixels = np.zeros((height, width, 4), np.uint8)
        self._reformatter = VideoReformatter()
        self._frame: av.VideoFrame | None = None
        self._time_base = Fraction(1, frame_rate)
        self._container = fragments.create(path, on_piece)
        options = {"preset": PRESET, "crf": str(CRF), "g": str(GOP_SECONDS * frame_rate)}
        self._stream: Any = self._container.add_stream("libx264", rate=frame_rate, options=options)
        self._stream.pix_fmt = "yuv420p"
        self._stream.width, self._stream.height = width, height
        self._stream.codec_context.time_base = self._time_base
        context = self._stream.codec_context
        context.colorspace = context.color_primaries = context.color_trc = BT709
        context.color_range = 1  # limited, as players expect

    def update(self, rows: Pixels, top: int) -> None:
        """Copy changed `rows` into the picture; they start at row `top`."""
        if not len(rows):
            return
        self.picture[top : top + len(rows)] = rows
        self._frame = None

    def write(self) -> None:
        """Encode the picture as it stands as the next frame."""
        if self._frame is None:
            # The pixels are read before `reformat` returns, so sharing the buffer is safe.
            picture = av.VideoFrame.from_numpy_buffer(self.picture, format="rgba")
            self._frame = self._reformatter.reformat(
                picture, format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=1
            )
        self._frame.pts = self.frames
        self._frame.time_base = self._time_base
        self._container.mux(self._stream.encode(self._frame))
        self.frames += 1

    def preview(self) -> bytes:
        """Return the picture as it stands as a JPEG of at most 480x270 pixels."""
        width, height = PREVIEW_SIZE
        picture = av.VideoFrame.from_numpy_buffer(self.picture, format="rgba")
        small = self._reformatter.reformat(picture, width=width, height=height, format="rgb24")
        buffer = io.BytesIO()
        Image.fromarray(small.to_ndarray()).save(buffer, "JPEG", quality=PREVIEW_QUALITY)
        return buffer.getvalue()

    def abandon(self) -> None:
        """Close the file without caring for what is in it; the caller removes it."""
        with contextlib.suppress(OSError):
            self._container.close()

    def finish(self) -> None:
        """Flush and close the file; the last piece is passed on."""
        try:
            self._container.mux(self._stream.encode(None))
        finally:
            self._container.close()
