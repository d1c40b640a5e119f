"""The ways into a school: an invitation, and an address at its domain."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import letters, seats
from accounts.addresses import confirmed_addresses, domain_of
from accounts.models import JoinRequest, Membership, Organisation, SchoolDomain, SchoolInvitation, User
from accounts.permissions import Role, not_found, require_manage
from accounts.verification import verify_by_invitation
from core import audit
from core.errors import DomainError

INVITATION_DAYS = 30
INVITED = (Role.TEACHER, Role.ADMIN, Role.BILLING)
TEACHING = (Role.OWNER, Role.ADMIN, Role.TEACHER)  # being asked in as one of these is proof of teaching
BATCH = 50
Joining = SchoolDomain.Joining


# --- Invitations ---------------------------------------------------------------------------------
@transaction.atomic
def invite(*, by: User, organisation: Organisation, email: str, role: str, name: str = "") -> SchoolInvitation:
    """Ask a colleague in by mail; the same happens whether or not an account has the address.

    Raises DomainError "not_found", "role", "invalid" or "no_seats".
    """
    require_manage(by, organisation)
    if role not in INVITED:
        raise DomainError("invalid", _("Invite a teacher, an administrator or a billing administrator."), status=422)
    plain = email.lower()
    open_already = SchoolInvitation.objects.filter(organisation=organisation, email=plain, expires__gt=timezone.now())
    if not open_already.exists():
        seats.require(organisation)
    facts = {"role": role, "name": name[:120], "invited_by": by, "expires": expiry(), "mailed": None}
    asked, _is_new = SchoolInvitation.objects.update_or_create(organisation=organisation, email=plain, defaults=facts)
    audit.record("organisation.invited", actor=by, target=organisation, data={"role": str(role)})
    return asked


def invitations_for(user: Any) -> QuerySet[SchoolInvitation]:
    """Open invitations to one of the user's confirmed addresses."""
    confirmed = EmailAddress.objects.filter(user=user.pk, verified=True).values("email")
    return SchoolInvitation.objects.filter(email__in=confirmed, expires__gt=timezone.now()).select_related(
        "organisation__parent"
    )


@transaction.atomic
def answer(*, user: User, invitation: SchoolInvitation, accept: bool) -> None:
    """Accept or decline. A verified school's teacher is verified by it. Raises "not_found" or "no_seats"."""
    Organisation.objects.select_for_update().get(pk=invitation.organisation_id)
    asked = invitations_for(user).filter(pk=invitation.pk).first()
    if asked is None:
        raise not_found()
    asked.delete()  # it held the seat that she now takes
    if not accept:
        audit.record("organisation.invitation_declined", actor=user, target=asked.organisation)
        return
    let_in(user, asked.organisation, asked.role)
    if asked.role in TEACHING:
        verify_by_invitation(user=user, organisation=asked.organisation, email=asked.email)


@transaction.atomic
def withdraw(*, by: User, invitation: SchoolInvitation) -> None:
    """Take an invitation back. Raises DomainError "not_found" or "role"."""
    require_manage(by, invitation.organisation)
    audit.record("organisation.invitation_withdrawn", actor=by, target=invitation.organisation)
    invitation.delete()


def mail_waiting(limit: int = BATCH) -> int:
    """Send letters of invitations that were not mailed yet. Return how many are still to be sent.

    Each is claimed before it is sent, so that two workers do not send it twice; one that the mail server refuses
    waits for the next call.
    """
    waiting = SchoolInvitation.objects.filter(mailed=None, expires__gt=timezone.now())
    for asked in waiting.select_related("organisation", "invited_by")[:limit]:
        now = timezone.now()
        if not SchoolInvitation.objects.filter(pk=asked.pk, mailed=None).update(mailed=now):
            continue
        try:
            _mail(asked)
        except (OSError, SMTPException):
            SchoolInvitation.objects.filter(pk=asked.pk, mailed=now).update(mailed=None)
            raise
    return waiting.count()


