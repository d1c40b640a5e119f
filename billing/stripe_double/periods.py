"""Billing periods: calendar months and years from an anchor, and the part of one that is left."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime

from billing.stripe_double.errors import Json

DAY = 86_400


def after(start: int, recurring: Json, *, anchor: int) -> int:
    """Return the end of the period that starts at `start`: the anchor's day of the month, or the month's last."""
    count = int(recurring["interval_count"])
    days = {"day": 1, "week": 7}.get(recurring["interval"])
    if days:
        return start + count * days * DAY
    begin, first = datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(anchor, UTC)
    months = begin.month - 1 + count * (12 if recurring["interval"] == "year" else 1)
    year, month = begin.year + months // 12, months % 12 + 1
    day = min(first.day, calendar.monthrange(year, month)[1])
    return int(begin.replace(year=year, month=month, day=day).timestamp())


def left(item: Json, at: int) -> float:
    """Return which part of an item's period is still to come at a moment: 1 at its start, 0 at its end."""
    start, end = item["current_period_start"], item["current_period_end"]
    part: float = max(0.0, min(1.0, (end - at) / (end - start)))
    return part
