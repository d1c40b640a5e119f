"""Joins rendered scenes into one video and takes its poster. Reads only files the trusted encoder wrote."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from PIL import Image

POSTER_CANDIDATES = 9
POSTER_QUALITY = 88


def join(scenes: Sequence[Path], out: Path) -> None:
    """Join scene videos of one size and rate, without encoding again, into a streamable mp4.

    Raises OSError where the disk is full or a scene's file is damaged; `out` appears whole or not at all.
    """
    pending = out.with_name(f".{out.name}.{os.urandom(4).hex()}.part")
    try:
        with av.open(str(pending), "w", format="mp4", options={"movflags": "+faststart"}) as target:
            _copy_packets(scenes, target)
        pending.replace(out)
    except av.FFmpegError as error:
        if isinstance(error, OSError):
            raise
        raise OSError(errno.EIO, "a scene's video is damaged") from error
    finally:
        pending.unlink(missing_ok=True)


def _copy_packets(scenes: Sequence[Path], target: av.container.OutputContainer) -> None:
    stream = None
    offset = Fraction(0)
    for path in scenes:
        with av.open(str(path)) as source:
            video = source.streams.video[0]
            if stream is None:
                stream = target.add_stream_from_template(video)
            end = Fraction(0)
            for packet in source.demux(video):
                if packet.dts is None or packet.pts is None:
                    continue  # the flush packet at the end carries nothing
                base = packet.time_base
                end = max(end, (packet.pts + (packet.duration or 0)) * base)
                shift = int(offset / base)
                packet.pts += shift
                packet.dts += shift
                packet.stream = stream
                target.mux(packet)
            offset += end


def poster(video: Path, out: Path) -> None:
    """Write the fullest of a few evenly spaced frames as a JPEG.

    The frame that needs most bytes shows most: early frames of a scene are nearly empty.
    """
    best = b""
    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        length = container.duration or 0
        for number in range(1, POSTER_CANDIDATES + 1):
            container.seek(length * number // (POSTER_CANDIDATES + 1))
            frame = next(iter(container.decode(stream)), None)
            if frame is None:
                continue
            picture = jpeg(image_of(frame))
            if len(picture) > len(best):
                best = picture
    pending = out.with_name(f".{out.name}.part")
    pending.write_bytes(best)
    pending.replace(out)


def image_of(frame: Any) -> Image.Image:
    """Return a decoded frame as a picture."""
    return Image.fromarray(frame.to_ndarray(format="rgb24"))


def jpeg(image: Image.Image) -> bytes:
    """Return the picture as a JPEG, as posters are."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=POSTER_QUALITY, optimize=True)
    return buffer.getvalue()
