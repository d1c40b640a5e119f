"""Numbers for the people who decide: tables that apps bring (INSIGHTS), and a page above them shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Span:
    """From `first`, up to but without `last`."""

    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers under headings. `drawn` is the column that the chart beside the table shows; None where there is none.

    The first column names the rows. `key` stands in addresses.
    """

    key: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]
    drawn: int | None = None
    note: str = ""


# Called with the people that count and the time; the people are a queryset of accounts.
Tables = Callable[[QuerySet[Any], Span], list[Table]]
