"""Every change to schools and districts themselves, and to who has which role in them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation, Reason, User, VerificationRequest
from accounts.permissions import MANAGERS, PAYERS, Role, can_see, not_found, require_manage, role_in
from accounts.verification import Method, State, revoke
from core import audit
from core.errors import DomainError

MOST_MADE = 5  # organisations of which one account is the owner
Kind = Organisation.Kind


# --- Reading -------------------------------------------------------------------------------------
def visible_to(user: Any) -> QuerySet[Organisation]:
    """Organisations the user is in, and the schools of districts she runs or pays for."""
    if not (user.is_authenticated and user.is_active):
        return Organisation.objects.none()
    mine = Membership.objects.filter(user=user)
    above = mine.filter(role__in=PAYERS).values("organisation")
    shown = Organisation.objects.filter(Q(pk__in=mine.values("organisation")) | Q(parent__in=above))
    return shown.select_related("parent")


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Who is in the organisation, those who run it first."""
    return Membership.objects.filter(organisation=organisation).select_related("user").order_by("role", "user__email")


def schools_of(district: Organisation) -> QuerySet[Organisation]:
    """Schools of a district, each with `people`."""
    return Organisation.objects.filter(parent=district).annotate(people=Count("memberships")).order_by("name")


# --- Organisations -------------------------------------------------------------------------------
@transaction.atomic
def create_organisation(*, by: User, name: str, kind: str) -> Organisation:
    """Set up a school or a district and become its owner. Raises DomainError "name", "invalid" or "too_many"."""
    User.objects.select_for_update().get(pk=by.pk)
    if kind not in Kind.values:
        raise DomainError("invalid", _("Choose a school or a district."), status=422)
    if Membership.objects.filter(user=by, role=Role.OWNER).count() >= MOST_MADE:
        raise DomainError(
            "too_many",
            _("You own %(most)d schools already.") % {"most": MOST_MADE},
            status=409,
            hint=_("A district holds any number of schools: set one up, or make a colleague the owner of one."),
        )
    made = Organisation.objects.create(name=_clean_name(name), kind=kind)
    Membership.objects.create(user=by, organisation=made, role=Role.OWNER)
    audit.record("organisation.created", actor=by, target=made, data={"kind": str(kind)})
    return made


@transaction.atomic
def add_school(*, by: User, district: Organisation, name: str) -> Organisation:
    """Set up a school of a district, run by the district too. Raises "not_found", "role", "name" or "invalid"."""
    require_manage(by, district)
    if district.kind != Kind.DISTRICT:
        raise DomainError("invalid", _("Only a district holds schools."), status=409)
    made = Organisation.objects.create(name=_clean_name(name), kind=Kind.SCHOOL, parent=district)
    audit.record("organisation.created", actor=by, target=made, data={"district": str(district.pk)})
    return made


@transaction.atomic
def rename(*, by: User, organisation: Organisation, name: str) -> Organisation:
    """Give it another name; quotes and invoices of before keep the old one. Raises "not_found", "role" or "name"."""
    require_manage(by, organisation)
    before, organisation.name = organisation.name, _clean_name(name)
    organisation.save(update_fields=["name", "updated"])
    audit.record("organisation.renamed", actor=by, target=organisation, data={"from": before, "to": organisation.name})
    return organisation


# --- Members -------------------------------------------------------------------------------------
@transaction.atomic
def change_role(*, by: User, member: Membership, role: str) -> Membership:
    """Give a member another role. Only an owner, or who runs the district above, makes and unmakes owners.

    Raises DomainError "not_found", "role", "invalid" or "last_admin".
    """
    organisation, fresh = _locked(by, member)
    if role not in Role.values:
        raise DomainError("invalid", _("There is no such role."), status=422)
    _require_above(by, organisation, fresh.role, role)
    if role not in MANAGERS:
        _require_other_manager(organisation, fresh)
    before, fresh.role = fresh.role, role
    fresh.save(update_fields=["role", "updated"])
    data = {"member": str(fresh.user_id), "from": str(before), "to": str(role)}
    audit.record("organisation.role_changed", actor=by, target=organisation, data=data)
    return fresh


@transaction.atomic
def remove_member(*, by: User, member: Membership) -> None:
    """Take somebody out; her work stays hers. Raises DomainError "not_found", "role" or "last_admin"."""
    organisation, fresh = _locked(by, member)
    _require_above(by, organisation, fresh.role)
    _remove(by, organisation, fresh)


@transaction.atomic
def leave(*, user: User, organisation: Organisation) -> None:
    """Leave a school. Raises DomainError "not_found", "not_member" or, where nobody else could run it, "last_admin"."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    mine = Membership.objects.filter(user=user, organisation=organisation).first()
    if mine is None:
        if not can_see(user, organisation):
            raise not_found()
        raise DomainError(
            "not_member",
            _("You are not in this school yourself: you run it through its district."),
            status=409,
            hint=_("Leave the district instead."),
        )
    _remove(user, organisation, mine)


def require_replaceable(user: User) -> None:
    """Say whether the account may go: not while it alone runs a school that others are in. Raises "last_admin"."""
    for mine in Membership.objects.filter(user=user, role__in=MANAGERS).select_related("organisation__parent"):
        if Membership.objects.filter(organisation=mine.organisation_id).exclude(user=user).exists():
            _require_other_manager(mine.organisation, mine)


# --- Rules ---------------------------------------------------------------------------------------
def _locked(by: User, member: Membership) -> tuple[Organisation, Membership]:
    organisation = Organisation.objects.select_for_update().get(pk=member.organisation_id)
    require_manage(by, organisation)
    fresh = Membership.objects.filter(pk=member.pk, organisation=organisation).first()
    if fresh is None:
        raise not_found()
    return organisation, fresh


def _require_above(by: User, organisation: Organisation, *roles: str) -> None:
    if Role.OWNER not in roles or role_in(by, organisation) == Role.OWNER:
        return
    district = organisation.parent
    if district is not None and role_in(by, district) in MANAGERS:
        return
    raise DomainError(
        "role",
        _("Only an owner can do that to an owner."),
        status=403,
        hint=_("Ask the owner of the school, or your district."),
    )


def _remove(by: User, organisation: Organisation, member: Membership) -> None:
    _require_other_manager(organisation, member)
    rested = VerificationRequest.objects.filter(
        user=member.user_id,
        organisation=organisation,
        state=State.APPROVED,
        method__in=[Method.INVITE, Method.SSO_ROLE],
    )
    revoke(rested, by=by, reason=Reason.LEFT_SCHOOL)
    audit.record("organisation.member_removed", actor=by, target=organisation, data={"member": str(member.user_id)})
    member.delete()


def _require_other_manager(organisation: Organisation, member: Membership) -> None:
    """Keep at least one person who can run the organisation; the district above counts."""
    if member.role not in MANAGERS:
        return
    places = [organisation.pk, *([organisation.parent_id] if organisation.parent_id else [])]
    others = Membership.objects.filter(organisation__in=places, role__in=MANAGERS, user__is_active=True)
    if others.exclude(pk=member.pk).exists():
        return
    raise DomainError(
        "last_admin",
        _("Nobody else could run “%(school)s”.") % {"school": organisation.name},
        status=409,
        hint=_("Make a colleague its administrator first. Then you can go, and nothing is lost."),
    )


def _clean_name(name: str) -> str:
    plain = " ".join(name.replace("\0", " ").split())
    if not plain or len(plain) > 200:
        raise DomainError("name", _("Give it a name of 1 to 200 characters."), status=422)
    return plain
