"""The trusted encoder: counts frames, makes the H.264 file and the preview pictures. Runs outside the jail."""

from __future__ import annotations

import contextlib
import errno
import io
from collections import deque
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.frame import PictureType
from av.video.reformatter import Colorspace, VideoReformatter

from generation.engine.render import fragments, repeats, thumbnail
from generation.engine.render.mark import Mark
from generation.engine.render.ring import Part, Pixels, Rows
from generation.engine.types import Purpose

PRESETS: Mapping[Purpose, str] = {
    Purpose.PREVIEW: "ultrafast",
    Purpose.EXPORT: "superfast",
    Purpose.SMALL: "veryfast",
}
SMALL_RATE_FACTOR = 23
# Least rows -> quantiser. The fewer the rows, the thinner the lines, whose likeness to the source suffers first: these
# keep every frame of a turning wire mesh above an SSIM of 0.995. A plain picture needs few bytes at any of them.
QUANTISERS = ((900, 16), (600, 11), (0, 10))
# No B frames and one reference, so that frames can be repeated without encoding; key frames are ours to place.
PLAIN = "bframes=0:ref=1:weightp=0:scenecut=0:keyint=infinite:sliced-threads=0"
THREADED_HEIGHT = 600  # rows from which a second thread of x264 gains more than it costs
GOP_SECONDS = 2  # a player can jump to any two seconds
STEPS = 8  # parts that are converted have about an eighth of the height, two eighths and so on, and so of the width
SPREAD = 2  # rows above and below a change whose colours it shares
MARGIN = 4  # pixels around a part that its conversion may look at
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
        purpose: Purpose = Purpose.EXPORT,
        skip: repeats.SkipSlice | None = None,
        on_piece: fragments.OnPiece = fragments.ignore_piece,
        mark: str = "",
    ) -> None:
        """`skip` as from `skip_slice` for the same size, rate and purpose; without it every frame is encoded."""
        self.frames = 0
        self.picture: Pixels = np.zeros((height, width, 4), np.uint8)
        self._mark = Mark(mark, width, height) if mark else None
        if self._mark is not None:
            self._mark.burn(self.picture, (0, height, 0, width))
        self._converter = Converter(self.picture)
        self._thumbnail = thumbnail.Thumbnail()
        self._changed = True
        self._skip = skip
        self._time_base = Fraction(1, frame_rate)
        self._gop = GOP_SECONDS * frame_rate
        self._since_key = 0  # frames since the last key frame was asked for
        self._number = 0  # frames since the last key frame in the file
        self._order: deque[bool] = deque()  # of the frames not yet in the file: was it encoded, or is it a repeat?
        self._written = 0
        self._container = fragments.create(path, on_piece)
        self._stream = _stream(self._container, width, height, frame_rate, purpose)

    def update(self, part: Pixels, top: int, left: int = 0) -> None:
        """Copy a changed part into the picture; it begins at row `top` and column `left`."""
        height, width = part.shape[:2]
        if not (height and width):
            return
        self.picture[top : top + height, left : left + width] = part
        if self._mark is not None:
            self._mark.burn(self.picture, (top, top + height, left, left + width))
        self._converter.touch((top, top + height, left, left + width))
        self._changed = True

    def write(self) -> None:
        """Write the picture as it stands as the next frame."""
        key = self.frames == 0 or self._since_key >= self._gop
        if self._changed or key or self._skip is None:
            frame = self._converter.frame()
            frame.pts, frame.time_base = self.frames, self._time_base
            frame.pict_type = PictureType.I if key else PictureType.NONE
            self._order.append(True)
            self._flush(self._stream.encode(frame))
        else:
            self._order.append(False)
            self._flush([])
        self._since_key = 1 if key else self._since_key + 1
        self._changed = False
        self.frames += 1

    def preview(self) -> bytes:
        """Return the picture as it stands as a JPEG of at most 480x270 pixels."""
        return self._thumbnail.jpeg(self._converter.frame())

    def abandon(self) -> None:
        """Close the file without caring for what is in it; the caller removes it."""
        with contextlib.suppress(OSError):
            self._container.close()

    def finish(self) -> None:
        """Flush and close the file; the last piece is passed on."""
        try:
            self._flush(self._stream.encode(None))
        finally:
            self._container.close()

    def _flush(self, packets: list[Any]) -> None:
        """Write encoded frames, and the repeats between them, in the order of their pictures."""
        for packet in packets:
            self._flush_repeats()
            self._order.popleft()
            data = bytes(packet)
            key = repeats.is_key(data)
            if key:
                self._number = 0
            elif self._skip is not None:
                data = self._skip.moved(data, self._number)
            self._mux(data, key)
        self._flush_repeats()

    def _flush_repeats(self) -> None:
        while self._skip is not None and self._order and not self._order[0]:
            self._order.popleft()
            self._mux(self._skip.frame(self._number), key=False)

    def _mux(self, data: bytes, key: bool) -> None:
        packet = av.Packet(data)
        packet.stream = self._stream
        packet.time_base = self._time_base
        packet.pts = packet.dts = self._written
        packet.duration = 1
        packet.is_keyframe = key
        self._container.mux(packet)
        self._written += 1
        self._number += 1


