"""Showing that somebody teaches: the teacher's side of a request. `accounts.reviewing` has the reviewer's."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import addresses, documents, letters
from accounts.models import (
    EducatorAddress,
    Organisation,
    Reason,
    SchoolDomain,
    User,
    VerificationDecision,
    VerificationDocument,
    VerificationRequest,
)
from accounts.permissions import not_found
from core import audit
from core.errors import DomainError

State, Method = VerificationRequest.State, VerificationRequest.Method
GOOD_FOR = timedelta(days=365)
RENEW_WITHIN = timedelta(days=30)
MOST_REQUESTS, PERIOD = 3, timedelta(days=30)
APPEAL_WITHIN = timedelta(days=30)
OLDEST_PROOF = timedelta(days=365)
MOST_DOCUMENTS = 4
KINDS = ("staff_id", "letter", "contract", "payslip", "certificate")

logger = logging.getLogger(__name__)


# --- Reading -------------------------------------------------------------------------------------
def is_verified_educator(user: Any, at: datetime | None = None) -> bool:
    """Say whether the user was shown to teach at that moment (default: now). Ends by itself after a year."""
    return bool(user.is_authenticated and user.is_active) and live_at(user, at).exists()


def live_at(user: Any, at: datetime | None = None) -> QuerySet[VerificationRequest]:
    """The user's verification that holds at that moment, if there is one."""
    at = at or timezone.now()
    granted = VerificationRequest.objects.filter(user=user.pk, decided__lte=at, expires__gt=at)
    return granted.filter(Q(ended__isnull=True) | Q(ended__gt=at))


def requests_visible_to(user: Any) -> QuerySet[VerificationRequest]:
    """The user's own requests, latest first."""
    if not (user.is_authenticated and user.is_active):
        return VerificationRequest.objects.none()
    return VerificationRequest.objects.filter(user=user).select_related("organisation")


def may_renew(user: Any) -> bool:
    """Say whether a new request makes sense: none holds, or the one that does ends within 30 days."""
    live = live_at(user).first()
    return live is None or (live.expires is not None and live.expires - timezone.now() <= RENEW_WITHIN)


# --- Asking --------------------------------------------------------------------------------------
@transaction.atomic
def verify_by_address(*, user: User, email: str) -> VerificationRequest:
    """Verify by a confirmed address at a trusted staff domain, at once.

    Raises DomainError "unconfirmed", "student_domain", "unknown_domain", "throwaway", "address_used", "too_many",
    "already" or "open".
    """
    _locked(user)
    if not addresses.is_confirmed(user, email):
        raise DomainError(
            "unconfirmed",
            _("This address is not confirmed yet."),
            status=409,
            hint=_("Add it under “E-mail” and type the code that we send to it. Then come back here."),
        )
    _require_staff_domain(addresses.domain_of(email))
    _require_turn(user)
    _take_address(user, email)
    asked = _create(user, Method.DOMAIN, email=email)
    return grant(asked, by=None)


@transaction.atomic
def verify_by_document(*, user: User, school: str, kind: str, dated: date, sent: bytes) -> VerificationRequest:
    """Send a picture for a reviewer to look at; where a better one was asked for, it joins the same request.

    Raises DomainError "document", "outdated", "invalid", "too_many", "already" or "open".
    """
    _locked(user)
    asked = VerificationRequest.objects.filter(user=user, state=State.NEEDS_INFO).first()
    if asked is None:
        _require_turn(user)
    _require_words(school, kind)
    _require_current(dated)
    picture = documents.read_picture(sent)
    if asked is None:
        asked = _create(user, Method.DOCUMENT, school=" ".join(school.split()))
    elif asked.documents.filter(deleted=None).count() >= MOST_DOCUMENTS:
        raise _invalid(_("This request has enough pictures."), _("Wait for the reviewer, or withdraw it."))
    VerificationDocument.objects.create(
        request=asked,
        kind=kind,
        dated=dated,
        sealed=documents.seal(picture),
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        sharpness=picture.sharpness,
    )
    if asked.state != State.PENDING:
        move(asked, State.PENDING, by=user)
    audit.record("verification.document_sent", actor=user, target=asked, data={"kind": kind})
    return asked


@transaction.atomic
def verify_by_invitation(*, user: User, organisation: Organisation, email: str) -> VerificationRequest | None:
    """Verify somebody whom a verified school asked in as a teacher; None where that changes nothing."""
    return _verify_by_school(user, Method.INVITE, organisation, email) if organisation.is_verified else None


