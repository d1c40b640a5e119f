"""Extracts a whole checkout into one file of rows, going on where it was stopped."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from training.errors import TrainingFault
from training.extract import tokens
from training.extract.blockers import Blocker
from training.extract.checkout import Checkout
from training.extract.scenes import Extracted, Surroundings, scenes_of
from training.extract.surroundings import look_around
from training.journal import Journal, rows

FORMAT = "manimgl-scenes-1"
VERSION = "2"  # raise it when scenes come out otherwise: older rows are then made anew
Told = Callable[[int, int], None]  # files done, files in all


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a checkout."""

    files: int
    scenes: int
    convertible: int
    tokens: int
    by_generation: Mapping[str, int]
    by_blocker: Mapping[str, int]


def extract(checkout: Checkout, out: Path, told: Told = lambda done, of: None) -> Summary:
    """Write the scenes of every file; files whose text is the same as when it was stopped are not read again.

    Raises OSError when the disk is full; the rows written so far are kept.
    """
    files = list(checkout.files())
    around = look_around(checkout)
    with Journal(out, head_of(checkout)) as journal:
        done = {row["file"]: row["sha256"] for row in journal.rows if "file" in row}
        for number, file in enumerate(files, 1):
            path = file.relative_to(checkout.root).as_posix()
            data = file.read_bytes()
            digest = hashlib.sha256(data).hexdigest()
            if done.get(path) != digest:
                journal.add(*_rows(data, path, around), {"file": path, "sha256": digest})
            told(number, len(files))
    return summary(read(out))


def head_of(checkout: Checkout) -> dict[str, Any]:
    """What must be the same for rows to belong to one extraction."""
    return {
        "format": FORMAT,
        "extractor": VERSION,
        "commit": checkout.commit,
        "licence": asdict(checkout.licence),
        "tokens": tokens.VOCABULARY,
    }


def _rows(data: bytes, path: str, around: Surroundings) -> list[dict[str, Any]]:
    found = scenes_of(data.decode("utf-8", "replace"), path, around)
    return [asdict(each) for each in found]


@dataclass(frozen=True, slots=True)
class Extraction:
    """The rows of a file of scenes, with its head."""

    head: Mapping[str, Any]
    files: int
    scenes: tuple[Extracted, ...]


def read(path: Path) -> Extraction:
    """Read scenes back. Raises TrainingFault where the file holds something else."""

    found = list(rows(path)) if path.is_file() else []
    if not found or found[0].get("format") != FORMAT:
        raise TrainingFault(f"{path} holds no extracted scenes.", "Make it with: manage.py training extract.")
    last: dict[str, dict[str, Any]] = {}
    for row in found[1:]:
        if "id" in row:
            last[row["id"]] = row
    digests = {row["file"]: row["sha256"] for row in found[1:] if "file" in row}
    return Extraction(found[0], len(digests), tuple(scene(each) for each in last.values()))


def scene(row: Mapping[str, Any]) -> Extracted:
    """A scene from its row."""
    return Extracted(
        **{
            **row,
            "lines": tuple(row["lines"]),
            "bases": tuple(row["bases"]),
            "blockers": tuple(Blocker(**each) for each in row["blockers"]),
        }
    )


def summary(found: Extraction) -> Summary:
    """Counts over all scenes; one may have several blockers and is counted for each kind."""
    whole: Iterable[Extracted] = [each for each in found.scenes if each.scene]
    by_blocker = Counter(kind for each in found.scenes for kind in {blocker.kind for blocker in each.blockers})
    good = [each for each in whole if each.convertible]
    return Summary(
        files=found.files,
        scenes=len(list(whole)),
        convertible=len(good),
        tokens=sum(each.tokens for each in good),
        by_generation=dict(Counter(each.generation for each in good)),
        by_blocker=dict(by_blocker.most_common()),
    )