class Converter:
    """Keeps a picture's YUV form, converting only parts that changed."""

    def __init__(self, picture: Pixels) -> None:
        self._picture = picture
        self._size = picture.shape[:2]
        self._reformatters: dict[tuple[int, int], VideoReformatter] = {}
        self._frame: av.VideoFrame | None = None
        self._planes: list[Pixels] = []
        self._touched: list[Part] = []

    def touch(self, part: Part) -> None:
        """Take note that `part` changed."""
        self._touched.append(part)

    def frame(self) -> av.VideoFrame:
        """Return the picture as yuv420p, limited range, BT.709. The frame is reused by the next call."""
        if self._frame is None:
            height, width = self._size
            self._frame = self._converted((0, height, 0, width))
            self._planes = [_plane(plane) for plane in self._frame.planes]
        else:
            for part in self._touched:
                self._convert(part)
        self._touched.clear()
        return self._frame

    def _convert(self, part: Part) -> None:
        """Convert a part, which is widened so that few sizes occur and no edge of it is seen."""
        rows = (max(0, part[0] - SPREAD), part[1] + SPREAD)
        (top, bottom), (first, last) = _even(rows, self._size[0]), _widened(rows, self._size[0])
        left, right = _even(part[2:], self._size[1])
        start, stop = _widened(part[2:], self._size[1])
        converted = [_plane(plane) for plane in self._converted((first, last, start, stop)).planes]
        for plane, new, n in zip(self._planes, converted, (1, 2, 2), strict=True):
            inner = new[(top - first) // n : (bottom - first) // n, (left - start) // n : (right - start) // n]
            plane[top // n : bottom // n, left // n : right // n] = inner

    def _converted(self, part: Part) -> av.VideoFrame:
        """Convert a part; a converter of its own for each size keeps its tables."""
        top, bottom, left, right = part
        reformatter = self._reformatters.setdefault((bottom - top, right - left), VideoReformatter())
        # The pixels are read before `reformat` returns, so sharing the buffer is safe.
        picture = av.VideoFrame.from_numpy_buffer(self._picture[top:bottom, left:right], format="rgba")
        return reformatter.reformat(
            picture, format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=1, threads=1
        )


def _even(span: Rows, most: int) -> Rows:
    """A span that holds whole pairs, as colours have half the resolution."""
    return span[0] & ~1, min(most, span[1] + 1 & ~1)


def _widened(span: Rows, most: int) -> Rows:
    """A span of one of a few lengths that holds `span` and a margin around it."""
    step = -(-most // STEPS // 16) * 16
    length = min(most, -(-(span[1] - span[0] + 2 * MARGIN) // step) * step)
    start = max(0, min(span[0] - MARGIN, most - length)) & ~1
    return start, start + length


def skip_slice(width: int, height: int, frame_rate: int, purpose: Purpose) -> repeats.SkipSlice | None:
    """Learn how the encoder writes a frame that repeats the last one. None where its frames can't be repeated."""
    container = av.open(io.BytesIO(), "w", format="mp4")
    stream = _stream(container, width, height, frame_rate, purpose)
    blank = av.VideoFrame(width, height, "yuv420p")
    for plane in blank.planes:
        plane.update(bytes([128]) * plane.buffer_size)
    packets = []
    for number in range(3):
        blank.pts, blank.time_base = number, Fraction(1, frame_rate)
        packets += stream.encode(blank)
    packets += stream.encode(None)
    try:
        return repeats.SkipSlice.of(stream.codec_context.extradata, [bytes(packet) for packet in packets])
    except repeats.NotRepeatable:
        return None


def _stream(container: Any, width: int, height: int, frame_rate: int, purpose: Purpose) -> Any:
    options = {"preset": PRESETS[purpose], **_rate(purpose, height), "x264-params": PLAIN, "forced-idr": "1"}
    stream = container.add_stream("libx264", rate=frame_rate, options=options)
    stream.pix_fmt = "yuv420p"
    stream.width, stream.height = width, height
    context = stream.codec_context
    context.thread_count = 1 if height < THREADED_HEIGHT else 2
    context.time_base = Fraction(1, frame_rate)
    context.colorspace = context.color_primaries = context.color_trc = BT709
    context.color_range = 1  # limited, as players expect
    return stream


def _rate(purpose: Purpose, height: int) -> dict[str, str]:
    """How bytes are spent. A constant quantiser spares x264 a look at frames in advance, a fifth of its work."""
    if purpose is Purpose.SMALL:
        return {"crf": str(SMALL_RATE_FACTOR)}
    return {"qp": next(str(quantiser) for rows, quantiser in QUANTISERS if height >= rows)}


def _plane(plane: Any) -> Pixels:
    """Return the rows of a plane, without their padding, as an array that shares its memory."""
    rows: Pixels = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
    return rows[:, : plane.width]
