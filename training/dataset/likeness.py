"""Which rows are nearly the same: MinHash over pieces of what was asked and what was answered.

Two rows of a task are near-duplicates where both are alike, the request and the answer: the same code for another
request teaches the other request, and another answer to the same request is another lesson.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from datasketch import MinHash, MinHashLSH

from training.dataset.rows import Row, Task

PERMUTATIONS = 64
SAME_ANSWER, SAME_REQUEST = 0.85, 0.7  # Jaccard, estimated
LINKED = 0.9  # whole scenes so alike are never in different splits
WITH_CODE = frozenset({Task.WRITE, Task.REPAIR})  # a line or a form says too little to bind what it stands in
TOO_CLOSE = 0.5  # to a prompt of an evaluation suite
NGRAM = 8  # words in a row that no training request shares with a suite
_PIECE = re.compile(r"\w+|[^\w\s]")


def pieces(text: str) -> list[str]:
    """Words and signs, whatever their case and room."""
    return _PIECE.findall(text.casefold())


def minhash(text: str, size: int) -> MinHash:
    """The MinHash of all runs of `size` pieces; of the pieces themselves, where the text is shorter."""
    found = pieces(text)
    runs = {" ".join(found[i : i + size]) for i in range(max(1, len(found) - size + 1))}
    made = MinHash(PERMUTATIONS, seed=1)
    made.update_batch([run.encode() for run in sorted(runs)])
    return made


def alike(first: MinHash, second: MinHash) -> float:
    """The share of what both have, estimated."""
    return float(np.mean(first.hashvalues == second.hashvalues))


@dataclass(frozen=True, slots=True)
class Sifted:
    """The rows that stay, those that are too much like one before, and which of those that stay belong together."""

    kept: tuple[Row, ...]
    dropped: int
    linked: tuple[tuple[int, int], ...]  # places in `kept`


def without_near_duplicates(rows: Iterable[Row]) -> Sifted:
    """Keep the first of every kind; the order of the rows decides which that is."""
    index = MinHashLSH(threshold=SAME_ANSWER - 0.05, num_perm=PERMUTATIONS)
    kept: list[Row] = []
    marks: list[tuple[MinHash, MinHash]] = []
    linked: list[tuple[int, int]] = []
    dropped = 0
    for row in rows:
        answer, request = minhash(f"{row.task} {row.answer}", 5), minhash(_asked(row), 3)
        near = [int(str(key)) for key in index.query(answer)]
        scores = {other: alike(answer, marks[other][0]) for other in sorted(near)}
        if any(
            kept[other].task == row.task and score >= SAME_ANSWER and alike(request, marks[other][1]) >= SAME_REQUEST
            for other, score in scores.items()
        ):
            dropped += 1
            continue
        if row.task in WITH_CODE:
            linked += [(other, len(kept)) for other, score in scores.items() if score >= LINKED]
        index.insert(str(len(kept)), answer)
        kept.append(row)
        marks.append((answer, request))
    return Sifted(tuple(kept), dropped, tuple(linked))


def _asked(row: Row) -> str:
    """What is particular in a row's question: what a person says, and for which code."""
    return f"{row.request} {row.messages[-2]['content'][-400:]}"


class Suites:
    """The prompts of evaluation suites, to find what comes too close to them."""

    def __init__(self, prompts: Sequence[str]) -> None:
        self._index = MinHashLSH(threshold=TOO_CLOSE - 0.1, num_perm=PERMUTATIONS)
        self._marks: list[MinHash] = []
        self._runs: set[str] = set()
        self._whole = {" ".join(pieces(prompt)) for prompt in prompts}
        for number, prompt in enumerate(prompts):
            mark = minhash(prompt, 3)
            self._marks.append(mark)
            self._index.insert(str(number), mark)
            self._runs |= set(_runs(prompt))

    def is_too_close(self, request: str) -> bool:
        """Whether a request is, or says for long, or is mostly, what a suite asks."""
        whole = " ".join(pieces(request))
        if whole in self._whole or any(run in self._runs for run in _runs(request)):
            return True
        mark = minhash(request, 3)
        return any(alike(mark, self._marks[int(str(key))]) >= TOO_CLOSE for key in self._index.query(mark))


def _runs(text: str) -> Iterator[str]:
    found = pieces(text)
    return (" ".join(found[i : i + NGRAM]) for i in range(len(found) - NGRAM + 1))


def components(count: int, together: Iterable[Sequence[int]]) -> list[int]:
    """For each of `count` things the least number among those it is bound to, directly or through others."""
    root = list(range(count))

    def find(one: int) -> int:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for group in together:
        for other in group[1:]:
            first, second = sorted((find(group[0]), find(other)))
            root[second] = first
    return [find(each) for each in range(count)]


def groups(keys: Iterable[Hashable]) -> list[list[int]]:
    """The places of equal keys."""
    found: dict[Hashable, list[int]] = {}
    for place, key in enumerate(keys):
        found.setdefault(key, []).append(place)
    return list(found.values())
