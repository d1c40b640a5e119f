"""Frames leave the jail through shared memory and small fixed-size messages.

The jailed side writes the rows that changed into a free slot and says so; the trusted side checks every number before
it touches a slot, and hands the slot back. Pixels need no check: any pixel is a picture.
"""

from __future__ import annotations

import mmap
import os
import struct
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SLOTS = 6
MESSAGE = struct.Struct("<5I")  # kind, slot, top row, bottom row, repeat
FRAME = 1
PLAY = 2

Pixels = npt.NDArray[np.uint8]


class BadMessage(Exception):
    """The jailed side said something no honest child says."""


@dataclass(frozen=True, slots=True)
class FrameMessage:
    """Rows [top, bottom) changed since the frame before; the frame is shown `repeat` times."""

    slot: int
    top: int
    bottom: int
    repeat: int


class Ring:
    """Memory and pipes shared by one child and its encoder. Make it before the fork; each side then takes its end.

    The memory is anonymous: there is no file descriptor that the child could truncate under the encoder.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._memory = mmap.mmap(-1, width * height * 4 * SLOTS)
        self.pixels: Pixels = np.frombuffer(self._memory, np.uint8).reshape(SLOTS, height, width, 4)
        self.frames_out, self.frames_in = os.pipe()
        self.credits_out, self.credits_in = os.pipe()
        os.write(self.credits_in, bytes(range(SLOTS)))

    @property
    def child_fds(self) -> tuple[int, int]:
        """Descriptors the child needs: where it writes messages, where it reads free slots."""
        return self.frames_in, self.credits_out

    def close_child_end(self) -> None:
        """Called by the trusted side after the fork, so that it sees the end of file when the child is gone."""
        os.close(self.frames_in)
        os.close(self.credits_out)

    def read(self, message: bytes) -> FrameMessage | None:
        """Check a message; None means that a play began.

        Raises BadMessage unless every number is one an honest child could send.
        """
        kind, slot, top, bottom, repeat = MESSAGE.unpack(message)
        if kind == PLAY:
            return None
        honest = kind == FRAME and slot < SLOTS and top <= bottom <= self.height and repeat >= 1
        if not honest:
            raise BadMessage(f"frame message {kind} {slot} {top} {bottom} {repeat}")
        return FrameMessage(slot, top, bottom, repeat)

    def give_back(self, slot: int) -> None:
        """Tell the child that it may write to `slot` again; a child that no longer listens is no error."""
        try:
            os.write(self.credits_in, bytes([slot]))
        except BrokenPipeError:
            return


class FrameSender:
    """The jailed side of a ring."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring
        self._last: Pixels | None = None

    def play_begins(self) -> None:
        """Say that the next animation starts."""
        os.write(self._ring.frames_in, MESSAGE.pack(PLAY, 0, 0, 0, 0))

    def send(self, pixels: Pixels, repeat: int) -> None:
        """Show `pixels` for `repeat` frames. Waits for a free slot; keeps no reference to `pixels`.

        Raises ValueError for a picture of another size than the one agreed on.
        """
        if pixels.shape != (self._ring.height, self._ring.width, 4) or pixels.dtype != np.uint8:
            raise ValueError("A frame has another size than the video. The picture size cannot change inside a scene.")
        top, bottom = self._changed_rows(pixels)
        slot = os.read(self._ring.credits_out, 1)[0]
        self._ring.pixels[slot, top:bottom] = pixels[top:bottom]
        os.write(self._ring.frames_in, MESSAGE.pack(FRAME, slot, top, bottom, repeat))

    def _changed_rows(self, pixels: Pixels) -> tuple[int, int]:
        """Find the rows that differ from the frame before, and remember this one."""
        if self._last is None:
            self._last = pixels.copy()
            return 0, len(pixels)
        width = pixels.shape[1]
        new, old = (np.ascontiguousarray(p).view(np.uint32).reshape(-1, width) for p in (pixels, self._last))
        changed = np.flatnonzero((new != old).any(axis=1))
        if not len(changed):
            return 0, 0
        top, bottom = int(changed[0]), int(changed[-1]) + 1
        self._last[top:bottom] = pixels[top:bottom]
        return top, bottom
