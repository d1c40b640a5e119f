"""How long a piece of code is, in tokens."""

from __future__ import annotations

import functools
from typing import Any

from generation.engine.understanding.embedding import DATA

# The vocabulary that comes with this project: BERT's WordPiece, 30,522 pieces, lower case. Models of code cut code into
# fewer and other pieces; the number ranks scenes by length and is no model's own count.
VOCABULARY = "bert-base-uncased"


def count(code: str) -> int:
    """The number of tokens."""
    return len(_tokenizer().encode(code, add_special_tokens=False).ids)


@functools.cache
def _tokenizer() -> Any:
    from tokenizers import BertWordPieceTokenizer  # noqa: PLC0415 - only where tokens are counted

    return BertWordPieceTokenizer(str(DATA / "vocab.txt"), lowercase=True)
