"""Every prompt that something in this repository is measured with: no row may come close to one."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from training.errors import TrainingFault

# Relative to the root of the repository. All must be there: a suite that was not read cannot be kept out.
PLACES = ("generation/engine/scorecard/suites/*.jsonl", "tests/understanding/prompts*.jsonl")
MORE = ("training/evaluation/suites/*.jsonl", "tests/**/suites/*.jsonl")


@dataclass(frozen=True, slots=True)
class Prompts:
    """All prompts of all suites, and the sum of their files."""

    texts: tuple[str, ...]
    files: tuple[str, ...]
    sha256: str


def evaluation_prompts(root: Path) -> Prompts:
    """The prompts of every suite under the root. Raises TrainingFault where a place is empty or a file is no suite."""
    files: list[Path] = []
    for place in PLACES:
        found = sorted(root.glob(place))
        if not found:
            raise TrainingFault(
                f"There is no evaluation suite at {place}, so nothing can be kept apart from it.",
                "Build from a checkout of the repository, with its tests.",
            )
        files += found
    files += sorted({path for place in MORE for path in root.glob(place)})
    digest = hashlib.sha256()
    texts: list[str] = []
    for path in files:
        content = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + content)
        texts += _prompts(path, content)
    names = tuple(str(path.relative_to(root)) for path in files)
    return Prompts(tuple(dict.fromkeys(texts)), names, digest.hexdigest())


def _prompts(path: Path, content: bytes) -> list[str]:
    found: list[str] = []
    for number, line in enumerate(content.decode().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except ValueError as error:
            raise TrainingFault(f"{path.name}, line {number}, is not JSON.", "Mend the suite.") from error
        found += [str(entry[key]) for key in ("prompt", "request", "wish") if entry.get(key)]
    return found