# --- By address ----------------------------------------------------------------------------------
def offers_for(user: Any) -> QuerySet[SchoolDomain]:
    """Domains of the user's confirmed addresses by which she may join a school that she is not in yet."""
    if not (user.is_authenticated and user.is_active):
        return SchoolDomain.objects.none()
    hers = {domain_of(email) for email in confirmed_addresses(user)}
    mine = Membership.objects.filter(user=user).values("organisation")
    asked = JoinRequest.objects.filter(user=user).values("organisation")
    offered = SchoolDomain.objects.filter(domain__in=hers, organisation__isnull=False).exclude(joining=Joining.OFF)
    return offered.exclude(organisation__in=mine).exclude(organisation__in=asked).select_related("organisation__parent")


@transaction.atomic
def join(*, user: User, domain: SchoolDomain) -> bool:
    """Join by an address, at once or by asking. Return whether she is in. Raises "not_found" or "no_seats"."""
    offered = offers_for(user).filter(pk=domain.pk).first()
    if offered is None or offered.organisation is None:
        raise not_found()
    if offered.joining == Joining.OPEN:
        let_in(user, offered.organisation, Role.TEACHER)
        return True
    email = next(email for email in confirmed_addresses(user) if domain_of(email) == offered.domain)
    JoinRequest.objects.get_or_create(organisation=offered.organisation, user=user, defaults={"email": email})
    audit.record("organisation.join_asked", actor=user, target=offered.organisation)
    return False


@transaction.atomic
def answer_request(*, by: User, request: JoinRequest, accept: bool) -> None:
    """Let somebody in who asked, or not. Raises DomainError "not_found", "role" or "no_seats"."""
    require_manage(by, request.organisation)
    if accept:
        let_in(request.user, request.organisation, Role.TEACHER)
        verify_by_invitation(user=request.user, organisation=request.organisation, email=request.email)
    verb = "organisation.join_allowed" if accept else "organisation.join_refused"
    audit.record(verb, actor=by, target=request.organisation, data={"member": str(request.user_id)})
    request.delete()


@transaction.atomic
def let_in(user: User, organisation: Organisation, role: str) -> bool:
    """Make somebody a member; a member stays what she is. Return whether she is new. Raises "no_seats"."""
    if Membership.objects.filter(user=user, organisation=organisation).exists():
        return False
    pool = seats.pool_of(organisation)
    places = Membership.objects.filter(
        user=user, organisation__in=[pool.pk, *pool.schools.values_list("pk", flat=True)]
    )
    if not places.exists():  # in another school of the same district she has a seat already
        seats.require(organisation)
    Membership.objects.create(user=user, organisation=organisation, role=role)
    JoinRequest.objects.filter(user=user, organisation=organisation).delete()
    audit.record("organisation.joined", actor=user, target=organisation, data={"role": str(role)})
    return True


def expiry() -> Any:
    """When an invitation made now ends."""
    return timezone.now() + timedelta(days=INVITATION_DAYS)


def _mail(asked: SchoolInvitation) -> None:
    host = asked.invited_by.display_name if asked.invited_by else asked.organisation.name
    letters.send(
        asked.email,
        _("%(host)s invites you to “%(school)s”") % {"host": host, "school": asked.organisation.name},
        [
            _("Hello %(name)s,") % {"name": asked.name} if asked.name else _("Hello,"),
            _("%(host)s asks you to join “%(school)s” on %(product)s, where teachers turn an idea into an animation.")
            % {"host": host, "school": asked.organisation.name, "product": settings.PRODUCT_NAME},
            _("Sign up or log in with this address, then accept here: %(page)s")
            % {"page": letters.address_of("school_list")},
            _("The invitation ends after %(days)d days. If you do not want it, do nothing.")
            % {"days": INVITATION_DAYS},
        ],
    )
