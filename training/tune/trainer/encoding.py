"""Rows as tokens, with the loss on the answer only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from training.tune.rows import Row, messages_of

IGNORED = -100  # a label that torch's cross entropy leaves out


@dataclass(slots=True)
class Encoded:
    """Rows of tokens, and how many were left out because they are too long or have no answer."""

    rows: list[dict[str, list[int]]] = field(default_factory=list)
    too_long: int = 0
    unusable: int = 0


def encode(rows: Iterable[Row], tokenizer: Any, *, max_length: int, thinking: bool) -> Encoded:
    """Encode rows; those longer than `max_length` tokens are left out whole, for half a scene teaches half scenes."""
    made = Encoded()
    for row in rows:
        messages = messages_of(row)
        if not messages:
            made.unusable += 1
            continue
        question = question_ids(tokenizer, messages[:-1], thinking=thinking)
        answer = answer_ids(tokenizer, messages[-1]["content"])
        if len(question) + len(answer) > max_length:
            made.too_long += 1
            continue
        ids = question + answer
        made.rows.append(
            {
                "input_ids": ids,
                "attention_mask": [1] * len(ids),
                "labels": [IGNORED] * len(question) + answer,
            }
        )
    return made


def question_ids(tokenizer: Any, messages: list[dict[str, str]], *, thinking: bool) -> list[int]:
    """All up to where the model begins to answer: the very tokens that a server of the model puts before an answer."""
    ids = tokenizer.apply_chat_template(
        messages, add_generation_prompt=True, tokenize=True, return_dict=False, enable_thinking=thinking
    )
    return list(ids)


def answer_ids(tokenizer: Any, answer: str) -> list[int]:
    """The answer and the token that ends it, so that the model learns to stop."""
    return [*tokenizer.encode(answer, add_special_tokens=False), tokenizer.eos_token_id]
