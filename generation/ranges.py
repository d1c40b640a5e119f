"""Byte ranges of a file, as RFC 9110 section 14 has them. Plain values, no HTTP framework."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SINGLE = re.compile(r"bytes=\s*(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))\s*", re.ASCII)


class NotSatisfiable(Exception):
    """The range lies outside the file."""


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes that is."""
        return self.last - self.first + 1


def parse(header: str, size: int) -> ByteRange | None:
    """Read a Range header for a file of `size` bytes.

    Returns None where the whole file is to be sent: no header, another unit, several ranges or nonsense, all of
    which a server may ignore. Raises NotSatisfiable.
    """
    match = _SINGLE.fullmatch(header.strip())
    if match is None:
        return None
    first, last, suffix = match.groups()
    if suffix is not None:
        if int(suffix) == 0 or size == 0:
            raise NotSatisfiable
        return ByteRange(max(0, size - int(suffix)), size - 1)
    start, end = int(first), int(last) if last else size - 1
    if last and end < start:
        return None
    if start >= size:
        raise NotSatisfiable
    return ByteRange(start, min(end, size - 1))
