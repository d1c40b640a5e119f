"""Frames leave the jail through shared memory and small fixed-size messages.

The jailed side writes what changed into a free slot and says so; the trusted side checks every number before
it touches a slot, and hands the slot back. Pixels need no check: any pixel is a picture.
"""

from __future__ import annotations

import ctypes
import fcntl
import mmap
import os
import struct
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SLOTS = 6
MESSAGE = struct.Struct("<7I")  # kind, slot, top row, bottom row, left column, right column, repeat
FRAME = 1
PLAY = 2
PART = 3  # one more part of the frame that follows
STRIP = 8  # rows compared at once

Pixels = npt.NDArray[np.uint8]
Rows = tuple[int, int]  # [top, bottom)
Part = tuple[int, int, int, int]  # rows [top, bottom), columns [left, right) of a picture


class BadMessage(Exception):
    """The jailed side said something no honest child says."""


@dataclass(frozen=True, slots=True)
class FrameMessage:
    """A part of the picture changed since the frame before; the frame is shown `repeat` times.

    A repeat of zero means that more parts of the same frame follow.
    """

    slot: int
    top: int
    bottom: int
    left: int
    right: int
    repeat: int


class Ring:
    """Memory and pipes shared by one child and its encoder. Make it before the fork; each side then takes its end.

    The memory is anonymous: there is no file descriptor that the child could truncate under the encoder. Only for a
    child that is no fork of ours (`by_descriptor`) there is one, sealed so that nobody can shorten or lengthen it;
    such a child is sent the ring pickled.
    """

    def __init__(self, width: int, height: int, *, by_descriptor: bool = False) -> None:
        self.width, self.height = width, height
        self._memory_fd = _sealed_memory(width * height * 4 * SLOTS) if by_descriptor else -1
        self._map()
        self.frames_out, self.frames_in = os.pipe()
        self.credits_out, self.credits_in = os.pipe()
        os.write(self.credits_in, bytes(range(SLOTS)))

    def _map(self) -> None:
        self._memory = mmap.mmap(self._memory_fd, self.width * self.height * 4 * SLOTS)
        self.pixels: Pixels = np.frombuffer(self._memory, np.uint8).reshape(SLOTS, self.height, self.width, 4)

    def __getstate__(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("width", "height", "_memory_fd", "frames_in", "credits_out")}

    def __setstate__(self, state: dict[str, int]) -> None:
        self.__dict__.update(state)
        self._map()

    @property
    def child_fds(self) -> tuple[int, ...]:
        """Descriptors the child needs: where it writes messages, where it reads free slots, perhaps the memory."""
        needed = self.frames_in, self.credits_out
        return needed if self._memory_fd < 0 else (*needed, self._memory_fd)

    def close_child_end(self) -> None:
        """Called by the trusted side after the fork, so that it sees the end of file when the child is gone."""
        for descriptor in self.child_fds:
            os.close(descriptor)

    def read(self, message: bytes) -> FrameMessage | None:
        """Check a message; None means that a play began.

        Raises BadMessage unless every number is one an honest child could send.
        """
        kind, slot, top, bottom, left, right, repeat = MESSAGE.unpack(message)
        if kind == PLAY:
            return None
        honest = (kind == FRAME and repeat >= 1) or (kind == PART and repeat == 0)
        inside = top <= bottom <= self.height and left <= right <= self.width
        if not (honest and inside and slot < SLOTS):
            raise BadMessage(f"frame message {kind} {slot} {top} {bottom} {left} {right} {repeat}")
        return FrameMessage(slot, top, bottom, left, right, repeat)

    def give_back(self, slot: int) -> None:
        """Tell the child that it may write to `slot` again; a child that no longer listens is no error."""
        try:
            os.write(self.credits_in, bytes([slot]))
        except BrokenPipeError:
            return


def _sealed_memory(size: int) -> int:
    descriptor = os.memfd_create("frames", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.ftruncate(descriptor, size)
    fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
    return descriptor


class FrameSender:
    """The jailed side of a ring."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring
        self._last: Pixels | None = None

    def play_begins(self) -> None:
        """Say that the next animation starts."""
        os.write(self._ring.frames_in, MESSAGE.pack(PLAY, 0, 0, 0, 0, 0, 0))

    def send(self, pixels: Pixels, repeat: int, parts: list[Part] | None = None) -> None:
        """Show `pixels` for `repeat` frames. Waits for a free slot; keeps no reference to `pixels`.

        What lies outside of `parts` must be as in the frame before; None means that anything may differ. Raises
        ValueError for a picture of another size than the one agreed on.
        """
        height, width = self._ring.height, self._ring.width
        if pixels.shape != (height, width, 4) or pixels.dtype != np.uint8:
            raise ValueError("A frame has another size than the video. The picture size cannot change inside a scene.")
        whole = (0, height, 0, width)
        if self._last is None:
            self._last, changed = np.empty_like(pixels), [whole]
        else:
            changed = []
            for top, bottom, left, right in [whole] if parts is None else parts:
                rows = changed_rows(pixels, self._last, (top, bottom))
                changed += [(*rows, left, right)] if rows else []
        slot = os.read(self._ring.credits_out, 1)[0]
        for top, bottom, left, right in changed:
            new = pixels[top:bottom, left:right]
            self._last[top:bottom, left:right] = self._ring.pixels[slot, top:bottom, left:right] = new
        *others, last = changed or [(0, 0, 0, 0)]
        told = [(PART, slot, *part, 0) for part in others] + [(FRAME, slot, *last, repeat)]
        os.write(self._ring.frames_in, b"".join(MESSAGE.pack(*words) for words in told))


def changed_rows(new: Pixels, old: Pixels, band: Rows) -> Rows | None:
    """Return the rows of `band` between the first and the last that differ, give or take a few; None if none does."""
    new, old = np.ascontiguousarray(new), np.ascontiguousarray(old)
    stride = new.strides[0]
    first, other = new.ctypes.data, old.ctypes.data

    def differs(top: int, bottom: int) -> bool:
        return bool(_compare(first + top * stride, other + top * stride, (bottom - top) * stride))

    top, bottom = band
    while top < bottom and not differs(top, min(top + STRIP, bottom)):
        top = min(top + STRIP, bottom)
    while bottom > top and not differs(max(bottom - STRIP, top), bottom):
        bottom = max(bottom - STRIP, top)
    return (top, bottom) if top < bottom else None


_compare = ctypes.CDLL(None).memcmp  # numpy would write down what differs in each of two million pixels
_compare.argtypes = [ctypes.c_size_t, ctypes.c_size_t, ctypes.c_size_t]
_compare.restype = ctypes.c_int
