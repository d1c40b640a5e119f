"""Converts a file of extracted scenes, going on where it was stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from training.convert.code import Left
from training.convert.conversion import VERSION, convert
from training.convert.judging import judge
from training.errors import TrainingFault
from training.extract.corpus import Extraction
from training.extract.scenes import Extracted
from training.journal import Journal, rows

FORMAT = "manim-scenes-1"
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One converted scene. `faults` are what the index does not know, `policy` the rule of the policy it breaks."""

    id: str
    path: str
    scene: str
    generation: str
    source: str
    counts: Mapping[str, int]
    left: tuple[Left, ...]
    faults: tuple[Mapping[str, Any], ...]
    policy: str
    error: str = ""

    @property
    def valid(self) -> bool:
        """Whether the static check passes."""
        return not self.faults and not self.error

    @property
    def faithful(self) -> bool:
        """Whether nothing is known to be missing from the picture."""
        return not any(each.shows for each in self.left)


def convert_all(found: Extraction, out: Path, told: Told = lambda done, of: None) -> tuple[Row, ...]:
    """Convert every scene that stands on its own; blocked ones are left out early.

    Scenes converted before by the same rules are not converted again.
    """
    wanted = [each for each in found.scenes if each.convertible]
    head = {"format": FORMAT, "rules": VERSION, "from": dict(found.head)}
    with Journal(out, head) as journal:
        done = {row["id"] for row in journal.rows}
        for number, each in enumerate(wanted, 1):
            if each.id not in done:
                journal.add(asdict(convert_scene(each)))
            told(number, len(wanted))
        ids = {each.id for each in wanted}
        return tuple(row_of(row) for row in journal.rows if row["id"] in ids)


def convert_scene(scene: Extracted) -> Row:
    """Convert and judge one scene. A rule that fails is an error of ours, and is kept as such in the row."""
    try:
        made = convert(scene.source)
    except Exception as error:
        return Row(
            scene.id,
            scene.path,
            scene.scene,
            scene.generation,
            "",
            {},
            (),
            (),
            "",
            f"{type(error).__name__}: {error}"[:300],
        )
    judged = judge(made.source)
    return Row(
        scene.id,
        scene.path,
        scene.scene,
        scene.generation,
        made.source,
        made.counts,
        made.left,
        judged.faults,
        judged.policy,
    )


def read(path: Path) -> tuple[Row, ...]:
    """Read converted scenes back. Raises TrainingFault where the file holds something else."""
    found = list(rows(path)) if path.is_file() else []
    if not found or found[0].get("format") != FORMAT:
        raise TrainingFault(f"{path} holds no converted scenes.", "Make it with: manage.py training convert.")
    return tuple(row_of(row) for row in found[1:])


def row_of(row: Mapping[str, Any]) -> Row:
    """A row from its JSON."""
    return Row(**{**row, "left": tuple(Left(**each) for each in row["left"]), "faults": tuple(row["faults"])})


def sample(found: Iterable[Row], size: int) -> tuple[Row, ...]:
    """Some of the rows that pass the static check: the same ones each time, each generation by its share."""
    valid = [each for each in found if each.valid]
    if size >= len(valid):
        return tuple(valid)
    chosen: list[Row] = []
    for generation in sorted({each.generation for each in valid}):
        stratum = sorted((each for each in valid if each.generation == generation), key=_lot)
        chosen += stratum[: max(1, round(size * len(stratum) / len(valid)))]
    return tuple(_trimmed(chosen, size))


def _trimmed(chosen: Sequence[Row], size: int) -> list[Row]:
    return sorted(chosen, key=_lot)[:size]


def _lot(row: Row) -> str:
    """A number drawn for a row, the same for ever."""
    return hashlib.sha256(row.id.encode()).hexdigest()
