"""What may become a row once the checks have had their say."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from generation.engine.served.faultfinding import DryRun
from training.dataset.rows import Message, Origin, Row, Task

Proof = Callable[[DryRun], tuple[Message, ...]]  # raises Rejected


@dataclass(frozen=True, slots=True)
class Candidate:
    """A request and how to prove its answer. Making one costs nothing; proving one may run it in the jail."""

    task: Task
    origin: Origin
    family: str
    request: str
    prove: Proof
    language: str = "en"
    profile: str = "small"
    path: str = ""

    def row(self, dry_run: DryRun) -> Row:
        """The row. Raises Rejected where a check speaks against it, EngineFault when our side fails."""
        messages = self.prove(dry_run)
        return Row(
            task=self.task,
            messages=messages,
            origin=self.origin,
            family=self.family,
            request=self.request,
            language=self.language,
            profile=self.profile,
            path=self.path,
        )


def chance(*names: object) -> random.Random:
    """Chance that is the same in every build: it follows from what it is for."""
    return random.Random("\0".join(str(each) for each in names))  # noqa: S311 - chooses examples, guards nothing
