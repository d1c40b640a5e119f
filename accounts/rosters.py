"""A list of colleagues from a spreadsheet: read, looked at line by line, and carried out once somebody said yes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import organisations, seats, tasks
from accounts.addresses import domain_of, is_throwaway
from accounts.joining import expiry
from accounts.models import Membership, Organisation, RosterImport, SchoolInvitation, User
from accounts.permissions import Role, require_manage
from accounts.tables import read_table
from core import audit
from core.errors import DomainError

KEPT = timedelta(days=1)
COLUMNS = {
    "email": {"email", "e-mail", "mail", "e-mail address", "email address", "address"},
    "name": {"name", "full name", "teacher"},
    "first": {"first name", "given name"},
    "last": {"last name", "family name", "surname"},
    "role": {"role"},
    "school": {"school", "school name"},
}
ROLES = {
    "": Role.TEACHER,
    "teacher": Role.TEACHER,
    "admin": Role.ADMIN,
    "administrator": Role.ADMIN,
    "billing": Role.BILLING,
    "billing administrator": Role.BILLING,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line: its number as a spreadsheet counts, the column, and what to do."""

    line: int
    column: str
    message: str


@dataclass
class Reading:
    """What a list would do. `good` rows are JSON: email, name, role, school (a key)."""

    good: list[dict[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    members: int = 0  # already in; nothing happens to them
    again: int = 0  # already invited; they get another letter
    needed: int = 0  # seats that the good rows take
    free: int | None = None

    @property
    def fits(self) -> bool:
        """Whether there are seats for all."""
        return self.free is None or self.needed <= self.free


@transaction.atomic
def dry_run(*, by: User, organisation: Organisation, sent: bytes) -> tuple[RosterImport | None, Reading]:
    """Read a list and say what it would do; nothing is changed but that the good rows are kept for a day.

    Raises DomainError "not_found", "role" or "table".
    """
    require_manage(by, organisation)
    reading = read(organisation, read_table(sent))
    RosterImport.objects.filter(organisation=organisation, created__lt=timezone.now() - KEPT, done=None).delete()
    if not reading.good:
        return None, reading
    return RosterImport.objects.create(organisation=organisation, by=by, rows=reading.good), reading


def read(organisation: Organisation, table: list[list[str]]) -> Reading:
    """Check every row. Raises DomainError "table" where no column of addresses is found."""
    if not table:
        raise DomainError("table", _("The list is empty."), status=422, hint=_("Paste it with its first line."))
    places = _columns(table[0])
    schools = _schools(organisation)
    reading = Reading(free=seats.free(organisation))
    members = set(_emails_in(Membership.objects.filter(organisation__in=schools.values()), "user__email"))
    invited = set(
        _emails_in(
            SchoolInvitation.objects.filter(organisation__in=schools.values(), expires__gt=timezone.now()), "email"
        )
    )
    seen: dict[str, int] = {}
    for line, cells in enumerate(table[1:], start=2):
        row = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        email = row["email"].lower()
        if email in members:  # nothing happens to them, so nothing can be wrong
            reading.members += 1
            continue
        faults = list(_faults(line, row, schools, seen))
        seen.setdefault(email, line)
        if faults:
            reading.faults += faults
        else:
            reading.again += email in invited
            reading.needed += email not in invited
            reading.good.append(
                {
                    "email": email,
                    "name": _name(row),
                    "role": str(ROLES[row.get("role", "").lower()]),
                    "school": str(schools[row.get("school", "").casefold()].pk),
                }
            )
    return reading


@transaction.atomic
def carry_out(*, by: User, roster: RosterImport) -> int:
    """Invite everybody on a list that was looked at, and have the letters sent. Return how many were asked.

    Raises DomainError "not_found", "role", "done", "too_old" or "no_seats"; then nobody was invited.
    """
    require_manage(by, roster.organisation)
    fresh = RosterImport.objects.select_for_update().get(pk=roster.pk)
    if fresh.done:
        raise DomainError("done", _("This list was carried out already."), status=409)
    if fresh.created < timezone.now() - KEPT:
        raise DomainError("too_old", _("This list is older than a day."), status=409, hint=_("Paste it again."))
    schools = _schools(roster.organisation).values()
    allowed = {str(school.pk) for school in schools}
    rows = [row for row in fresh.rows if row["school"] in allowed]
    now = timezone.now()
    open_already = SchoolInvitation.objects.filter(organisation__in=schools, expires__gt=now)
    held = set(_emails_in(open_already, "email"))
    seats.require(roster.organisation, sum(row["email"] not in held for row in rows))
    SchoolInvitation.objects.bulk_create(
        [
            SchoolInvitation(
                organisation_id=row["school"],
                email=row["email"],
                name=row["name"],
                role=row["role"],
                invited_by=by,
                expires=expiry(),
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["organisation", "email"],
        update_fields=["name", "role", "invited_by", "expires", "mailed"],
    )
    fresh.done, fresh.rows = now, []
    fresh.save(update_fields=["done", "rows", "updated"])
    audit.record("organisation.roster_invited", actor=by, target=roster.organisation, data={"count": len(rows)})
    tasks.ask_later(tasks.mail_invitations)
    return len(rows)


def _columns(header: list[str]) -> dict[str, int]:
    """Find the known columns by their names, whatever their order."""
    plain = [cell.strip().casefold() for cell in header]
    places = {
        name: next(place for place, cell in enumerate(plain) if cell in names)
        for name, names in COLUMNS.items()
        if names & set(plain)
    }
    if "email" not in places:
        raise DomainError(
            "table",
            _("No column is called “email”."),
            status=422,
            hint=_("Put the names of the columns into the first line: email, name, role, and for a district school."),
        )
    return places


def _schools(organisation: Organisation) -> Mapping[str, Organisation]:
    """The schools a row may name, by name in small letters; without a name it is the organisation itself."""
    below = organisations.schools_of(organisation)
    return {"": organisation, organisation.name.casefold(): organisation} | {
        school.name.casefold(): school for school in below
    }


def _faults(
    line: int, row: Mapping[str, str], schools: Mapping[str, Organisation], seen: Mapping[str, int]
) -> Iterable[Fault]:
    email = row["email"].lower()
    if not email:
        yield Fault(line, "email", _("The address is missing."))
    elif not _is_address(email):
        yield Fault(line, "email", _("“%(email)s” is not an e-mail address.") % {"email": email[:80]})
    elif email in seen:
        yield Fault(line, "email", _("The same address is in line %(line)d.") % {"line": seen[email]})
    elif is_throwaway(domain_of(email)):
        yield Fault(line, "email", _("Addresses at %(domain)s last only a while.") % {"domain": domain_of(email)})
    if len(_name(row)) > 120:
        yield Fault(line, "name", _("The name is longer than 120 characters."))
    if row.get("role", "").lower() not in ROLES:
        yield Fault(line, "role", _("Write teacher, administrator or billing."))
    if row.get("school", "").casefold() not in schools:
        yield Fault(line, "school", _("There is no school of this name here."))


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= 254


def _name(row: Mapping[str, str]) -> str:
    parts = [row.get("name", "")] if row.get("name") else [row.get("first", ""), row.get("last", "")]
    return " ".join(" ".join(parts).split())


def _emails_in(rows: Any, field_name: str) -> list[str]:
    return list(rows.values_list(field_name, flat=True))
