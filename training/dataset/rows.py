"""A row: a conversation that ends with the answer a model should give, and where it comes from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from training.lanes import Lane, lane_of

Message = Mapping[str, str]  # role, content


class Task(StrEnum):
    """What the answer does; each is asked of the model by `generation.engine.served` in the same words."""

    WRITE = "write"
    EDIT = "edit"
    REPAIR = "repair"
    FILL = "fill"
    REWORD = "reword"
    PLAN = "plan"


class Split(StrEnum):
    """What a row is for. `heldout` rows are of families that no training row is of."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"
    HELDOUT = "heldout"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from, and what bears out that we may use them."""

    name: str
    version: str
    licence: str  # SPDX
    evidence: str

    @property
    def lane(self) -> Lane:
        """What the licence allows."""
        return lane_of(self.licence, self.evidence)


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation. `family` is what it is a variant of; `request` is the part that a person would say."""

    task: Task
    messages: tuple[Message, ...]
    origin: Origin
    family: str
    request: str
    language: str = "en"
    profile: str = "small"  # of the model that is asked in these words
    path: str = ""  # within the source
    facts: Mapping[str, Any] = field(default_factory=dict)  # what the checks found

    @property
    def answer(self) -> str:
        """What the model should say."""
        return self.messages[-1]["content"]

    @property
    def digest(self) -> str:
        """Names the conversation by its text."""
        text = json.dumps([dict(each) for each in self.messages], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def conversation(asked: Sequence[Message], answer: str) -> tuple[Message, ...]:
    """The messages of a request with the answer to them."""
    return (*(dict(each) for each in asked), {"role": "assistant", "content": answer})
