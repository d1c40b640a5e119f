"""What was made, by whom, how well it went, and how much drawing it took."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Sum
from django.db.models.fields import DurationField
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from core.insights import Span, Table
from generation.models import Job, JobEvent

MOST_ROWS = 200
# Faults with which code, or what it asked for, was refused before it was drawn; others are failures.
REFUSALS = ("policy", "syntax", "source_too_long", "animation_too_long", "too_many_scenes", "quality_limit", "shape")
REPAIR_STEPS = ("repair",)
DRAWN = Q(kind__in=[Job.Kind.GENERATE, Job.Kind.KNOBS, Job.Kind.STORYBOARD])
SUCCEEDED, FAILED = Q(state=Job.State.SUCCEEDED), Q(state=Job.State.FAILED)
TOOK = Sum(
    ExpressionWrapper(F("finished") - F("started"), output_field=DurationField()),
    filter=Q(started__isnull=False, finished__isnull=False),
)


def tables(people: QuerySet[User], span: Span) -> list[Table]:
    """Return days, rates, kinds, people and schools."""
    jobs = jobs_of(people, span)
    return [_by_day(jobs), _rates(jobs), _by_kind(jobs), _by_person(jobs), _by_organisation(jobs, people)]


def jobs_of(people: QuerySet[User], span: Span) -> QuerySet[Job]:
    """Jobs that these people asked for in that time."""
    asked = Job.objects.filter(owner__in=people.order_by().values("pk"))
    return asked.filter(created__gte=span.first, created__lt=span.last).order_by()


def made_by(people: QuerySet[User], span: Span) -> QuerySet[User]:
    """Those of the people who had an animation made in that time."""
    made = jobs_of(people, span).filter(DRAWN & SUCCEEDED)
    return people.filter(pk__in=made.values("owner"))


def exported_by(people: QuerySet[User], span: Span) -> QuerySet[User]:
    """Those of the people who took an animation away in that time."""
    taken = jobs_of(people, span).filter(SUCCEEDED, kind=Job.Kind.EXPORT)
    return people.filter(pk__in=taken.values("owner"))


def _by_day(jobs: QuerySet[Job]) -> Table:
    days = jobs.annotate(day=TruncDate("created")).values("day").annotate(count=Count("pk")).order_by("day")
    rows = [[f"{one['day']:%Y-%m-%d}", one["count"]] for one in days]
    return Table("days", _("Jobs by day"), [_("Day"), _("Jobs")], rows, drawn=1)


def _rates(jobs: QuerySet[Job]) -> Table:
    """Of the animations that ended: how many were drawn, refused, failed, cancelled, and repaired on the way."""
    ended = jobs.filter(DRAWN, state__in=Job.FINAL)
    refused = Q(state=Job.State.FAILED, fault__code__in=REFUSALS)
    repaired = JobEvent.objects.filter(job=OuterRef("pk"), kind="attempt", data__step__in=REPAIR_STEPS)
    found = ended.aggregate(
        all=Count("pk"),
        good=Count("pk", filter=SUCCEEDED),
        refused=Count("pk", filter=refused),
        failed=Count("pk", filter=FAILED),
        cancelled=Count("pk", filter=Q(state=Job.State.CANCELLED)),
    )
    mended = ended.filter(Exists(repaired)).count()
    counts = [
        (_("Drawn"), found["good"]),
        (_("Refused: the code was not allowed"), found["refused"]),
        (_("Failed for another reason"), found["failed"] - found["refused"]),
        (_("Cancelled by its owner"), found["cancelled"]),
        (_("Repaired by the model on the way"), mended),
    ]
    rows = [[name, count, _percent(count, found["all"])] for name, count in counts]
    header = [_("How it ended"), _("Animations"), _("Percent")]
    note = _("Prompts turned away before a job began are not here. Repairs are known while the steps of jobs are kept.")
    return Table("rates", _("How animations end"), header, rows, drawn=2, note=note)


def _by_kind(jobs: QuerySet[Job]) -> Table:
    kinds = jobs.values("kind").annotate(count=Count("pk"), took=TOOK).order_by("-count")
    rows = [[Job.Kind(one["kind"]).label, one["count"], _seconds(one["took"])] for one in kinds]
    header = [_("Kind"), _("Jobs"), _("Seconds of work")]
    return Table("kinds", _("Jobs by kind"), header, rows, drawn=2)


def _by_person(jobs: QuerySet[Job]) -> Table:
    people = jobs.values("owner__email").annotate(
        count=Count("pk", filter=DRAWN), good=Count("pk", filter=DRAWN & SUCCEEDED), took=TOOK
    )
    rows = [
        [one["owner__email"], one["count"], one["good"], _seconds(one["took"])]
        for one in people.order_by("-count", "owner__email")[:MOST_ROWS]
    ]
    header = [_("Person"), _("Animations asked for"), _("Drawn"), _("Seconds of work")]
    return Table("people", _("By person"), header, rows, drawn=1)


def _by_organisation(jobs: QuerySet[Job], people: QuerySet[User]) -> Table:
    """Somebody in two schools counts in both."""
    members = Membership.objects.filter(user__in=people.order_by().values("pk"))
    schools = (
        jobs.filter(owner__memberships__in=members)
        .values("owner__memberships__organisation__name")
        .annotate(who=Count("owner", distinct=True), count=Count("pk", filter=DRAWN, distinct=True))
    )
    rows = [
        [one["owner__memberships__organisation__name"], one["who"], one["count"]]
        for one in schools.order_by("-count")[:MOST_ROWS]
    ]
    header = [_("School or district"), _("People who used it"), _("Animations asked for")]
    return Table("organisations", _("By school"), header, rows, drawn=2)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _seconds(took: Any) -> float:
    return round(took.total_seconds(), 1) if took else 0.0
