"""The reviewer's side of verification: the queue, the decision, the pictures."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import documents, letters
from accounts.models import Reason, User, VerificationDecision, VerificationDocument, VerificationRequest
from accounts.permissions import not_found, require_review
from accounts.verification import State, grant, move
from core import audit
from core.errors import DomainError

GIVEN_BY_REVIEWERS = (
    Reason.UNREADABLE,
    Reason.OUTDATED,
    Reason.NAME_DIFFERS,
    Reason.NO_POSITION,
    Reason.NOT_A_SCHOOL,
    Reason.STUDENT,
    Reason.ALTERED,
    Reason.USED_ELSEWHERE,
    Reason.OTHER,
)


def queue() -> QuerySet[VerificationRequest]:
    """Requests that wait for a reviewer, the oldest first."""
    waiting = VerificationRequest.objects.filter(state=State.PENDING)
    return waiting.select_related("user").prefetch_related("documents").order_by("updated")


def others_with_the_same_picture(request: VerificationRequest) -> QuerySet[VerificationDocument]:
    """Pictures of other accounts with the same points, deleted ones included."""
    digests = request.documents.values("sha256")
    same = VerificationDocument.objects.filter(sha256__in=digests)
    return same.exclude(request__user=request.user_id).select_related("request__user")


def may_decide(by: User, request: VerificationRequest) -> bool:
    """Say whether this reviewer may: not on her own request, and not on an appeal against her own decision."""
    if request.user_id == by.pk:
        return False
    before = VerificationDecision.objects.filter(request=request, by=by, state=State.REJECTED)
    return not (request.appealed and before.exists())


@transaction.atomic
def decide(*, by: User, request: VerificationRequest, verdict: str, reason: str = "", note: str = "") -> None:
    """Grant ("approved"), turn down ("rejected") or ask for a better document ("needs_info"), and tell the teacher.

    Raises DomainError "not_found", "decided", "own", "reason" or "invalid".
    """
    require_review(by)
    User.objects.select_for_update().get(pk=request.user_id)
    asked = VerificationRequest.objects.select_related("user").get(pk=request.pk)
    if asked.state != State.PENDING:
        raise DomainError("decided", _("Somebody else has decided on this request meanwhile."), status=409)
    if not may_decide(by, asked):
        raise DomainError(
            "own",
            _("Another reviewer must decide on this one."),
            status=409,
            hint=_("It is your own request, or an appeal against your own decision."),
        )
    note = note.replace("\0", " ").strip()
    if len(note) > 1000:
        raise DomainError("invalid", _("Use at most 1000 characters."), status=422)
    if verdict == State.APPROVED:
        grant(asked, by=by)
    elif verdict in (State.REJECTED, State.NEEDS_INFO):
        _require_reason(reason, note)
        asked.decided = timezone.now()
        move(asked, verdict, by=by, reason=reason, note=note, save=["decided"])
    else:
        raise DomainError("invalid", _("Choose what to do with the request."), status=422)
    _tell(asked)


@transaction.atomic
def open_document(*, by: User, document: VerificationDocument) -> bytes:
    """Return the picture as a JPEG, and note who saw it. Raises DomainError "not_found" for others and deleted ones."""
    require_review(by)
    if document.sealed is None:
        raise not_found()
    audit.record("verification.document_seen", actor=by, target=document.request)
    return documents.unseal(bytes(document.sealed))


def with_repeats(requests: QuerySet[VerificationRequest]) -> QuerySet[VerificationRequest]:
    """Add `repeated`: whether another account sent one of the same pictures."""
    mine = VerificationDocument.objects.filter(request=OuterRef(OuterRef("pk"))).values("sha256")
    same = VerificationDocument.objects.filter(sha256__in=mine).exclude(request__user=OuterRef("user"))
    return requests.annotate(repeated=Exists(same))


def _require_reason(reason: str, note: str) -> None:
    if reason not in GIVEN_BY_REVIEWERS:
        raise DomainError("reason", _("Choose the reason; the teacher reads it."), status=422)
    if reason == Reason.OTHER and not note:
        raise DomainError("reason", _("Write what is missing; the teacher reads it."), status=422)


def _tell(request: VerificationRequest) -> None:
    page = letters.address_of("verify")
    reason = [str(Reason(request.reason).label), *([request.note] if request.note else [])] if request.reason else []
    if request.state == State.APPROVED and request.expires:
        subject, words = (
            _("You are verified as an educator"),
            [
                _("Thank you. You are verified until %(day)s.") % {"day": date_format(request.expires)},
            ],
        )
    elif request.state == State.NEEDS_INFO:
        subject, words = (
            _("We need a better document"),
            [
                *reason,
                _("Send another one here: %(page)s") % {"page": page},
            ],
        )
    else:
        subject, words = (
            _("We could not verify you as an educator"),
            [
                *reason,
                _("You can ask for another reviewer to look once, or ask anew: %(page)s") % {"page": page},
            ],
        )
    letters.send_later(request.user.email, subject, words)
