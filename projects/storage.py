"""Where artefact files are kept: on this machine under MEDIA_ROOT, or in the object storage that STORAGE_URL names.

In both a file is complete or absent, and it is never changed: another version is another file.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import tempfile
import time
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import DomainError

FOLDER = "artefacts"
CHUNK_BYTES = 1 << 20
READ_BYTES = 256 << 10
_SAFE_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


class StorageFailed(OSError):
    """The object storage did not do what it was asked to, or cannot be reached."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the store: its name there, its digest and its size in bytes."""

    file: str
    sha256: str
    size: int


class Store(Protocol):
    """What keeps files. Whatever it cannot do for a reason of its own is an OSError."""

    def store(self, source: Path, key: str) -> Stored:
        """Keep a copy of `source` under a name made from `key`, with the suffix of `source`.

        The copy is safe and complete when this returns. Raises DomainError "disk_full" when there is no room,
        "not_a_file" when `source` is a link or no regular file. Nothing is left behind on failure.
        """

    def copy(self, stored: Stored, key: str) -> Stored:
        """Keep a copy of a stored file under a name made from `key`. Raises FileNotFoundError, and as `store`."""

    def exists(self, file: str) -> bool:
        """Say whether there is a file of this name."""

    def read(self, file: str, first: int, length: int) -> Generator[bytes]:
        """Read `length` bytes from byte `first` on, in pieces of at most `READ_BYTES`. Raises FileNotFoundError."""

    def remove(self, files: Collection[str]) -> None:
        """Delete files; those already gone are fine."""

    def older_than(self, seconds: float) -> Iterator[str]:
        """Names of all files last written more than `seconds` ago, unfinished copies included."""


def current() -> Store:
    """Return the store that the settings name."""
    return _object_store(settings.STORAGE_URL) if settings.STORAGE_URL else LocalStore(Path(settings.MEDIA_ROOT))


def path_of(file: str) -> Path:
    """Turn a name in the local store into a path. Raises ValueError where it would leave the store."""
    return LocalStore(Path(settings.MEDIA_ROOT)).path_of(file)


def file_name(source: Path, key: str) -> str:
    """Return the name in the store for a copy of `source`; it says nothing of where that came from."""
    suffix = source.suffix.lower() if _SAFE_SUFFIX.fullmatch(source.suffix.lower()) else ""
    return f"{FOLDER}/{key[:2]}/{key}{suffix}"


@contextmanager
def regular_file(source: Path) -> Iterator[BufferedReader]:
    """Open a file that is no link. Raises DomainError "not_a_file" for a pipe, a folder or a device."""
    descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as reader:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise DomainError("not_a_file", _("What was made is not a file."), status=500)
        yield reader


class LocalStore:
    """Files under a folder. A file appears by one rename, already on disk."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def path_of(self, file: str) -> Path:
        """Turn a name into a path. Raises ValueError where it would leave the store."""
        path = (self._root / file).resolve()
        if not path.is_relative_to(self._root / FOLDER):
            raise ValueError("The file lies outside the artefact store.")
        return path

    def store(self, source: Path, key: str) -> Stored:
        """Copy the file in, as the protocol has it."""
        file = file_name(source, key)
        target = self.path_of(file)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            digest, size = _copy(source, target)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DomainError(
                    "disk_full",
                    _("The file could not be kept because the disk is full."),
                    status=507,
                    hint=_(
                        "Nothing you made before is lost. "
                        "Ask whoever runs this site to free some space, then try again."
                    ),
                ) from error
            raise
        return Stored(file=file, sha256=digest, size=size)

    def copy(self, stored: Stored, key: str) -> Stored:
        """Copy a stored file, as the protocol has it."""
        return self.store(self.path_of(stored.file), key)

    def exists(self, file: str) -> bool:
        """Say whether the file is there."""
        return self.path_of(file).is_file()

    def read(self, file: str, first: int, length: int) -> Generator[bytes]:
        """Read a part of the file; it is opened at once, so that a missing one is known before the answer begins."""
        reader = self.path_of(file).open("rb")
        reader.seek(first)
        return _pieces(reader, length)

    def remove(self, files: Collection[str]) -> None:
        """Delete files from the folder."""
        for file in files:
            self.path_of(file).unlink(missing_ok=True)

    def older_than(self, seconds: float) -> Iterator[str]:
        """Names of old files, as the protocol has it."""
        limit = time.time() - seconds
        for folder, _folders, names in os.walk(self._root / FOLDER):
            for name in names:
                path = Path(folder) / name
                try:
                    written = path.lstat().st_mtime
                except FileNotFoundError:
                    continue  # Removed by somebody else meanwhile, which is what a sweep wants.
                if written <= limit:
                    yield path.relative_to(self._root).as_posix()


@cache
def _object_store(address: str) -> Store:
    from projects.object_store import ObjectStore  # noqa: PLC0415 - boto3 takes its time; a laptop never needs it

    return ObjectStore(address)


def _pieces(reader: BufferedReader, length: int) -> Generator[bytes]:
    with reader:
        while length > 0 and (piece := reader.read(min(READ_BYTES, length))):
            length -= len(piece)
            yield piece


def _copy(source: Path, target: Path) -> tuple[str, int]:
    """Copy to a temporary file beside `target`, flush, rename. Return digest and size in bytes."""
    with (
        regular_file(source) as reader,
        tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".part", delete=False) as writer,
    ):
        partial = Path(writer.name)
        try:
            digest, size = hashlib.sha256(), 0
            while chunk := reader.read(CHUNK_BYTES):
                digest.update(chunk)
                size += len(chunk)
                writer.write(chunk)
            writer.flush()
            os.fsync(writer.fileno())
            partial.replace(target)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    _flush_folder(target.parent)
    return digest.hexdigest(), size


def _flush_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
