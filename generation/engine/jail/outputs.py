"""What a job left behind is hostile: names, kinds, sizes and contents. Nothing here follows or waits for any of it."""

from __future__ import annotations

import os
import stat
import time

from generation.engine.errors import RequestFault
from generation.engine.jail.box import LeftFile
from generation.engine.types import Fault

_MOST_LISTED = 200
_MOST_SEEN = 2000
_DEEPEST = 8
_LONGEST_NAME = 1024
_SECONDS = 1.0


def collect(folder: int, name: str, *, limit: int, magic: bytes = b"") -> bytes:
    """Content of a plain file directly in `folder` (a descriptor), at most `limit` bytes, beginning with `magic`.

    RequestFault code "bad_output" when it is missing, empty, too large, of the wrong type or not a plain file with
    a single name. Links are not followed, devices and pipes are not opened.
    """
    if "/" in name or name in {"", ".", ".."}:
        raise _bad(name, "its name is not plain")
    try:
        seen = os.open(name, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
    except (OSError, ValueError) as error:
        raise _bad(name, "it is not there") from error
    try:
        about = os.fstat(seen)
        if not stat.S_ISREG(about.st_mode) or about.st_nlink != 1:
            raise _bad(name, "it is not a plain file")
        if not 0 < about.st_size <= limit:
            raise _bad(name, "it is empty" if about.st_size == 0 else "it is too large")
        content = _read(seen, limit)
    except OSError as error:
        raise _bad(name, "it can't be read") from error
    finally:
        os.close(seen)
    if len(content) > limit or not content.startswith(magic):
        raise _bad(name, "it is not of the expected type")
    return content


def _read(seen: int, limit: int) -> bytes:
    opened = os.open(f"/proc/self/fd/{seen}", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(opened, "rb") as file:
        return file.read(limit + 1)


def _bad(name: str, why: str) -> RequestFault:
    return RequestFault(
        Fault(
            code="bad_output",
            message=f"The job did not leave a usable result: {why}.",
            hint="Change the code or the prompt and try again.",
            log=printable(name),
        )
    )


def printable(name: str) -> str:
    """A file name as text that is safe to print on one line: undecodable bytes and controls are escaped."""
    decoded = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in decoded)[:_LONGEST_NAME]


def list_files(folder: int, *, skip: frozenset[str] = frozenset()) -> tuple[LeftFile, ...]:
    """What lies in `folder` (a descriptor) and below: bounded in number, depth and time. `skip`: names at its top."""
    found: list[LeftFile] = []
    until = time.monotonic() + _SECONDS
    seen = 0
    waiting: list[tuple[str, int]] = [("", 0)]
    while waiting:
        place, depth = waiting.pop(0)
        for entry in _entries(folder, place):
            seen += 1
            if seen > _MOST_SEEN or len(found) >= _MOST_LISTED or time.monotonic() > until:
                return tuple(found)
            name, mode, size = entry
            if not place and name in skip:
                continue
            path = f"{place}/{name}" if place else name
            kind = "file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else "other"
            found.append(LeftFile(printable(path), "link" if stat.S_ISLNK(mode) else kind, size))
            if kind == "folder" and depth + 1 < _DEEPEST:
                waiting.append((path, depth + 1))
    return tuple(found)


def _entries(folder: int, place: str) -> list[tuple[str, int, int]]:
    """(name, mode, size) of what lies in `place`, walked to part by part so that no link is followed on the way."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    current = -1
    try:
        current = os.open(".", flags, dir_fd=folder)
        for part in place.split("/") if place else ():
            deeper = os.open(part, flags, dir_fd=current)
            os.close(current)
            current = deeper
        entries = []
        with os.scandir(current) as scan:
            for number, entry in enumerate(scan):
                if number >= _MOST_SEEN:
                    break
                about = entry.stat(follow_symlinks=False)
                entries.append((entry.name, about.st_mode, about.st_size if stat.S_ISREG(about.st_mode) else 0))
        return sorted(entries)
    except OSError:
        return []  # a folder closed to us is listed, not entered
    finally:
        if current >= 0:
            os.close(current)
