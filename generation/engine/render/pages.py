"""The warm process's memory in large pages: a fork copies one entry for each instead of five hundred."""

from __future__ import annotations

import contextlib
import ctypes
from pathlib import Path

from generation.engine.jail import linux

LARGE = 2 << 20  # bytes; where a kernel's large page has another size it refuses, and nothing changes
_COLLAPSE = 25  # madvise(2), since Linux 6.1


def collapse() -> int:
    """Put the private memory of this process into large pages, once. Returns bytes in them.

    What is written later, here or in a fork, is split and copied by ordinary pages as before.
    """
    moved = 0
    for start, end in _private():
        for address in range(-(-start // LARGE) * LARGE, end - LARGE + 1, LARGE):
            with contextlib.suppress(OSError):  # nothing there yet, or no large page free
                linux.check(linux.libc.madvise(ctypes.c_void_p(address), ctypes.c_size_t(LARGE), _COLLAPSE), "madvise")
                moved += LARGE
    return moved


def _private() -> list[tuple[int, int]]:
    """First address and end of every writable part that belongs to no file."""
    found = []
    for line in Path("/proc/self/maps").read_text().splitlines():
        span, rights, _, _, inode, *_ = line.split()
        if rights == "rw-p" and inode == "0" and "[stack]" not in line:
            start, _, end = span.partition("-")
            found.append((int(start, 16), int(end, 16)))
    return found
