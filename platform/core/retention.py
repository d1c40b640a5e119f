"""How long things are kept: rules as data, which apps bring, and the one function that keeps to them.

docs/privacy/retention.md shows the same table; a test compares the two.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from core import audit, buckets

BATCH = 2000

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rule:
    """`remove` takes away what is older than the time it is given, and returns how many rows. 0 days: at once."""

    name: str
    what: str
    days: int
    why: str
    remove: Callable[[datetime], int]

    @property
    def kept_days(self) -> int:
        """The days of this site: its own where RETENTION_DAYS names the rule."""
        return int(settings.RETENTION_DAYS.get(self.name, self.days))


def rules() -> Iterator[Rule]:
    """Return the rules of every app that RETENTION_RULES names."""
    for path in settings.RETENTION_RULES:
        yield from import_string(path)


def sweep() -> dict[str, int]:
    """Keep to every rule; return how many rows each took. One that fails is logged and keeps no other from its work."""
    taken = {}
    for rule in rules():
        try:
            taken[rule.name] = rule.remove(timezone.now() - timedelta(days=rule.kept_days))
        except Exception:
            logger.exception("The retention rule %s failed; it comes again.", rule.name)
    return taken


def in_batches(rows: QuerySet[Any]) -> int:
    """Delete rows a few at a time, so that nobody else waits long; written-once ones too, for their time is over."""
    removed = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        rows.model._base_manager.filter(pk__in=keys).delete()
        removed += len(keys)
    return removed


def table() -> list[str]:
    """Return the rules as lines of a Markdown table."""
    lines = ["| rule | what | kept | why |", "|---|---|---|---|"]
    for rule in rules():
        kept = f"{rule.days} days" if rule.days else "not at all"
        lines.append(f"| `{rule.name}` | {rule.what} | {kept} | {rule.why} |")
    return lines


def _full_buckets(before: datetime) -> int:
    return buckets.sweep()


RULES = [
    Rule("audit", "entries of the audit trail", 2555, "proof towards schools and auditors: seven years", audit.prune),
    Rule(
        "limits",
        "how often a pseudonym of an account or address did something, once nothing of it is left to count",
        0,
        "limits need the last minutes or hours only",
        _full_buckets,
    ),
]
