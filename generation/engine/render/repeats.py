"""Frames that repeat the one before, written into an H.264 stream without encoding anything.

x264 spends nearly as much on a frame that equals the last one as on any other. What it then writes is a few bytes: a
P slice that skips every macroblock. So it is asked for such a slice once (`SkipSlice.of`), and the slice is repeated
with a new number. Every frame is a reference frame and counts `frame_num` up by one (ITU-T H.264, 7.4.3), so frames
that come after repeated ones are numbered anew as well; where that number stands, and how many bits it has, is all that
is read from the stream. It works for streams without B frames and with one reference frame only.
"""

from __future__ import annotations

from dataclasses import dataclass

START = b"\x00\x00\x00\x01"
SLICE, KEY_SLICE, SPS = 1, 5, 7  # nal_unit_type
HIGH_PROFILES = {100, 110, 122, 244}  # their parameter sets carry four more fields
HEAD = 16  # bytes of a slice in which its frame_num surely stands, with room to spare


class NotRepeatable(Exception):
    """The stream is not of the kind whose frames can be repeated without encoding."""


@dataclass(frozen=True, slots=True)
class SkipSlice:
    """A slice that says "the same picture again", and how the frames of its stream are numbered."""

    nal: bytes
    number_bits: int  # of frame_num

    @classmethod
    def of(cls, headers: bytes, packets: list[bytes]) -> SkipSlice:
        """Take the slice from the last of `packets`, the frames of a blank video; `headers` are its parameter sets.

        Raises NotRepeatable where the stream is of another kind.
        """
        number_bits = _number_bits(headers)
        slices = [nal for nal in nals(packets[-1]) if _kind(nal) == SLICE]
        if len(slices) != 1 or len(slices[0]) > _largest(len(packets[0])):
            raise NotRepeatable("the last frame of a blank video is not one small slice")
        return cls(slices[0], number_bits)

    def frame(self, number: int) -> bytes:
        """Return the frame that repeats the one before it as number `number` since the last key frame."""
        return START + renumbered(self.nal, number, self.number_bits)

    def moved(self, packet: bytes, number: int) -> bytes:
        """Return an encoded frame with its slices numbered `number` since the last key frame."""
        return b"".join(
            START + (renumbered(nal, number, self.number_bits) if _kind(nal) == SLICE else nal) for nal in nals(packet)
        )


def _largest(key_frame: int) -> int:
    """Bytes that a slice of skips alone can have: a skip costs far less than a blank macroblock of a key frame."""
    return max(64, key_frame // 2)


def is_key(packet: bytes) -> bool:
    """Whether the encoded frame starts numbering anew."""
    return any(_kind(nal) == KEY_SLICE for nal in nals(packet))


def nals(stream: bytes) -> list[bytes]:
    """Split a stream with start codes (Annex B) into its units."""
    units = []
    at = stream.find(b"\x00\x00\x01")
    while at >= 0:
        following = stream.find(b"\x00\x00\x01", at + 3)
        unit = stream[at + 3 : following if following >= 0 else len(stream)]
        units.append(unit.rstrip(b"\x00") if following >= 0 else unit)
        at = following
    return units


def renumbered(nal: bytes, number: int, number_bits: int) -> bytes:
    """Return a slice with another frame_num, which wraps around as the standard has it."""
    end = _settled(nal)
    bits = _Bits(_unescaped(nal[1:end]))
    for _ in range(3):  # first_mb_in_slice, slice_type, pic_parameter_set_id
        bits.golomb()
    return nal[:1] + _escaped(bits.replaced(number % (1 << number_bits), number_bits)) + nal[end:]


def _settled(nal: bytes) -> int:
    """Where the head of a slice may end: what is escaped behind it does not depend on what stands in it."""
    return next((at + 1 for at in range(HEAD, len(nal)) if nal[at] > 3), len(nal))


def _kind(nal: bytes) -> int:
    return nal[0] & 31


def _number_bits(headers: bytes) -> int:
    """Read log2_max_frame_num from the sequence parameter set; refuse streams whose pictures are counted otherwise."""
    for nal in nals(headers):
        if _kind(nal) != SPS:
            continue
        profile = nal[1]
        bits = _Bits(_unescaped(nal[4:]))
        bits.golomb()  # seq_parameter_set_id
        if profile in HIGH_PROFILES:
            for _ in range(3):  # chroma_format_idc and two bit depths
                bits.golomb()
            if bits.read(2):  # lossless transform bypass, scaling matrices
                raise NotRepeatable("scaling matrices are not read")
        number_bits = bits.golomb() + 4
        if bits.golomb() != 2:  # pic_order_cnt_type: 2 means by frame_num alone
            raise NotRepeatable("pictures are ordered by a count of their own")
        if bits.golomb() != 1:  # max_num_ref_frames
            raise NotRepeatable("more than one frame is referred to")
        return number_bits
    raise NotRepeatable("no parameter set")


class _Bits:
    """Reads bits from the left, and replaces some."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self._length = 8 * len(data)
        self._at = 0

    def read(self, count: int) -> int:
        """Read an unsigned number of `count` bits."""
        self._at += count
        return (self._value >> (self._length - self._at)) & ((1 << count) - 1)

    def golomb(self) -> int:
        """Read an Exp-Golomb number (ITU-T H.264, 9.1)."""
        zeros = 0
        while not self.read(1):
            zeros += 1
            if self._at >= self._length:
                raise NotRepeatable("not a number")
        return (1 << zeros) - 1 + self.read(zeros)

    def replaced(self, number: int, count: int) -> bytes:
        """Return all data with the next `count` bits set to `number`."""
        shift = self._length - self._at - count
        kept = self._value & ~(((1 << count) - 1) << shift)
        return (kept | number << shift).to_bytes(self._length // 8, "big")


def _unescaped(data: bytes) -> bytes:
    return data.replace(b"\x00\x00\x03", b"\x00\x00")


def _escaped(data: bytes) -> bytes:
    """Put a 3 between two zeros and a byte below 4, so that nothing looks like a start code."""
    out = bytearray()
    for byte in data:
        if byte <= 3 and out[-2:] == b"\x00\x00":
            out.append(3)
        out.append(byte)
    return bytes(out)
