"""What comes of a single task that is no new scene: done as asked, or why not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generation.engine.scorecard.writers import OWN_FAULTS
from training.errors import TrainingFault

SUITES = Path(__file__).parent / "suites"


@dataclass(frozen=True, slots=True)
class Done:
    """One task. Of trouble, where the server failed and not the model, nothing is judged."""

    key: str
    ok: bool
    reason: str = ""
    trouble: bool = False
    right: int = 1  # of tasks with several parts: how many are right, wrong, and asked for
    wrong: int = 0
    of: int = 1


def own(code: str) -> bool:
    """Whether a fault is the model's own, and not its server's."""
    return code in OWN_FAULTS or not code.startswith("model_")


def read(name: str) -> list[dict[str, Any]]:
    """The tasks of a suite of edits or knobs. Raises TrainingFault, naming the line."""
    path = SUITES / f"{name}.jsonl"
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            data = json.loads(line)
            if not isinstance(data, dict):
                raise TypeError
        except (ValueError, TypeError) as error:
            raise TrainingFault(f"{path.name}, line {number}, is no task.", "Mend the suite.") from error
        found.append(data)
    return found
