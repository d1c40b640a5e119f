"""The working folder of a job on the lower rung of the ladder: a host folder of its own, watched and then removed."""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generation.engine.jail import ids

_PREFIX = "theorama-job-"
_MOST_SEEN = 10_000
_LIFTED = "theorama-lifted-"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Ground:
    """A folder and the host user it belongs to."""

    folder: Path
    uid: int
    gid: int

    def used(self) -> int:
        """Bytes in the folder; more than any limit when it holds too many files to count."""
        total = seen = 0
        for place, folders, files in os.walk(self.folder):
            seen += len(folders) + len(files)
            if seen > _MOST_SEEN:
                return 1 << 62
            for name in files:
                with suppress(OSError):
                    total += (Path(place) / name).lstat().st_size
        return total

    def remove(self) -> None:
        """Remove the folder, however deep, without following anything in it. Nothing of the job lives any more."""
        _remove(self.folder)


def make(*, own_uid: bool) -> Ground:
    """A new folder for one job."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    if not own_uid:
        return Ground(folder, os.geteuid(), os.getegid())
    number = secrets.randbelow(1 << 20)
    uid, gid = ids.host_id("uid", number), ids.host_id("gid", number)
    os.chown(folder, uid, gid)
    return Ground(folder, uid, gid)


def _sweep() -> None:
    """Remove the folders of makers that were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        maker = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if maker.isdigit() and not Path(f"/proc/{maker}").exists() and folder.lstat().st_uid != 0:
            _remove(folder)


def _remove(folder: Path) -> None:
    """Empty a folder by lifting what lies deeper up into it: neither depth nor long paths nor closed folders matter."""
    with suppress(OSError):
        top = os.open(folder, _FOLDER)
        try:
            _empty(top)
        finally:
            os.close(top)
        folder.rmdir()


def _empty(top: int) -> None:
    lifted = 0
    while folders := [name for name in _names(top) if not _unlinked(name, top)]:
        for name in folders:
            os.chmod(name, 0o700, dir_fd=top)
            inner = os.open(name, _FOLDER, dir_fd=top)
            try:
                for deeper in _names(inner):
                    if not _unlinked(deeper, inner):
                        os.chmod(deeper, 0o700, dir_fd=inner)
                        lifted += 1
                        os.rename(deeper, f"{_LIFTED}{lifted}", src_dir_fd=inner, dst_dir_fd=top)
            finally:
                os.close(inner)
            os.rmdir(name, dir_fd=top)


def _unlinked(name: str, place: int) -> bool:
    """Unlink what is no folder; False for a folder."""
    if stat.S_ISDIR(os.stat(name, dir_fd=place, follow_symlinks=False).st_mode):
        return False
    os.unlink(name, dir_fd=place)
    return True


def _names(place: int) -> list[str]:
    with os.scandir(place) as entries:
        return [entry.name for entry in entries]
