"""Addresses that are rights: a row's key, signed, so that one is neither guessed nor made up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Model


def token_of(row: Model, salt: str) -> str:
    """Return what stands in the address; `salt` names the kind of row."""
    key: Any = row.pk
    return signing.Signer(salt=salt).sign(key.hex)


def key_of(token: str, salt: str) -> UUID | None:
    """Return the key that a token holds; None where we never made it."""
    try:
        return UUID(signing.Signer(salt=salt).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
