"""What an OCI runtime is told of one job: a private root, mounts, namespaces, limits. Plain files in a folder."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from generation.engine.jail import linux, root
from generation.engine.jail.box import WORK, Box
from generation.engine.jail.enter import resource_limits

ENGINE = Path(__file__).resolve().parents[1]
START = Path(__file__).with_name("inside.py")
REQUEST = "/job/request"
# Runtimes need more of these than the job gets, until it begins.
_AFTER_THE_START = {"AS", "NPROC", "NOFILE", "FSIZE", "CPU"}
_QUIET = ["nosuid", "nodev"]
_NAMESPACES = {"pid": "pid", "mnt": "mount", "net": "network", "ipc": "ipc", "uts": "uts", "cgroup": "cgroup"}


def with_engine(box: Box) -> Box:
    """The box and the engine's own code in it, which starts the job."""
    return replace(box, read_only=(*box.read_only, ENGINE, ENGINE.parent / "__init__.py"))


def make(
    folder: Path, box: Box, request: bytes, *, owner: int, cgroup: str, bounded: bool, without: Collection[str]
) -> None:
    """Write the bundle of one job into `folder`: its root, config.json and its folder /tmp, which `clear` unmounts."""
    base = folder / "rootfs"
    base.mkdir(mode=0o755)
    work = folder / "work"
    work.mkdir()
    size = f"size={box.limits.tmp_bytes},nr_inodes={box.limits.tmp_inodes},mode=700,uid={owner},gid={owner}"
    linux.mount("tmpfs", str(work), "tmpfs", linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC, size)
    _fill(base, box, request, owner)
    (folder / "config.json").write_text(
        json.dumps(_config(folder, box, owner=owner, cgroup=cgroup, bounded=bounded, without=without))
    )


def _fill(base: Path, box: Box, request: bytes, owner: int) -> None:
    for name in ("/lib", "/lib64", "/bin", "/sbin"):
        if Path(name).is_symlink():
            (base / name[1:]).symlink_to(Path(name).readlink())
    there = root.sources(box)
    for path in there:  # some runtimes make no places to mount on
        place = base / str(path)[1:]
        (place if path.is_dir() else place.parent).mkdir(parents=True, exist_ok=True)
        if not path.is_dir():
            place.touch()
    for path in (*box.runtime, *box.read_only):
        alias = base / str(path)[1:]
        if path.exists() and path != path.resolve() and not any(other in path.parents for other in there):
            alias.parent.mkdir(parents=True, exist_ok=True)
            if not alias.exists():
                alias.symlink_to(path.resolve())
    files = {name: content for name, content in box.files.items() if name.startswith("/")}
    files["/etc/passwd"] = f"job:x:{owner}:{owner}::{WORK}:/bin/false\n".encode()
    files["/etc/group"] = f"job:x:{owner}:\n".encode()
    files[REQUEST] = request
    for name, content in files.items():
        place = base / name[1:]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    for place in (base, *base.rglob("*")):
        if not place.is_symlink():
            place.chmod(0o755 if place.is_dir() else 0o444)


def _config(
    folder: Path, box: Box, *, owner: int, cgroup: str, bounded: bool, without: Collection[str]
) -> dict[str, Any]:
    namespaces = [{"type": kind} for name, kind in _NAMESPACES.items() if f"{name} namespace" not in without]
    # Where we made a group around the runtime's own, its limits bind and what the kernel counts stays readable.
    memory = {"memory": {"limit": box.limits.job_memory_bytes}}
    return {
        "ociVersion": "1.0.0",
        "hostname": "jail",
        "process": {
            "terminal": False,
            "user": {"uid": owner, "gid": owner},
            "args": [sys.executable, "-I", "-B", str(START)],
            "env": [f"{name}={value}" for name, value in box.env.items()],
            "cwd": WORK,
            "rlimits": [
                {"type": f"RLIMIT_{name}", "soft": soft, "hard": hard}
                for name, (soft, hard) in resource_limits(box).items()
                if name not in _AFTER_THE_START
            ],
            "noNewPrivileges": True,
            "capabilities": {kind: [] for kind in ("bounding", "effective", "permitted", "inheritable", "ambient")},
            **({} if "oom" in without else {"oomScoreAdj": 1000}),
        },
        "root": {"path": "rootfs", "readonly": True},
        "mounts": _mounts(folder, box),
        "linux": {"namespaces": namespaces, "resources": {} if bounded else memory, "cgroupsPath": cgroup},
    }


def _mounts(folder: Path, box: Box) -> list[dict[str, Any]]:
    return [
        {"destination": "/proc", "type": "proc", "source": "proc", "options": ["ro", "noexec", *_QUIET, "subset=pid"]},
        {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["noexec", "nosuid", "mode=755"]},
        _bind(str(folder / "work"), WORK, ["rw", "noexec", *_QUIET]),
        *(_bind(str(path), str(path), ["ro", *_QUIET]) for path in root.sources(box)),
    ]


def _bind(source: str, destination: str, options: list[str]) -> dict[str, Any]:
    return {"destination": destination, "type": "bind", "source": source, "options": ["rbind", *options]}


def namespaces() -> dict[str, str]:
    """Name of each namespace a container has of its own -> the one this process is in, where that can be seen."""
    places = {name: Path(f"/proc/self/ns/{name}") for name in _NAMESPACES if name != "cgroup"}
    return {name: str(place.readlink()) for name, place in places.items() if place.is_symlink()}


def clear(folder: Path) -> None:
    """Unmount and remove a bundle; nothing of the job lives any more."""
    if os.path.ismount(folder / "work"):
        linux.unmount(str(folder / "work"))
    shutil.rmtree(folder, ignore_errors=True)
