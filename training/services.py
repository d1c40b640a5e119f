"""Changes: datasets come in, permissions are recorded and revoked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import User
from core import audit
from training.dataset import shards
from training.dataset.sources.feedback import Given
from training.lanes import lane_of, worst
from training.models import DatasetVersion, FeedbackEvent, Permission, Sample, Source

BATCH = 1000


@transaction.atomic
def record_source(*, name: str, version: str, licence: str, evidence: str, note: str = "") -> Source:
    """A source with its licence; the lane follows from both, never from the caller."""
    values = {"licence": licence, "evidence": evidence, "lane": lane_of(licence, evidence)}
    source, made = Source.objects.get_or_create(name=name, version=version, defaults={**values, "note": note})
    if not made and (source.licence, source.evidence) != (licence, evidence):
        audit.record("training.source.changed", actor=None, target=source, data={"from": source.licence, "to": licence})
        Source.objects.filter(pk=source.pk).update(**values, updated=timezone.now())
        source.refresh_from_db()
    return source


@transaction.atomic
def register_dataset(folder: Path) -> DatasetVersion:
    """Take a built dataset into the database, every row compared with its shard's sum; a second time changes nothing.

    Raises TrainingFault for a folder that holds none, and for a corrupt shard.
    """
    manifest, sha256 = shards.read_manifest(folder)
    known = DatasetVersion.objects.filter(manifest_sha256=sha256).first()
    if known is not None:
        if known.folder != str(folder.resolve()):
            known.folder = str(folder.resolve())
            known.save(update_fields=["folder", "updated"])
        return known
    sources = {
        (each["name"], each["version"]): record_source(
            name=each["name"], version=each["version"], licence=each["licence"], evidence=each["evidence"]
        )
        for each in manifest["sources"]
    }
    dataset = DatasetVersion.objects.create(
        name=manifest["name"],
        manifest_sha256=sha256,
        folder=str(folder.resolve()),
        manifest=manifest,
        card=_card(folder),
        lane=worst(source.lane for source in sources.values()),
        rows=manifest["rows"],
        tokens=manifest["tokens"],
    )
    dataset.sources.set(sources.values())
    samples = (_sample(dataset, sources[row["source"], row["source_version"]], row) for row in shards.read(folder))
    Sample.objects.bulk_create(samples, batch_size=BATCH)
    audit.record("training.dataset.registered", actor=None, target=dataset, data={"rows": dataset.rows})
    return dataset


def _card(folder: Path) -> str:
    file = folder / shards.CARD
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _sample(dataset: DatasetVersion, source: Source, row: Mapping[str, Any]) -> Sample:
    return Sample(
        dataset=dataset,
        source=source,
        digest=row["id"],
        task=row["task"],
        family=row["family"],
        split=row["split"],
        lane=row["lane"],
        tokens=row["tokens"],
    )


@transaction.atomic
def record_permission(
    *,
    by: User,
    source: Source,
    document: str,
    granted_by: str,
    scope: str,
    granted_on: datetime.date,
    ends_on: datetime.date | None = None,
) -> Permission:
    """Record a written permission. It opens the models that were made from the source to paying tenants."""
    made = Permission.objects.create(
        source=source,
        document=document,
        granted_by=granted_by,
        scope=scope,
        granted_on=granted_on,
        ends_on=ends_on,
        recorded_by=by,
    )
    data = {"source": str(source), "document": document, "granted_by": granted_by}
    audit.record("training.permission.recorded", actor=by, target=made, data=data)
    return made


@transaction.atomic
def revoke_permission(*, by: User, permission: Permission) -> None:
    """End a permission now; a second time changes nothing."""
    if Permission.objects.filter(pk=permission.pk, revoked=None).update(revoked=timezone.now()):
        audit.record("training.permission.revoked", actor=by, target=permission)


def given_feedback() -> Iterable[Given]:
    """What may be trained on today: of people to whom TRAINING_CONSENT says yes; without that function, nothing."""
    if not settings.TRAINING_CONSENT:
        return
    consents = import_string(settings.TRAINING_CONSENT)
    asked: dict[Any, bool] = {}
    for event in FeedbackEvent.objects.select_related("user").order_by("created", "pk").iterator():
        if event.user_id not in asked:
            asked[event.user_id] = bool(consents(event.user))
        if asked[event.user_id]:
            roster = tuple(event.user.name.split())
            yield Given(
                event.kind, str(event.user_id), event.prompt, event.before, event.after, event.consent_version, roster
            )