@transaction.atomic
def verify_by_role(*, user: User, organisation: Organisation, email: str) -> VerificationRequest | None:
    """Verify somebody whose school's trusted sign-on says that she teaches; None where that changes nothing."""
    return _verify_by_school(user, Method.SSO_ROLE, organisation, email)


@transaction.atomic
def appeal(*, user: User, request: VerificationRequest, words: str) -> VerificationRequest:
    """Have another reviewer look, once. Raises DomainError "not_found", "no_appeal", "invalid" or "open"."""
    _locked(user)
    asked = VerificationRequest.objects.filter(pk=request.pk, user=user).first()
    if asked is None:
        raise not_found()
    if asked.state != State.REJECTED or asked.appealed or asked.decided is None:
        raise DomainError("no_appeal", _("This decision cannot be appealed again."), status=409)
    if timezone.now() - asked.decided > APPEAL_WITHIN:
        raise DomainError(
            "no_appeal",
            _("An appeal is possible for %(days)d days after a decision.") % {"days": APPEAL_WITHIN.days},
            status=409,
            hint=_("Ask anew instead, with a document of today."),
        )
    words = words.replace("\0", " ").strip()
    if not words or len(words) > 2000:
        raise _invalid(_("Say why the decision is wrong, in at most 2000 characters."), "")
    _require_no_other(user)
    asked.appeal, asked.appealed = words, timezone.now()
    asked.decided = None
    return move(asked, State.PENDING, by=user, save=["appeal", "appealed", "decided"])


@transaction.atomic
def withdraw(*, user: User, request: VerificationRequest) -> VerificationRequest:
    """Take an open request back. Raises DomainError "not_found" or "decided"."""
    _locked(user)
    asked = VerificationRequest.objects.filter(pk=request.pk, user=user).first()
    if asked is None:
        raise not_found()
    if asked.state not in VerificationRequest.OPEN:
        raise DomainError("decided", _("This request is already decided."), status=409)
    asked.decided = timezone.now()
    return move(asked, State.WITHDRAWN, by=user, save=["decided"])


# --- Moving --------------------------------------------------------------------------------------
def move(
    request: VerificationRequest,
    state: str,
    *,
    by: User | None,
    reason: str = "",
    note: str = "",
    save: list[str] | None = None,
) -> VerificationRequest:
    """Write the request's next state with its decision and audit entry. The caller holds the user's row."""
    before = request.state
    request.state, request.reason, request.note = state, reason, note
    request.save(update_fields=["state", "reason", "note", "updated", *(save or [])])
    VerificationDecision.objects.create(request=request, by=by, state=state, reason=reason, note=note)
    data = {"from": str(before), "to": str(state), "reason": str(reason), "method": request.method}
    audit.record("verification.moved", actor=by, target=request, data=data)
    return request


def grant(request: VerificationRequest, *, by: User | None) -> VerificationRequest:
    """Verify for a year from now; what held before ends now."""
    now = timezone.now()
    for before in VerificationRequest.objects.filter(user=request.user_id, state=State.APPROVED):
        before.ended = now
        move(before, State.EXPIRED, by=by, reason=Reason.RAN_OUT, save=["ended"])
    request.decided, request.expires, request.ended, request.reminded = now, now + GOOD_FOR, None, None
    return move(request, State.APPROVED, by=by, save=["decided", "expires", "ended", "reminded"])


def revoke(requests: QuerySet[VerificationRequest], *, by: User | None, reason: str) -> int:
    """Take verifications back that no longer rest on anything. Return how many."""
    taken = 0
    for held in requests.filter(state=State.APPROVED).select_related("user"):
        held.ended = timezone.now()
        move(held, State.REVOKED, by=by, reason=reason, save=["ended"])
        letters.send_later(
            held.user.email,
            _("Your verification as an educator has ended"),
            [
                str(Reason(reason).label),
                _("All your work is as it was. Verify again here: %(page)s") % {"page": letters.address_of("verify")},
            ],
        )
        taken += 1
    return taken


# --- Rules ---------------------------------------------------------------------------------------
def _locked(user: User) -> None:
    User.objects.select_for_update().get(pk=user.pk)


def _create(user: User, method: str, **facts: Any) -> VerificationRequest:
    asked = VerificationRequest.objects.create(user=user, method=method, **facts)
    VerificationDecision.objects.create(request=asked, by=user, state=asked.state)
    audit.record("verification.asked", actor=user, target=asked, data={"method": str(method)})
    return asked


