"""Fragmented MP4: a file that plays from its start while its end is still being drawn.

The file is one init segment and then pieces that begin with a key frame. Put together in order they are the file.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import av

# The init segment waits for the first frames, so that it can say in an edit list that the video starts at zero: the
# file then has the same times as a plain MP4. An index at the end would only help players that cannot walk along.
OPTIONS = {
    "movflags": "frag_keyframe+delay_moov+default_base_moof+skip_trailer",
    "min_frag_duration": "1000000",  # microseconds: a scene that cuts often is not cut into crumbs
    "flush_packets": "1",
}
BUFFER_BYTES = 1 << 18
BOX = struct.Struct(">I4s")
# The boxes that end a piece: the init segment ends with its `moov`, each later one with its `mdat`.
LAST_BOXES = (b"moov", b"mdat")

OnPiece = Callable[[bytes], None]


class PieceWriter:
    """A file that PyAV writes to; each piece is passed on as soon as it is whole. PyAV closes it."""

    def __init__(self, path: Path, on_piece: OnPiece) -> None:
        self._file = path.open("wb", buffering=0)
        self._on_piece = on_piece
        self._piece = bytearray()
        self._boxes = 0  # bytes of the piece that are whole boxes

    def write(self, data: bytes) -> int:
        """Write all of `data`. Raises OSError where it cannot be written."""
        left = memoryview(data)
        while left:
            left = left[self._file.write(left) :]
        self._piece += data
        while (end := self._next_box_end()) is not None:
            kind = bytes(self._piece[self._boxes + 4 : self._boxes + 8])
            self._boxes = end
            if kind in LAST_BOXES:
                self._on_piece(bytes(self._piece[:end]))
                del self._piece[:end]
                self._boxes = 0
        return len(data)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _next_box_end(self) -> int | None:
        """Where the next box ends, once all of it is there. (Only boxes above 4 GiB say their size elsewhere.)"""
        if len(self._piece) - self._boxes < BOX.size:
            return None
        size, _kind = BOX.unpack_from(self._piece, self._boxes)
        end = self._boxes + int(size)
        return end if size >= BOX.size and end <= len(self._piece) else None


def ignore_piece(piece: bytes) -> None:
    """An OnPiece for a file that nobody watches growing."""


def create(path: Path, on_piece: OnPiece = ignore_piece) -> av.container.OutputContainer:
    """Open a fragmented MP4 at `path` for writing. Raises OSError where that cannot be."""
    return av.open(PieceWriter(path, on_piece), "w", format="mp4", options=OPTIONS, buffer_size=BUFFER_BYTES)
