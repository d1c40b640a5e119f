"""What can be said about converted code without running it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from generation.engine import policy
from generation.engine.apiindex import check_api


@dataclass(frozen=True, slots=True)
class Judged:
    """`faults` are names, keywords and arguments that Manim does not have; `policy` is the rule broken, if any.

    The policy is a product's gate and not Manim's: code that it refuses runs, but no model should learn to write it.
    """

    faults: tuple[Mapping[str, object], ...]
    policy: str

    @property
    def valid(self) -> bool:
        """Whether Manim has everything the code names."""
        return not self.faults


def judge(source: str) -> Judged:
    """Check code against the index of the installed Manim, and against the policy."""
    try:
        ast.parse(source)
    except SyntaxError as error:
        fault = {"code": "syntax", "name": "", "line": error.lineno or 0, "message": str(error.msg)}
        return Judged((fault,), "syntax")
    faults = tuple(
        {"code": each.code, "name": each.name, "line": each.line, "message": each.message} for each in check_api(source)
    )
    verdict = policy.check(source)
    return Judged(faults, "" if verdict.allowed else verdict.rule or "refused")
