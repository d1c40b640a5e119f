"""What an app knows about a person, as she may take it away: the functions that PERSONAL_DATA names return these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that become one JSON file, `name`.json. `model` is what they are of, e.g. "projects.revision"."""

    name: str
    model: str
    rows: Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the store that goes into the archive under `name`; `size` is in bytes."""

    name: str
    file: str
    size: int


Part = Table | StoredFile


def table(name: str, rows: QuerySet[Any], *, leave_out: Collection[str] = ()) -> Table:
    """Return all columns of the rows but those that are secrets, or say nothing about her."""
    fields = [field.attname for field in rows.model._meta.concrete_fields if field.attname not in leave_out]
    return Table(name, rows.model._meta.label_lower, _values(rows, fields))


def _values(rows: QuerySet[Any], fields: list[str]) -> Iterator[Mapping[str, Any]]:
    yield from rows.order_by("pk").values(*fields).iterator(chunk_size=500)
