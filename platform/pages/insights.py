"""/insights/: numbers for staff, and for those who run an organisation the numbers of its people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import is_staff, require_user
from accounts.second_factor import second_factor_required
from accounts.tiers import Tier
from accounts.trail import organisations_run_by
from core import audit, charts, spreadsheets
from core.charts import Chart
from core.insights import Span, Table

SPANS = (7, 30, 90, 365)  # days to choose from
MOST_BARS = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """A table, and the chart of the column that it wants drawn; None where there is nothing to draw."""

    table: Table
    chart: Chart | None


@never_cache
@login_required
@second_factor_required
@require_safe
def insights(request: HttpRequest) -> HttpResponseBase:
    """Show the numbers of the last `?days=`; `?table=` gives one table as CSV."""
    people = people_of(request)
    asked = request.GET.get("days", "")
    days = int(asked) if asked in {str(one) for one in SPANS} else 30
    now = timezone.now()
    tables = tables_of(people, Span(now - timedelta(days=days), now))
    wanted = request.GET.get("table", "")
    if wanted:
        return _csv(request, tables, wanted)
    context = {
        "shown": [Shown(table, chart_of(table)) for table in tables],
        "days": days,
        "spans": SPANS,
        "people": people.count(),
        "everything": is_staff(request.user),
    }
    return render(request, "pages/insights.html", context)


def people_of(request: HttpRequest) -> QuerySet[User]:
    """Return whose numbers may be seen: everybody's for staff. Raises Http404 for those who run nothing."""
    user = require_user(request)
    if is_staff(user):
        return User.objects.all()
    run = list(organisations_run_by(user).values_list("pk", flat=True))
    if not run:
        raise Http404
    return User.objects.filter(memberships__organisation__in=run).distinct()


def tables_of(people: QuerySet[User], span: Span) -> list[Table]:
    """Return the way from signing up to paying, then what each app brings."""
    return [funnel(people, span)] + [table for path in settings.INSIGHTS for table in import_string(path)(people, span)]


def funnel(people: QuerySet[User], span: Span) -> Table:
    """Of the people who came in that time: how many went how far, each step among those of the first."""
    came = people.filter(created__gte=span.first, created__lt=span.last)
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    steps = [(_("Signed up"), came), (_("Confirmed the address"), came.filter(pk__in=confirmed))]
    for step, path in settings.INSIGHT_STEPS:
        steps.append((str(step), import_string(path)(came, span)))
    steps.append((_("Has a paid or school tier"), came.exclude(tier=Tier.FREE)))
    whole = came.count()
    rows = []
    for name, who in steps:
        count = who.count()
        rows.append([name, count, round(100 * count / whole, 1) if whole else 0.0])
    header = [_("Step"), _("People"), _("Percent of those who signed up")]
    return Table("funnel", _("From signing up to paying"), header, rows, drawn=1)


def chart_of(table: Table) -> Chart | None:
    """Draw the column that the table wants drawn; of a long table the first bars."""
    column = table.drawn
    if column is None or not table.rows:
        return None
    return charts.bars((str(row[0]), row[column]) for row in table.rows[:MOST_BARS])


def _csv(request: HttpRequest, tables: list[Table], wanted: str) -> HttpResponseBase:
    table = next((one for one in tables if one.key == wanted), None)
    if table is None:
        raise Http404
    user = require_user(request)
    audit.record("insights.exported", actor=user, target=user, data={"table": table.key})
    return spreadsheets.answer(request, f"{table.key}.csv", table.header, table.rows)
