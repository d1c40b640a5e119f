"""What is trained on and what is measured with, by connected component: nothing measured was nearly trained on."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from training.dataset import likeness
from training.dataset.rows import Row, Split

SHARES = ((Split.TRAIN, 0.90), (Split.VALIDATION, 0.05), (Split.TEST, 0.05))
MOST_OF_A_FAMILY = 0.02  # of all rows: more of one kind teaches that kind only


def capped(rows: Sequence[Row]) -> list[Row]:
    """No family beyond its share; which of its rows stay is decided by their sums, so that it is the same each time."""
    most = max(20, int(MOST_OF_A_FAMILY * len(rows)))
    crowded = {family for family, count in Counter(row.family for row in rows).items() if count > most}
    stay = {
        row.digest
        for family in crowded
        for row in sorted((each for each in rows if each.family == family), key=lambda each: each.digest)[:most]
    }
    return [row for row in rows if row.family not in crowded or row.digest in stay]


def splits(rows: Sequence[Row], linked: Sequence[Sequence[int]], held_out: frozenset[str]) -> list[Split]:
    """The split of each row. Rows of one family, one file of a source, or with answers nearly alike stay together.

    A component is held out where one of its families is. Else its name, the least of its families, decides: more data
    moves no old row, unless it binds two components together.
    """
    bound = [
        *likeness.groups((row.origin.name, row.family) for row in rows),
        *likeness.groups((row.origin.name, row.path or row.digest) for row in rows),
        *linked,
    ]
    component = likeness.components(len(rows), bound)
    families: dict[int, set[str]] = {}
    for row, number in zip(rows, component, strict=True):
        families.setdefault(number, set()).add(row.family)
    chosen = {number: _split(found, held_out) for number, found in families.items()}
    return [chosen[number] for number in component]


def _split(families: set[str], held_out: frozenset[str]) -> Split:
    if families & held_out:
        return Split.HELDOUT
    at = int.from_bytes(hashlib.sha256(min(families).encode()).digest()[:8], "big") / 2**64
    for split, share in SHARES:
        if at < share:
            return split
        at -= share
    return Split.TRAIN
