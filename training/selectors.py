"""What the pages for administrators show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet, Sum

from training import registry
from training.dataset import shards
from training.models import DatasetVersion, Evaluation, LaneChoice, ModelArtifact, Source, TrainingRun

MOST = 50  # rows of a list: the rest is on the admin site


@dataclass(frozen=True, slots=True)
class Serving:
    """Whether a model may be served to those who pay nothing and to those who pay; else why not."""

    free: str = ""
    paying: str = ""


@dataclass(frozen=True, slots=True)
class InUse:
    """What this installation is set to serve, as the registry sees it."""

    name: str
    serving: Serving
    artifact: ModelArtifact | None


def datasets() -> QuerySet[DatasetVersion]:
    """The newest datasets."""
    return DatasetVersion.objects.defer("manifest", "card")[:MOST]


def sources() -> QuerySet[Source]:
    """All sources, with how many datasets and permissions they have."""
    return Source.objects.annotate(dataset_count=Count("datasets", distinct=True))[:MOST]


def runs() -> QuerySet[TrainingRun]:
    """The newest runs."""
    return TrainingRun.objects.defer("metrics").prefetch_related("datasets")[:MOST]


def evaluations() -> QuerySet[Evaluation]:
    """The newest evaluations."""
    return Evaluation.objects.select_related("artifact")[:MOST]


def models() -> list[tuple[ModelArtifact, LaneChoice, Serving]]:
    """Registered models, their lanes by their sources today, and to whom they may be served."""
    found = ModelArtifact.objects.select_related("run__parent")[:MOST]
    return [(artifact, lane(artifact), serving(artifact)) for artifact in found]


def lane(artifact: ModelArtifact) -> LaneChoice:
    """The lane of a model by its sources today, with the words for people."""
    return LaneChoice(registry.lane_of_model(artifact).value)


def serving(artifact: ModelArtifact) -> Serving:
    """Whom a model may be served to today."""
    return Serving(_why_not(artifact, paying=False), _why_not(artifact, paying=True))


def _why_not(artifact: ModelArtifact, *, paying: bool) -> str:
    try:
        registry.require_servable(artifact, paying=paying)
    except registry.NotServable as refused:
        return str(refused)
    return ""


def in_use() -> list[InUse]:
    """The adapters that the settings name."""
    local = Path(settings.LOCAL_MODEL_ADAPTER)
    names = [settings.MODEL_ADAPTER, str(local.resolve()) if local.is_file() else ""]
    return [_in_use(name) for name in names if name]


def _in_use(name: str) -> InUse:
    whys = []
    for paying in (False, True):
        try:
            registry.require_adapter(name, paying=paying)
        except registry.NotServable as refused:
            whys.append(str(refused))
        else:
            whys.append("")
    return InUse(name, Serving(*whys), registry.find(name))


def tasks_of(dataset: DatasetVersion) -> list[Mapping[str, Any]]:
    """Rows and tokens of a dataset by task and split, out of the rows themselves."""
    found = dataset.samples.values("task", "split").annotate(rows=Count("pk"), tokens=Sum("tokens"))
    return list(found.order_by("task", "split"))


def is_on_disk(dataset: DatasetVersion) -> bool:
    """Whether the shards lie where they lay when the dataset was registered."""
    return (Path(dataset.folder) / shards.MANIFEST).is_file()
