"""The working folder of a job on the lower rung of the ladder: a host folder of its own, watched and then removed."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generation.engine.jail import ids

_PREFIX = "theorama-job-"
_MOST_SEEN = 10_000


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
        """Remove the folder without following anything in it."""
        shutil.rmtree(self.folder, ignore_errors=True)


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
            shutil.rmtree(folder, ignore_errors=True)
