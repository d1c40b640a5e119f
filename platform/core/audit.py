"""The audit trail: call `record` in the transaction that does the deed.

The entries are a chain (docs/trust.md). An entry's digest vouches for what it says and is written with it. Its seal
vouches for its place: it covers the seal before. Sealing waits for the deed's commit, because a lock on the end of the
chain held by every transaction that does a deed would make deeds wait for one another, and deadlock.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from core.after_commit import after_commit
from core.models import AuditChain, AuditEntry

THE_CHAIN = 1  # the key of its one row
SEAL_BATCH = 500
VERIFY_BATCH = 2000
# The plain manager of Django: sealing and the end of an entry's time are the two changes that entries know.
_rows = AuditEntry._base_manager


def record(verb: str, *, actor: Model | None, target: Model, data: Mapping[str, Any] | None = None) -> AuditEntry:
    """Write one entry, e.g. "project.renamed". `data` must be JSON and hold no secret, no prompt text and nothing
    that names a person but the key of her account."""
    entry = AuditEntry(
        actor_id=actor.pk if actor else None,
        actor_key=actor_key(actor.pk) if actor else "",
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        data=dict(data or {}),
        created=timezone.now(),
    )
    entry.digest = _sign(_keys()[0], _content(entry))
    entry.save()
    after_commit(seal)
    return entry


def actor_key(user_pk: object) -> str:
    """Return the pseudonym under which an account's deeds stand; it cannot be turned back into the account's key."""
    return hashlib.sha256(f"theorama.actor:{user_pk}".encode()).hexdigest()


# --- Sealing -------------------------------------------------------------------------------------
def seal() -> int:
    """Give entries that are committed and have no place yet their places; return how many. Any process may, any time.

    An entry whose digest is not ours gets none: somebody wrote it past `record`, and `verify` says so.
    """
    sealed, after = 0, 0
    while (batch := _seal_batch(after)) is not None:
        count, after = batch
        sealed += count
    return sealed


def _seal_batch(after: int) -> tuple[int, int] | None:
    """Seal the next entries with a key above `after`; return how many, and the last one's key. None: there are none."""
    waiting = _rows.filter(place=None, pk__gt=after).order_by("pk")
    if not waiting.exists():
        return None
    with transaction.atomic():
        chain = _locked_chain()
        before, last_key = chain.last_place, after
        for entry in list(waiting[:SEAL_BATCH]):
            last_key = entry.pk
            if _key_of(_content(entry), entry.digest) is not None:
                chain.last_place += 1
                chain.last_seal = _sign(_keys()[0], _place(chain.last_seal, chain.last_place, entry.digest))
                _rows.filter(pk=entry.pk).update(place=chain.last_place, seal=chain.last_seal)
        if chain.last_place > before:
            _keep(chain)
        return chain.last_place - before, last_key


def _locked_chain() -> AuditChain:
    AuditChain.objects.bulk_create([AuditChain(pk=THE_CHAIN)], ignore_conflicts=True)
    return AuditChain.objects.select_for_update().get(pk=THE_CHAIN)


def _keep(chain: AuditChain) -> None:
    chain.vouch = _sign(_keys()[0], _ends(chain))
    chain.save()


@transaction.atomic
def prune(before: datetime) -> int:
    """Remove the oldest entries, up to the first that was made at or after `before`; return how many.

    The chain goes on from the last one removed, and an entry of its own tells of it.
    """
    chain = _locked_chain()
    stays = _rows.filter(created__gte=before).exclude(place=None).order_by("place").first()
    through = (stays.place or 0) - 1 if stays else chain.last_place
    last = _rows.filter(place=through).first()
    if last is None or through <= chain.first_place:
        return 0
    removed, _by_model = _rows.filter(place__lte=through).delete()
    chain.first_place, chain.first_seal = through, last.seal
    _keep(chain)
    record("audit.pruned", actor=None, target=chain, data={"through": through, "entries": removed})
    return removed


# --- Verifying -----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Breach:
    """Something that is not as it was written. `place` is None for an entry that has none."""

    place: int | None
    what: str


def verify() -> Iterator[Breach]:
    """Go through the whole chain and tell what was changed, removed or put in. Seals first what still waits for it."""
    seal()
    chain = AuditChain.objects.filter(pk=THE_CHAIN).first() or AuditChain(pk=THE_CHAIN)
    if (chain.last_place or chain.vouch) and _key_of(_ends(chain), chain.vouch) is None:
        yield Breach(None, "the record of the chain's ends was changed")
    expected, last = chain.first_place + 1, chain.first_seal
    for entry in _rows.exclude(place=None).order_by("place").iterator(chunk_size=VERIFY_BATCH):
        place = entry.place or 0
        if place < expected:
            yield Breach(place, "an entry stands before the chain's beginning")
            continue
        if place > expected:
            yield _gap(expected, place - 1)
        yield from _breaches(entry, place, last if place == expected else None)
        expected, last = place + 1, entry.seal
    if expected <= chain.last_place:
        yield _gap(expected, chain.last_place)
    elif expected - 1 > chain.last_place:
        yield Breach(chain.last_place + 1, "entries stand behind the chain's end")
    for entry in _rows.filter(place=None).order_by("id"):
        if _key_of(_content(entry), entry.digest) is None:
            yield Breach(None, f"entry {entry.pk} has no place and was changed or put in")


def _breaches(entry: AuditEntry, place: int, before: str | None) -> Iterator[Breach]:
    """What is wrong with one entry; `before` is the seal it stands behind, None where that one is missing."""
    if _key_of(_content(entry), entry.digest) is None:
        yield Breach(place, "what the entry says was changed")
    if before is not None and _key_of(_place(before, place, entry.digest), entry.seal) is None:
        yield Breach(place, "the seal does not fit: the entry, or the one before, was changed, put in or moved")


def _gap(first: int, last: int) -> Breach:
    return Breach(first, "an entry was removed" if first == last else f"entries up to {last} were removed")


# --- What is signed ------------------------------------------------------------------------------
def _content(entry: AuditEntry) -> str:
    said = [
        entry.actor_key,
        entry.verb,
        entry.target_type,
        entry.target_id,
        _plain(entry.data),
        entry.created.astimezone(UTC).isoformat(timespec="microseconds"),
    ]
    return "entry:" + json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _plain(value: Any) -> Any:
    """Return JSON as it is after a database had it: PostgreSQL keeps 1e3 and 1000.0 as 1000."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _place(before: str, place: int, digest: str) -> str:
    return f"place:{before}:{place}:{digest}"


def _ends(chain: AuditChain) -> str:
    return f"ends:{chain.first_place}:{chain.first_seal}:{chain.last_place}:{chain.last_seal}"


def _keys() -> Sequence[str]:
    """Return the key that signs, then those that may have signed before."""
    known = [settings.AUDIT_KEY, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [key for key in known if key]


def _key_of(message: str, signature: str) -> str | None:
    """Return the key that signed the message; None where none of ours did."""
    return next((key for key in _keys() if hmac.compare_digest(_sign(key, message), signature)), None)


def _sign(key: str, message: str) -> str:
    return hmac.new(f"theorama.audit:{key}".encode(), message.encode(), hashlib.sha256).hexdigest()
