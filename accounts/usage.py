"""How a school or district uses the product: per school, per subject and per teacher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation, User
from accounts.organisations import schools_of
from accounts.permissions import require_pay

PERIODS = (30, 90, 365)


class Line(Protocol):
    """What the app above this one tells of one person and one subject."""

    @property
    def person(self) -> Any:
        """The account's key."""

    @property
    def subject(self) -> str:
        """The library's subject; empty for what a model wrote."""

    @property
    def made(self) -> int:
        """New animations that were finished."""

    @property
    def failed(self) -> int:
        """Those that failed."""

    @property
    def cancelled(self) -> int:
        """Those that were cancelled."""

    @property
    def seconds(self) -> float:
        """Seconds of work."""


@dataclass(slots=True)
class Total:
    """A line of a table: its name, how many people, and the sums."""

    name: str
    people: int = 0
    made: int = 0
    failed: int = 0
    cancelled: int = 0
    seconds: float = 0.0

    @property
    def minutes(self) -> float:
        """Minutes of work, to a tenth."""
        return round(self.seconds / 60, 1)

    @property
    def success(self) -> int | None:
        """Percent of those that ended by themselves and were finished; None where none did."""
        ended = self.made + self.failed
        return round(100 * self.made / ended) if ended else None


@dataclass(frozen=True, slots=True)
class Usage:
    """What the page shows of a period."""

    days: int
    whole: Total
    schools: list[Total]
    subjects: list[Total]
    teachers: list[Total]


def of_organisation(*, by: User, organisation: Organisation, days: int, now: datetime | None = None) -> Usage:
    """Sum up the last `days` days. Who is in two schools of a district counts in both, and once in the whole.

    Raises DomainError "not_found" or "role".
    """
    require_pay(by, organisation)
    now = now or timezone.now()
    places = [organisation, *schools_of(organisation)]
    members = list(Membership.objects.filter(organisation__in=places).select_related("user"))
    lines: list[Line] = import_string(settings.ORGANISATION_USAGE)(
        {member.user_id for member in members}, now - timedelta(days=days), now
    )
    of_person: dict[Any, list[Line]] = defaultdict(list)
    for line in lines:
        of_person[line.person].append(line)
    schools = []
    for place in places:
        here = [member.user_id for member in members if member.organisation_id == place.pk]
        told = [line for person in here for line in of_person[person]]
        schools.append(_sum(Total(place.name, people=len(here)), told))
    names = {member.user_id: member.user.display_name for member in members}
    return Usage(
        days=days,
        whole=_sum(Total(organisation.name, people=len(names)), lines),
        schools=schools,
        subjects=_grouped(
            lines, lambda line: line.subject, lambda key: str(key).capitalize() or _("Written by a model")
        ),
        teachers=_grouped(lines, lambda line: line.person, lambda key: names[key]),
    )


def _grouped(lines: Iterable[Line], key: Callable[[Line], Hashable], name: Callable[[Any], str]) -> list[Total]:
    groups: dict[Hashable, list[Line]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    totals = [_sum(Total(name(one), people=len({line.person for line in told})), told) for one, told in groups.items()]
    return sorted(totals, key=lambda total: (-total.made, total.name))


def _sum(total: Total, lines: Iterable[Line]) -> Total:
    for line in lines:
        total.made += line.made
        total.failed += line.failed
        total.cancelled += line.cancelled
        total.seconds += line.seconds
    return total
