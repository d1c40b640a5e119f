"""Which user a job is: a high host uid of its own when we may choose, else our own and no other."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from generation.engine.jail.box import JOB_UID

_FIRST, _MANY = 600_000, 1 << 20


def write_maps(pid: int, reachable: Iterable[Path]) -> None:
    """Give a new user namespace its ids. The job's uid inside is always JOB_UID."""
    process = Path(f"/proc/{pid}")
    if not separate():
        (process / "setgroups").write_text("deny")
        (process / "uid_map").write_text(f"{JOB_UID} {os.geteuid()} 1")
        (process / "gid_map").write_text(f"{JOB_UID} {os.getegid()} 1")
        return
    owners = _owners_on_the_way(reachable)
    (process / "uid_map").write_text(_map("uid", pid, {uid for uid, _ in owners}))
    (process / "gid_map").write_text(_map("gid", pid, {gid for _, gid in owners}))


def separate() -> bool:
    """Whether jobs get a uid that is nobody else's."""
    return os.geteuid() == 0 and _free("uid") is not None and _free("gid") is not None


def host_id(kind: str, number: int) -> int:
    """A host uid or gid that belongs to nobody; asked only where `separate`."""
    first, many = _free(kind) or (0, 1)
    return first + number % many


def _map(kind: str, pid: int, owners: set[int]) -> str:
    """Root for the set-up, the owners of closed folders on the way to what is shown, and the job's own."""
    lines = [f"{one} {one} 1" for one in sorted({0, *owners} - {JOB_UID})]
    return "\n".join([*lines, f"{JOB_UID} {host_id(kind, pid)} 1"])


def _free(kind: str) -> tuple[int, int] | None:
    """(first, how many) ids of this namespace that belong to nobody, None when there are none."""
    ranges = [tuple(map(int, line.split())) for line in Path(f"/proc/self/{kind}_map").read_text().splitlines()]
    start, _, length = max(ranges)
    end = start + length
    if end >= _FIRST + _MANY:
        return _FIRST, _MANY
    many = min(1000, length // 8)
    return (end - many, many) if many > 0 else None


def _owners_on_the_way(paths: Iterable[Path]) -> set[tuple[int, int]]:
    """Root in a user namespace passes a closed folder only when the folder's owner is mapped there."""
    found = set()
    for folder in {str(parent) for path in paths for parent in (path, *path.parents)}:
        about = os.stat(folder)  # noqa: PTH116 - some thirty of them for every job
        if about.st_mode & 0o005 != 0o005:
            found.add((about.st_uid, about.st_gid))
    return found