def _verify_by_school(user: User, method: str, organisation: Organisation, email: str) -> VerificationRequest | None:
    _locked(user)
    domain = SchoolDomain.objects.filter(domain=addresses.domain_of(email)).first()
    of_students = domain is not None and domain.audience == SchoolDomain.Audience.STUDENTS
    if of_students or not may_renew(user) or not addresses.is_confirmed(user, email):
        return None
    try:
        _take_address(user, email)
    except DomainError as error:  # She is in the school all the same; only this proof is somebody else's.
        logger.info("No verification by %s: %s", method, error.code)
        return None
    for pending in VerificationRequest.objects.filter(user=user, state__in=VerificationRequest.OPEN):
        pending.decided = timezone.now()
        move(pending, State.WITHDRAWN, by=user, save=["decided"])
    asked = _create(user, method, email=email, organisation=organisation, school=organisation.name)
    return grant(asked, by=None)


def _require_staff_domain(domain: str) -> None:
    known = SchoolDomain.objects.filter(domain=domain).first()
    if known is not None and known.proves_staff:
        return
    if known is not None and known.audience in (SchoolDomain.Audience.STUDENTS, SchoolDomain.Audience.MIXED):
        raise DomainError(
            "student_domain",
            _("Students have addresses at %(domain)s too, so an address there does not show that you teach.")
            % {"domain": domain},
            status=409,
            hint=_("Send a document instead, or ask your school to invite you."),
        )
    if addresses.is_throwaway(domain) or addresses.is_freemail(domain):
        raise DomainError(
            "throwaway",
            _("Anybody can have an address at %(domain)s.") % {"domain": domain},
            status=409,
            hint=_("Use the address your school gave you, or send a document."),
        )
    schools = addresses.known_schools(domain)
    raise DomainError(
        "unknown_domain",
        _("%(domain)s is listed for %(school)s, but we do not know yet whether only staff have addresses there.")
        % {"domain": domain, "school": schools[0]}
        if schools
        else _("We do not know yet who has addresses at %(domain)s.") % {"domain": domain},
        status=409,
        hint=_("Send a document instead. Your school can also prove that the domain is its own; then we can trust it."),
    )


def _require_turn(user: User) -> None:
    """Hold back whoever needs no request, has one open, or asked three times within 30 days."""
    _require_no_other(user)
    if not may_renew(user):
        raise DomainError("already", _("You are verified already."), status=409)
    since = timezone.now() - PERIOD
    asked = VerificationRequest.objects.filter(
        user=user, created__gt=since, method__in=[Method.DOMAIN, Method.DOCUMENT]
    ).order_by("created")
    if asked.count() < MOST_REQUESTS:
        return
    first = asked.first()
    again = (first.created if first else timezone.now()) + PERIOD
    raise DomainError(
        "too_many",
        _("You asked %(most)d times within %(days)d days.") % {"most": MOST_REQUESTS, "days": PERIOD.days},
        status=429,
        hint=_("You can ask again on %(day)s. A school that is verified can invite you at any time.")
        % {"day": date_format(again)},
        data={"retry_after": max(1, int((again - timezone.now()).total_seconds()))},
    )


def _require_no_other(user: User) -> None:
    if VerificationRequest.objects.filter(user=user, state__in=VerificationRequest.OPEN).exists():
        raise DomainError(
            "open",
            _("A request of yours is still open."),
            status=409,
            hint=_("Wait for the answer, or withdraw it first."),
        )


def _take_address(user: User, email: str) -> None:
    """Bind the address to the account for good. Raises DomainError "address_used"."""
    plain = addresses.plain_address(email)
    held, _is_new = EducatorAddress.objects.get_or_create(address=plain, defaults={"user": user})
    if held.user_id != user.pk:
        raise DomainError(
            "address_used",
            _("This address has already verified another account."),
            status=409,
            hint=_("Log in with that account, or send a document."),
        )


def _require_words(school: str, kind: str) -> None:
    if not school.strip() or len(school) > 200:
        raise _invalid(_("Name your school, in at most 200 characters."), "")
    if kind not in KINDS:
        raise _invalid(_("Choose what the document is."), "")


def _require_current(dated: date) -> None:
    today = timezone.localdate()
    if dated > today:
        raise _invalid(_("The document cannot be of a day to come."), _("Copy the date that is printed on it."))
    if today - dated > OLDEST_PROOF:
        raise DomainError(
            "outdated",
            _("The document is older than a year, so it does not show that you teach now."),
            status=422,
            hint=_("Send one of this school year: a staff card, a letter from your school, or a recent pay slip."),
        )


def _invalid(message: str, hint: str) -> DomainError:
    return DomainError("invalid", message, status=422, hint=hint)
