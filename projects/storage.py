"""Artefact files under MEDIA_ROOT. A file is complete or absent: it appears by one rename, already on disk."""

import errno
import hashlib
import os
import re
import stat
import tempfile
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import DomainError

FOLDER = "artefacts"
CHUNK_BYTES = 1 << 20
_SAFE_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the store: where (relative to MEDIA_ROOT), its digest and its size in bytes."""

    file: str
    sha256: str
    size: int


def store(source: Path, key: str) -> Stored:
    """Copy `source` into the store under a name made from `key`, with the suffix of `source`.

    The copy is flushed to disk before it gets its name. Raises DomainError "disk_full" when there is no
    room, "not_a_file" when `source` is a link or no regular file. Nothing is left behind on failure.
    """
    suffix = source.suffix.lower() if _SAFE_SUFFIX.fullmatch(source.suffix.lower()) else ""
    file = f"{FOLDER}/{key[:2]}/{key}{suffix}"
    target = path_of(file)
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
                    "Nothing you made before is lost. Ask whoever runs this site to free some space, then try again."
                ),
            ) from error
        raise
    return Stored(file=file, sha256=digest, size=size)


def path_of(file: str) -> Path:
    """Turn a name in the store into a path. Raises ValueError where it would leave the store."""
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / file).resolve()
    if not path.is_relative_to(root / FOLDER):
        raise ValueError("The file lies outside the artefact store.")
    return path


def remove(files: Collection[str]) -> None:
    """Delete files from the store; those already gone are fine."""
    for file in files:
        path_of(file).unlink(missing_ok=True)


def older_than(seconds: float) -> Iterator[str]:
    """Names of all files in the store that were last written more than `seconds` ago, unfinished copies included."""
    root = Path(settings.MEDIA_ROOT).resolve()
    limit = time.time() - seconds
    for folder, _folders, names in os.walk(root / FOLDER):
        for name in names:
            path = Path(folder) / name
            try:
                written = path.lstat().st_mtime
            except FileNotFoundError:
                continue  # Removed by somebody else meanwhile, which is what a sweep wants.
            if written <= limit:
                yield path.relative_to(root).as_posix()


def _copy(source: Path, target: Path) -> tuple[str, int]:
    """Copy to a temporary file beside `target`, flush, rename. Return digest and size in bytes."""
    descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as reader:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise DomainError("not_a_file", _("What was made is not a file."), status=500)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".part", delete=False) as writer:
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
