"""Large pages change how memory is kept, never what is in it."""

import ctypes
import mmap
import os
from pathlib import Path

import pytest

from generation.engine.render import pages

SIZE = 4 * pages.LARGE


def in_large_pages(address: int) -> int:
    """KiB of the mapping that holds `address` that lie in large pages."""
    inside = False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        span = line.split()[0].split("-")
        if len(span) == 2:
            inside = int(span[0], 16) <= address < int(span[1], 16)
        elif inside and line.startswith("AnonHugePages:"):
            return int(line.split()[1])
    raise AssertionError("no such mapping")


def test_memory_moved_into_large_pages_keeps_its_content_here_and_in_forks() -> None:
    memory = mmap.mmap(-1, SIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    content = bytes(range(256)) * (SIZE // 256)
    memory[:] = content
    moved = pages.collapse()
    assert memory[:] == content
    pid = os.fork()
    if pid == 0:
        memory[:4] = b"mine"
        os._exit(0 if memory[:8] == b"mine" + content[4:8] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert memory[:] == content
    if moved == 0:
        pytest.skip("this kernel moves nothing into large pages")
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    assert in_large_pages(address) > 0
