"""The private root of a job: read-only programs, a sized /tmp, five devices, its own /proc and nothing else."""

from __future__ import annotations

import functools
import os
from pathlib import Path

from generation.engine.jail import linux
from generation.engine.jail.box import JOB_UID, WORK, Box

SYSTEM = (
    "/usr",
    "/etc/fonts",
    "/etc/texmf",
    "/etc/alternatives",
    "/etc/ld.so.cache",
    "/var/lib/texmf",
    "/var/cache/fontconfig",
)
DEVICES = ("null", "zero", "full", "random", "urandom")
_OLD = "/old"
_QUIET = linux.ATTR_RDONLY | linux.ATTR_NOSUID | linux.ATTR_NODEV


def sources(box: Box) -> list[Path]:
    """Real host paths the job will see, each once and none inside another."""
    given = {path.resolve() for path in box.read_only if path.exists()}
    return list(_outermost(frozenset({*_lasting(box.runtime).values(), *given})))


def names_in_work(box: Box) -> frozenset[str]:
    """What our own programs put into the job's folder: only there when they lie below the same path on the host."""
    work = Path(WORK)
    shown = (*sources(box), *box.runtime, *box.read_only)
    return frozenset(path.relative_to(work).parts[0] for path in shown if work in path.parents)


@functools.lru_cache(maxsize=8)
def _lasting(runtime: tuple[Path, ...]) -> dict[Path, Path]:
    """Where the programs' folders really are; they stay there for as long as this process lives."""
    return {path: path.resolve() for path in (*map(Path, SYSTEM), *runtime) if path.exists()}


@functools.lru_cache(maxsize=8)
def _outermost(paths: frozenset[Path]) -> tuple[Path, ...]:
    kept: list[Path] = []
    for path in sorted(paths):  # what is inside a folder comes right after it
        if not kept or not path.is_relative_to(kept[-1]):
            kept.append(path)
    return tuple(kept)


def build(box: Box) -> None:
    """Make the private root and move into it. Needs the capabilities of a new user namespace."""
    os.umask(0o022)  # the caller's own might close the new folders to the job
    shown = sources(box)
    real = _lasting(box.runtime)
    aliases = {path: real[path] for path in box.runtime if path in real}
    aliases |= {path: path.resolve() for path in box.read_only if path.exists()}
    links = {
        Path(name): Path(name).readlink() for name in ("/lib", "/lib64", "/bin", "/sbin") if Path(name).is_symlink()
    }
    plain = [
        Path(name) for name in ("/lib", "/lib64", "/bin", "/sbin") if Path(name).is_dir() and Path(name) not in links
    ]
    linux.mount("none", "/", None, linux.MS_REC | linux.MS_PRIVATE)
    size = (1 << 20) + sum(len(content) + 4096 for name, content in box.files.items() if name.startswith("/"))
    _tmpfs(WORK, size, 4096, 0o755)
    Path(WORK + _OLD).mkdir()
    linux.change_root(WORK, WORK + _OLD)
    os.chdir("/")
    Path(WORK).mkdir()
    _tmpfs(WORK, box.limits.tmp_bytes, box.limits.tmp_inodes, 0o1777)
    for path in (*plain, *shown):
        _show(path)
    for path, target in links.items():
        path.symlink_to(target)
    for path, place in aliases.items():
        _alias(path, place)
    _devices()
    _proc()
    linux.set_host_name("jail")
    _identity(box)
    linux.unmount(_OLD)
    Path(_OLD).rmdir()
    linux.restrict_mount("/", _QUIET, recursive=False)


def _tmpfs(target: str, size: int, inodes: int, mode: int) -> None:
    flags = linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC
    linux.mount("tmpfs", target, "tmpfs", flags, f"size={size},nr_inodes={inodes},mode={mode:o}")


def _bind(source: str, target: str, *, folder: bool) -> None:
    if folder:
        Path(target).mkdir(parents=True, exist_ok=True)
    else:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(target).touch()
    linux.mount(source, target, None, linux.MS_BIND | linux.MS_REC)


def _show(path: Path) -> None:
    source = Path(_OLD + str(path))
    _bind(str(source), str(path), folder=source.is_dir())
    linux.restrict_mount(str(path), _QUIET, recursive=True)


def _alias(path: Path, real: Path) -> None:
    """Let a path that leads through links on the host lead to the same place here."""
    if path != real and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(real)


def _devices() -> None:
    Path("/dev").mkdir()
    for name in DEVICES:
        _bind(f"{_OLD}/dev/{name}", f"/dev/{name}", folder=False)
        # Read-only still lets bytes through to a device, but no times or modes of the host's node be changed.
        attributes = linux.ATTR_RDONLY | linux.ATTR_NOSUID | linux.ATTR_NOEXEC
        linux.restrict_mount(f"/dev/{name}", attributes, recursive=False)


def _proc() -> None:
    """Only the process folders of /proc: no sys, no sysrq-trigger, no keys, nothing of the machine."""
    Path("/proc").mkdir()
    flags = linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC
    try:
        linux.mount("proc", "/proc", "proc", flags, "subset=pid")
    except PermissionError:
        return  # inside a container that masks its own /proc the kernel lends no new one; the job does without


def _identity(box: Box) -> None:
    Path("/etc").mkdir(exist_ok=True)
    Path("/etc/passwd").write_text(f"job:x:{JOB_UID}:{JOB_UID}::{WORK}:/bin/false\n")
    Path("/etc/group").write_text(f"job:x:{JOB_UID}:\n")
    for name, content in box.files.items():
        if name.startswith("/"):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(content)
            Path(name).chmod(0o444)
