"""What the policy answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether code may be tried in the jail. `rule` is stable and machine-readable, `message` a sentence."""

    allowed: bool
    rule: str = ""
    line: int | None = None
    message: str = ""


class Refused(Exception):
    """Stops the check at the first thing that is not allowed."""

    def __init__(self, rule: str, line: int | None, message: str) -> None:
        super().__init__(message)
        self.verdict = Verdict(False, rule, line, message)
