"""How long rows are in tokens: by a model's own tokenizer where its file is given, else by a stated estimate.

The vocabulary of Qwen is not part of this repository, so the estimate is the default. It splits text as Qwen's
pre-tokenizer does (a word with its leading space, single digits, runs of signs, line ends with their indentation) and
counts a word of more than `WORD` letters as several tokens.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from training.dataset.rows import Message

WORD = 7  # letters that one token holds, about: an assumption, not yet held against a vocabulary of Qwen
ROLE = 5  # tokens around each message of a chat: its marks, its role and line ends
_PIECES = re.compile(r"(?P<word>[^\w\r\n]?[^\W\d_]+)|\d|\s*[\r\n]+|\s+(?!\S)| ?[^\s\w]+|_+|\s+")


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts the tokens of a text; `name` says how, for the card and the manifest."""

    name: str
    count: Callable[[str], int]

    def of(self, messages: Iterable[Message]) -> int:
        """The tokens of a conversation, with what a chat template puts around its messages."""
        return sum(self.count(each["content"]) + ROLE for each in messages)


def counter(file: Path | None = None) -> Counter:
    """The tokenizer in a `tokenizer.json`, else the estimate. Raises OSError or ValueError for a file that is none."""
    if file is None:
        return Counter(f"estimate (pieces of at most {WORD} letters)", estimate)
    from tokenizers import Tokenizer  # noqa: PLC0415 - a compiled library that only this counter needs

    content = file.read_bytes()
    try:
        tokenizer = Tokenizer.from_str(content.decode())
    except Exception as error:  # the library raises bare Exception for whatever it cannot read
        raise ValueError(f"{file} is no tokenizer.json: {error}") from error
    name = f"{file.name} sha256 {hashlib.sha256(content).hexdigest()[:12]}"
    return Counter(name, lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids))


def estimate(text: str) -> int:
    """About how many tokens a code model makes of a text."""
    found = 0
    for piece in _PIECES.finditer(text):
        word = piece["word"]
        found += 1 if word is None else -(-len(word.strip()) // WORD) or 1
    return found
