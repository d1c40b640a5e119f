"""Formats: preambles that TeX has read once and need not read again. Kept on disk, uncompressed.

Reading a format takes TeX 40 ms of processor time, inflating the compressed one 100, reading the preamble 140.
A format is made in a jail from the preamble alone, so it holds nothing of any document.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import os
import subprocess
from pathlib import Path

from generation.engine import jail
from generation.engine.errors import RequestFault
from generation.engine.limits import TEX_FORMAT
from generation.engine.render import texjail

BEGIN = "\\begin{document}"
LARGEST = 64 << 20  # bytes
MOST = 6  # formats kept


def split(document: str) -> tuple[str, str]:
    """Preamble and the rest, which begins with \\begin{document}; the preamble is empty where there is none."""
    preamble, begin, rest = document.partition("\n" + BEGIN)
    return (preamble, BEGIN + rest) if begin else ("", document)


class Formats:
    """The formats in one folder, by preamble."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, preamble: str) -> Path | None:
        """The format of a preamble, when it has been made."""
        made = self._path(preamble)
        return made if preamble and made.is_file() else None

    def make(self, preamble: str) -> Path | None:
        """Make a format unless it is there; None when TeX cannot."""
        made = self._path(preamble)
        if made.is_file():
            return made
        box = jail.Box(limits=TEX_FORMAT, env=texjail.ENVIRONMENT, may_exec=True)
        with jail.spawn(lambda: _dump(preamble), box) as jailed:
            jailed.wait()
            try:
                content = jail.collect(jailed.folder, "plain.fmt", limit=LARGEST)
            except RequestFault:
                return None
        self._folder.mkdir(parents=True, exist_ok=True)
        pending = made.with_suffix(f".{os.getpid()}.part")
        pending.write_bytes(content)
        pending.replace(made)
        self._trim()
        return made

    def _path(self, preamble: str) -> Path:
        key = hashlib.sha256(f"{_installed()}\n{preamble}".encode()).hexdigest()[:32]
        return self._folder / f"{key}.fmt"

    def _trim(self) -> None:
        kept = sorted(self._folder.glob("*.fmt"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in kept[MOST:]:
            path.unlink(missing_ok=True)


@functools.cache
def _installed() -> str:
    """What tells one installation of LaTeX from the next: a format of another one is of no use."""
    found = subprocess.run(
        ["kpsewhich", "-engine=pdftex", "latex.fmt"],  # noqa: S607 - TeX's own place is not ours to know
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
    ).stdout.strip()
    about = Path(found).stat() if found else None
    return f"{found} {about.st_size} {about.st_mtime_ns}" if about else ""


def _dump(preamble: str) -> None:
    """In the jail: let TeX read the preamble and write what it knows then."""
    Path("format.tex").write_text(f"{preamble}\n\\dump\n", encoding="utf-8")
    command = ["pdftex", "-ini", *texjail.QUIET, "-jobname=format", "&latex", "format.tex"]
    null = subprocess.DEVNULL
    if subprocess.run(command, stdin=null, stdout=null, stderr=null, check=False).returncode == 0:  # noqa: S603 - fixed
        with gzip.open("format.fmt") as packed, Path("plain.fmt").open("wb") as plain:
            plain.write(packed.read(LARGEST))
