"""Frames that repeat the one before are written without encoding, and any player sees them as they should be."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from generation.engine.render import repeats
from generation.engine.render.encoder import Converter, Encoder, skip_slice
from generation.engine.types import Purpose, Quality

WIDTH, HEIGHT, RATE = 320, 200, 15


def pictures() -> Iterator[tuple[np.ndarray, int]]:
    """A bar that moves over a gradient, each picture with the number of frames it stays; well over two key frames."""
    gradient = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    gradient[..., 0] = np.linspace(0, 255, WIDTH)
    gradient[..., 3] = 255
    for step, repeat in enumerate([1, 1, 40, 1, 5, 20, 1, 1, 3, 17, 70, 1]):
        picture = gradient.copy()
        picture[80:120, 20 * step : 20 * step + 30] = (255, 255, 0, 255)
        yield picture, repeat


class Counter:
    """Counts the pictures that are handed to x264."""

    def __init__(self, converter: Converter) -> None:
        self.frames = 0
        self.touch, self._converter = converter.touch, converter

    def frame(self) -> av.VideoFrame:
        self.frames += 1
        return self._converter.frame()


def write(path: Path, purpose: Purpose, skip: repeats.SkipSlice | None) -> int:
    """Write the pictures; returns how many frames x264 was asked for."""
    encoder = Encoder(path, WIDTH, HEIGHT, RATE, purpose, skip)
    asked = Counter(encoder._converter)
    encoder._converter = asked
    last = None
    for picture, repeat in pictures():
        changed = np.arange(HEIGHT) if last is None else np.flatnonzero((picture != last).any(axis=(1, 2)))
        encoder.update(picture[changed[0] : changed[-1] + 1], int(changed[0]))
        for _ in range(repeat):
            encoder.write()
        last = picture
    encoder.finish()
    return asked.frames


def decoded(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as video:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in video.decode(video=0)]


@pytest.mark.parametrize("purpose", Purpose)
def test_repeated_frames_look_like_encoded_ones(purpose: Purpose, tmp_path: Path) -> None:
    skip = skip_slice(WIDTH, HEIGHT, RATE, purpose)
    assert skip is not None
    few = write(tmp_path / "repeated.mp4", purpose, skip)
    all_of_them = write(tmp_path / "encoded.mp4", purpose, None)
    assert few < all_of_them / 4
    repeated, encoded = decoded(tmp_path / "repeated.mp4"), decoded(tmp_path / "encoded.mp4")
    wanted = [picture[..., :3].astype(int) for picture, repeat in pictures() for _ in range(repeat)]
    assert len(repeated) == len(encoded) == len(wanted) == all_of_them
    for ours, theirs, picture in zip(repeated, encoded, wanted, strict=True):
        # As near to the picture as the encoder itself comes, colours at half the resolution included.
        assert np.abs(ours - picture).mean() <= np.abs(theirs - picture).mean() + 0.5


def test_a_repeat_is_the_same_picture_to_the_last_pixel(tmp_path: Path) -> None:
    write(tmp_path / "x.mp4", Purpose.EXPORT, skip_slice(WIDTH, HEIGHT, RATE, Purpose.EXPORT))
    frames = iter(decoded(tmp_path / "x.mp4"))
    for _, repeat in pictures():
        still = [next(frames) for _ in range(repeat)]
        # A key frame every two seconds is encoded anew, between them nothing changes.
        changes = sum(bool((one != other).any()) for one, other in pairwise(still))
        assert changes <= repeat // (2 * RATE) + 1


def test_every_frame_has_its_time_and_a_player_can_jump_to_any_two_seconds(tmp_path: Path) -> None:
    write(tmp_path / "x.mp4", Purpose.EXPORT, skip_slice(WIDTH, HEIGHT, RATE, Purpose.EXPORT))
    with av.open(str(tmp_path / "x.mp4")) as video:
        packets = [packet for packet in video.demux(video=0) if packet.size]
        times = [float(packet.pts * packet.time_base) for packet in packets]
        keys = [time for packet, time in zip(packets, times, strict=True) if packet.is_keyframe]
    assert times == pytest.approx([number / RATE for number in range(len(times))])
    assert max(after - before for before, after in zip(keys, [*keys[1:], times[-1]], strict=True)) <= 2


@pytest.mark.parametrize("quality", Quality)
def test_every_quality_and_purpose_can_repeat(quality: Quality) -> None:
    for purpose in Purpose:
        assert skip_slice(quality.width, quality.height, quality.frame_rate, purpose) is not None


def test_numbers_that_look_like_start_codes_are_written_so_that_they_do_not() -> None:
    # first_mb 0 and type 5 and set 0 take 1 + 5 + 1 bits; a number of 16 bits follows
    head = (0b1_00110_1 << 17 | 0xFFFF << 1 | 1).to_bytes(3, "big")
    slice_ = bytes([0x41]) + head + b"\x00\x00\x03\x01" + b"\x55" * 12
    for number in (0, 1, 2, 3, 255, 65535, 65536):
        changed = repeats.renumbered(slice_, number, 16)
        assert b"\x00\x00\x00" not in changed
        assert b"\x00\x00\x01" not in changed
        assert b"\x00\x00\x02" not in changed
        assert repeats.renumbered(changed, 65535, 16) == slice_


@pytest.mark.parametrize("purpose", Purpose)
def test_a_strict_player_takes_every_frame_of_a_long_video_with_pauses(purpose: Purpose, tmp_path: Path) -> None:
    """Little moves on a large dark picture, so slices begin with long rows of zeros, in which numbers can hide."""
    width, height = 1280, 720
    encoder = Encoder(tmp_path / "x.mp4", width, height, 30, purpose, skip_slice(width, height, 30, purpose))
    encoder.update(np.zeros((height, width, 4), np.uint8), 0)
    spots = np.random.default_rng(7).integers(0, (height - 60, width - 60), (70, 2))
    for number, (row, column) in enumerate(spots):
        for step in range(3):
            encoder.update(np.full((3 + step, 40, 4), 90 + 2 * number, np.uint8), int(row) + 20 * step, int(column))
            encoder.write()
        for _ in range(number % 4):
            encoder.write()
    encoder.finish()
    with av.open(str(tmp_path / "x.mp4")) as video:
        video.streams.video[0].codec_context.options = {"err_detect": "explode"}
        assert sum(1 for _ in video.decode(video=0)) == encoder.frames


@pytest.mark.parametrize("zeros", range(1, 40))
def test_however_long_the_zeros_after_the_number_only_the_number_changes(zeros: int) -> None:
    head = (0b1_00110_1 << 17 | 0x0100 << 1).to_bytes(3, "big")
    plain = head + bytes(zeros) + b"\x01\x00\x00\x02\x77" * 4
    slice_ = bytes([0x41]) + repeats._escaped(plain)
    for number in (0, 1, 255, 256, 65535):
        changed = repeats.renumbered(slice_, number, 16)
        assert repeats.nals(repeats.START + changed) == [changed], "a false start code"
        wanted = (0b1_00110_1 << 17 | number << 1).to_bytes(3, "big") + plain[3:]
        assert repeats._unescaped(changed[1:]) == wanted
        assert repeats.renumbered(changed, 256, 16) == slice_


def test_a_stream_with_b_frames_is_refused() -> None:
    with av.open("/dev/null", "w", format="null") as container:
        stream = container.add_stream("libx264", rate=15, options={"preset": "medium"})
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        stream.codec_context.flags |= av.codec.context.Flags.global_header.value
        blank = av.VideoFrame(64, 64, "yuv420p")
        packets = [bytes(packet) for frame in (blank, None) for packet in stream.encode(frame)]
        with pytest.raises(repeats.NotRepeatable):
            repeats.SkipSlice.of(stream.codec_context.extradata, packets)


def test_parts_are_converted_like_the_whole_picture() -> None:
    rng = np.random.default_rng(1)
    picture = rng.integers(0, 255, (Quality.LOW.height, Quality.LOW.width, 4), np.uint8)
    converter = Converter(picture)
    converter.frame()
    for _ in range(60):
        top, left = int(rng.integers(0, 470)), int(rng.integers(0, 850))
        bottom, right = int(rng.integers(top + 1, 481)), int(rng.integers(left + 1, 855))
        picture[top:bottom, left:right] = rng.integers(0, 255, (bottom - top, right - left, 4), np.uint8)
        converter.touch((top, bottom, left, right))
        part, whole = converter.frame().to_ndarray(), Converter(picture).frame().to_ndarray()
        assert np.array_equal(part, whole)
