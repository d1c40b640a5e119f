"""What people made, for those who decide: counts and seconds, never a prompt or a picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, DurationField, ExpressionWrapper, F, Sum
from django.db.models.fields.json import KeyTextTransform

from generation.models import Job


@dataclass(frozen=True, slots=True)
class Line:
    """What one person made of one subject: new animations by how they ended, and the workers' seconds for them."""

    person: UUID
    subject: str  # the library's, e.g. "physics"; empty for what a model wrote
    made: int = 0
    failed: int = 0
    cancelled: int = 0
    seconds: float = 0.0


def of_people(people: Iterable[UUID], since: datetime, until: datetime) -> list[Line]:
    """Return what these people made in [since, until), counting new animations and the time of all work."""
    jobs = Job.objects.filter(owner__in=list(people), created__gte=since, created__lt=until, state__in=Job.FINAL)
    spent = Sum(ExpressionWrapper(F("finished") - F("started"), output_field=DurationField()))
    rows = (
        jobs.annotate(template=KeyTextTransform("template", "draft"))
        .order_by()
        .values_list("owner", "template", "kind", "state")
        .annotate(count=Count("pk"), spent=spent)
    )
    found: dict[tuple[UUID, str], dict[str, float]] = {}
    for owner, template, kind, state, count, time in rows:
        subject = (template or "").partition("/")[0]
        line = found.setdefault((owner, subject), {"made": 0, "failed": 0, "cancelled": 0, "seconds": 0.0})
        line["seconds"] += time.total_seconds() if time else 0.0
        if kind == Job.Kind.GENERATE:
            line["made" if state == Job.State.SUCCEEDED else state] += count
    return [
        Line(owner, subject, int(line["made"]), int(line["failed"]), int(line["cancelled"]), line["seconds"])
        for (owner, subject), line in found.items()
    ]
