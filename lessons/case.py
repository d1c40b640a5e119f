"""Reads a curriculum in CASE 1.0 or 1.1 (1EdTech Competencies and Academic Standards Exchange), as JSON.

Source: 1EdTech CASE Service 1.1, CFPackage: one CFDocument, its CFItems and the CFAssociations between them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.errors import DomainError

MOST_BYTES = 20 << 20
MOST_ITEMS = 20_000
MOST_TOLD = 50  # problems in one answer
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Item:
    """A standard, with its parent's identifier; empty at the top. `place` orders siblings."""

    case_id: str
    code: str
    statement: str
    level: str
    parent: str = ""
    place: float = 0.0


@dataclass(frozen=True, slots=True)
class Package:
    """A curriculum as it was read: standards from the top down, and what was wrong without spoiling the rest."""

    case_id: str
    title: str
    publisher: str
    language: str
    edition: str
    licence: str
    address: str
    items: Sequence[Item]
    problems: Sequence[str] = field(default=())


def read(data: bytes) -> Package:
    """Return the curriculum. Raises DomainError "case" for what is no CASE package at all."""
    if len(data) > MOST_BYTES:
        raise _no(_("The file is larger than %(size)d MB.") % {"size": MOST_BYTES >> 20})
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _no(_("The file is not JSON: %(why)s") % {"why": str(error)[:200]}) from error
    if isinstance(content, dict) and isinstance(content.get("CFPackage"), dict):
        content = content["CFPackage"]
    if not isinstance(content, dict) or not isinstance(content.get("CFDocument"), dict):
        raise _no(_("The file has no CFDocument."))
    document, rows = content["CFDocument"], content.get("CFItems")
    if not isinstance(rows, list) or not rows:
        raise _no(_("The file has no CFItems."))
    if len(rows) > MOST_ITEMS:
        raise _no(_("The file has more than %(count)d standards.") % {"count": MOST_ITEMS})
    if not _text(document, "identifier", 64) or not _text(document, "title", 300):
        raise _no(_("The CFDocument has no identifier or no title."))
    problems: list[str] = []
    items = _with_parents(_items(rows, problems), content.get("CFAssociations"), document, problems)
    licence = document.get("licenseURI")
    return Package(
        case_id=_text(document, "identifier", 64),
        title=_text(document, "title", 300),
        publisher=_text(document, "publisher", 200) or _text(document, "creator", 200),
        language=_text(document, "language", 16),
        edition=_text(document, "version", 64),
        licence=_text(licence, "title", 300) if isinstance(licence, dict) else _text(document, "licenseURI", 300),
        address=_text(document, "officialSourceURL", 500),
        items=list(_from_the_top(items, problems)),
        problems=problems[:MOST_TOLD],
    )


def _items(rows: Sequence[Any], problems: list[str]) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for number, row in enumerate(rows, start=1):
        where = _("Standard %(number)d") % {"number": number}
        if not isinstance(row, dict) or not _text(row, "identifier", 64):
            problems.append(_("%(where)s has no identifier and was left out.") % {"where": where})
        elif not _text(row, "fullStatement", 8000):
            problems.append(_("%(where)s has no fullStatement and was left out.") % {"where": where})
        elif _text(row, "identifier", 64) in found:
            problems.append(_("%(where)s has the identifier of an earlier one and was left out.") % {"where": where})
        else:
            key = _text(row, "identifier", 64)
            levels = row.get("educationLevel")
            level = ", ".join(str(one) for one in levels if one) if isinstance(levels, list) else str(levels or "")
            code = _text(row, "humanCodingScheme", 100)
            found[key] = Item(key, code, _text(row, "fullStatement", 8000), level[:100], place=float(number))
    return found


def _with_parents(
    items: Mapping[str, Item], rows: Any, document: Mapping[str, Any], problems: list[str]
) -> dict[str, Item]:
    found = dict(items)
    for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
        if not isinstance(row, dict) or row.get("associationType") != "isChildOf":
            continue
        child, parent = (_target(row, end) for end in ("originNodeURI", "destinationNodeURI"))
        if child not in found:
            continue
        known = parent in found or parent == document.get("identifier")
        if not known:
            told = _("Association %(number)d names a parent that is not in the file; it stays on top.")
            problems.append(told % {"number": number})
        place = row.get("sequenceNumber")
        item = found[child]
        found[child] = Item(
            item.case_id, item.code, item.statement, item.level,
            parent if parent in found and not item.parent else item.parent,
            float(place) if isinstance(place, int | float) and not isinstance(place, bool) else item.place,
        )  # fmt: skip
    return found


def _from_the_top(items: Mapping[str, Item], problems: list[str]) -> Iterator[Item]:
    """Yield parents before their children, siblings in order; those in a circle come to the top."""
    below: dict[str, list[Item]] = {}
    for item in items.values():
        below.setdefault(item.parent, []).append(item)
    seen: set[str] = set()
    waiting = [(item, 0) for item in sorted(below.get("", []), key=_place, reverse=True)]
    while waiting:
        item, depth = waiting.pop()
        seen.add(item.case_id)
        yield item
        children = sorted(below.get(item.case_id, []), key=_place, reverse=True)
        if depth < DEEPEST:
            waiting += [(child, depth + 1) for child in children]
    for item in items.values():
        if item.case_id not in seen:
            told = _("“%(name)s” is its own ancestor or lies too deep; it stays on top.")
            problems.append(told % {"name": item.code or item.case_id})
            yield Item(item.case_id, item.code, item.statement, item.level, "", item.place)


def _place(item: Item) -> float:
    return item.place


def _target(row: Mapping[str, Any], end: str) -> str:
    node = row.get(end)
    return _text(node, "identifier", 64) if isinstance(node, dict) else ""


def _text(row: Mapping[str, Any], key: str, longest: int) -> str:
    value = row.get(key)
    return " ".join(value.split())[:longest] if isinstance(value, str) else ""


def _no(why: str) -> DomainError:
    return DomainError(
        "case",
        why,
        status=422,
        hint=_("Choose the JSON file of a CASE package, as publishers of curricula give it out."),
    )
