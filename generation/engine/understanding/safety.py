"""Prompts that have no place in a classroom. The rules, with what lifts them, are in data/safety.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from generation.engine.understanding.embedding import DATA

_SPELLED = re.compile(r"(?<=\b\w)[.\-_*](?=\w\b)")  # b.o.m.b


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a prompt is turned away."""

    code: str
    message: str


def refusal(text: str) -> Refusal | None:
    """The reason to turn a prompt away, or None."""
    plain = " ".join(_SPELLED.sub("", text).split())
    lesson, rules = _rules()
    for pattern, answer in rules:
        if pattern.search(plain) and not lesson.search(plain):
            return answer
    return None


@cache
def _rules() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], Refusal], ...]]:
    data = tomllib.loads((DATA / "safety.toml").read_text(encoding="utf-8"))
    flags = re.IGNORECASE | re.VERBOSE
    rules = tuple((re.compile(each["pattern"], flags), Refusal(each["code"], each["message"])) for each in data["rule"])
    return re.compile(data["lesson"], flags), rules
