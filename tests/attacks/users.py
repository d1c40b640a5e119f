"""Run a program as the user of these tests or, where that is root, as somebody ordinary."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import quote

ROOT = Path(__file__).resolve().parents[2]
ORDINARY = 65534
USERS = ("root", "ordinary user") if os.geteuid() == 0 else ("ordinary user",)


def run_as(user: str, arguments: Sequence[str], folder: Path, *, seconds: float = 240) -> str:
    """What `python ARGUMENTS` prints, run by `user` ("root" or "ordinary user") with `folder` as its own."""
    command = [sys.executable, "-B", *arguments]
    if user != "root" and os.geteuid() == 0:
        os.chown(folder, ORDINARY, ORDINARY)
        become = ["setpriv", f"--reuid={ORDINARY}", f"--regid={ORDINARY}", "--clear-groups", *command]
        steps = [*_open_the_way(folder / "stage"), f"exec {shlex.join(become)}"]
        command = ["unshare", "--mount", "sh", "-ec", "\n".join(steps)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=seconds, check=False, cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "THEORAMA_SECRET": "canary"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def _open_the_way(stage: Path) -> Iterator[str]:
    """Shell commands that cover closed folders on the way to the interpreter and the checkout, for this program alone.

    What covers one is an empty folder anybody may enter, with only the wanted paths in it.
    """
    wanted = sorted({Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve(), ROOT})
    below: dict[Path, list[Path]] = {}
    for path in wanted:
        closed = [parent for parent in path.parents if parent.stat().st_mode & 0o001 == 0]
        if closed:
            below.setdefault(closed[-1], []).append(path)
    for number, (folder, paths) in enumerate(below.items()):
        kept = [(path, stage / f"{number}-{index}") for index, path in enumerate(paths)]
        for path, aside in kept:
            yield f"mkdir -p {quote(str(aside))}; mount --bind {quote(str(path))} {quote(str(aside))}"
        yield f"mount -t tmpfs -o mode=755 none {quote(str(folder))}"
        for path, aside in kept:
            yield f"mkdir -p {quote(str(path))}; mount --bind {quote(str(aside))} {quote(str(path))}"
