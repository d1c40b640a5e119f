"""Places among siblings: where the next one goes, and how one moves."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Max, QuerySet

from lessons.models import Ordered
from lessons.permissions import not_found

Row = TypeVar("Row", bound=Ordered)


def next_place(siblings: QuerySet[Any]) -> int:
    """Return the place after the last of the siblings."""
    last = siblings.aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def move(siblings: QuerySet[Row], one: Row, steps: int) -> None:
    """Move one among its siblings: -1 is one place up; beyond the ends nothing moves. All places are written anew.

    The caller holds what keeps two moves apart. Raises DomainError "not_found" where it is no longer among them.
    """
    row = list(siblings)
    old = next((place for place, each in enumerate(row) if each.pk == one.pk), None)
    if old is None:
        raise not_found()
    row.insert(max(0, min(len(row) - 1, old + steps)), row.pop(old))
    for place, each in enumerate(row):
        each.position = place
    siblings.model._default_manager.bulk_update(row, ["position"])
