"""The form encoding that Stripe's API speaks: `items[0][price]=...` and back to nested data."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

Json = dict[str, Any]


def decode(text: str) -> Json:
    """Read a form body or query string into nested dictionaries and lists; every leaf is a string."""
    found: Json = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        path = re.findall(r"[^\[\]]+|(?<=\[)(?=\])", name)
        _put(found, path, value)
    listed: Json = _lists(found)
    return listed


def _put(into: Json, path: list[str], value: str) -> None:
    head, *rest = path
    if not head:
        head = str(len(into))
    if not rest:
        into[head] = value
        return
    _put(into.setdefault(head, {}), rest, value)


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _lists(each) for name, each in value.items()}
    if inner and all(name.isdigit() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner


def boolean(params: Json, name: str, *, default: bool = False) -> bool:
    """Read a yes or no."""
    return str(params.get(name, default)).lower() == "true"


def whole(params: Json, name: str, default: int | None = None) -> int | None:
    """Read a whole number."""
    raw = params.get(name)
    return default if raw in {None, ""} else int(str(raw))


def merged(old: Json | None, new: Any) -> Json:
    """Return metadata after an update: an empty value removes its key, an empty string removes all."""
    if new == "":
        return {}
    together = {**(old or {}), **(new or {})}
    return {name: value for name, value in together.items() if value != ""}
