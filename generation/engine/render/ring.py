"""Frames leave the jail through shared memory and small fixed-size messages.

The jailed side writes the rows that changed into a free slot and says so; the trusted side checks every number before
it touches a slot, and hands the slot back. Pixels need no check: any pixel is a picture.
"""

from __future__ import annotations

import ctypes
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
ROWS = 3  # more rows of the frame that follows
STRIP = 8  # rows compared at once

Pixels = npt.NDArray[np.uint8]
Rows = tuple[int, int]  # [top, bottom)


class BadMessage(Exception):
    """The jailed side said something no honest child says."""


@dataclass(frozen=True, slots=True)
class FrameMessage:
    """Rows [top, bottom) changed since the frame before; the frame is shown `repeat` times.

    A repeat of zero means that more rows of the same frame follow.
    """

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
        honest = (kind == FRAME and repeat >= 1) or (kind == ROWS and repeat == 0)
        if not (honest and slot < SLOTS and top <= bottom <= self.height):
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

    def send(self, pixels: Pixels, repeat: int, bands: list[Rows] | None = None) -> None:
        """Show `pixels` for `repeat` frames. Waits for a free slot; keeps no reference to `pixels`.

        Rows outside of `bands` must be those of the frame before; None means that any may differ. Raises ValueError for
        a picture of another size than the one agreed on.
        """
        height = self._ring.height
        if pixels.shape != (height, self._ring.width, 4) or pixels.dtype != np.uint8:
            raise ValueError("A frame has another size than the video. The picture size cannot change inside a scene.")
        if self._last is None:
            self._last, changed = pixels.copy(), [(0, height)]
        else:
            candidates = [(0, height)] if bands is None else bands
            changed = [rows for band in candidates if (rows := changed_rows(pixels, self._last, band))]
        slot = os.read(self._ring.credits_out, 1)[0]
        for top, bottom in changed:
            self._last[top:bottom] = self._ring.pixels[slot, top:bottom] = pixels[top:bottom]
        *others, (top, bottom) = changed or [(0, 0)]
        told = [(ROWS, slot, *rows, 0) for rows in others] + [(FRAME, slot, top, bottom, repeat)]
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
