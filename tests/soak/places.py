"""What a machine holds besides processes: mounts, control groups, boxes in /tmp, shared memory."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generation.engine.jail import cgroups

BOX_PREFIXES = ("theorama-job-", "theorama-canary-")
CONTAINER_PREFIX = "theorama-box-"  # with JAIL=container; else they are somebody else's
OTHERS_SHARED_MEMORY = ("PostgreSQL.", "sem.")  # a database server's own


@dataclass(frozen=True)
class Places:
    """Names of all there is, at one moment."""

    mounts: frozenset[str]
    groups: frozenset[str]
    boxes: frozenset[str]
    shared_memory: frozenset[str]

    def since(self, before: Places) -> dict[str, list[str]]:
        """Return what is here now, was not before, and has no living maker: what somebody left behind, by kind."""
        return {
            "mounts": _orphans(self.mounts - before.mounts),
            "control groups": _orphans(self.groups - before.groups),
            "boxes": _orphans(self.boxes - before.boxes),
            "shared memory": sorted(self.shared_memory - before.shared_memory),
        }


def look() -> Places:
    """Look at this machine. Only names that the product gives are taken from the shared /tmp."""
    prefixes = (*BOX_PREFIXES, CONTAINER_PREFIX) if os.environ.get("JAIL") == "container" else BOX_PREFIXES
    mounts = {line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()}
    groups = {
        str(folder) for parent, _settings in cgroups._parents(0, 0) for folder in parent.glob(f"{cgroups._PREFIX}*")
    }
    boxes = {str(path) for path in Path(tempfile.gettempdir()).iterdir() if path.name.startswith(prefixes)}
    shared = Path("/dev/shm")
    memory = {path.name for path in shared.iterdir()} if shared.is_dir() else set()
    return Places(
        frozenset(mount for mount in mounts if CONTAINER_PREFIX not in mount or CONTAINER_PREFIX in prefixes),
        frozenset(groups),
        frozenset(boxes),
        frozenset(name for name in memory if not name.startswith(OTHERS_SHARED_MEMORY)),
    )


def left_since(before: Places, seconds: float) -> dict[str, list[str]]:
    """Return what is left of what came after `before`, giving those who remove it `seconds` to do so."""
    deadline = time.monotonic() + seconds
    while True:
        left = {kind: names for kind, names in look().since(before).items() if names}
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.5)


def _orphans(names: Iterable[str]) -> list[str]:
    """Those whose maker, named in each by its number, lives no more: others may work on this machine too."""
    return sorted(name for name in names if not _maker_lives(name))


def _maker_lives(name: str) -> bool:
    numbers = [part for part in Path(name).name.split("-") if part.isdigit()]
    return bool(numbers) and Path(f"/proc/{numbers[0]}").exists()
