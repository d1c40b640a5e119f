"""Which model may be served to whom. A model that nobody registered may be served to nobody.

`generation` asks here by the setting ADAPTER_CHECKS, with the name that requests carry or the file of an adapter.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core import audit
from training.lanes import Lane, lane_of, worst
from training.models import DatasetVersion, ModelArtifact, Permission, Source


class NotServable(Exception):
    """A model may not be served to this tenant. The message says why and what would change it."""


def lane_of_dataset(dataset: DatasetVersion) -> Lane:
    """The lane of its worst source."""
    return worst(source.lane for source in dataset.sources.all())


def lane_of_model(artifact: ModelArtifact) -> Lane:
    """The lane of the worst of what it was made of: its datasets, the base model's licence, the model it began from."""
    parts: list[str] = [lane_of_dataset(each) for each in datasets_of(artifact)]
    parts.append(lane_of(artifact.base_licence, artifact.base))
    if artifact.run is not None and artifact.run.parent is not None:
        parts.append(lane_of_model(artifact.run.parent))
    return worst(parts) if len(parts) > 1 else Lane.BLOCKED


def datasets_of(artifact: ModelArtifact) -> list[DatasetVersion]:
    """What it was trained on, by its run and by what was recorded with it."""
    runs = Q(runs=artifact.run) if artifact.run_id else Q(pk=None)
    return list(
        DatasetVersion.objects.filter(runs | Q(artifacts=artifact))
        .distinct()
        .prefetch_related("sources")
        .order_by("pk")
    )


def sources_of(artifact: ModelArtifact) -> list[Source]:
    """All sources behind a model, those of the models that it began from too."""
    found = {source.pk: source for dataset in datasets_of(artifact) for source in dataset.sources.all()}
    if artifact.run is not None and artifact.run.parent is not None:
        found |= {source.pk: source for source in sources_of(artifact.run.parent)}
    return sorted(found.values(), key=lambda source: (source.name, source.version))


def require_servable(artifact: ModelArtifact, *, paying: bool) -> None:
    """Raise NotServable where the licences behind a model forbid to serve it to such a tenant.

    The lane is worked out anew from the sources each time: what was stored with the model may be older than they are.
    """
    lane = lane_of_model(artifact)
    if lane is Lane.BLOCKED:
        raise NotServable(
            f"{artifact} was made from something whose licence is unknown or forbids it. Record the sources' licences "
            "with their evidence, or serve another model."
        )
    if lane is Lane.COMMERCIAL or not paying:
        return
    if lane_of(artifact.base_licence, artifact.base) is not Lane.COMMERCIAL:
        raise NotServable(f"{artifact} has a base model that may not be used commercially. Serve another one.")
    missing = [source for source in sources_of(artifact) if source.lane != Lane.COMMERCIAL and not permission(source)]
    if missing:
        listed = ", ".join(str(source) for source in missing)
        raise NotServable(
            f"{artifact} was made from {listed}, which forbid commercial use. An administrator can record a written "
            "permission of those who hold the rights; until then paying tenants are served without it."
        )


def permission(source: Source) -> Permission | None:
    """The permission that holds today for a source, if there is one."""
    today = timezone.localdate()
    return (
        source.permissions.filter(revoked=None, granted_on__lte=today)
        .filter(Q(ends_on=None) | Q(ends_on__gte=today))
        .order_by("-created")
        .first()
    )


def require_adapter(adapter: str, *, paying: bool) -> None:
    """Raise NotServable unless the adapter is registered and may be served to such a tenant.

    `adapter` is the name that requests carry ("manim", or "manim-v3" for one version), or the path of a file.
    """
    artifact = find(adapter)
    if artifact is None:
        raise NotServable(
            f"The adapter {adapter} is not registered, so nothing is known of what it was trained on. Register it: "
            "manage.py training register."
        )
    require_servable(artifact, paying=paying)


def may_serve(adapter: str, *, paying: bool) -> bool:
    """Whether the adapter may be served to such a tenant: what ADAPTER_CHECKS asks."""
    try:
        require_adapter(adapter, paying=paying)
    except NotServable:
        return False
    return True


def find(adapter: str) -> ModelArtifact | None:
    """The registered model that is meant: by the sum of a file; else the named version; else the promoted one."""
    known = ModelArtifact.objects.exclude(state=ModelArtifact.State.RETIRED).select_related("run__parent")
    file = Path(adapter)
    if file.is_absolute() and file.is_file():
        return known.filter(sha256=sum_of(file)).first()
    name, mark, version = adapter.rpartition("-v")
    if mark and version.isdecimal() and (found := known.filter(name=name, version=int(version)).first()):
        return found
    return known.filter(name=adapter, state=ModelArtifact.State.PROMOTED).order_by("-version").first()


def sum_of(file: Path) -> str:
    """The sum of a file, worked out once for what it holds now."""
    found = file.stat()
    return _sum(str(file), found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=32)
def _sum(file: str, changed: int, size: int) -> str:
    with Path(file).open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@transaction.atomic
def promote(artifact: ModelArtifact) -> ModelArtifact:
    """Make a model the one that its name means; the former one stays registered. Raises NotServable if blocked."""
    require_servable(artifact, paying=False)
    same = ModelArtifact.objects.select_for_update().filter(name=artifact.name, kind=artifact.kind)
    same.filter(state=ModelArtifact.State.PROMOTED).update(state=ModelArtifact.State.REGISTERED)
    artifact.state = ModelArtifact.State.PROMOTED
    artifact.lane = lane_of_model(artifact)
    artifact.save(update_fields=["state", "lane", "updated"])
    audit.record("training.model.promoted", actor=None, target=artifact, data={"name": str(artifact)})
    return artifact


@transaction.atomic
def roll_back(artifact: ModelArtifact) -> ModelArtifact:
    """Promote the version before this one. Raises NotServable where there is none that may be served."""
    earlier = ModelArtifact.objects.filter(name=artifact.name, kind=artifact.kind, version__lt=artifact.version)
    before = earlier.exclude(state=ModelArtifact.State.RETIRED).order_by("-version").first()
    if before is None:
        raise NotServable(f"There is no version before {artifact}.")
    return promote(before)
