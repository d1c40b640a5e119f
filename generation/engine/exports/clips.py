"""Pieces, stills and other encodings of a finished video. Reads only files that the trusted encoder wrote."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
from av.filter import Graph
from PIL import Image

from generation.engine.exports.material import Part
from generation.engine.media.assemble import image_of

SOON = Fraction(1, 1000)  # seconds by which a time may be off
OnPart = Callable[[float], None]  # told the share that is done, 0 to 1


def cut(video: Path, parts: Sequence[Part], folder: Path) -> list[Path]:
    """Put each part of `video` into an mp4 of its own in `folder`.

    A part that begins with a key frame, as the scenes of a joined video do, is copied; another one is encoded anew.
    """
    files = []
    for number, part in enumerate(parts, start=1):
        files.append(folder / f"part-{number:02}.mp4")
        if not _copy(video, part, files[-1]):
            _encode(video, part, files[-1])
    return files


def _copy(video: Path, part: Part, out: Path) -> bool:
    """Return False, with nothing of use at `out`, where the part does not begin with a key frame."""
    begin, end = Fraction(part.start) - SOON, Fraction(part.start + part.seconds) - SOON
    with av.open(str(video)) as source, av.open(str(out), "w", options={"movflags": "+faststart"}) as target:
        stream = source.streams.video[0]
        copied = target.add_stream_from_template(stream)
        source.seek(int(part.start / stream.time_base) if stream.time_base else 0, stream=stream)
        shift: int | None = None
        for packet in source.demux(stream):
            if packet.dts is None or packet.pts is None or packet.pts * packet.time_base < begin:
                continue
            if packet.pts * packet.time_base >= end:
                if packet.dts * packet.time_base >= end:
                    break
                continue
            if shift is None:
                if not packet.is_keyframe:
                    return False
                shift = packet.pts
            packet.pts -= shift
            packet.dts -= shift
            packet.stream = copied
            target.mux(packet)
    return True


def _encode(video: Path, part: Part, out: Path) -> None:
    with av.open(str(video)) as source, av.open(str(out), "w", options={"movflags": "+faststart"}) as target:
        came = source.streams.video[0]
        options = {"preset": "veryfast", "crf": "16"}
        stream = cast(Any, target.add_stream("libx264", rate=came.average_rate, options=options))
        stream.width, stream.height, stream.pix_fmt = came.width, came.height, "yuv420p"
        source.seek(int(part.start / came.time_base) if came.time_base else 0, stream=came)
        stream.codec_context.time_base = came.time_base  # a still picture is two frames far apart
        begin, end = part.start - float(SOON), part.start + part.seconds - float(SOON)
        first: int | None = None
        for frame in cast(Any, source.decode(came)):
            if begin <= frame.time < end:
                first = frame.pts if first is None else first
                frame.pts -= first
                target.mux(stream.encode(frame))
            elif frame.time >= end:
                break
        target.mux(stream.encode())


def stills(video: Path, times: Sequence[float]) -> list[Image.Image]:
    """Return the frames shown at `times` (seconds, from small to large)."""
    found: list[Image.Image] = []
    with av.open(str(video)) as source:
        wanted = iter(times)
        moment = next(wanted, None)
        last = None
        for frame in source.decode(video=0):
            while moment is not None and last is not None and frame.time > moment + float(SOON):
                found.append(image_of(last))
                moment = next(wanted, None)
            last = frame
            if moment is None:
                return found
        while moment is not None and last is not None:
            found.append(image_of(last))
            moment = next(wanted, None)
    return found


def excerpt(video: Path, out: Path, *, start: float, seconds: float, width: int, rate: int) -> None:
    """Write `seconds` of `video` from `start` on as a small mp4 of `width` pixels at `rate` frames a second."""
    with av.open(str(video)) as source, av.open(str(out), "w", options={"movflags": "+faststart"}) as target:
        came = source.streams.video[0]
        height = 2 * round(width * came.height / came.width / 2)
        options = {"preset": "veryslow", "crf": "31", "tune": "animation"}
        stream = cast(Any, target.add_stream("libx264", rate=rate, options=options))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        count, last = 0, None
        for frame in cast(Any, source.decode(video=0)):
            while last is not None and frame.time > start + count / rate and count < seconds * rate:
                small = last.reformat(width=width, height=height, format="yuv420p")
                small.pts, small.time_base = count, Fraction(1, rate)
                target.mux(stream.encode(small))
                count += 1
            if count >= seconds * rate:
                break
            last = frame
        target.mux(stream.encode())


def webm(video: Path, out: Path, told: OnPart) -> None:
    """Encode `video` as VP9 in WebM, for pages and wikis that take no MP4."""
    with av.open(str(video)) as source, av.open(str(out), "w", format="webm") as target:
        came = source.streams.video[0]
        options = {"crf": "33", "b": "0", "deadline": "good", "cpu-used": "5", "row-mt": "1"}
        stream = cast(Any, target.add_stream("libvpx-vp9", rate=came.average_rate, options=options))
        stream.width, stream.height, stream.pix_fmt = came.width, came.height, "yuv420p"
        for frame in _told(source, told):
            for packet in stream.encode(frame):
                target.mux(packet)
        for packet in stream.encode():
            target.mux(packet)


def gif(video: Path, out: Path, told: OnPart, *, width: int, rate: int) -> None:
    """Write `video` as an endless GIF of `width` pixels at `rate` frames a second, in the best 256 colours."""
    with av.open(str(video)) as source, av.open(str(out), "w", format="gif") as target:
        came = source.streams.video[0]
        height = 2 * round(width * came.height / came.width / 2)
        stream = cast(Any, target.add_stream("gif", rate=rate))
        stream.width, stream.height, stream.pix_fmt = width, height, "pal8"
        graph = _paletted(came, width, height, rate)
        for frame in _told(source, told):
            graph.push(frame)
        graph.push(None)
        for packet in _drained(graph, stream):
            target.mux(packet)


def _paletted(came: Any, width: int, height: int, rate: int) -> Graph:
    graph = Graph()
    steps = [
        graph.add_buffer(template=came),
        graph.add("fps", str(rate)),
        graph.add("scale", f"{width}:{height}:flags=lanczos"),
        graph.add("split"),
    ]
    for before, after in itertools.pairwise(steps):
        before.link_to(after)
    palette = graph.add("palettegen", "stats_mode=full")
    drawn = graph.add("paletteuse", "dither=bayer:bayer_scale=4:diff_mode=rectangle")
    steps[-1].link_to(drawn, 0, 0)
    steps[-1].link_to(palette, 1, 0)
    palette.link_to(drawn, 0, 1)
    drawn.link_to(graph.add("buffersink"))
    graph.configure()
    return graph


def _drained(graph: Graph, stream: Any) -> Iterator[Any]:
    while True:
        try:
            frame = cast(Any, graph.pull())
        except (av.BlockingIOError, av.EOFError):
            break
        yield from stream.encode(frame)
    yield from stream.encode()


def _told(source: Any, told: OnPart) -> Iterator[Any]:
    """Yield the frames of a video and tell how far along they are, about fifty times in all."""
    stream = source.streams.video[0]
    count = stream.frames or 1
    for number, frame in enumerate(source.decode(stream)):
        if number % max(1, count // 50) == 0:
            told(min(1.0, number / count))
        frame.pts = frame.pts if frame.pts is not None else number
        yield frame
